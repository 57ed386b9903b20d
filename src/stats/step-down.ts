import type { PathSummary } from './path-summary.kernel.js';

export interface StepDown {
  /** Adjusted p by hypothesis, in the order of the summaries. */
  readonly adjusted: Float64Array;
  /** Adjusted p of a hypothesis beyond all paths by any measure: the smallest this family could show. */
  readonly floor: number;
}

/**
 * Step-down minP (Westfall and Young 1993, algorithm 2.8; Ge, Dudoit and Speed 2003 for p* from ranks): hypotheses in
 * the order of their p; the k-th is compared with the smallest p* that each path shows among the k-th and all after it;
 * running maxima make the result monotone. p and p* are the grades of `PathSummary`: ranks, carried on below 1 by size.
 *
 * Beyond the `keep` best ranks nothing is known of a path: a hypothesis whose own p lies there gets 1, an upper bound.
 *
 * @param summaries blocks in order, each with the tails down to rank `keep`
 */
export function stepDownMinP(summaries: readonly PathSummary[], paths: number, keep: number): StepDown {
  const tails = summaries.flatMap(splitTails);
  const order = Uint32Array.from(tails.keys()).sort(
    (a, b) => tails[a]!.observed - tails[b]!.observed || a - b,
  );
  const bestGrades = new Float32Array(paths).fill(Number.POSITIVE_INFINITY);
  const adjusted = new Float64Array(tails.length).fill(1);
  for (let step = order.length - 1; step >= 0; step--) {
    const tail = tails[order[step]!]!;
    for (let i = 0; i < tail.paths.length; i++) {
      const path = tail.paths[i]!;
      if (tail.grades[i]! < bestGrades[path]!) bestGrades[path] = tail.grades[i]!;
    }
    if (tail.observed <= keep) adjusted[order[step]!] = shareUpTo(bestGrades, tail.observed);
  }
  let running = 0;
  for (const hypothesis of order) {
    running = Math.max(running, adjusted[hypothesis]!);
    adjusted[hypothesis] = running;
  }
  return { adjusted, floor: shareUpTo(bestGrades, 0) };
}

interface Tail {
  readonly observed: number;
  readonly paths: PathSummary['tailPaths'];
  readonly grades: Float32Array;
}

function splitTails(summary: PathSummary): Tail[] {
  let from = 0;
  return Array.from(summary.tailLengths, (length, hypothesis) => {
    const to = from + length;
    const tail = {
      observed: summary.observedGrades[hypothesis]!,
      paths: summary.tailPaths.subarray(from, to),
      grades: summary.tailGrades.subarray(from, to),
    };
    from = to;
    return tail;
  });
}

/** Share of the paths, the observation counted as one more, whose best grade is at most `limit`. */
function shareUpTo(bestGrades: Float32Array, limit: number): number {
  let count = 1;
  for (let path = 0; path < bestGrades.length; path++) if (bestGrades[path]! <= limit) count++;
  return count / (bestGrades.length + 1);
}
