import { InvalidRequest } from '../../core/index.js';
import type { NoFigure } from '../no-figure.js';
import { spectralRadius, tryVectorAutoregressionByBic } from '../vector-autoregression.js';
import { cutSamePeriod, impulseResponses, type ShockSystem } from './impulse-responses.js';
import {
  percentileBand,
  resampleSystem,
  residualBlockLength,
  type SystemResampling,
} from './resampled-system.js';
import { fitRestrictedAutoregression, type Link } from './restricted.js';

export interface LoopRequest extends SystemResampling {
  /** Variables in the order in which they are said to feed each other; the last feeds the first. Two or more. */
  readonly cycle: readonly number[];
  /** Cholesky order, see `impulseResponses`; default as the series stand. */
  readonly order?: readonly number[];
  /** Periods after the shock over which responses are summed, default 8; the period of the shock counts too. */
  readonly horizon?: number;
  /** Given lags; default the lag of the smallest Schwarz criterion among 1 .. mostLags. */
  readonly lags?: number;
  /** Default 8. */
  readonly mostLags?: number;
}

export interface LoopLink extends Link {
  /** Cumulated response of the effect to a shock that moves the cause by 1 at once; units of effect / cause. */
  readonly response: number;
  readonly band: readonly [number, number];
  /** One-sided, against a response above 0: how often draws are at or under 0. */
  readonly p: number;
}

export interface LoopTest {
  /** Product of the links' responses: what a move of 1 comes back as after one round. No unit. */
  readonly gain: number;
  readonly band: readonly [number, number];
  /** The largest p of a link: a loop is open if any one link is missing. */
  readonly p: number;
  readonly links: readonly LoopLink[];
  /** Under 1 the system is stable. */
  readonly spectralRadius: number;
  readonly bic: number;
  /** The system with all links of the loop left out, past and same period; what is left of its gain takes detours. */
  readonly withoutLoop: { readonly gain: number; readonly spectralRadius: number; readonly bic: number };
  readonly lags: number;
  readonly observations: number;
  readonly resamples: number;
  readonly meanBlockLength: number;
}

const DEFAULT_HORIZON = 8;
const DEFAULT_MOST_LAGS = 8;

/**
 * Do the variables feed each other in a circle? Product of the cumulated orthogonalised responses along the cycle, each to a shock
 * of size 1, so that units cancel; percentile bands by residual bootstrap.
 *
 * The test is one-sided, against links that all push the same way, and an intersection of tests (Berger 1982, Technometrics 24):
 * p of a link is (1 + draws with a response of 0 or less) / (resamples + 1), and p of the loop the largest of these. Where
 * two links are missing it is cautious.
 *
 * @param series of equal length, oldest first, NaN = missing
 * @returns a reason where periods are too few, series are combinations of each other, the fitted system is not stable, or a
 *   series moves too seldom
 * @throws {InvalidRequest} for a cycle that is none, a wrong order, fewer than 20 resamples, or as `fitVectorAutoregression`
 */
export function testLoop(series: readonly Float64Array[], request: LoopRequest): LoopTest | NoFigure {
  const found = testLoopInOrders(series, request, [request.order]);
  return 'reason' in found ? found : found[0]!;
}

/** The same test in several Cholesky orders, of the same fit and the same draws. @returns one a given order */
export function testLoopInOrders(
  series: readonly Float64Array[],
  request: Omit<LoopRequest, 'order'>,
  orders: readonly (readonly number[] | undefined)[],
): readonly LoopTest[] | NoFigure {
  const { cycle, lags: given, mostLags = DEFAULT_MOST_LAGS, level = 0.95, resamples, seed } = request;
  checkCycle(cycle, series.length);
  const links = cycle.map((cause, i): Link => ({ cause, effect: cycle[(i + 1) % cycle.length]! }));
  const model = tryVectorAutoregressionByBic(series, given ?? 1, given ?? mostLags);
  if ('reason' in model) return model;
  const without = fitRestrictedAutoregression(series, model.lags, links);
  if ('reason' in without) return without;
  const radius = spectralRadius(model);
  if (radius >= 1) return { reason: 'the autoregression is not stable: its responses do not die out' };
  const meanBlockLength = request.meanBlockLength ?? residualBlockLength(model);
  const figures = orders.map(
    (order) => (system: ShockSystem) => linkResponses(system, links, order, request.horizon),
  );
  const draws = resampleSystem(model, { resamples, seed, meanBlockLength }, (system) =>
    Float64Array.from(figures.flatMap((figuresOf) => withProduct(figuresOf(system)))),
  );
  if ('reason' in draws) return draws;
  return orders.map((order, place): LoopTest => {
    const ours = draws.slice(place * (links.length + 1), (place + 1) * (links.length + 1));
    const point = figures[place]!(model);
    const tested = links.map((link, k): LoopLink => {
      const atMostZero = ours[k]!.reduce((count, value) => count + (value <= 0 ? 1 : 0), 0);
      const p = (1 + atMostZero) / (resamples + 1);
      return { ...link, response: point[k]!, band: percentileBand(ours[k]!, level), p };
    });
    const cut = { ...without, covariance: cutSamePeriod(without, links, order) };
    return {
      gain: productOf(point),
      band: percentileBand(ours[links.length]!, level),
      p: Math.max(...tested.map(({ p }) => p)),
      links: tested,
      spectralRadius: radius,
      bic: model.bic,
      withoutLoop: {
        gain: productOf(figures[place]!(cut)),
        spectralRadius: spectralRadius(without),
        bic: without.bic,
      },
      lags: model.lags,
      observations: model.observations,
      resamples,
      meanBlockLength,
    };
  });
}

function checkCycle(cycle: readonly number[], variables: number): void {
  const isOne = cycle.length >= 2 && new Set(cycle).size === cycle.length;
  if (!isOne || cycle.some((v) => !(Number.isInteger(v) && v >= 0 && v < variables))) {
    throw new InvalidRequest(`cycle ${cycle.join(', ')} of ${variables} series; name two or more, each once`);
  }
}

function linkResponses(
  system: ShockSystem,
  links: readonly Link[],
  order: readonly number[] | undefined,
  horizon = DEFAULT_HORIZON,
): Float64Array {
  const n = system.variables;
  const responses = impulseResponses(system, {
    horizon,
    size: 'unit',
    ...(order === undefined ? {} : { order }),
  });
  return Float64Array.from(links, ({ cause, effect }) => {
    let sum = 0;
    for (let h = 0; h <= horizon; h++) sum += responses[(h * n + effect) * n + cause]!;
    return sum;
  });
}

const productOf = (values: Float64Array): number => values.reduce((product, value) => product * value, 1);

const withProduct = (values: Float64Array): number[] => [...values, productOf(values)];
