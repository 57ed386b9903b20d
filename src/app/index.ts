export { CLAIM_BASES } from '../claims/index.js';
export type { TapeFlowRow } from '../flows/index.js';
export { type AftermathAnswerQuestion, parseRuler, showAftermath } from './aftermath.js';
export { answeringBasis } from './answering-bases.js';
export { FLOW_BASES, type FlowBasis, parseClass } from './bases.js';
export { type BuyersQuestion, showBuyers } from './buyers.js';
export { type ClaimsCheck, checkClaimFile, checkClaimText, parseClaimClass, readNote } from './claims.js';
export { type AppContext, answerHead } from './context.js';
export { type DemoRow, runDemo } from './demo.js';
export { type DriversAnswerQuestion, showDrivers } from './drivers.js';
export type { FlowsQuestion } from './flow-question.js';
export type { SummedFlowRow } from './flow-sums.js';
export { showFlows } from './flows.js';
export { collectGarbage } from './gc.js';
export { importFiles } from './import/index.js';
export { parquetOf, parquetOfLines } from './parquet.js';
export { parseExclusion, readManagerOverrides } from './quarters.js';
export {
  parseLookback,
  parseMeasure,
  type RecordAnswerRow,
  showRecords,
} from './records.js';
export { REPORT_BASES, type ReportFile, writeReport } from './report.js';
export { parseWorld, SIMULATED_WORLDS, simulateInto } from './simulate.js';
export { type StatusAnswer, showStatus, sourceNamed } from './status.js';
export type { FilingRemark, FilingStatusRow, FilingsStatus, UnitCount } from './status-filings.js';
export { type SetAsideStatusRow, showSetAside } from './status-set-aside.js';
export * from './tape/index.js';
export { showUnison, type UnisonQuestion } from './unison.js';
export * from './verify/index.js';
export { packageVersion } from './version.js';
