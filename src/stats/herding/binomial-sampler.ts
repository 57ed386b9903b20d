import type { Random } from '../../core/index.js';
import { binomialProbability } from './binomial.js';

/** Draws of one binomial by inversion of its distribution, tabulated where the probability shows in a double. */
export class BinomialSampler {
  private readonly first: number;
  private readonly cumulative: Float64Array;

  constructor(n: number, p: number) {
    const reach = 9 * Math.sqrt(n * p * (1 - p)) + 40;
    this.first = Math.max(0, Math.floor(n * p - reach));
    const last = Math.min(n, Math.ceil(n * p + reach));
    this.cumulative = new Float64Array(last - this.first + 1);
    let sum = 0;
    for (let k = this.first; k <= last; k++) {
      sum += binomialProbability(k, n, p);
      this.cumulative[k - this.first] = sum;
    }
  }

  draw(random: Random): number {
    const u = random.next();
    const { cumulative } = this;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return this.first + low;
  }
}
