import { InvalidRequest } from '../core/index.js';

/**
 * Step-down adjusted p-values for any dependence (Holm 1979, Scandinavian Journal of Statistics 6).
 * @param pValues each in [0, 1]
 * @returns adjusted p in the order given, family-wise error at most their threshold
 * @throws {InvalidRequest} for a value outside [0, 1]
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(pValues);
  for (const p of values) {
    if (!(p >= 0 && p <= 1)) throw new InvalidRequest(`p-value ${p} is outside [0, 1]; give p-values only`);
  }
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Float64Array(values.length);
  let floor = 0;
  order.forEach((index, step) => {
    floor = Math.max(floor, Math.min(1, (values.length - step) * values[index]!));
    adjusted[index] = floor;
  });
  return adjusted;
}
