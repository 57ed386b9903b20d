export { type FoundRecord, type ScanQuestion, scanRecords } from './scan.js';
export { screenRow } from './screen.js';
export { type RecordsQuestion, type RecordsStudy, studyRecords } from './study.js';
