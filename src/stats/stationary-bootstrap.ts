import { InvalidRequest, type Random } from '../core/index.js';

export interface IndexPathOptions {
  /** Values that are resampled: indexes run over 0 .. sourceLength - 1, the last followed by the first. */
  readonly sourceLength: number;
  readonly pathLength: number;
  readonly paths: number;
  /** Mean block length, >= 1. Blocks are geometric. */
  readonly meanBlockLength: number;
  readonly random: Random;
}

/**
 * Index paths of the stationary bootstrap (Politis and Romano 1994, JASA 89): blocks of geometric length that start
 * anywhere with equal chance and wrap around the end.
 *
 * @returns path-major, `paths` x `pathLength`
 * @throws {InvalidRequest} for more than 65,535 source values
 */
export function stationaryBootstrapIndices(options: IndexPathOptions): Uint16Array {
  const { sourceLength, pathLength, paths, meanBlockLength, random } = options;
  if (sourceLength < 1 || sourceLength > 0xffff) {
    throw new InvalidRequest(`${sourceLength} periods cannot be resampled; give 1 to 65535`);
  }
  const logStay = Math.log1p(-1 / Math.max(1, meanBlockLength));
  const indices = new Uint16Array(paths * pathLength);
  for (let path = 0; path < paths; path++) {
    const end = (path + 1) * pathLength;
    for (let at = path * pathLength; at < end; ) {
      let index = Math.floor(random.next() * sourceLength);
      const length = meanBlockLength > 1 ? 1 + Math.floor(Math.log(1 - random.next()) / logStay) : 1;
      for (const blockEnd = Math.min(end, at + length); at < blockEnd; at++) {
        indices[at] = index;
        index = index + 1 === sourceLength ? 0 : index + 1;
      }
    }
  }
  return indices;
}

/**
 * One such path at some places alone: the same draws, and the same indexes there, as the whole path would have.
 *
 * @param places positions in the path, ascending
 * @param indices filled with the index at each place
 */
export function stationaryBootstrapAt(
  places: Uint32Array,
  indices: Uint16Array,
  options: Omit<IndexPathOptions, 'paths'>,
): void {
  const { sourceLength, pathLength, meanBlockLength, random } = options;
  const logStay = Math.log1p(-1 / Math.max(1, meanBlockLength));
  const count = places.length;
  let place = 0;
  for (let at = 0; at < pathLength; ) {
    const start = Math.floor(random.next() * sourceLength);
    const length = meanBlockLength > 1 ? 1 + Math.floor(Math.log(1 - random.next()) / logStay) : 1;
    const shift = start - at;
    at += length;
    for (; place < count && places[place]! < at; place++) {
      const index = shift + places[place]!;
      indices[place] = index < sourceLength ? index : index % sourceLength;
    }
  }
}
