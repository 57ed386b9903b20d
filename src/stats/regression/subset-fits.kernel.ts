/** A column of which no more than this share of its square is left after elimination adds nothing to a fit. */
const NOTHING_LEFT = 1e-11;

/**
 * Sums of weighted products of the columns of `rows`, lower triangle of size x size into `gram`.
 *
 * @param rows    row-major, weights.length x size
 * @param weights how often each row counts
 */
export function weightedProducts(
  rows: Float64Array,
  size: number,
  weights: Uint16Array | Uint8Array,
  gram: Float64Array,
): void {
  gram.fill(0);
  for (let t = 0; t < weights.length; t++) {
    const weight = weights[t]!;
    if (weight === 0) continue;
    const row = t * size;
    for (let i = 0; i < size; i++) {
      const weighted = weight * rows[row + i]!;
      const at = i * size;
      for (let j = 0; j <= i; j++) gram[at + j]! += weighted * rows[row + j]!;
    }
  }
}

/**
 * Unexplained sum of squares of the last column on every subset of the column groups, by elimination in the matrix of products:
 * columns 0 .. starts[0] - 1 are in every subset, group g holds columns starts[g] .. starts[g + 1] - 1, the last column is the
 * response. One elimination serves all subsets that begin alike, about 2^(groups + 1) in all.
 */
export class SubsetFits {
  readonly size: number;
  readonly starts: Uint32Array;
  /** By bit set of groups. */
  readonly unexplained: Float64Array;
  /** Unexplained by column 0 alone, which is the constant. */
  total = 0;
  readonly #levels: Float64Array[];
  readonly #squares: Float64Array;

  constructor(starts: Uint32Array) {
    const groups = starts.length - 1;
    this.starts = starts;
    this.size = starts[groups]! + 1;
    this.unexplained = new Float64Array(2 ** groups);
    this.#levels = Array.from({ length: groups + 1 }, () => new Float64Array(this.size ** 2));
    this.#squares = new Float64Array(this.size);
  }

  /** @param gram lower triangle of the sums of products, size x size */
  fit(gram: Float64Array): void {
    const base = this.#levels[0]!;
    base.set(gram);
    this.#centre(base);
    this.#eliminate(base, 1, this.starts[0]!);
    this.#descend(0, 0, base);
  }

  #centre(matrix: Float64Array): void {
    const size = this.size;
    this.#squares[0] = matrix[0]!;
    this.#eliminate(matrix, 0, 1);
    for (let i = 1; i < size; i++) this.#squares[i] = matrix[i * size + i]!;
    this.total = matrix[size * size - 1]!;
  }

  #descend(group: number, chosen: number, matrix: Float64Array): void {
    if (group === this.starts.length - 1) {
      this.unexplained[chosen] = Math.max(0, matrix[this.size ** 2 - 1]!);
      return;
    }
    this.#descend(group + 1, chosen, matrix);
    const next = this.#levels[group + 1]!;
    next.set(matrix);
    this.#eliminate(next, this.starts[group]!, this.starts[group + 1]!);
    this.#descend(group + 1, chosen | (1 << group), next);
  }

  #eliminate(matrix: Float64Array, from: number, to: number): void {
    const size = this.size;
    for (let k = from; k < to; k++) {
      const pivot = matrix[k * size + k]!;
      if (!(pivot > NOTHING_LEFT * this.#squares[k]!)) continue;
      for (let i = k + 1; i < size; i++) {
        const factor = matrix[i * size + k]! / pivot;
        if (factor === 0) continue;
        for (let j = k + 1; j <= i; j++) matrix[i * size + j]! -= factor * matrix[j * size + k]!;
      }
    }
  }
}
