export type { NeededHistory, SectorLists } from './configuration.js';
export {
  type DriverModel,
  type FittedDrivers,
  fitDrivers,
  type ModelColumn,
  type ModelQuestion,
} from './model.js';
export { verdictOf } from './rows.js';
export { type DriverFactors, type DriversQuestion, readDriverFactors, studyDrivers } from './study.js';
