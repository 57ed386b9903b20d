import { InvalidRequest } from '../core/index.js';
import type { BulkVolume } from './bulk-volume.js';

/**
 * VPIN after each bucket of equal volume [Easley, Lopez de Prado and O'Hara 2012]: the sum of |buy - sell| over the last n buckets,
 * divided by n times the bucket's volume. Null until n buckets in a row have an estimate.
 *
 * @param buckets full volume bars, classified
 * @param bucketShares their common volume
 * @param n buckets of the window
 * @throws {InvalidRequest} for a window or a volume that is not positive
 */
export function vpin(buckets: readonly BulkVolume[], bucketShares: number, n: number): (number | null)[] {
  if (!(bucketShares > 0))
    throw new InvalidRequest(`buckets of ${bucketShares} shares; give a positive volume`);
  if (!(Number.isInteger(n) && n > 0)) {
    throw new InvalidRequest(`a window of ${n} buckets; give a positive whole number`);
  }
  return buckets.map((_, i) => {
    const window = buckets.slice(Math.max(0, i + 1 - n), i + 1);
    if (window.length < n) return null;
    let imbalance = 0;
    for (const bucket of window) {
      if (bucket.buyShares === null) return null;
      imbalance += Math.abs(bucket.buyShares - bucket.sellShares);
    }
    return imbalance / (n * bucketShares);
  });
}
