import { DRIVERS, type Driver } from '../../core/index.js';
import {
  combineCoefficients,
  outOfSampleRSquared,
  type Regression,
  type RSquaredShares,
  regress,
  rSquaredShares,
} from '../../stats/index.js';
import { type NeededHistory, WEEKLY_HISTORY } from './configuration.js';

/** A factor as the model sees it: a column over the weeks, NaN where it is not known. */
export interface ModelColumn {
  readonly driver: Driver | 'control';
  readonly factor: string;
  readonly values: Float64Array;
}

export interface ModelQuestion {
  /** volScaled net by period; the last element is the period asked about. */
  readonly flow: Float64Array;
  /** Factors that may stand in the regression; the lagged flow is added. */
  readonly columns: readonly ModelColumn[];
  readonly resamples: number;
  readonly seed: number;
  /** What the calendar of the flow needs; that of weeks if left out. */
  readonly history?: NeededHistory;
}

/** A group's part of the week: b x (factor - its mean over the weeks before), with its 95 % interval. */
export interface Contribution {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface FittedDrivers {
  /** Columns in the regression, controls first, in the order of its coefficients after the constant. */
  readonly columns: readonly ModelColumn[];
  /** Weeks before the one asked about with every figure known, as places in the arrays. */
  readonly rows: Uint32Array;
  readonly regression: Regression;
  readonly shares: RSquaredShares | null;
  readonly outOfSampleR2: number | null;
  readonly outOfSampleReason: string | null;
  /** Mean of the flow over the rows. */
  readonly meanFlow: number;
  readonly actual: number;
  readonly fitted: number;
  readonly contributions: ReadonlyMap<Driver, Contribution>;
  /** By factor. */
  readonly parts: ReadonlyMap<string, number>;
}

export interface DriverModel {
  /** Null where it cannot be fitted; `reason` says why. */
  readonly fit: FittedDrivers | null;
  readonly reason: string | null;
  /** Why a factor is not in the regression, by its name. */
  readonly dropped: ReadonlyMap<string, string>;
}

export const LAGGED_FLOW = 'lagged-flow';

/** The flow of the week before, beside the market return in every subset of the drivers. */
function laggedFlow(flow: Float64Array): ModelColumn {
  const values = flow.map((_, i) => (i === 0 ? Number.NaN : flow[i - 1]!));
  return { driver: 'control', factor: LAGGED_FLOW, values };
}

function completePlaces(flow: Float64Array, columns: readonly ModelColumn[]): Uint32Array {
  const last = flow.length - 1;
  const isComplete = (t: number): boolean =>
    !Number.isNaN(flow[t]!) && columns.every(({ values }) => !Number.isNaN(values[t]!));
  return Uint32Array.from([...flow.keys()].filter((t) => t < last && isComplete(t)));
}

/** A column that the others give to this share of its variance is the same. */
const SAME = 1e-9;
/** Fewest weeks that a coefficient may rest on: the target range moved once in seven years after 2008. */
const FEWEST_OWN_WEEKS = 5;

interface Chosen {
  readonly columns: readonly ModelColumn[];
  readonly dropped: Map<string, string>;
}

/**
 * The factor known in the fewest weeks: of those whose driver has one known in more weeks as long as there are such, so that no
 * driver goes unasked for a second factor of another.
 */
function scarcest(drivers: readonly ModelColumn[], weeksOf: ReadonlyMap<ModelColumn, number>): ModelColumn {
  const isSpare = (one: ModelColumn): boolean =>
    drivers.some(({ driver }, i) => driver === one.driver && weeksOf.get(drivers[i]!)! > weeksOf.get(one)!);
  const spare = drivers.filter(isSpare);
  const pool = spare.length > 0 ? spare : drivers;
  return pool.reduce((a, b) => (weeksOf.get(b)! < weeksOf.get(a)! ? b : a));
}

/**
 * The factors of the regression, by what is known alone and before anything is fitted: known in the week asked about, known in at
 * least 156 weeks before it, and, while fewer than 156 weeks have all of them, without the scarcest.
 */
function chooseColumns(
  flow: Float64Array,
  offered: readonly ModelColumn[],
  { fewest: needed, periods }: NeededHistory,
): Chosen {
  const last = flow.length - 1;
  const dropped = new Map<string, string>();
  const weeksOf = new Map(offered.map((column) => [column, completePlaces(flow, [column]).length]));
  let columns = offered.filter((column) => {
    const weeks = weeksOf.get(column)!;
    const reason = Number.isNaN(column.values[last]!)
      ? `not known in the ${periods.slice(0, -1)}`
      : weeks < needed
        ? `known with the flow in ${weeks} ${periods} before, ${needed} needed`
        : null;
    if (reason !== null) dropped.set(column.factor, reason);
    return reason === null;
  });
  for (;;) {
    const joint = completePlaces(flow, columns).length;
    const drivers = columns.filter(({ driver }) => driver !== 'control');
    if (joint >= needed || drivers.length === 0) return { columns, dropped };
    const fewest = scarcest(drivers, weeksOf);
    const weeks = `${joint} ${periods} have every factor, ${needed} needed, and this one is known in ${weeksOf.get(fewest)} alone`;
    dropped.set(fewest.factor, weeks);
    columns = columns.filter((column) => column !== fewest);
  }
}

const at = (values: Float64Array, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);
const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const varies = (values: Float64Array): boolean => values.some((value) => value !== values[0]);

/** How many weeks share what a column has of its own: all of equal size count fully, one alone makes 1. */
function effectiveWeeks(own: Float64Array): number {
  const squares = own.map((value) => value ** 2);
  const sum = squares.reduce((total, square) => total + square, 0);
  return sum ** 2 / squares.reduce((total, square) => total + square ** 2, 0);
}

/** Why a column cannot stand beside those before it; null where it can. */
function hindrance(
  values: Float64Array,
  before: readonly Float64Array[],
  { periods }: NeededHistory,
): string | null {
  const weeks = `the ${values.length} ${periods} of the regression`;
  if (!varies(values)) return `does not vary over ${weeks}`;
  const fit = regress({ response: values, regressors: before, lags: 0 });
  if ('reason' in fit || 1 - fit.rSquared < SAME) return `a combination of the others over ${weeks}`;
  const own = effectiveWeeks(fit.residuals);
  return own < FEWEST_OWN_WEEKS
    ? `what it has beside the others rests on ${own.toFixed(1)} of ${weeks}, ${FEWEST_OWN_WEEKS} needed`
    : null;
}

/** Drops drivers' columns that do not vary, repeat those before them, or differ from them in a few weeks alone. */
function independent(
  flow: Float64Array,
  { columns, dropped }: Chosen,
  history: NeededHistory,
): readonly ModelColumn[] {
  const rows = completePlaces(flow, columns);
  const kept: ModelColumn[] = [];
  for (const column of columns) {
    const before = kept.map(({ values }) => at(values, rows));
    const reason = column.driver === 'control' ? null : hindrance(at(column.values, rows), before, history);
    if (reason === null) kept.push(column);
    else dropped.set(column.factor, reason);
  }
  return kept;
}

function groupsOf(columns: readonly ModelColumn[], rows: Uint32Array) {
  return DRIVERS.flatMap((name) => {
    const own = columns.filter(({ driver }) => driver === name).map(({ values }) => at(values, rows));
    return own.length === 0 ? [] : [{ name, columns: own }];
  });
}

function partsOfWeek(columns: readonly ModelColumn[], rows: Uint32Array, regression: Regression) {
  const deviations = columns.map(({ values }) => values.at(-1)! - meanOf(at(values, rows)));
  const contributions = new Map<Driver, Contribution>();
  for (const driver of DRIVERS) {
    if (!columns.some((column) => column.driver === driver)) continue;
    const weights = [0, ...columns.map((column, i) => (column.driver === driver ? deviations[i]! : 0))];
    const { value, lower, upper } = combineCoefficients(regression, weights);
    contributions.set(driver, { value, low: lower, high: upper });
  }
  const parts = new Map(
    columns.map(({ factor }, i) => [factor, regression.coefficients[i + 1]! * deviations[i]!]),
  );
  const moved = deviations.reduce(
    (sum, deviation, i) => sum + deviation * regression.coefficients[i + 1]!,
    0,
  );
  return { contributions, parts, moved };
}

/**
 * The declared regression of a flow on the drivers, fitted on the weeks before the one asked about, so that a week never helps to
 * explain itself (measures.md section 9). Least squares with Newey-West errors; R2 shared among the drivers by Shapley value over
 * subsets that all hold the controls; the week's parts from its factors less their means over the same weeks.
 */
export function fitDrivers({
  flow,
  columns: offered,
  resamples,
  seed,
  history = WEEKLY_HISTORY,
}: ModelQuestion): DriverModel {
  const controls = [...offered.filter(({ driver }) => driver === 'control'), laggedFlow(flow)];
  const drivers = offered.filter(({ driver }) => driver !== 'control');
  const chosen = chooseColumns(flow, [...controls, ...drivers], history);
  const { dropped } = chosen;
  const nothing = (reason: string): DriverModel => ({ fit: null, reason, dropped });
  const actual = flow.at(-1) ?? Number.NaN;
  if (Number.isNaN(actual))
    return nothing(`the flow of the ${history.periods.slice(0, -1)} has no volScaled net`);
  const lost = controls.find(({ factor }) => dropped.has(factor));
  if (lost !== undefined) return nothing(`the control ${lost.factor} is ${dropped.get(lost.factor)}`);
  const columns = independent(flow, chosen, history);
  const rows = completePlaces(flow, columns);
  if (rows.length < history.fewest)
    return nothing(
      `${rows.length} ${history.periods} before have the flow and the controls, ${history.fewest} needed`,
    );
  const response = at(flow, rows);
  const regressors = columns.map(({ values }) => at(values, rows));
  const regression = regress({ response, regressors });
  if ('reason' in regression) return nothing(regression.reason);
  const groups = groupsOf(columns, rows);
  const held = columns.flatMap(({ driver }, i) => (driver === 'control' ? [regressors[i]!] : []));
  const shares =
    groups.length === 0 ? null : rSquaredShares({ response, groups, controls: held, resamples, seed });
  const forecast = outOfSampleRSquared({ response, regressors, trainingRows: history.training });
  const meanFlow = meanOf(response);
  const { contributions, parts, moved } = partsOfWeek(columns, rows, regression);
  return {
    dropped,
    reason: null,
    fit: {
      columns,
      rows,
      regression,
      shares: shares === null || 'reason' in shares ? null : shares,
      outOfSampleR2: 'reason' in forecast ? null : forecast.rSquared,
      outOfSampleReason: 'reason' in forecast ? forecast.reason : null,
      meanFlow,
      actual,
      fitted: meanFlow + moved,
      contributions,
      parts,
    },
  };
}
