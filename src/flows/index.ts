export { cotFlowRows, knownAtOf, sourcesOf } from './cot.js';
export { legsOf, measureOf, measureSeries } from './cot-legs.js';
export type { CotReport, PositionPoint } from './cot-positions.js';
export {
  hasDollars,
  type RulerSeries,
  readScaleContext,
  rulerSeries,
  type ScaleContext,
} from './cot-rulers.js';
export {
  type CotCalendar,
  type CotClassSeries,
  type CotContractSeries,
  readCotSeries,
} from './cot-series.js';
