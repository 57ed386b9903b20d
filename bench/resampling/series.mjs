import { normalDraw, seededRandom } from '../../dist/core/index.js';

/** Weekly Gaussian series whose scale grows 10 % a year. */
export function drawSeries({ series, periods, seed }) {
  const random = seededRandom(seed);
  const weekly = Math.log(1.1) / 52.18;
  return Array.from({ length: series }, () =>
    Float64Array.from({ length: periods }, (_, k) => normalDraw(random) * Math.exp(weekly * k)),
  );
}
