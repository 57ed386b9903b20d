import {
  type AftermathAnswerRow,
  type CascadeRow,
  type EventRuleRow,
  investorWords,
  type LoopRow,
  type Measure,
  type Outcome,
  type OutcomeRow,
} from '../../core/index.js';
import type { AftermathMeasure, ClaimOf, ClaimScope } from '../claim.js';
import { type Decision, evidenceFrom, notMeasurable } from '../decision.js';
import { classOn, isPlace, placeOf } from '../scope.js';
import { atMostWeakly, judgeEffect, judgeWindows } from '../verdicts.js';
import { probability, signed } from '../words.js';
import { type DecisionContext, missing, withRemarks } from './context.js';
import { wholeMarketReason } from './record-answer.js';

interface Followed {
  readonly rows: readonly AftermathAnswerRow[];
  readonly command: string;
  readonly remarks: readonly string[];
  readonly isProxy: boolean;
  readonly class: string;
}

const isDecision = (answer: Followed | Decision): answer is Decision => 'verdict' in answer;

/** Under it figures are shown and nothing is claimed (measures.md section 10). */
const FEWEST_EVENTS = 5;

async function followed(
  scope: ClaimScope,
  { question, answers }: DecisionContext,
): Promise<Followed | Decision> {
  const leg = scope.leg ?? 'grossBuy';
  const whole = wholeMarketReason({ ...scope, leg }, question);
  if (whole !== null) return whole;
  const place = placeOf(scope, question);
  if (!isPlace(place)) return notMeasurable(place.reason, place.wouldChange);
  if (leg !== 'net' && leg !== 'grossBuy' && leg !== 'longBuy')
    return notMeasurable('events are records of net flow, notional buying or long buys', 'one of these');
  const answer = await answers.aftermath({ ...place.ask, measure: leg satisfies Measure });
  if ('missing' in answer) return missing(answer);
  const { remarks, classIsProxy: isProxy } = place;
  return { ...answer, remarks, isProxy, class: place.ask.class };
}

const OUTCOME_OF: Readonly<Record<AftermathMeasure, (threshold: object) => Outcome>> = {
  floor: () => 'floor-days-above',
  consolidation: (threshold) =>
    'drawdown' in threshold && threshold.drawdown === 10 ? 'drawdown-beyond-10' : 'drawdown-beyond-5',
  'profit-taking': () => 'profit-taking',
  return: () => 'return',
  volatility: () => 'volatility-ratio',
};

const OUTCOME_WORDS: Readonly<Partial<Record<Outcome, string>>> = {
  'floor-days-above': 'share of days that closed above the price of the event week',
  'drawdown-beyond-5': 'share of events with a drawdown beyond 5 %',
  'drawdown-beyond-10': 'share of events with a drawdown beyond 10 %',
  'profit-taking': 'net flow of those that bought most before',
  return: 'return',
  'volatility-ratio': 'volatility after over before',
};

function directionOf(claim: ClaimOf<AftermathMeasure>): 'above' | 'below' {
  if (claim.measure === 'return' || claim.measure === 'volatility') return claim.threshold.direction;
  return claim.measure === 'profit-taking' ? 'below' : 'above';
}

const rulesOf = (rows: readonly AftermathAnswerRow[]): EventRuleRow | undefined =>
  rows.find((row): row is EventRuleRow => row.kind === 'rule');

function outcomeWords(row: OutcomeRow): string {
  const events = `${row.n} ${row.n === 1 ? 'event' : 'events'}`;
  const figure = (value: number | null) => (value === null ? 'not known' : value.toFixed(3));
  const difference = row.difference === null ? '' : `, a difference of ${signed(row.difference, 3)}`;
  const band =
    row.low === null || row.high === null ? '' : ` (${signed(row.low, 3)} to ${signed(row.high, 3)})`;
  const p =
    row.p === null
      ? ''
      : `; ${probability(row.p)}${row.adjustedP === null ? '' : `, adjusted over ${row.m} tests ${probability(row.adjustedP)}`}`;
  const detectable =
    row.detectable === null ? '' : `; ${events} could show ${row.detectable.toFixed(3)} with 80 % power`;
  return `${OUTCOME_WORDS[row.outcome] ?? row.outcome} over ${row.horizonWeeks} weeks after ${events}: ${figure(row.mean)} against ${figure(row.matchedMean)} after matched weeks${difference}${band}${p}${detectable}`;
}

/** What follows such weeks, against matched weeks. Fewer than five events bear no claim. */
export async function decideAftermath(
  claim: ClaimOf<AftermathMeasure>,
  context: DecisionContext,
): Promise<Decision> {
  const answer = await followed(claim.scope, context);
  if (isDecision(answer)) return answer;
  const outcome = OUTCOME_OF[claim.measure](claim.threshold);
  const row = answer.rows.find(
    (one): one is OutcomeRow =>
      one.kind === 'outcome' && one.outcome === outcome && one.horizonWeeks === claim.horizonWeeks,
  );
  if (row === undefined || row.mean === null)
    return notMeasurable(
      row?.reason ??
        rulesOf(answer.rows)?.reason ??
        `nothing is known of ${OUTCOME_WORDS[outcome] ?? outcome} over ${claim.horizonWeeks} weeks`,
      'events whose horizon is over, with prices',
    );
  const evidence = evidenceFrom(answer.command);
  const figures = {
    effect: row.difference,
    effectUnit: `${row.unit}, after events less after matched weeks`,
    interval: row.low === null || row.high === null ? null : ([row.low, row.high] as const),
    n: row.n,
    m: row.m,
    evidence: [
      evidence(`mean of ${outcome} over ${row.horizonWeeks} weeks`, row.mean, row.unit),
      evidence('mean of the matched weeks', row.matchedMean, row.unit),
      evidence('difference that could be seen', row.detectable, row.unit),
      evidence('leaving one event out, lowest', row.leaveOneOutLow, row.unit),
      evidence('leaving one event out, highest', row.leaveOneOutHigh, row.unit),
    ],
    wouldChange: 'more events: what has not been seen is not shown to be absent',
  };
  if (row.n < FEWEST_EVENTS || row.p === null || row.difference === null)
    return {
      ...figures,
      verdict: 'not measurable',
      explanation: withRemarks(
        `${row.n < FEWEST_EVENTS ? `fewer than ${FEWEST_EVENTS} events bear no claim: ` : ''}${outcomeWords(row)}${row.reason === null ? '' : `; ${row.reason}`}`,
        answer.remarks,
      ),
    };
  const agrees = directionOf(claim) === 'above' ? row.difference > 0 : row.difference < 0;
  const judged = judgeEffect(agrees, row.p, row.adjustedP ?? row.p, claim.threshold.p);
  const survives =
    row.leaveOneOutLow === null ||
    row.leaveOneOutHigh === null ||
    row.leaveOneOutLow * row.leaveOneOutHigh > 0;
  return {
    ...figures,
    verdict: answer.isProxy || !survives ? atMostWeakly(judged) : judged,
    explanation: withRemarks(
      `${outcomeWords(row)}${survives ? '' : '; its sign turns when one event is left out'}`,
      answer.remarks,
    ),
  };
}

function cascadeWords(row: CascadeRow): string {
  const lead =
    row.leadWeeks === null
      ? 'no lead beyond its band'
      : row.leadWeeks === 0
        ? 'strongest in the same week'
        : `a lead of ${row.leadWeeks} weeks`;
  const correlation = row.correlation === null ? '' : `, correlation ${row.correlation.toFixed(2)}`;
  const granger =
    row.grangerAdjustedP === null ? 'not tested' : `adjusted ${probability(row.grangerAdjustedP)}`;
  return `${investorWords(row.leader)} before ${investorWords(row.follower)}: ${lead}${correlation}; Granger test ${granger} over ${row.n} weeks`;
}

/** Does one class buy before another? The reverse alone contradicts. */
export async function decideFollowThrough(
  claim: ClaimOf<'follow-through'>,
  context: DecisionContext,
): Promise<Decision> {
  const { leader, follower } = claim.threshold;
  const answer = await followed(
    { ...claim.scope, ...(leader === undefined ? {} : { class: leader }) },
    context,
  );
  if (isDecision(answer)) return answer;
  const basis = claim.scope.basis ?? context.question.basis ?? 'cot';
  const second = classOn(basis, follower);
  if ('reason' in second) return notMeasurable(second.reason, second.wouldChange);
  const pairs = answer.rows.filter((row): row is CascadeRow => row.kind === 'cascade');
  const pair = (from: string, to: string) => pairs.find((row) => row.leader === from && row.follower === to);
  const row = pair(answer.class, second.class);
  const reverse = pair(second.class, answer.class);
  if (row === undefined || row.verdict === null)
    return notMeasurable(
      row?.reason ??
        `${investorWords(answer.class)} and ${investorWords(second.class)} are not held against each other there`,
      'weekly flows of both classes',
    );
  const leads = row.verdict === 'leads';
  const reversed = reverse?.verdict === 'leads';
  const verdict = leads
    ? reversed
      ? 'weakly supported'
      : 'supported'
    : reversed
      ? 'contradicted'
      : 'not distinguishable from chance';
  const isProxy = answer.isProxy || second.isProxy === true;
  const evidence = evidenceFrom(answer.command);
  const words = [cascadeWords(row), ...(reverse === undefined ? [] : [cascadeWords(reverse)])];
  return {
    verdict: isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(words.join('; '), [
      ...answer.remarks,
      ...(second.remark === undefined ? [] : [second.remark]),
    ]),
    effect: row.correlation,
    effectUnit: 'correlation at the lead',
    interval: null,
    n: row.n,
    m: pairs.length,
    evidence: [
      evidence('lowest correlation that chance gives', row.bandLow),
      evidence('highest correlation that chance gives', row.bandHigh),
      evidence('lead', row.leadWeeks, 'weeks'),
      evidence('Granger p, adjusted', row.grangerAdjustedP, 'p'),
      evidence('Granger p of the reverse, adjusted', reverse?.grangerAdjustedP ?? null, 'p'),
    ],
    wouldChange: 'a lead beyond its band in one direction alone',
  };
}

/** Do price, mood and money feed each other, in both orders of the decomposition? */
export async function decideLoop(claim: ClaimOf<'loop'>, context: DecisionContext): Promise<Decision> {
  const answer = await followed(claim.scope, context);
  if (isDecision(answer)) return answer;
  const loops = answer.rows.filter((row): row is LoopRow => row.kind === 'loop');
  const known = loops.filter(({ verdict }) => verdict !== null);
  const [first] = known;
  if (first === undefined)
    return notMeasurable(
      loops[0]?.reason ?? 'returns, mood and flow are not held together there',
      'a weekly series of mood, prices and flow',
    );
  const yes = known.filter(({ verdict }) => verdict === 'loop').length;
  const judged = judgeWindows(yes, known.length);
  const evidence = evidenceFrom(answer.command);
  const each = known.map(
    (row) =>
      `${row.ordering}: gain ${row.gain === null ? 'not known' : signed(row.gain, 3)}${row.low === null || row.high === null ? '' : ` (${signed(row.low, 3)} to ${signed(row.high, 3)})`}, ${row.verdict === 'loop' ? 'a loop' : 'not shown'}`,
  );
  return {
    verdict:
      judged === 'contradicted'
        ? 'not distinguishable from chance'
        : answer.isProxy
          ? atMostWeakly(judged)
          : judged,
    explanation: withRemarks(
      `${each.join('; ')}; ${first.n} weeks${first.spectralRadius === null ? '' : `, spectral radius ${first.spectralRadius.toFixed(2)}`}`,
      answer.remarks,
    ),
    effect: first.gain,
    effectUnit: 'product of three responses over 8 weeks',
    interval: first.low === null || first.high === null ? null : [first.low, first.high],
    n: first.n,
    m: known.length,
    evidence: known.map((row) => evidence(`gain, ${row.ordering}`, row.gain)),
    wouldChange: 'responses of each link beyond chance, in both orders',
  };
}
