/** What is asked of the ratios of four series: one observed ratio a hypothesis, NaN where there is none. */
export interface SummaryInput {
  /** Slots x paths x 4, as the path kernel leaves them. */
  readonly ratios: Float32Array;
  /** Slots x 4. */
  readonly observed: Float64Array;
  readonly paths: number;
  /** Best ranks that are kept for the step-down. */
  readonly keep: number;
  /** Best ranks that are graded by size, see `PathSummary`; 0 for none. */
  readonly graded: number;
}

/**
 * Counts and upper tails of the hypotheses of one block, in slot-major, lane-minor order, undefined ones left out.
 *
 * A grade is the rank of a ratio among the paths and the observed one together, 1 = largest, ties at the worse rank, carried
 * on below what ranks resolve: the `graded` largest have graded x (ratio / boundary)^(-1 / slope), boundary the smallest
 * of them and slope the mean log excess over it (Hill 1975, Annals of Statistics 3), which falls as the ratio grows and is
 * below 1 far out. Where a slope cannot be had (ratios infinite, not positive, or equal) all are ranks. Observed and paths are
 * treated alike, so a step-down over grades is as valid as one over ranks.
 */
export interface PathSummary {
  /** Paths with ratio >= the observed one. */
  readonly atLeast: Int32Array;
  /** Paths with ratio > 1. */
  readonly records: Int32Array;
  /** Grade of the observed ratio. */
  readonly observedGrades: Float32Array;
  /** Kept tail entries of each hypothesis. */
  readonly tailLengths: Int32Array;
  /** Paths of the tail, best first, hypothesis after hypothesis, and their grades. */
  readonly tailPaths: Uint32Array | Uint16Array;
  readonly tailGrades: Float32Array;
}

/**
 * Counts, ranks and grades the resampled ratios of one block. The function stands alone: its source text is also run
 * inside worker threads.
 */
export function summarisePaths(input: SummaryInput): PathSummary {
  const { ratios, observed, paths, keep, graded } = input;
  const lanes = 4;
  const idRange = 2 ** 20;
  /** Float32 bits by sign, exponent and 5 binary digits: buckets of 3 %, the positive ones in the lower half. */
  const bucketShift = 18;
  const buckets = new Uint32Array(2 ** (32 - bucketShift));
  /** That of Infinity; NaN lies beyond. */
  const highestBucket = 0x7f800000 >>> bucketShift;
  const ratioBits = new Uint32Array(ratios.buffer, ratios.byteOffset, ratios.length);
  const values = new Float32Array(paths);
  const bits = new Int32Array(values.buffer);
  const keys = new Float64Array(paths);
  const sortedPaths = new Uint32Array(paths);
  const hypotheses = observed.reduce((count, ratio) => count + (Number.isNaN(ratio) ? 0 : 1), 0);
  const atLeast = new Int32Array(hypotheses);
  const records = new Int32Array(hypotheses);
  const observedGrades = new Float32Array(hypotheses);
  const tailLengths = new Int32Array(hypotheses);
  const tailPaths =
    paths <= 0x10000 ? new Uint16Array(hypotheses * keep) : new Uint32Array(hypotheses * keep);
  const tailGrades = new Float32Array(hypotheses * keep);
  let stored = 0;

  const takeValues = (hypothesis: number, slotLane: number, ratio: number): void => {
    let reached = 0;
    let aboveOne = 0;
    let from = Math.floor(slotLane / lanes) * paths * lanes + (slotLane % lanes);
    for (let path = 0; path < paths; path++, from += lanes) {
      const value = ratios[from]!;
      if (value >= ratio) reached++;
      if (value > 1) aboveOne++;
      values[path] = value;
      buckets[ratioBits[from]! >>> bucketShift]!++;
    }
    atLeast[hypothesis] = reached;
    records[hypothesis] = aboveOne;
  };

  /** Lower edge of the highest bucket from which up there are `keep` values; -Infinity where positive ones are fewer. */
  const tailThreshold = (): number => {
    let reached = 0;
    let threshold = Number.NEGATIVE_INFINITY;
    for (let bucket = highestBucket; bucket >= 0; bucket--) {
      reached += buckets[bucket]!;
      if (reached < keep) continue;
      const edge = new Float32Array(1);
      new Int32Array(edge.buffer)[0] = bucket << bucketShift;
      threshold = edge[0]!;
      break;
    }
    buckets.fill(0);
    return threshold;
  };

  /** Fills `sortedPaths` with the paths whose value is at least the threshold, best first, NaN last; tells how many. */
  const sortTail = (threshold: number): number => {
    const all = threshold === Number.NEGATIVE_INFINITY;
    let count = 0;
    for (let path = 0; path < paths; path++) {
      const value = values[path]!;
      if (!all && !(value >= threshold)) continue;
      if (Number.isNaN(value)) values[path] = Number.NEGATIVE_INFINITY;
      const ordered = bits[path]! < 0 ? -1 - bits[path]! - 0x80000000 : bits[path]!;
      keys[count++] = -ordered * idRange + path;
    }
    const sorted = keys.subarray(0, count).sort();
    for (let i = 0; i < count; i++) sortedPaths[i] = sorted[i]! - Math.floor(sorted[i]! / idRange) * idRange;
    return count;
  };

  /**
   * Grade of one of the `graded` largest ratios, or null where they cannot be graded by size. The observed ratio is one of
   * all: were it left out of the slope it would look more extreme than a path of the same size.
   */
  const gradeBySize = (ratio: number, reached: number): ((ratio: number) => number) | null => {
    if (graded === 0) return null;
    const amongThem = reached < graded;
    const fromPaths = amongThem ? graded - 1 : graded;
    const smallest = values[sortedPaths[fromPaths - 1]!]!;
    const boundary = amongThem ? Math.min(ratio, smallest) : smallest;
    if (!(boundary > 0)) return null;
    let slope = amongThem ? Math.log(ratio / boundary) / graded : 0;
    for (let i = 0; i < fromPaths; i++) slope += Math.log(values[sortedPaths[i]!]! / boundary) / graded;
    return slope > 1e-6 && slope < Number.POSITIVE_INFINITY
      ? (value) => graded * (value / boundary) ** (-1 / slope)
      : null;
  };

  /** Appends groups of equal values, best first, as long as their rank is at most `keep`. */
  const storeTail = (count: number, ratio: number, bySize: ((ratio: number) => number) | null): void => {
    for (let start = 0; start < count; ) {
      const value = values[sortedPaths[start]!]!;
      let end = start + 1;
      while (end < count && values[sortedPaths[end]!]! === value) end++;
      if (end > keep) return;
      const rank = end + (ratio >= value ? 1 : 0);
      const grade = bySize !== null && rank <= graded ? bySize(value) : rank;
      for (let i = start; i < end; i++) {
        tailPaths[stored] = sortedPaths[i]!;
        tailGrades[stored++] = grade;
      }
      start = end;
    }
  };

  let hypothesis = 0;
  for (let slotLane = 0; slotLane < observed.length; slotLane++) {
    const ratio = observed[slotLane]!;
    if (Number.isNaN(ratio)) continue;
    takeValues(hypothesis, slotLane, ratio);
    const count = sortTail(tailThreshold());
    const reached = atLeast[hypothesis]!;
    const bySize = gradeBySize(ratio, reached);
    const before = stored;
    storeTail(count, ratio, bySize);
    tailLengths[hypothesis] = stored - before;
    observedGrades[hypothesis] = bySize !== null && reached < graded ? bySize(ratio) : reached + 1;
    hypothesis++;
  }
  return {
    atLeast,
    records,
    observedGrades,
    tailLengths,
    tailPaths: tailPaths.slice(0, stored),
    tailGrades: tailGrades.slice(0, stored),
  };
}
