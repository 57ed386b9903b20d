import { type Random, seededRandom } from '../../../src/core/index.js';
import {
  crossCorrelations,
  cumulateResponses,
  fitVectorAutoregressionByBic,
  grangerTests,
  impulseBands,
  impulseResponses,
  type ShockSystem,
  testLoop,
} from '../../../src/stats/index.js';
import {
  CLUSTERED,
  drawSeries,
  INDEPENDENT,
  PERSISTENT,
  type SeriesKind,
  shareOf,
  shocks,
  VERY_PERSISTENT,
} from './series.js';

/** Three series: 0 feeds 1, 1 feeds 2, 2 feeds 0, each by the value of the period before. */
export interface SystemWorld {
  readonly name: string;
  /** Coefficient of 0 in 1, 1 in 2, 2 in 0. */
  readonly links: readonly [number, number, number];
  readonly persistence: number;
  /** Correlation of the shocks of one period. */
  readonly correlation: number;
  readonly clusters: boolean;
}

const PLAIN = { persistence: 0.3, correlation: 0, clusters: false };

export const SYSTEM_WORLDS: readonly SystemWorld[] = [
  { name: 'no link, independent', links: [0, 0, 0], persistence: 0, correlation: 0, clusters: false },
  { name: 'no link', links: [0, 0, 0], ...PLAIN },
  { name: 'no link, AR(1) 0.9', links: [0, 0, 0], ...PLAIN, persistence: 0.9 },
  { name: 'no link, shocks correlated 0.4', links: [0, 0, 0], ...PLAIN, correlation: 0.4 },
  { name: 'no link, size of shocks clusters in all together', links: [0, 0, 0], ...PLAIN, clusters: true },
  { name: 'two links of 0.2, none from 2 to 0', links: [0.2, 0.2, 0], ...PLAIN },
  { name: 'two links of 0.2, clusters', links: [0.2, 0.2, 0], ...PLAIN, clusters: true },
  { name: 'loop of 0.1', links: [0.1, 0.1, 0.1], ...PLAIN },
  { name: 'loop of 0.2', links: [0.2, 0.2, 0.2], ...PLAIN },
  {
    name: 'loop of 0.2, correlated, clusters',
    links: [0.2, 0.2, 0.2],
    persistence: 0.3,
    correlation: 0.2,
    clusters: true,
  },
];

const RUN_IN = 100;

/** The clustering is that of one series' own draws and multiplies all three, as a nervous market does. */
function drawSystem(random: Random, length: number, world: SystemWorld): Float64Array[] {
  const { links, persistence, correlation, clusters } = world;
  const draw = shocks(random, false);
  const series = [0, 1, 2].map(() => new Float64Array(length));
  let before = [0, 0, 0];
  let variance = 1;
  for (let t = -RUN_IN; t < length; t++) {
    const size = clusters ? Math.sqrt(variance) : 1;
    const common = draw();
    const shock = [0, 1, 2].map(
      () => size * (Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * draw()),
    );
    variance = 0.05 + 0.1 * shock[0]! ** 2 + 0.85 * variance;
    before = [0, 1, 2].map((v) => {
      const cause = (v + 2) % 3;
      return persistence * before[v]! + links[cause]! * before[cause]! + shock[v]!;
    });
    if (t >= 0) for (const v of [0, 1, 2]) series[v]![t] = before[v]!;
  }
  return series;
}

export interface SystemTrials {
  readonly periods: number;
  readonly trials: number;
  readonly resamples: number;
}

/** Shares of systems: any of the six adjusted Granger p at 5 %, by false link and by true one. */
export function tryGranger(world: SystemWorld, { periods, trials }: SystemTrials) {
  const random = seededRandom(4);
  const isTrue = (cause: number, effect: number) => (cause + 1) % 3 === effect && world.links[cause] !== 0;
  let [plain, falsePairs, truePairs, found] = [0, 0, 0, 0];
  const anyFalse = shareOf(trials, () => {
    const tested = grangerTests(drawSystem(random, periods, world));
    if ('reason' in tested) throw new Error(tested.reason);
    let isAny = false;
    for (const { cause, effect, p, adjustedP } of tested.tests) {
      if (isTrue(cause, effect)) {
        truePairs++;
        if (adjustedP <= 0.05) found++;
      } else {
        falsePairs++;
        if (p <= 0.05) plain++;
        if (adjustedP <= 0.05) isAny = true;
      }
    }
    return isAny;
  });
  return { single: plain / falsePairs, anyFalse, found: truePairs === 0 ? null : found / truePairs };
}

/** How often the loop is found at 5 %, and the mean gain. */
export function tryLoop(world: SystemWorld, { periods, trials, resamples }: SystemTrials) {
  const random = seededRandom(5);
  let gain = 0;
  const rejects = shareOf(trials, (trial) => {
    const tested = testLoop(drawSystem(random, periods, world), { cycle: [0, 1, 2], resamples, seed: trial });
    if ('reason' in tested) throw new Error(tested.reason);
    gain += tested.gain / trials;
    return tested.p <= 0.05;
  });
  return { rejects, gain };
}

function trueSystem({ links, persistence, correlation }: SystemWorld): ShockSystem {
  const coefficients = Float64Array.from({ length: 9 }, (_, at) => {
    const [effect, cause] = [Math.floor(at / 3), at % 3];
    if (effect === cause) return persistence;
    return (cause + 1) % 3 === effect ? links[cause]! : 0;
  });
  const covariance = Float64Array.from({ length: 9 }, (_, at) => (at % 4 === 0 ? 1 : correlation));
  return { variables: 3, lags: 1, coefficients, covariance };
}

/** How often the 95 % band of a cumulated response holds the truth, mean over responses and periods 1 to 8 after the shock. */
export function tryBands(world: SystemWorld, { periods, trials, resamples }: SystemTrials): number {
  const random = seededRandom(6);
  const options = { horizon: 8, size: 'unit' } as const;
  const truth = cumulateResponses(impulseResponses(trueSystem(world), options), 3);
  let [held, looked] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const model = fitVectorAutoregressionByBic(drawSystem(random, periods, world), 8);
    const found = impulseBands(model, { ...options, cumulated: true, resamples, seed: trial });
    if ('reason' in found) throw new Error(found.reason);
    const { lower, upper } = found;
    for (let at = 9; at < truth.length; at++) {
      looked++;
      if (lower[at]! <= truth[at]! && truth[at]! <= upper[at]!) held++;
    }
  }
  return held / looked;
}

export interface LeadWorld {
  readonly name: string;
  readonly kind: SeriesKind;
  /** Correlation of the second series with the first two periods before. */
  readonly lead: number;
}

export const LEAD_WORLDS: readonly LeadWorld[] = [
  { name: 'independent, unrelated', kind: INDEPENDENT, lead: 0 },
  { name: 'AR(1) 0.6, unrelated', kind: PERSISTENT, lead: 0 },
  { name: 'AR(1) 0.9, unrelated', kind: VERY_PERSISTENT, lead: 0 },
  { name: 'GARCH(1,1), unrelated', kind: CLUSTERED, lead: 0 },
  { name: 'independent, lead of 2 with 0.2', kind: INDEPENDENT, lead: 0.2 },
  { name: 'AR(1) 0.6, lead of 2 with 0.2', kind: PERSISTENT, lead: 0.2 },
  { name: 'AR(1) 0.6, lead of 2 with 0.4', kind: PERSISTENT, lead: 0.4 },
];

/** How often any cross-correlation up to 13 periods is beyond the simultaneous band, and how often the lead is found as 2. */
export function tryLeads({ kind, lead }: LeadWorld, { periods, trials, resamples }: SystemTrials) {
  const random = seededRandom(7);
  let isTwo = 0;
  let naive = 0;
  const rejects = shareOf(trials, (trial) => {
    const first = drawSeries(random, periods + 2, kind);
    const own = drawSeries(random, periods, kind);
    const second = own.map((value, t) => lead * first[t]! + Math.sqrt(1 - lead ** 2) * value);
    const found = crossCorrelations(first.subarray(2), second, { mostLags: 13, resamples, seed: trial });
    if ('reason' in found) throw new Error(found.reason);
    if (found.lead === 2) isTwo++;
    if (Math.abs(found.correlations[13 + 2]!) > 1.96 / Math.sqrt(periods)) naive++;
    return found.lead !== null;
  });
  return { rejects, isTwo: isTwo / trials, naive: naive / trials };
}
