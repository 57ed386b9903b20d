export { DEFAULT_SECTOR_LISTS, type SectorLists } from './configuration.js';
export { type DriverFactors, type DriversQuestion, readDriverFactors, studyDrivers } from './study.js';
