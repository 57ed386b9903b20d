import {
  type CoefficientRow,
  DRIVERS,
  type Driver,
  type DriverModelRow,
  type DriverRow,
  type DriversPlace,
  type FactorRow,
  type PolicyRow,
} from '../../core/index.js';
import { HISTORY_OF } from './configuration.js';
import type { FactorPeriods, PeriodFactor } from './factors/period-factor.js';
import { falsifierOf } from './falsifiers.js';
import { type DriverModel, type FittedDrivers, LAGGED_FLOW } from './model.js';

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** What was regressed on what, in words, said before any figure. */
function declarationOf({ word }: FactorPeriods): string {
  const { periods, fewest } = HISTORY_OF[word];
  return `the ${word}'s net over its own volatility on the factors of four declared drivers (ai, earnings, macro, rotation), with the market return and the flow of the ${word} before in every subset; least squares over the ${periods} before the one asked about, Newey-West errors; a factor stands in it if it is known in the ${word} and in ${fewest} ${periods} before`;
}

/** Why a factor of the offer is not in the regression. */
function dropReason(factor: PeriodFactor, model: DriverModel, period: number): string | null {
  const unknown = factor.reasonAt(period);
  if (unknown !== null) return unknown;
  const dropped = model.dropped.get(factor.factor);
  return dropped === undefined ? null : `not in the regression: ${dropped}`;
}

/** A factor in the period beside the periods before it. */
export async function factorRow(
  place: DriversPlace,
  periods: FactorPeriods,
  factor: PeriodFactor,
  model: DriverModel,
): Promise<FactorRow> {
  const last = periods.count - 1;
  const before = factor.values.subarray(0, last).filter((value) => !Number.isNaN(value));
  const places = [...factor.values.subarray(0, last).keys()].filter((i) => !Number.isNaN(factor.values[i]!));
  const mean =
    before.length === 0 ? Number.NaN : before.reduce((sum, value) => sum + value, 0) / before.length;
  const squares = before.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = before.length < 2 ? Number.NaN : Math.sqrt(squares / (before.length - 1));
  const value = factor.values[last]!;
  return {
    ...place,
    kind: 'factor',
    driver: factor.driver,
    factor: factor.factor,
    definition: factor.definition,
    unit: factor.unit,
    value: known(value),
    mean: known(mean),
    standardDeviation: known(deviation),
    z: deviation > 0 ? known((value - mean) / deviation) : null,
    weeks: before.length,
    firstWeek: places.length === 0 ? null : periods.ends[places[0]!]!,
    lastWeek: places.length === 0 ? null : periods.ends[places.at(-1)!]!,
    isRegressor: model.fit?.columns.some((column) => column.factor === factor.factor) ?? false,
    reason: dropReason(factor, model, last),
    sources: Number.isNaN(value) ? [] : await factor.sources(last),
  };
}

export function modelRow(
  place: DriversPlace,
  periods: FactorPeriods,
  model: DriverModel,
  actual: number,
): DriverModelRow {
  const { fit } = model;
  const about = {
    ...place,
    kind: 'model',
    declaration: declarationOf(periods),
    actual: known(actual),
  } as const;
  if (fit === null)
    return {
      ...about,
      n: 0,
      firstWeek: null,
      lastWeek: null,
      lags: null,
      r2: null,
      outOfSampleR2: null,
      unexplainedShare: null,
      fitted: null,
      residual: null,
      reason: model.reason,
    };
  const { regression, rows } = fit;
  return {
    ...about,
    n: rows.length,
    firstWeek: periods.ends[rows[0]!]!,
    lastWeek: periods.ends[rows.at(-1)!]!,
    lags: regression.lags,
    r2: regression.rSquared,
    outOfSampleR2: fit.outOfSampleR2,
    unexplainedShare: 1 - regression.rSquared,
    fitted: fit.fitted,
    residual: fit.actual - fit.fitted,
    reason: fit.outOfSampleReason,
  };
}

export function coefficientRows(place: DriversPlace, fit: FittedDrivers | null): CoefficientRow[] {
  if (fit === null) return [];
  const { regression } = fit;
  return fit.columns.map(({ driver, factor }, i) => ({
    ...place,
    kind: 'coefficient',
    driver,
    factor,
    estimate: regression.coefficients[i + 1]!,
    standardError: regression.standardErrors[i + 1]!,
    t: regression.tValues[i + 1]!,
    p: regression.pValues[i + 1]!,
    low: regression.lower[i + 1]!,
    high: regression.upper[i + 1]!,
    contribution: fit.parts.get(factor) ?? null,
  }));
}

/**
 * 'not shown' where the interval of the part covers 0. 'for' where it has the direction of what was unusual in the period and the
 * falsifier has not happened: a class that bought every sector has a part of rotation in the week, and did not rotate.
 */
export function verdictOf(
  { low, high }: { readonly low: number; readonly high: number },
  direction: number,
  falsified: boolean | null,
): DriverRow['verdict'] {
  if (low <= 0 && high >= 0) return 'not shown';
  return Math.sign(low) === direction && falsified !== true ? 'for' : 'against';
}

/** What a driver lacks, from its factors. */
function missingReason(
  driver: Driver,
  factors: readonly PeriodFactor[],
  model: DriverModel,
  period: number,
): string {
  if (model.fit === null) return model.reason ?? 'the regression could not be fitted';
  const own = factors.filter((factor) => factor.driver === driver && factor.isRegressor);
  return own.map((factor) => `${factor.factor}: ${dropReason(factor, model, period)}`).join('; ');
}

export function driverRows(
  place: DriversPlace,
  { word }: FactorPeriods,
  known_: {
    readonly factors: readonly PeriodFactor[];
    readonly model: DriverModel;
    readonly policy: PolicyRow;
  },
  factorRows: readonly FactorRow[],
): DriverRow[] {
  const { factors, model, policy } = known_;
  const { fit } = model;
  const rowOf = (name: string) => factorRows.find(({ factor }) => factor === name);
  return DRIVERS.map((driver) => {
    const { text: falsifier, falsified } = falsifierOf(driver, word, {
      fit,
      policy,
      value: (name) => rowOf(name)?.value ?? null,
      usual: (name) => rowOf(name)?.mean ?? null,
    });
    const share = fit?.shares?.shares.find(({ name }) => name === driver);
    const part = fit?.contributions.get(driver);
    const about = { ...place, kind: 'driver', driver, falsifier, falsified } as const;
    if (fit === null || part === undefined)
      return {
        ...about,
        r2Share: null,
        r2ShareLow: null,
        r2ShareHigh: null,
        contribution: null,
        contributionLow: null,
        contributionHigh: null,
        verdict: null,
        reason: missingReason(driver, factors, model, factors[0]!.values.length - 1),
      };
    return {
      ...about,
      r2Share: share?.share ?? null,
      r2ShareLow: share?.band?.[0] ?? null,
      r2ShareHigh: share?.band?.[1] ?? null,
      contribution: part.value,
      contributionLow: part.low,
      contributionHigh: part.high,
      verdict: verdictOf(part, Math.sign(fit.actual - fit.meanFlow), falsified),
      reason: null,
    };
  });
}

/** The lagged flow as a row beside the other factors. */
export function laggedFactor(
  flow: Float64Array,
  { word }: FactorPeriods,
  sources: PeriodFactor['sources'],
): PeriodFactor {
  const values = flow.map((_, i) => (i === 0 ? Number.NaN : flow[i - 1]!));
  return {
    driver: 'control',
    factor: LAGGED_FLOW,
    definition: `the net of the ${word} before over its own volatility`,
    unit: 'own volatility',
    isRegressor: true,
    values,
    reasonAt: (period) => (Number.isNaN(values[period]!) ? `the ${word} before has no volScaled net` : null),
    sources,
  };
}
