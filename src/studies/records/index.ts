export { type FoundRecord, scanRecords } from './scan.js';
export { screenRow } from './screen.js';
export { type RecordsQuestion, type RecordsStudy, studyRecords } from './study.js';
export { type LocatedWeek, locateWeek, type WeekQuestion } from './week.js';
export { type CotWorld, readCotWorld } from './world.js';
