export { cotFlowRows } from './cot.js';
export { cotFlowSeries, readSetAsidePositions } from './cot-flow-series.js';
export { legsOf, measureOf } from './cot-legs.js';
export type { CotReport } from './cot-positions.js';
export { beginScales, readScaleContext, type ScaleContext } from './cot-rulers.js';
export { type CotContractSeries, readCotSeries } from './cot-series.js';
export { type EtfFlowQuestion, type EtfFlowRow, etfFlowRows } from './etf.js';
export { type SectorFund, sectorFund } from './etf-funds.js';
export { readEtfFlows } from './etf-series.js';
export { type FiledValues, readFiledValues } from './filed-values.js';
export type {
  DataQuality,
  FlowSeries,
  NameBreadth,
  PeriodCalendar,
  RulerSeries,
} from './flow-series.js';
export { type LedgerFlowRow, ledgerFlowRows } from './ledger.js';
export { type LedgerFlowSeries, readLedgerFlows } from './ledger-flow-series.js';
export { UNCLASSIFIED } from './ledger-sql.js';
export { type MarketValueCover, readMarketValueCover } from './market-value-cover.js';
export { lastSessionOf, mondayOf } from './market-weeks.js';
export { onNameScale } from './name-scale.js';
export { NO_SCALES, scalesOf } from './series-scales.js';
export { type TapeFlowQuestion, type TapeFlowRow, tapeFlowRows } from './tape.js';
export { readTapeSectors } from './tape-sectors.js';
export { readTapeFlows } from './tape-series.js';
export { lagLabel, readTapeSpan } from './tape-span.js';
export { TAPE_KEYS, type TapeKey, type TapePeriod, UNKNOWN_SECTOR } from './tape-sql.js';
export { readTapeDays, type TapeDayCover } from './tape-weeks.js';
export { churnByManager, managerKey } from './thirteen-f-churn.js';
export { type KeptOptions, KeptQuarters } from './thirteen-f-kept.js';
export type { ExcludedManager, HoldingsGrade, PanelManager } from './thirteen-f-managers.js';
export {
  type PanelCoverage,
  type PanelLists,
  type PanelOptions,
  type PanelPositions,
  quarterBefore,
  readThirteenFPanel,
  type ThirteenFPanel,
  type ThirteenFRow,
  thirteenFRow,
  thirteenFRows,
} from './thirteen-f-panel.js';
export type { PriceKind } from './thirteen-f-prices.js';
export { boughtBy, type ManagerKind, type QuarterSummary, quarterGroups } from './thirteen-f-quarter.js';
export {
  THIRTEEN_F_KEYS,
  type ThirteenFFlowOptions,
  type ThirteenFKey,
  thirteenFFlowRows,
} from './thirteen-f-rows.js';
export { type PanelSecurity, readSecurityRegister } from './thirteen-f-securities.js';
export { readThirteenFFlows } from './thirteen-f-series.js';
