import type { ClaimVerdict, RecordRow } from '../core/index.js';
import type { Comparison } from './claim.js';

/** A verdict that a stand-in or a lower bound can at most bear. */
export function atMostWeakly(verdict: ClaimVerdict): ClaimVerdict {
  return verdict === 'supported' ? 'weakly supported' : verdict;
}

/** A high is a record only if it holds on other scales too (measures.md section 4). */
export function judgeRecord(isHighest: boolean, kind: RecordRow['kind']): ClaimVerdict {
  if (!isHighest) return 'contradicted';
  return kind === 'record' ? 'supported' : 'weakly supported';
}

/** Under p speaks, under twice that weakly. */
export function judgeProbability(weakest: number, threshold: number): ClaimVerdict {
  if (weakest < threshold) return 'supported';
  return weakest < 2 * threshold ? 'weakly supported' : 'not distinguishable from chance';
}

/** How far a figure may lie from the one named, as a part of it: fully, and weakly. */
const NEAR = 0.1;
const FAR = 0.25;

/** A figure against the one a sentence names; 'about' is within a tenth of it, weakly within a quarter. */
export function judgeFigure(actual: number, named: number, compare: Comparison): ClaimVerdict {
  switch (compare) {
    case 'at least':
      return actual >= named ? 'supported' : 'contradicted';
    case 'at most':
      return actual <= named ? 'supported' : 'contradicted';
    case 'exactly':
      return actual === named ? 'supported' : 'contradicted';
    case 'about': {
      const distance = Math.abs(actual - named);
      if (distance <= NEAR * Math.abs(named)) return 'supported';
      return distance <= FAR * Math.abs(named) ? 'weakly supported' : 'contradicted';
    }
  }
}

/** Several windows that each say yes or no: all, some or none. */
export function judgeWindows(yes: number, of: number): ClaimVerdict {
  if (yes === of) return 'supported';
  return yes > 0 ? 'weakly supported' : 'contradicted';
}

/**
 * An effect against its null, in the direction claimed: the adjusted p decides, the unadjusted weakly; an effect that is
 * significant the other way contradicts.
 * @param agrees the effect has the sign that the claim gives it
 */
export function judgeEffect(agrees: boolean, p: number, adjustedP: number, threshold: number): ClaimVerdict {
  if (!agrees) return adjustedP < threshold ? 'contradicted' : 'not distinguishable from chance';
  if (adjustedP < threshold) return 'supported';
  return p < threshold ? 'weakly supported' : 'not distinguishable from chance';
}
