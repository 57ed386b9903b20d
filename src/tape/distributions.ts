/** P(Z <= z) of the standard normal: a power series up to three, Laplace's continued fraction beyond; to 1e-15. */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const tail = x < 3 ? 0.5 - density * oddSeries(x) : density / tailFraction(x);
  return z < 0 ? tail : 1 - tail;
}

/**
 * P(T <= t) of Student's t, from the incomplete beta function; to 1e-13 (test/reference/tape).
 * @param degreesOfFreedom positive, whole or not
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  const near = 1 / (1 + degreesOfFreedom / (t * t));
  const far = 1 / (1 + (t * t) / degreesOfFreedom);
  const tail = incompleteBeta(far, near, degreesOfFreedom / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** x + x^3 / 3 + x^5 / (3 x 5) + ... */
function oddSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** x + 1 / (x + 2 / (x + 3 / (x + ...))), from x = 3 on to double precision. */
function tailFraction(x: number): number {
  let fraction = x;
  for (let k = 100; k >= 1; k--) fraction = x + k / fraction;
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b); y = 1 - x, given apart because the difference loses digits. */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y)) / a;
  return front * betaFraction(x, a, b);
}

/** The continued fraction of the incomplete beta function by Lentz's method (Press et al., Numerical Recipes, section 6.4). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x + 6.5;
  const series = LANCZOS.reduce((sum, coefficient, k) => sum + coefficient / (x + k), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(series);
}
