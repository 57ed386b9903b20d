export { cotFlowRows } from './cot.js';
export { cotFlowSeries, readSetAsidePositions } from './cot-flow-series.js';
export { legsOf, measureOf } from './cot-legs.js';
export type { CotReport } from './cot-positions.js';
export { readScaleContext, type ScaleContext } from './cot-rulers.js';
export { type CotContractSeries, readCotSeries } from './cot-series.js';
export {
  type DataQuality,
  type FlowSeries,
  type NameBreadth,
  type PeriodCalendar,
  type RulerSeries,
  seriesName,
} from './flow-series.js';
