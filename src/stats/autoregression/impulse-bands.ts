import type { NoFigure } from '../no-figure.js';
import { spectralRadius, type VectorAutoregression } from '../vector-autoregression.js';
import { cumulateResponses, type ImpulseOptions, impulseResponses } from './impulse-responses.js';
import { percentileBand, resampleSystem, type SystemResampling } from './resampled-system.js';

export interface ImpulseBandsRequest extends ImpulseOptions, SystemResampling {
  /** Sums over the periods so far instead of single periods, default false. */
  readonly cumulated?: boolean;
}

/** In the layout of `impulseResponses`. */
export interface ImpulseBands {
  readonly responses: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Impulse responses with pointwise percentile bands by residual bootstrap, see `resampleSystem`.
 *
 * @returns a reason where the system is not stable, or a series moves too seldom
 * @throws {InvalidRequest} as `impulseResponses`, or for fewer than 20 resamples
 */
export function impulseBands(
  model: VectorAutoregression,
  request: ImpulseBandsRequest,
): ImpulseBands | NoFigure {
  if (spectralRadius(model) >= 1)
    return { reason: 'the autoregression is not stable: its responses do not die out' };
  const { cumulated = false, level = 0.95 } = request;
  const figures = (system: Parameters<typeof impulseResponses>[0]) => {
    const responses = impulseResponses(system, request);
    return cumulated ? cumulateResponses(responses, model.variables) : responses;
  };
  const drawn = resampleSystem(model, request, figures);
  if ('reason' in drawn) return drawn;
  const bands = drawn.map((draws) => percentileBand(draws, level));
  return {
    responses: figures(model),
    lower: Float64Array.from(bands, ([low]) => low),
    upper: Float64Array.from(bands, ([, high]) => high),
  };
}
