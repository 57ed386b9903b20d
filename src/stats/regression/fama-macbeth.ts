import { InvalidRequest } from '../../core/index.js';
import { leastSquares } from '../least-squares.js';
import { observed } from '../moments.js';
import type { NoFigure } from '../no-figure.js';
import { completeRows } from './columns.js';
import { regress } from './regress.js';

/** Observations in any order: `response[i]` of some name in period `period[i]` on `exposures[..][i]`. */
export interface FamaMacBethRequest {
  /** Period of each observation, 0 .. periods - 1. */
  readonly period: Uint32Array;
  readonly periods: number;
  /** NaN = missing. */
  readonly response: Float64Array;
  /** At least one column; the constant is added. NaN = missing. */
  readonly exposures: readonly Float64Array[];
  /** Fewest names in a period's regression, default and at least two more than coefficients. */
  readonly minNames?: number;
  /** Newey-West lags over periods; default those of Newey and West (1994). */
  readonly lags?: number;
  /** Of the intervals, default 0.95. */
  readonly level?: number;
}

/** Of one coefficient: the mean over periods and its test. */
export interface FamaMacBethPrice {
  readonly estimate: number;
  readonly standardError: number;
  readonly t: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
  /** Newey-West lags used. */
  readonly lags: number;
  /** Of each period, NaN where it was left out. */
  readonly byPeriod: Float64Array;
}

export interface FamaMacBeth {
  /** The constant first, then the exposures in order. */
  readonly prices: readonly FamaMacBethPrice[];
  /** Periods with a regression. */
  readonly periods: number;
  /** Periods with observations and no regression: too few names, or exposures that are combinations of each other. */
  readonly leftOut: number;
  readonly observations: number;
  /** Mean over periods of the cross-sectional R2, periods whose response does not vary left out; null where none is left. */
  readonly meanRSquared: number | null;
}

/** Fewest periods that a mean over them is tested on. */
const MIN_PERIODS = 5;

/**
 * Fama and MacBeth (1973, Journal of Political Economy 81): each period's responses on the exposures by least squares with a
 * constant, then the mean over periods of each coefficient, its standard error from its own variation over periods by Newey and
 * West (1987) with the small-sample factor periods / (periods - 1) and Student's t. Periods left out are skipped: the rest
 * count as neighbours.
 *
 * @returns a reason where fewer than 5 periods have a regression, or a coefficient does not vary over periods
 * @throws {InvalidRequest} for no exposure, columns of unequal length, infinite values, a period out of range, or a `minNames` too small
 */
export function famaMacBeth(request: FamaMacBethRequest): FamaMacBeth | NoFigure {
  const { periods, exposures } = request;
  const size = exposures.length + 1;
  const minNames = request.minNames ?? size + 2;
  checkRequest(request, minNames);
  const byPeriod = Array.from({ length: size }, () => new Float64Array(periods).fill(Number.NaN));
  const rSquared: number[] = [];
  let [observations, leftOut] = [0, 0];
  for (const [period, places] of placesByPeriod(request)) {
    const section = crossSection(request, places, minNames);
    if (section === null) {
      leftOut++;
      continue;
    }
    section.coefficients.forEach((value, c) => {
      byPeriod[c]![period] = value;
    });
    observations += section.names;
    if (section.rSquared !== null) rSquared.push(section.rSquared);
  }
  const used = observed(byPeriod[0]!).length;
  if (used < MIN_PERIODS) return { reason: `${used} periods with a regression, ${MIN_PERIODS} needed` };
  const prices: FamaMacBethPrice[] = [];
  for (const values of byPeriod) {
    const price = priceOf(values, request);
    if ('reason' in price) return { reason: `coefficient ${prices.length} over periods: ${price.reason}` };
    prices.push(price);
  }
  const meanRSquared =
    rSquared.length === 0 ? null : rSquared.reduce((sum, value) => sum + value, 0) / rSquared.length;
  return { prices, periods: used, leftOut, observations, meanRSquared };
}

function checkRequest({ period, periods, response, exposures }: FamaMacBethRequest, minNames: number): void {
  if (exposures.length === 0) throw new InvalidRequest('no exposure to put a price on; give one or more');
  if (period.length !== response.length) {
    throw new InvalidRequest(`${period.length} periods for ${response.length} responses; give one each`);
  }
  const far = period.find((value) => value >= periods);
  if (far !== undefined) throw new InvalidRequest(`period ${far} of ${periods}; number them from 0`);
  if (!(minNames >= exposures.length + 3)) {
    throw new InvalidRequest(
      `${minNames} names for ${exposures.length + 1} coefficients; ask for ${exposures.length + 3}`,
    );
  }
}

function placesByPeriod({ period }: FamaMacBethRequest): Map<number, number[]> {
  const places = new Map<number, number[]>();
  period.forEach((value, i) => {
    const list = places.get(value);
    if (list) list.push(i);
    else places.set(value, [i]);
  });
  return places;
}

function crossSection({ response, exposures }: FamaMacBethRequest, at: readonly number[], minNames: number) {
  const part = (values: Float64Array) => Float64Array.from(at, (i) => values[i]!);
  const {
    places,
    design,
    columns,
    response: known,
  } = completeRows(part(response), exposures.map(part), true);
  const names = places.length;
  if (names < minNames) return null;
  const fit = leastSquares({ design, rows: names, regressors: columns, response: known, responses: 1 });
  if (typeof fit === 'number') return null;
  const centre = known.reduce((sum, value) => sum + value, 0) / names;
  const total = known.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const unexplained = fit.residuals.reduce((sum, value) => sum + value ** 2, 0);
  return { names, coefficients: fit.coefficients, rSquared: total > 0 ? 1 - unexplained / total : null };
}

function priceOf(byPeriod: Float64Array, { lags, level }: FamaMacBethRequest): FamaMacBethPrice | NoFigure {
  const mean = regress({
    response: byPeriod,
    regressors: [],
    ...(lags === undefined ? {} : { lags }),
    ...(level === undefined ? {} : { level }),
  });
  if ('reason' in mean) return mean;
  return {
    estimate: mean.coefficients[0]!,
    standardError: mean.standardErrors[0]!,
    t: mean.tValues[0]!,
    p: mean.pValues[0]!,
    lower: mean.lower[0]!,
    upper: mean.upper[0]!,
    lags: mean.lags,
    byPeriod,
  };
}
