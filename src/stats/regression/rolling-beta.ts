import { InvalidRequest } from '../../core/index.js';
import { neededValues } from '../z-score.js';

/**
 * Slope of the response on one regressor, with a constant, over the `window` rows that end at each row, the row included.
 * Every window is summed anew, so a slope does not depend on the route to it.
 *
 * @param response one value a row, oldest first, NaN = missing
 * @param regressor as long
 * @returns units of the response per unit of the regressor; NaN where fewer than 90 % of a window's rows are known, or the
 *   regressor does not vary in it
 * @throws {InvalidRequest} for unequal lengths, or a window under 3 rows
 */
export function rollingBeta(response: Float64Array, regressor: Float64Array, window: number): Float64Array {
  if (response.length !== regressor.length) {
    throw new InvalidRequest(`${regressor.length} values for ${response.length} responses; align them`);
  }
  if (!(Number.isInteger(window) && window >= 3))
    throw new InvalidRequest(`a window of ${window} rows; give 3 or more`);
  return response.map((_, end) =>
    end + 1 < window ? Number.NaN : slope(response, regressor, end + 1 - window, end),
  );
}

function slope(response: Float64Array, regressor: Float64Array, from: number, to: number): number {
  let [rows, sumX, sumY] = [0, 0, 0];
  let first = Number.NaN;
  let varies = false;
  for (let t = from; t <= to; t++) {
    const product = regressor[t]! * response[t]!;
    if (Number.isNaN(product)) continue;
    if (rows++ === 0) first = regressor[t]!;
    varies ||= regressor[t] !== first;
    sumX += regressor[t]!;
    sumY += response[t]!;
  }
  if (rows < neededValues(to - from + 1) || !varies) return Number.NaN;
  let [cross, square] = [0, 0];
  for (let t = from; t <= to; t++) {
    if (Number.isNaN(regressor[t]! * response[t]!)) continue;
    const deviation = regressor[t]! - sumX / rows;
    cross += deviation * (response[t]! - sumY / rows);
    square += deviation ** 2;
  }
  return cross / square;
}
