import type { Claim, ClaimMeasure, ClaimOf } from '../claim.js';
import type { Decision } from '../decision.js';
import { decideAftermath, decideFollowThrough, decideLoop } from './aftermath.js';
import type { DecisionContext } from './context.js';
import { decideDriver, decidePolicy, decideRateSensitivity } from './drivers.js';
import { decideLedBy } from './leaders.js';
import { decideAmount, decideRatio, decideSide, decideTrend, decideWeeks } from './legs.js';
import { decideRecord } from './record.js';
import { decideSignificance } from './significance.js';
import { decidePercentile, decideRank, decideZ } from './standing.js';
import { decideUnison } from './unison.js';

type Decide<Measure extends ClaimMeasure> = (
  claim: ClaimOf<Measure>,
  context: DecisionContext,
) => Promise<Decision>;

const DECIDERS: { readonly [Measure in ClaimMeasure]: Decide<Measure> } = {
  record: decideRecord,
  rank: decideRank,
  percentile: decidePercentile,
  z: decideZ,
  significance: decideSignificance,
  ratio: decideRatio,
  amount: decideAmount,
  side: decideSide,
  weeks: decideWeeks,
  'led-by': decideLedBy,
  unison: decideUnison,
  driver: decideDriver,
  policy: decidePolicy,
  'rate-sensitivity': decideRateSensitivity,
  floor: decideAftermath,
  consolidation: decideAftermath,
  'profit-taking': decideAftermath,
  return: decideAftermath,
  volatility: decideAftermath,
  'follow-through': decideFollowThrough,
  loop: decideLoop,
  trend: decideTrend,
};

/** What the studies say of a claim. */
export function decide(claim: Claim, context: DecisionContext): Promise<Decision> {
  return (DECIDERS[claim.measure] as Decide<ClaimMeasure>)(claim, context);
}
