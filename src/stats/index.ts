export { optimalBlockLength } from './block-length.js';
export {
  fitGeneralisedPareto,
  type GeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
} from './generalised-pareto.js';
export { holm } from './holm.js';
export { type RecordFamily, type RecordFamilyRequest, resampleRecordFamily } from './record-family.js';
export { HYPOTHESIS_STATES, type HypothesisState } from './record-family-plan.js';
export { fitRecordScale, type RecordScale } from './record-scale.js';
export {
  type BrokenRecord,
  exchangeableP,
  recordStanding,
  type Side,
  type Standing,
} from './record-standing.js';
export { rollingSums, type Streak, streak } from './runs.js';
export { type IndexPathOptions, stationaryBootstrapIndices } from './stationary-bootstrap.js';
export {
  type TailOptions,
  type TailOutcome,
  type TailProbability,
  tailProbability,
} from './tail-probability.js';
export { type VolScaledOptions, volScaled } from './vol-scaled.js';
export { percentile, robustZ, rollingZ, zScore } from './z-score.js';
