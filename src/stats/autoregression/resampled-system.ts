import { InvalidRequest, seededRandom } from '../../core/index.js';
import { optimalBlockLength } from '../block-length.js';
import { quantileOfSorted } from '../moments.js';
import type { NoFigure } from '../no-figure.js';
import { stationaryBootstrapIndices } from '../stationary-bootstrap.js';
import { choleskyFactor } from '../triangular.js';
import type { VectorAutoregression } from '../vector-autoregression.js';
import type { ShockSystem } from './impulse-responses.js';
import { Redraws } from './redraws.kernel.js';

export interface SystemResampling {
  readonly resamples: number;
  readonly seed: number;
  /** Of the bands, default 0.95. */
  readonly level?: number;
  /** Mean length of the blocks of residual rows; default `residualBlockLength`; 1 draws single rows. */
  readonly meanBlockLength?: number;
}

/**
 * Longest automatic block of the squared residuals of each equation: residuals have no correlation left by themselves, but their
 * size may cluster, and blocks carry that (Brueggemann, Jentsch and Trenkler 2016, Journal of Econometrics 191).
 */
export function residualBlockLength({ residuals, variables }: VectorAutoregression): number {
  let longest = 1;
  for (let v = 0; v < variables; v++) {
    const squares = residuals.filter((_, at) => at % variables === v).map((value) => value ** 2);
    longest = Math.max(longest, optimalBlockLength(squares));
  }
  return longest;
}

/**
 * The figures of a system on each of `resamples` systems fitted on paths of it (residual bootstrap, Runkle 1987, Journal of Business
 * and Economic Statistics 5; residual rows in stationary blocks).
 *
 * @param figures fixed number of them; the system handed in is overwritten by the next
 * @returns one array a figure, in order of the draws; a reason where a path leaves a series nothing of its own, as happens to
 *   one that moves once
 * @throws {InvalidRequest} for more than 65,535 residual rows or fewer than 20 resamples
 */
export function resampleSystem(
  model: VectorAutoregression,
  { resamples, seed, meanBlockLength = residualBlockLength(model) }: SystemResampling,
  figures: (system: ShockSystem) => Float64Array,
): readonly Float64Array[] | NoFigure {
  if (!(resamples >= 20)) throw new InvalidRequest(`${resamples} resamples give no band; ask for 20 or more`);
  const redraws = new Redraws(model);
  const random = seededRandom(seed);
  const draws: Float64Array[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    redraws.draw(
      stationaryBootstrapIndices({
        sourceLength: model.observations,
        pathLength: redraws.pathLength,
        paths: 1,
        meanBlockLength,
        random,
      }),
    );
    const still = choleskyFactor(redraws.covariance, model.variables);
    if (typeof still === 'number') {
      return {
        reason: `a resampled path of series ${still} does not move by itself: it moves too seldom for bands`,
      };
    }
    figures(redraws).forEach((value, k) => {
      draws[k] ??= new Float64Array(resamples);
      draws[k]![draw] = value;
    });
  }
  return draws;
}

/** Quantiles (1 - level) / 2 and (1 + level) / 2 of the draws (Efron's percentile interval). */
export function percentileBand(draws: Float64Array, level: number): readonly [number, number] {
  const sorted = draws.slice().sort();
  return [quantileOfSorted(sorted, (1 - level) / 2), quantileOfSorted(sorted, (1 + level) / 2)];
}
