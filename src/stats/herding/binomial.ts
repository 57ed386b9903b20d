const LOG_TWO_PI = Math.log(2 * Math.PI);
/** From here on the series of Stirling's error has all digits. */
const SERIES_FROM = 16;

/** log(n!) - log(sqrt(2 pi n) (n / e)^n) */
function stirlingError(n: number): number {
  if (n >= SERIES_FROM) {
    const square = n * n;
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
  }
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return n === 0 ? 0 : Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * LOG_TWO_PI;
}

/** x log(x / m) + m - x, without cancellation where x is near m. */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const ratio = (x - m) / (x + m);
  let sum = (x - m) * ratio;
  let power = 2 * x * ratio;
  for (let j = 1; ; j++) {
    power *= ratio * ratio;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
}

/**
 * P(B = k) of a binomial of n trials with chance p, by saddle points (Loader 2000, Fast and accurate computation of binomial
 * probabilities): all digits but the last few for any n.
 */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0 || p === 1) return k === n * p ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * p) -
    deviance(n - k, n * (1 - p));
  return Math.exp(exponent - 0.5 * (LOG_TWO_PI + Math.log(k) + Math.log1p(-k / n)));
}

/**
 * E|B / n - p| of a binomial of n >= 1 trials: 2 v (1 - p) P(B = v) / n with v = floor(n p) + 1 (de Moivre 1730; Diaconis and
 * Zabell 1991, Statistical Science 6). Exact, and one probability instead of a sum of n.
 */
export function binomialMeanAbsoluteDeviation(n: number, p: number): number {
  if (p === 0 || p === 1) return 0;
  const v = Math.floor(n * p) + 1;
  return (2 * v * (1 - p) * binomialProbability(v, n, p)) / n;
}
