export { FEWEST_QUARTERS, hasLooks } from './family.js';
export { type FlowRecordsQuestion, type FlowRecordsStudy, studyFlowRecords } from './flow-study.js';
export { netsOf, type OtherNets, type StudyCompany } from './other-bases.js';
export { type FoundRecord, scanRecords } from './scan.js';
export { screenRow } from './screen.js';
export { type RecordsQuestion, type RecordsStudy, studyRecords } from './study.js';
export { type LocatedWeek, locatePeriod, locateWeek, type WeekQuestion } from './week.js';
export { type CotWorld, readCotWorld } from './world.js';
