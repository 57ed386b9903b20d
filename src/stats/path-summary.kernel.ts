/** What is asked of the ratios of four series: one observed ratio a hypothesis, NaN where there is none. */
export interface SummaryInput {
  /** Slots x paths x 4, as the path kernel leaves them. */
  readonly ratios: Float32Array;
  /** Slots x 4. */
  readonly observed: Float64Array;
  readonly paths: number;
  /** Best ranks that are kept for the step-down. */
  readonly keep: number;
}

/** Counts and upper tail of the hypotheses of one block, in slot-major, lane-minor order, undefined ones left out. */
export interface PathSummary {
  /** Paths with ratio >= the observed one. */
  readonly atLeast: Int32Array;
  /** Paths with ratio > 1. */
  readonly records: Int32Array;
  /** Kept tail entries of each hypothesis. */
  readonly tailLengths: Int32Array;
  /** Paths of the tail, best first, hypothesis after hypothesis. */
  readonly tailPaths: Uint16Array | Uint32Array;
  /** Rank of each among the paths and the observed ratio together, ties at the worse rank; 1 = largest. */
  readonly tailRanks: Uint16Array | Uint32Array;
}

/**
 * Counts and ranks the resampled ratios of one block. The function stands alone: its source text is also run inside
 * worker threads.
 */
export function summarisePaths(input: SummaryInput): PathSummary {
  const { ratios, observed, paths, keep } = input;
  const lanes = 4;
  const idRange = 2 ** 20;
  const Ids = paths < 0xffff ? Uint16Array : Uint32Array;
  const asFloat = new Float32Array(1);
  const asBits = new Uint32Array(asFloat.buffer);
  const values = new Float32Array(paths);
  const keys = new Float64Array(paths);
  const hypotheses = observed.reduce((count, ratio) => count + (Number.isNaN(ratio) ? 0 : 1), 0);
  const summary = {
    atLeast: new Int32Array(hypotheses),
    records: new Int32Array(hypotheses),
    tailLengths: new Int32Array(hypotheses),
    tailPaths: new Ids(hypotheses * keep),
    tailRanks: new Ids(hypotheses * keep),
  };
  let stored = 0;

  /** Value low enough that at least `keep` values reach it, most often not many more. */
  const tailThreshold = (): number => {
    const pilotSize = Math.min(paths, 1024);
    const wanted = Math.ceil((keep / paths) * pilotSize * 1.1 + 12);
    if (wanted >= pilotSize) return Number.NEGATIVE_INFINITY;
    const pilot = new Float32Array(pilotSize);
    for (let i = 0; i < pilotSize; i++) pilot[i] = values[Math.floor((i * paths) / pilotSize)]!;
    const threshold = pilot.sort()[pilotSize - wanted]!;
    let reached = 0;
    for (let path = 0; path < paths; path++) if (values[path]! >= threshold) reached++;
    return reached >= keep ? threshold : Number.NEGATIVE_INFINITY;
  };

  /** Sort keys of the values from `threshold` up: the float's bits in ascending order, then the path. */
  const collectKeys = (threshold: number): Float64Array => {
    let count = 0;
    for (let path = 0; path < paths; path++) {
      if (values[path]! < threshold) continue;
      asFloat[0] = values[path]!;
      const bits = asBits[0]!;
      keys[count++] = (bits & 0x80000000 ? ~bits >>> 0 : bits + 0x80000000) * idRange + path;
    }
    return keys.subarray(0, count).sort();
  };

  /** Appends groups of equal values, best first, as long as their rank is at most `keep`. */
  const storeTail = (sorted: Float64Array, ratio: number): number => {
    const before = stored;
    for (let end = sorted.length; end > 0; ) {
      const group = Math.floor(sorted[end - 1]! / idRange);
      let start = end - 1;
      while (start > 0 && Math.floor(sorted[start - 1]! / idRange) === group) start--;
      const rank = sorted.length - start;
      if (rank > keep) break;
      const below = ratio >= values[sorted[end - 1]! % idRange]! ? 1 : 0;
      for (let i = end - 1; i >= start; i--) {
        summary.tailPaths[stored] = sorted[i]! % idRange;
        summary.tailRanks[stored++] = rank + below;
      }
      end = start;
    }
    return stored - before;
  };

  let hypothesis = 0;
  for (let slotLane = 0; slotLane < observed.length; slotLane++) {
    const ratio = observed[slotLane]!;
    if (Number.isNaN(ratio)) continue;
    const slot = Math.floor(slotLane / lanes);
    const lane = slotLane % lanes;
    let atLeast = 0;
    let records = 0;
    for (let path = 0; path < paths; path++) {
      const value = ratios[(slot * paths + path) * lanes + lane]!;
      if (value >= ratio) atLeast++;
      if (value > 1) records++;
      values[path] = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
    }
    summary.atLeast[hypothesis] = atLeast;
    summary.records[hypothesis] = records;
    summary.tailLengths[hypothesis] = storeTail(collectKeys(tailThreshold()), ratio);
    hypothesis++;
  }
  return {
    ...summary,
    tailPaths: summary.tailPaths.slice(0, stored),
    tailRanks: summary.tailRanks.slice(0, stored),
  };
}
