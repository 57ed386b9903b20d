import type { Claim } from '../claim.js';
import { classTerm, DRIVER_TERMS, leaderTerm, legPhrase, listOf, marketTerm } from './print.js';

/** A class, or the sector or contract where the claim names no class. */
function who({ scope }: Claim): string {
  if (scope.class !== undefined) return classTerm(scope.class);
  const market = marketTerm(scope);
  return market === '' ? 'they' : market;
}

/**
 * What a claim is about, in a few words ('pensions and sovereign funds', 'earnings'): it tells the statements of one sentence apart,
 * and does not say which way the sentence puts it.
 */
export function subjectOf(claim: Claim): string {
  switch (claim.measure) {
    case 'record':
      return legPhrase(claim.scope);
    case 'rank':
    case 'percentile':
    case 'z':
    case 'significance':
    case 'amount':
      return `${claim.measure} of ${legPhrase(claim.scope)}`;
    case 'ratio':
      return 'long buys to short covers';
    case 'side':
      return who(claim);
    case 'weeks':
      return `${who(claim)}, week by week`;
    case 'led-by':
      return leaderTerm(claim.threshold.who);
    case 'unison':
      return listOf(claim.threshold.classes);
    case 'driver':
      return DRIVER_TERMS[claim.threshold.driver];
    case 'policy':
      return 'state of policy';
    case 'rate-sensitivity':
      return 'sensitivity to rates';
    case 'floor':
      return 'floor under prices';
    case 'follow-through': {
      const { leader, follower } = claim.threshold;
      return leader === undefined ? classTerm(follower) : `${classTerm(follower)} after ${classTerm(leader)}`;
    }
    case 'loop':
      return 'prices, mood and money';
    case 'consolidation':
      return `drawdown beyond ${claim.threshold.drawdown} %`;
    case 'profit-taking':
      return 'profit taking';
    case 'return':
      return claim.threshold.direction === 'above' ? 'gains' : 'losses';
    case 'volatility':
      return `${claim.threshold.direction === 'above' ? 'higher' : 'lower'} volatility`;
    case 'trend':
      return 'long-run trend';
  }
}
