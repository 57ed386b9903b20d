export { AFTERMATH_WORLDS, type AftermathWorld, type RecordPlan } from './aftermath/laws.js';
export { type AftermathMarket, simulateAftermathMarket } from './aftermath/market.js';
export type {
  AftermathPart,
  AftermathTruth,
  ExpectedLead,
  ExpectedOutcome,
  RecordWeekTruth,
} from './aftermath/truth.js';
export { DRIVER_WORLDS, type DriverWorld } from './driver-world.js';
export type {
  LedgerPlantKind,
  LedgerPlantTruth,
  LedgerTruth,
  LedgerWeekTruth,
} from './ledger/ledger-truth.js';
export { type SimulatedMarket, type SimulateOptions, simulateMarket } from './market.js';
export { type MarketTruth, type MisprintTruth, SIMULATOR_VERSION } from './market-truth.js';
export type { ExpectedFinding, PlantKind, PlantTruth } from './plant-truth.js';
export { DEFAULT_END_DATE } from './span.js';
export type {
  FlowTilt,
  Mechanism,
  NameDay,
  TapeName,
  TapePlant,
  TapePrint,
  TrueClass,
  VenueQuote,
} from './tape/model.js';
export { type SimulatedTape, simulateTape, type TapeOptions } from './tape/simulate.js';
export { tapeFiles } from './tape/tape-files.js';
export type { TapeTruth, TrueTapeSum } from './tape/tape-truth.js';
export { type QuarterAtScale, type StreamSink, writeQuarterAtScale } from './thirteen-f/at-scale.js';
export type { HerdingWorld } from './thirteen-f/holdings.js';
export type { FilingPeculiarity } from './thirteen-f/oddities.js';
export type {
  ThirteenFTruth,
  TrueSectorFlow,
  TrueSecurityQuarter,
} from './thirteen-f/truth.js';
export type { ClassWeek, PlantedWeek } from './truth.js';
export { type FileSink, type MarketFolder, type WrittenFile, writeMarket } from './write-market.js';
