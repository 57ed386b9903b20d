import { investorWords, type RecordRow, type WindowRow } from '../../core/index.js';
import { type ClaimOf, DEFAULT_SPAN } from '../claim.js';
import { type Decision, notMeasurable } from '../decision.js';
import { atMostWeakly, judgeFigure, judgeWindows } from '../verdicts.js';
import { amount, legWords, marketWords, periodWord } from '../words.js';
import { type DecisionContext, withRemarks } from './context.js';
import { isDecision, isLookback, lookbackOf, type RecordAnswer, recordAnswer } from './record-answer.js';

const subjectWords = (claim: ClaimOf<'rank' | 'percentile' | 'z'>, row: RecordRow): string =>
  `${legWords(claim.scope.leg ?? 'grossBuy')} of ${investorWords(row.class)} in ${marketWords(row)}, ${amount(row.value ?? 0, row.unit)} in the ${periodWord(row.basis)} to ${row.periodEnd}`;

const unknownValue = ({ row }: RecordAnswer): Decision =>
  notMeasurable(row.reasons.value ?? 'the figure of the week is not known', 'the missing figure');

/** 'The third largest in ten years', or 'among the five largest'. */
export async function decideRank(claim: ClaimOf<'rank'>, context: DecisionContext): Promise<Decision> {
  const { rank, compare, span } = claim.threshold;
  const lookback = lookbackOf(span);
  if (!isLookback(span))
    return notMeasurable(
      `ranks are over 1, 3, 5 and 10 years and all history, not over ${span}`,
      'one of these look-backs',
    );
  const answer = await recordAnswer(claim.scope, lookback, context);
  if (isDecision(answer)) return answer;
  const { row, evidence } = answer;
  if (row.value === null || row.rank === null) return unknownValue(answer);
  const holds = judgeFigure(row.rank, rank, compare);
  const nominal = row.rank === 1 && row.kind !== 'record';
  return {
    verdict: answer.isProxy || nominal ? atMostWeakly(holds) : holds,
    explanation: withRemarks(
      `${subjectWords(claim, row)}: rank ${row.rank} of ${row.n + 1} over ${lookback}${nominal ? ', a nominal record' : ''}`,
      answer.remarks,
    ),
    effect: row.rank,
    effectUnit: 'rank',
    interval: null,
    n: row.n,
    m: row.m,
    evidence: [evidence(`rank over ${lookback}`, row.rank), evidence('value', row.value, row.unit)],
    wouldChange: `a rank ${compare === 'exactly' ? 'other than' : 'beyond'} ${rank}`,
  };
}

/** Windows disagree, so a sentence that names none must hold on all of them. */
function decideWindows(
  claim: ClaimOf<'percentile' | 'z'>,
  answer: RecordAnswer,
  figureOf: (window: WindowRow) => number | null,
  about: { readonly named: number; readonly unit: string; readonly span: WindowRow['lookback'] | undefined },
): Decision {
  const { row, evidence } = answer;
  const asked = row.windows.filter(({ lookback }) => about.span === undefined || lookback === about.span);
  const known = asked.flatMap((window) => {
    const value = figureOf(window);
    return value === null ? [] : [{ window, value }];
  });
  if (row.value === null || known.length === 0) return unknownValue(answer);
  const yes = known.filter(
    ({ value }) => judgeFigure(value, about.named, claim.threshold.compare) !== 'contradicted',
  ).length;
  const verdict = judgeWindows(yes, known.length);
  const each = known.map(({ window, value }) => `${value.toFixed(1)} over ${window.lookback}`);
  const values = known.map(({ value }) => value);
  const main = known.find(({ window }) => window.lookback === DEFAULT_SPAN) ?? known.at(-1)!;
  return {
    verdict: answer.isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      `${subjectWords(claim, row)}: ${about.unit} ${each.join(', ')}; ${yes} of ${known.length} windows agree with ${claim.threshold.compare} ${about.named}`,
      answer.remarks,
    ),
    effect: main.value,
    effectUnit: about.unit,
    interval: known.length > 1 ? [Math.min(...values), Math.max(...values)] : null,
    n: main.window.n,
    m: null,
    evidence: known.map(({ window, value }) => evidence(`${about.unit} over ${window.lookback}`, value)),
    wouldChange: `windows on the other side of ${about.named}`,
  };
}

export async function decidePercentile(
  claim: ClaimOf<'percentile'>,
  context: DecisionContext,
): Promise<Decision> {
  const { percentile, span } = claim.threshold;
  const answer = await recordAnswer(claim.scope, span ?? DEFAULT_SPAN, context);
  if (isDecision(answer)) return answer;
  const of = (window: WindowRow) => (window.percentile === null ? null : 100 * window.percentile);
  return decideWindows(claim, answer, of, { named: percentile, unit: 'percentile', span });
}

export async function decideZ(claim: ClaimOf<'z'>, context: DecisionContext): Promise<Decision> {
  const { z, span } = claim.threshold;
  const answer = await recordAnswer(claim.scope, span ?? DEFAULT_SPAN, context);
  if (isDecision(answer)) return answer;
  return decideWindows(claim, answer, (window) => window.z, { named: z, unit: 'z', span });
}
