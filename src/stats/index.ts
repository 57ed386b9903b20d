export {
  type GrangerOptions,
  type GrangerTest,
  type GrangerTests,
  grangerTests,
} from './autoregression/granger.js';
export { type ImpulseBands, type ImpulseBandsRequest, impulseBands } from './autoregression/impulse-bands.js';
export {
  cumulateResponses,
  type ImpulseOptions,
  impulseResponses,
  type ShockSystem,
} from './autoregression/impulse-responses.js';
export {
  type LoopLink,
  type LoopRequest,
  type LoopTest,
  testLoop,
  testLoopInOrders,
} from './autoregression/loop.js';
export { residualBlockLength, type SystemResampling } from './autoregression/resampled-system.js';
export { fitRestrictedAutoregression, type Link } from './autoregression/restricted.js';
export { optimalBlockLength } from './block-length.js';
export {
  type CrossCorrelationOptions,
  type CrossCorrelations,
  crossCorrelations,
} from './cross-correlation.js';
export { declusterFirst } from './events/decluster.js';
export { detectableMove } from './events/detectable-move.js';
export { type EventEffect, type EventEffectRequest, eventEffect } from './events/event-effect.js';
export { type Matching, type MatchRequest, matchPeriods } from './events/match-periods.js';
export {
  bootstrapQuantile,
  type QuantileEffect,
  type QuantileEffectRequest,
  type QuantileFigure,
  type QuantileRequest,
  quantileEffect,
} from './events/quantile-effect.js';
export { signFlipTest, signTest } from './events/sign-tests.js';
export { type TimeToEvent, timeToEvent } from './events/time-to-event.js';
export { type BrierScore, brierScore } from './forecasts/brier.js';
export { type IntervalCoverage, intervalCoverage } from './forecasts/interval-coverage.js';
export { binomialTwoSided, exactInterval, wilsonInterval } from './forecasts/proportion.js';
export {
  fitGeneralisedPareto,
  type GeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
} from './generalised-pareto.js';
export {
  type Agreement,
  type AgreementOptions,
  agreementRatio,
  jointTailCount,
  type NoAgreement,
  testAgreement,
} from './herding/agreement.js';
export type { BetaBinomialFit } from './herding/beta-binomial.js';
export { type BreadthChange, breadthChange, type HoldingPanel, netBuyerShare } from './herding/breadth.js';
export { type Churn, ChurnSums, churnRatio, type HoldingsChange } from './herding/churn.js';
export {
  type Following,
  type FollowingOptions,
  type FollowingPart,
  type NoFollowing,
  siasFollowing,
} from './herding/following.js';
export { classifyHorizons, concentration, HORIZONS, type Horizon } from './herding/horizon.js';
export { type HerdingMean, type LsvHerding, lsvHerding } from './herding/lsv-herding.js';
export {
  type NoOverdispersion,
  type Overdispersion,
  type OverdispersionOptions,
  overdispersionTest,
} from './herding/overdispersion.js';
export { type BuyerCounts, countBuyers, type TradePanel } from './herding/trade-panel.js';
export { holm } from './holm.js';
export { quantileOfSorted } from './moments.js';
export type { NoFigure } from './no-figure.js';
export {
  type HypothesisFigures,
  type RecordFamilyRequest,
  type RecordFamilyResult,
  resampleRecordFamily,
} from './record-family.js';
export { HYPOTHESIS_STATES, type HypothesisState } from './record-family-plan.js';
export { fitRecordScale, type RecordScale } from './record-scale.js';
export { exchangeableP, recordStanding, type Standing } from './record-standing.js';
export {
  type FamaMacBeth,
  type FamaMacBethPrice,
  type FamaMacBethRequest,
  famaMacBeth,
} from './regression/fama-macbeth.js';
export {
  type OutOfSample,
  type OutOfSampleRequest,
  outOfSampleRSquared,
} from './regression/out-of-sample.js';
export {
  type GroupShare,
  type RegressorGroup,
  type RSquaredShares,
  rSquaredShares,
  type SharesRequest,
} from './regression/r-squared-shares.js';
export {
  type Combination,
  combineCoefficients,
  type Regression,
  type RegressionRequest,
  regress,
} from './regression/regress.js';
export { rollingBeta } from './regression/rolling-beta.js';
export { robustZ, rollingRobustZ } from './robust-z.js';
export { rollingSums, type Streak, streak } from './runs.js';
export { type SeasonalOptions, type SeasonalSurprises, seasonalSurprises } from './seasonal-surprise.js';
export { type IndexPathOptions, stationaryBootstrapIndices } from './stationary-bootstrap.js';
export {
  type NoTail,
  type TailOptions,
  type TailProbability,
  tailProbability,
} from './tail-probability.js';
export {
  fitVectorAutoregression,
  fitVectorAutoregressionByBic,
  simulateVectorAutoregression,
  spectralRadius,
  tryVectorAutoregressionByBic,
  type VectorAutoregression,
} from './vector-autoregression.js';
export { type VolScaledOptions, volScaled } from './vol-scaled.js';
export { percentile, rollingZ, zScore } from './z-score.js';
