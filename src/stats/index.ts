export { optimalBlockLength } from './block-length.js';
export {
  fitGeneralisedPareto,
  type GeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
} from './generalised-pareto.js';
export { holm } from './holm.js';
export {
  type HypothesisFigures,
  type RecordFamilyRequest,
  type RecordFamilyResult,
  resampleRecordFamily,
} from './record-family.js';
export { HYPOTHESIS_STATES, type HypothesisState } from './record-family-plan.js';
export { fitRecordScale, type RecordScale } from './record-scale.js';
export { exchangeableP, recordStanding, type Standing } from './record-standing.js';
export { robustZ, rollingRobustZ } from './robust-z.js';
export { rollingSums, type Streak, streak } from './runs.js';
export { type IndexPathOptions, stationaryBootstrapIndices } from './stationary-bootstrap.js';
export {
  type NoTail,
  type TailOptions,
  type TailProbability,
  tailProbability,
} from './tail-probability.js';
export { type VolScaledOptions, volScaled } from './vol-scaled.js';
export { percentile, rollingZ, zScore } from './z-score.js';
