import { investorWords, type RecordRow } from '../../core/index.js';
import { type ClaimOf, DEFAULT_SPAN } from '../claim.js';
import { type Decision, notMeasurable } from '../decision.js';
import { atMostWeakly, judgeProbability } from '../verdicts.js';
import { count, legWords, marketWords, percent, periodWord, probability } from '../words.js';
import { type DecisionContext, withRemarks } from './context.js';
import { isDecision, recordAnswer } from './record-answer.js';

const NAMES = {
  exchangeable: 'exchangeable',
  dependent: 'dependent and growing',
  tail: 'tail',
  adjusted: 'adjusted for many looks',
} as const;

/** The largest of the four probabilities that are known: the one that a verdict quotes. */
export function weakestProbability(
  row: Pick<RecordRow, 'p'>,
): { readonly name: string; readonly p: number } | null {
  const known = (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .filter((name) => row.p[name] !== null)
    .map((name) => ({ name: NAMES[name], p: row.p[name]! }));
  return known.length === 0 ? null : known.reduce((a, b) => (b.p > a.p ? b : a));
}

/** 'It is no fluke': the weakest of four probabilities decides; a figure that breadth or data void contradicts. */
export async function decideSignificance(
  claim: ClaimOf<'significance'>,
  context: DecisionContext,
): Promise<Decision> {
  const { span, p: threshold } = claim.threshold;
  const answer = await recordAnswer(claim.scope, span ?? context.question.lookback ?? DEFAULT_SPAN, context);
  if (isDecision(answer)) return answer;
  const { row, evidence } = answer;
  const weakest = weakestProbability(row);
  if (weakest === null || row.value === null)
    return notMeasurable(
      row.reasons['p.dependent'] ?? row.reasons.value ?? 'no probability is known for this figure',
      'a longer history of the same series',
    );
  const chance = judgeProbability(weakest.p, threshold);
  const unadjusted = row.p.adjusted === null;
  const verdict =
    row.verdict === 'anomaly' ? 'contradicted' : unadjusted || answer.isProxy ? atMostWeakly(chance) : chance;
  const all = Object.entries(NAMES)
    .map(([name, words]) => [words, row.p[name as keyof typeof NAMES]] as const)
    .map(([words, p]) => `${words} ${p === null ? 'not known' : probability(p)}`);
  const failed = row.checks.filter((check) => check.verdict === 'fail').map(({ name }) => name);
  const explanation = [
    `${legWords(claim.scope.leg ?? 'grossBuy')} of ${investorWords(row.class)} in ${marketWords(row)}: the weakest of four probabilities is ${probability(weakest.p)} (${weakest.name}); ${all.join(', ')}, over ${count(row.m)} looks`,
    ...(row.recordRate === null
      ? []
      : [
          `such a series sets a record by itself in ${percent(row.recordRate, 1)} of ${periodWord(row.basis)}s`,
        ]),
    failed.length === 0 ? 'no check fails' : `checks that fail: ${failed.join(', ')}`,
    ...(row.verdict === 'anomaly' ? ['breadth or data fails, so the figure may not be what it seems'] : []),
  ];
  return {
    verdict,
    explanation: withRemarks(explanation.join('; '), answer.remarks),
    effect: weakest.p,
    effectUnit: 'p',
    interval: null,
    n: row.n,
    m: row.m,
    evidence: [
      ...(Object.keys(NAMES) as (keyof typeof NAMES)[]).map((name) =>
        evidence(`p, ${NAMES[name]}`, row.p[name], 'p'),
      ),
      evidence('record rate', row.recordRate, 'fraction of weeks'),
      evidence('verdict of the seven checks', row.verdict),
    ],
    wouldChange: `an adjusted p under ${threshold} over the ${count(row.m)} looks declared`,
  };
}
