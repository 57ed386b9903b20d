import { InvalidRequest } from '../../core/index.js';
import type { NoFigure } from '../no-figure.js';
import { completeRows } from './columns.js';
import { GrowingFit } from './growing-fit.kernel.js';

export interface OutOfSampleRequest {
  /** One value a row, in order of time; NaN = missing. */
  readonly response: Float64Array;
  /** Columns as long as the response; NaN = missing. */
  readonly regressors: readonly Float64Array[];
  /** Complete rows before the first forecast, at least 2 more than coefficients. */
  readonly trainingRows: number;
}

export interface OutOfSample {
  /** 1 - squares of the model's errors / squares of the mean's errors; under 0 the mean was the better forecast. */
  readonly rSquared: number;
  /** Rows forecast. */
  readonly forecasts: number;
  /** As long as the response; NaN where nothing was forecast. */
  readonly predicted: Float64Array;
  /** The mean of the response before each forecast row; NaN elsewhere. */
  readonly expandingMean: Float64Array;
}

/**
 * Out-of-sample R2 against the expanding mean (Campbell and Thompson 2008, Review of Financial Studies 21, equation 13): the
 * response at row t from the regressors at t and coefficients (with a constant) fitted on the rows before t alone; the
 * benchmark is the mean over the same rows. A regressor that has been a combination of the others so far gets coefficient 0.
 *
 * Rows with a missing value are left out.
 *
 * @returns a reason where no row is left to forecast, or the mean was never wrong
 * @throws {InvalidRequest} for columns of unequal length, infinite values, or too few training rows
 */
export function outOfSampleRSquared(request: OutOfSampleRequest): OutOfSample | NoFigure {
  const { response, regressors, trainingRows } = request;
  const needed = regressors.length + 3;
  if (!(Number.isInteger(trainingRows) && trainingRows >= needed)) {
    throw new InvalidRequest(
      `${trainingRows} training rows for ${needed - 2} coefficients; give ${needed} or more`,
    );
  }
  const { places, design, columns, response: known } = completeRows(response, regressors, true);
  if (places.length <= trainingRows) {
    return {
      reason: `${places.length} complete rows leave none to forecast after ${trainingRows} training rows`,
    };
  }
  centreOn(design, columns, trainingRows);
  const predicted = new Float64Array(response.length).fill(Number.NaN);
  const expandingMean = predicted.slice();
  const fit = new GrowingFit(columns);
  let [sum, modelSquares, meanSquares] = [0, 0, 0];
  places.forEach((t, i) => {
    const row = design.subarray(i * columns, (i + 1) * columns);
    const value = known[i]!;
    if (i >= trainingRows) {
      const forecast = fit.predict(row);
      predicted[t] = forecast;
      expandingMean[t] = sum / i;
      modelSquares += (value - forecast) ** 2;
      meanSquares += (value - sum / i) ** 2;
    }
    fit.add(row, value);
    sum += value;
  });
  if (meanSquares === 0) return { reason: 'the response never differed from the mean before it' };
  return {
    rSquared: 1 - modelSquares / meanSquares,
    forecasts: places.length - trainingRows,
    predicted,
    expandingMean,
  };
}

/** Subtracts each regressor's mean over the training rows, which leaves forecasts as they are and keeps digits in the products. */
function centreOn(design: Float64Array, columns: number, trainingRows: number): void {
  for (let column = 1; column < columns; column++) {
    let centre = 0;
    for (let row = 0; row < trainingRows; row++) centre += design[row * columns + column]! / trainingRows;
    for (let at = column; at < design.length; at += columns) design[at]! -= centre;
  }
}
