import type { Random } from '../../core/index.js';
import { binomialTwoSided } from '../forecasts/proportion.js';

/** Up to so many differences all ways to set their signs are tried. */
const MOST_ENUMERATED = 14;

/**
 * Sign test (Arbuthnott 1710): exact two-sided p of the number of differences above 0 among those other than 0; 1 where all are 0.
 */
export function signTest(differences: Float64Array): number {
  let [above, below] = [0, 0];
  for (const value of differences) {
    if (value > 0) above++;
    else if (value < 0) below++;
  }
  return above + below === 0 ? 1 : binomialTwoSided(above, above + below, 0.5);
}

/**
 * Sign-flip permutation test of mean 0 for differences that are symmetric under the null (Fisher 1935, The Design of
 * Experiments, section 21): share of sign settings with a sum as far from 0, exact for up to 14 differences and by draws
 * ((1 + as far) / (draws + 1)) for more.
 */
export function signFlipTest(differences: Float64Array, draws: number, random: Random): number {
  const n = differences.length;
  const sum = differences.reduce((total, value) => total + value, 0);
  const size = differences.reduce((total, value) => total + Math.abs(value), 0);
  const bar = Math.abs(sum) - 1e-12 * size;
  let asFar = 0;
  if (n <= MOST_ENUMERATED) {
    for (let setting = 0; setting < 2 ** n; setting++) {
      let flipped = 0;
      for (let i = 0; i < n; i++) flipped += (setting & (1 << i)) === 0 ? differences[i]! : -differences[i]!;
      if (Math.abs(flipped) >= bar) asFar++;
    }
    return asFar / 2 ** n;
  }
  for (let draw = 0; draw < draws; draw++) {
    let flipped = 0;
    for (let i = 0; i < n; i++) flipped += random.next() < 0.5 ? -differences[i]! : differences[i]!;
    if (Math.abs(flipped) >= bar) asFar++;
  }
  return (1 + asFar) / (draws + 1);
}
