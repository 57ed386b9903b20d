import { InvalidRequest } from '../../core/index.js';

/** Periods from `first` on in which every series is known, then and `lags` periods back. */
export function completePeriods(series: readonly Float64Array[], lags: number, first: number): number[] {
  const length = series[0]?.length ?? 0;
  if (series.length === 0 || series.some((values) => values.length !== length)) {
    throw new InvalidRequest(
      `series of lengths ${series.map((values) => values.length).join(', ')}; give equal`,
    );
  }
  if (!(Number.isInteger(lags) && lags >= 0))
    throw new InvalidRequest(`${lags} lags; give 0 or a whole number`);
  series.forEach((values, v) => {
    const t = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (t >= 0) throw new InvalidRequest(`series ${v} is ${values[t]} in period ${t}; mark missing with NaN`);
  });
  const periods: number[] = [];
  let known = 0;
  for (let t = 0; t < length; t++) {
    known = series.some((values) => Number.isNaN(values[t]!)) ? 0 : known + 1;
    if (known > lags && t >= first) periods.push(t);
  }
  return periods;
}

/**
 * Regressors of every equation: the constant, then the variables one period back, two back, ...
 *
 * @returns design row-major, periods x (1 + variables x lags); response row-major, periods x variables
 */
export function laggedDesign(series: readonly Float64Array[], lags: number, periods: readonly number[]) {
  const variables = series.length;
  const regressors = 1 + variables * lags;
  const design = new Float64Array(periods.length * regressors);
  const response = new Float64Array(periods.length * variables);
  periods.forEach((t, i) => {
    design[i * regressors] = 1;
    for (let v = 0; v < variables; v++) {
      response[i * variables + v] = series[v]![t]!;
      for (let l = 0; l < lags; l++) design[i * regressors + 1 + l * variables + v] = series[v]![t - 1 - l]!;
    }
  });
  return { design, response };
}
