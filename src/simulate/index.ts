export type {
  LedgerPlantKind,
  LedgerPlantTruth,
  LedgerTruth,
  LedgerWeekTruth,
} from './ledger/ledger-truth.js';
export { DEFAULT_END_DATE, type SimulatedMarket, type SimulateOptions, simulateMarket } from './market.js';
export { type MarketTruth, type MisprintTruth, SIMULATOR_VERSION } from './market-truth.js';
export type { ExpectedFinding, PlantKind, PlantTruth } from './plant-truth.js';
export { type QuarterAtScale, type StreamSink, writeQuarterAtScale } from './thirteen-f/at-scale.js';
export type { HerdingWorld } from './thirteen-f/holdings.js';
export type { FilingPeculiarity } from './thirteen-f/oddities.js';
export type {
  ThirteenFTruth,
  TrueSectorFlow,
  TrueSecurityQuarter,
} from './thirteen-f/truth.js';
export type { ClassWeek, PlantedWeek } from './truth.js';
export { type FileSink, type WrittenFile, writeMarket } from './write-market.js';
