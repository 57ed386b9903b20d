import type { PathSummary } from './path-summary.kernel.js';

export interface StepDown {
  /** Adjusted p by hypothesis, in the order of the summaries. */
  readonly adjusted: Float64Array;
  /** Adjusted p of a hypothesis that no path reaches: the smallest this family could show with these paths. */
  readonly floor: number;
}

/**
 * Step-down minP (Westfall and Young 1993, algorithm 2.8; ranks as in Ge, Dudoit and Speed 2003): hypotheses in the
 * order of their p; the k-th is compared with the smallest p* that each path shows among the k-th and all after it, each
 * path's p* being its rank among paths and observation of the same hypothesis; running maxima make the result monotone.
 *
 * Beyond the `keep` best ranks nothing is known of a path: a hypothesis whose own p lies there gets 1, an upper bound.
 *
 * @param summaries blocks in order, each with the tails down to rank `keep`
 */
export function stepDownMinP(summaries: readonly PathSummary[], paths: number, keep: number): StepDown {
  const tails = summaries.flatMap(splitTails);
  const order = Uint32Array.from(tails.keys()).sort((a, b) => tails[a]!.atLeast - tails[b]!.atLeast || a - b);
  const bestRank = new Uint32Array(paths).fill(0xffffffff);
  const adjusted = new Float64Array(tails.length).fill(1);
  for (let step = order.length - 1; step >= 0; step--) {
    const tail = tails[order[step]!]!;
    for (let i = 0; i < tail.paths.length; i++) {
      const path = tail.paths[i]!;
      if (tail.ranks[i]! < bestRank[path]!) bestRank[path] = tail.ranks[i]!;
    }
    const ownRank = tail.atLeast + 1;
    if (ownRank <= keep) adjusted[order[step]!] = (1 + countUpTo(bestRank, ownRank)) / (paths + 1);
  }
  let running = 0;
  for (const hypothesis of order) {
    running = Math.max(running, adjusted[hypothesis]!);
    adjusted[hypothesis] = running;
  }
  return { adjusted, floor: (1 + countUpTo(bestRank, 1)) / (paths + 1) };
}

interface Tail {
  readonly atLeast: number;
  readonly paths: Uint16Array | Uint32Array;
  readonly ranks: Uint16Array | Uint32Array;
}

function splitTails(summary: PathSummary): Tail[] {
  let from = 0;
  return Array.from(summary.tailLengths, (length, hypothesis) => {
    const to = from + length;
    const tail = {
      atLeast: summary.atLeast[hypothesis]!,
      paths: summary.tailPaths.subarray(from, to),
      ranks: summary.tailRanks.subarray(from, to),
    };
    from = to;
    return tail;
  });
}

function countUpTo(ranks: Uint32Array, limit: number): number {
  let count = 0;
  for (let path = 0; path < ranks.length; path++) if (ranks[path]! <= limit) count++;
  return count;
}
