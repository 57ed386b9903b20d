import { InvalidRequest } from '../core/index.js';
import type { Bar } from './bars.js';
import { normalCdf, studentTCdf } from './distributions.js';

/** The share of a bar that was bought, as a function of its standardised price change. */
export type ChangeDistribution =
  | { readonly kind: 'student-t'; readonly degreesOfFreedom: number }
  | { readonly kind: 'normal' };

/** Over which changes sigma is taken. `trailing`: the bar's own and those before it, `bars` in all. */
export type SigmaWindow =
  | { readonly kind: 'trailing'; readonly bars: number }
  | { readonly kind: 'whole-sample' };

export interface BulkVolumeOptions {
  readonly distribution: ChangeDistribution;
  readonly sigma: SigmaWindow;
  /** `volume`: changes weigh by the volume of their bar [Panayides, Shohfi and Smith 2019]. */
  readonly weights: 'equal' | 'volume';
}

/** One bar's estimate in shares; null with the reason where there is none. Never a sign of a print, never an exact sum. */
export type BulkVolume =
  | { readonly buyShares: number; readonly sellShares: number; readonly sigmaUsd: number }
  | { readonly buyShares: null; readonly sellShares: null; readonly reason: string };

export interface BulkVolumes {
  /** One a bar. */
  readonly bars: BulkVolume[];
  /** True where sigma is of the whole sample: no such figure was known live. */
  readonly looksAhead: boolean;
}

const DEFAULTS: BulkVolumeOptions = {
  distribution: { kind: 'student-t', degreesOfFreedom: 0.25 },
  sigma: { kind: 'trailing', bars: 50 },
  weights: 'equal',
};

/**
 * Bulk volume classification [Easley, Lopez de Prado and O'Hara 2016; normal: 2012]: of a bar's volume V, V x F(d / sigma) was bought
 * and the rest sold, where d is the change from the previous bar's last price and sigma the standard deviation (n - 1) of changes.
 * d = 0 or sigma = 0: half and half. The first bar has no change and no answer.
 *
 * @param bars of one session in order; state never carries over to another
 * @throws {InvalidRequest} for a window of fewer than two bars, or degrees of freedom that are not positive
 */
export function bulkVolume(bars: readonly Bar[], chosen: Partial<BulkVolumeOptions> = {}): BulkVolumes {
  const options = { ...DEFAULTS, ...chosen };
  requireSense(options);
  const { sigma } = options;
  const changes = changesOf(bars);
  const whole = sigma.kind === 'whole-sample' ? deviation(changes, options.weights) : null;
  return {
    looksAhead: sigma.kind === 'whole-sample',
    bars: changes.map((change, i) => {
      if (change === null) return without('no price change: the first bar with a price of its session');
      if (sigma.kind === 'whole-sample') return classify(change, whole, options);
      const window = changes.slice(Math.max(0, i + 1 - sigma.bars), i + 1);
      if (window.length < sigma.bars || window[0] === null) {
        return without(`fewer than ${sigma.bars} price changes so far in the session`);
      }
      return classify(change, deviation(window, options.weights), options);
    }),
  };
}

interface Change {
  readonly usd: number;
  readonly shares: number;
}

/** Change of each bar from the one before it; null where either has no price. */
function changesOf(bars: readonly Bar[]): (Change | null)[] {
  return bars.map((bar, i) => {
    const previous = bars[i - 1]?.lastPriceMicros ?? null;
    if (previous === null || bar.lastPriceMicros === null) return null;
    return { usd: (bar.lastPriceMicros - previous) / 1e6, shares: Number(bar.volumeMicros) / 1e6 };
  });
}

function classify(change: Change, sigmaUsd: number | null, { distribution }: BulkVolumeOptions): BulkVolume {
  if (sigmaUsd === null) return without('fewer than two price changes to take sigma from');
  const share = change.usd === 0 || sigmaUsd === 0 ? 0.5 : cdf(change.usd / sigmaUsd, distribution);
  const buyShares = change.shares * share;
  return { buyShares, sellShares: change.shares - buyShares, sigmaUsd };
}

function cdf(x: number, distribution: ChangeDistribution): number {
  return distribution.kind === 'normal' ? normalCdf(x) : studentTCdf(x, distribution.degreesOfFreedom);
}

/**
 * Sample standard deviation; weighted: sum of w (d - mean)^2 over (n - 1) / n of the sum of w, n the number of positive weights,
 * which equal weights make the plain one.
 */
function deviation(changes: readonly (Change | null)[], weights: 'equal' | 'volume'): number | null {
  const weighed = changes
    .filter((change) => change !== null)
    .map(({ usd, shares }) => ({ usd, weight: weights === 'volume' ? shares : 1 }))
    .filter(({ weight }) => weight > 0);
  const n = weighed.length;
  if (n < 2) return null;
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const mean = weighed.reduce((sum, { usd, weight }) => sum + weight * usd, 0) / total;
  const squares = weighed.reduce((sum, { usd, weight }) => sum + weight * (usd - mean) ** 2, 0);
  return Math.sqrt(squares / ((total * (n - 1)) / n));
}

function without(reason: string): BulkVolume {
  return { buyShares: null, sellShares: null, reason };
}

function requireSense({ distribution, sigma }: BulkVolumeOptions): void {
  if (distribution.kind === 'student-t' && !(distribution.degreesOfFreedom > 0)) {
    throw new InvalidRequest(`${distribution.degreesOfFreedom} degrees of freedom; give a positive number`);
  }
  if (sigma.kind === 'trailing' && !(Number.isInteger(sigma.bars) && sigma.bars >= 2)) {
    throw new InvalidRequest(`a window of ${sigma.bars} bars; give a whole number of at least 2`);
  }
}
