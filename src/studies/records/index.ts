export { type FoundRecord, scanRecords } from './scan.js';
export { screenRow } from './screen.js';
export {
  type CotWorld,
  type RecordsQuestion,
  type RecordsStudy,
  readCotWorld,
  studyRecords,
} from './study.js';
