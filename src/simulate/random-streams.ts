import { normalDraw, type Random, seededRandom } from '../core/index.js';

/**
 * A stream of draws of its own for each part of the market, so that a new part leaves the draws of the others alone.
 * The label is hashed with the seed by FNV-1a (Fowler, Noll and Vo, 32 bits).
 */
export function randomStream(seed: number, label: string): Random {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${label}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return seededRandom(hash);
}

/** `count` independent standard normal draws. */
export function normalDraws(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => normalDraw(random));
}

/** A uniform draw between two bounds. */
export function uniformBetween(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}
