import { InvalidRequest } from '../../core/index.js';

export interface BrierScore {
  readonly n: number;
  /** Mean square of forecast - outcome: 0 is perfect, smaller is better. */
  readonly score: number;
  /** Share of forecasts that came true. */
  readonly baseRate: number;
  /** Of always saying the base rate, which nobody knew beforehand: baseRate (1 - baseRate). */
  readonly uncertainty: number;
  /** 1 - score / uncertainty; null where all forecasts came true, or none. */
  readonly skill: number | null;
  /** How far the share come true lies from the forecast in each bin, squared; smaller is better. */
  readonly reliability: number;
  /** How far the share come true in each bin lies from the base rate, squared; larger is better. */
  readonly resolution: number;
  /** What is lost by binning; 0 where each bin holds one probability. */
  readonly withinBins: number;
}

const MOST_BINS = 10;

/**
 * Brier (1950, Monthly Weather Review 78) score of probabilities, taken apart: score = reliability - resolution + uncertainty
 * (Murphy 1973, Journal of Applied Meteorology 12) + withinBins (Stephenson, Coelho and Jolliffe 2008, Weather and
 * Forecasting 23). Bins are the distinct probabilities where there are at most 10, else tenths.
 *
 * @param probabilities each in [0, 1]
 * @param outcomes 1 where it came true, 0 where not
 * @throws {InvalidRequest} for no forecast, unequal lengths, or a probability out of range
 */
export function brierScore(probabilities: Float64Array, outcomes: Uint8Array): BrierScore {
  const n = probabilities.length;
  checkForecasts(probabilities, outcomes);
  let [square, sum] = [0, 0];
  for (let i = 0; i < n; i++) {
    square += (probabilities[i]! - outcomes[i]!) ** 2;
    sum += outcomes[i]!;
  }
  const baseRate = sum / n;
  const uncertainty = baseRate * (1 - baseRate);
  const score = square / n;
  let [reliability, resolution] = [0, 0];
  for (const { count, forecast, truth } of bins(probabilities, outcomes)) {
    reliability += (count / n) * (forecast / count - truth / count) ** 2;
    resolution += (count / n) * (truth / count - baseRate) ** 2;
  }
  return {
    n,
    score,
    baseRate,
    uncertainty,
    skill: uncertainty === 0 ? null : 1 - score / uncertainty,
    reliability,
    resolution,
    withinBins: score - (reliability - resolution + uncertainty),
  };
}

function bins(probabilities: Float64Array, outcomes: Uint8Array) {
  const isFew = new Set(probabilities).size <= MOST_BINS;
  const found = new Map<number, { count: number; forecast: number; truth: number }>();
  probabilities.forEach((probability, i) => {
    const key = isFew ? probability : Math.min(MOST_BINS - 1, Math.floor(MOST_BINS * probability));
    const bin = found.get(key) ?? { count: 0, forecast: 0, truth: 0 };
    bin.count++;
    bin.forecast += probability;
    bin.truth += outcomes[i]!;
    found.set(key, bin);
  });
  return found.values();
}

function checkForecasts(probabilities: Float64Array, outcomes: Uint8Array): void {
  if (probabilities.length === 0 || probabilities.length !== outcomes.length) {
    throw new InvalidRequest(
      `${outcomes.length} outcomes for ${probabilities.length} forecasts; give one each, and one forecast or more`,
    );
  }
  const bad = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
  if (bad !== undefined) throw new InvalidRequest(`probability ${bad} is outside [0, 1]`);
}
