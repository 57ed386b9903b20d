import {
  addDays,
  dayNumber,
  type GridCell,
  type IsoDate,
  investorWords,
  LOOKBACK_QUARTERS,
  LOOKBACK_WEEKS,
  type Lookback,
  type RecordRow,
} from '../../core/index.js';
import { type ClaimOf, DEFAULT_SPAN, type Span } from '../claim.js';
import { type Decision, notMeasurable } from '../decision.js';
import { atMostWeakly, judgeRecord } from '../verdicts.js';
import {
  amount,
  count,
  dollars,
  legWords,
  marketWords,
  periodWord,
  probability,
  rulerWords,
} from '../words.js';
import { type DecisionContext, withRemarks } from './context.js';
import {
  isDecision,
  isLookback,
  lookbackOf,
  type Reach,
  type RecordAnswer,
  reachOf,
  recordAnswer,
  spanWeeks,
} from './record-answer.js';
import { weakestProbability } from './significance.js';

/** Under it an answer says 'on n of N weeks', and bears at most a weak verdict. */
const FULL_COVERAGE = 0.95;

/** Last day that a date of a sentence may mean: '2020-03' is the end of March. */
export function lastDayOf(since: string): IsoDate {
  if (since.length === 10) return since as IsoDate;
  const [year, month] = since.split('-').map(Number) as [number, number | undefined];
  const next = new Date(Date.UTC(month === undefined ? year + 1 : year, month ?? 0, 1));
  return addDays(next.toISOString().slice(0, 10) as IsoDate, -1);
}

/** Days of a period, about. */
const PERIOD_DAYS = { week: 7, quarter: 365.25 / 4 } as const;

/** First day of the history that the row was held against, about. */
const firstSeen = (row: RecordRow): IsoDate =>
  row.n === 0
    ? row.periodEnd
    : addDays(
        row.periodEnd,
        -Math.ceil(PERIOD_DAYS[periodWord(row.basis)] * Math.ceil(row.n / row.coverage)),
      );

/** What the row's own look-back says, or what came at least as high since a day. */
interface HighReading {
  readonly isHighest: boolean;
  /** The part of the span that has data; null where it begins after the day named. */
  readonly covered: boolean;
  readonly words: string;
}

const PERIOD_WORDS: Readonly<Record<Lookback, string>> = {
  '1y': 'in 1 year',
  '3y': 'in 3 years',
  '5y': 'in 5 years',
  '10y': 'in 10 years',
  all: 'on record',
};

function sinceReading(row: RecordRow, since: IsoDate, words: string): HighReading {
  const { largestSince } = row;
  const isHighest = (row.value ?? 0) > 0 && (largestSince === null || largestSince <= since);
  return { isHighest, covered: firstSeen(row) <= addDays(since, 14), words };
}

function reading(row: RecordRow, { span, since }: { span: Span; since: string | undefined }): HighReading {
  if (since !== undefined) return sinceReading(row, lastDayOf(since), `since ${since}`);
  if (isLookback(span)) {
    const isHighest = row.isRecord === true && (row.value ?? 0) > 0;
    return { isHighest, covered: true, words: PERIOD_WORDS[span] };
  }
  return sinceReading(row, addDays(row.periodEnd, -7 * spanWeeks(span)!), `in ${span}`);
}

function rankWords(row: RecordRow): string {
  const of = row.rank === null ? '' : `rank ${row.rank} of ${row.n + 1}`;
  if (row.isRecord === true && row.broke !== null) {
    return `${of}, past the ${amount(row.broke.value, row.unit)} of ${row.broke.periodEnd} that stood ${count(row.broke.stoodWeeks)} weeks`;
  }
  return row.largestSince === null ? of : `${of}, and ${row.largestSince} was at least as high`;
}

/** 'not a record in contracts (rank 17), share of open interest (rank 15)'. */
function rulerSplit(row: RecordRow): string {
  const cells = row.rulers.table.filter(
    (cell) => cell.measure === row.measure && cell.lookback === row.lookback && cell.rank !== null,
  );
  const not = cells.filter((cell) => cell.isRecord === false);
  if (cells.length === 0) return '';
  if (not.length === 0) return `a record on all ${cells.length} scales that are known`;
  return `not a record in ${not.map((cell) => `${rulerWords(cell.ruler)} (rank ${cell.rank})`).join(', ')}`;
}

function evidenceOf({ row, evidence }: RecordAnswer) {
  const weakest = weakestProbability(row);
  return [
    evidence('value', row.value, row.unit),
    evidence(`rank over ${row.lookback}`, row.rank, ''),
    evidence('largest since', row.largestSince, 'date'),
    evidence('margin over the old record', row.margin, 'fraction'),
    evidence('kind', row.kind, ''),
    evidence('scales that agree', row.rulers.agree, `of ${row.rulers.of}`),
    ...(weakest === null ? [] : [evidence(`weakest probability (${weakest.name})`, weakest.p, 'p')]),
  ];
}

/** What a sentence spans, and the declared look-backs about it; both are that of the sentence where it names one. */
interface Stretch extends Reach {
  readonly words: string;
  /** Where it begins; null where the sentence names a declared look-back. */
  readonly start: IsoDate | null;
}

function stretchOf(row: RecordRow, { span, since }: { span: Span; since: string | undefined }): Stretch {
  if (since === undefined && isLookback(span))
    return { inner: span, outer: span, words: PERIOD_WORDS[span], start: null };
  const start = since === undefined ? addDays(row.periodEnd, -7 * spanWeeks(span)!) : lastDayOf(since);
  const weeks = (dayNumber(row.periodEnd) - dayNumber(start)) / 7;
  return { ...reachOf(weeks), words: since === undefined ? `in ${span}` : `since ${since}`, start };
}

/** True where even all history begins after the stretch does. */
const isTooShort = (row: RecordRow, { outer, start }: Stretch): boolean =>
  outer === 'all' && start !== null && firstSeen(row) > addDays(start, 14);

const untold = (found: string, { words }: Stretch): Decision =>
  notMeasurable(
    `${found}; ranks are over 1, 3, 5 and 10 years and all history, which do not tell whether it is the first ${words}`,
    'one of these look-backs',
  );

function onRuler(claim: ClaimOf<'record'>, answer: RecordAnswer, stretch: Stretch): Decision | null {
  const { ruler } = claim.scope;
  const { row, evidence, remarks } = answer;
  if (ruler === undefined || ruler === row.ruler) return null;
  const cellOver = (lookback: Lookback | null): GridCell | undefined =>
    row.rulers.table.find(
      (one) => one.ruler === ruler && one.measure === row.measure && one.lookback === lookback,
    );
  const outer = cellOver(stretch.outer);
  if (outer === undefined || outer.rank === null || outer.n === null)
    return notMeasurable(
      `${rulerWords(ruler)}: ${outer?.reason ?? 'not in the definition grid'}`,
      'the data that this scale needs',
    );
  const holds = outer.isRecord === true;
  const inner = cellOver(stretch.inner);
  const cell = holds ? outer : inner;
  if (cell === undefined || cell.rank === null || cell.n === null || (!holds && cell.isRecord !== false))
    return untold(`${rulerWords(ruler)}: rank ${outer.rank} ${PERIOD_WORDS[stretch.outer]}`, stretch);
  if (holds && isTooShort(row, stretch))
    return untold(`${rulerWords(ruler)}: the data begin about ${firstSeen(row)}`, stretch);
  const { lookback } = cell;
  const explanation = `${legWords(claim.scope.leg ?? 'grossBuy')} of ${investorWords(row.class)} in ${marketWords(row)}, in ${rulerWords(ruler)}: rank ${cell.rank} of ${cell.n + 1} ${PERIOD_WORDS[lookback]}`;
  const verdict = holds ? 'supported' : 'contradicted';
  return {
    verdict: answer.isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(explanation, remarks),
    effect: cell.value,
    effectUnit: rulerWords(ruler),
    interval: null,
    n: cell.n,
    m: row.m,
    evidence: [evidence(`rank in ${rulerWords(ruler)} over ${lookback}`, cell.rank, '')],
    wouldChange: `another rank in ${rulerWords(ruler)}: the week is number ${cell.rank}`,
  };
}

const isLowest = ({ row }: RecordAnswer): boolean => row.smallest.isRecord === true && (row.value ?? 0) < 0;

/** Lows are ranked over the look-back that a row was asked for, so those about the stretch are asked for in turn. */
async function decideLow(
  claim: ClaimOf<'record'>,
  context: DecisionContext,
  first: RecordAnswer,
  stretch: Stretch,
): Promise<Decision> {
  const over = (lookback: Lookback): Promise<RecordAnswer | Decision> | RecordAnswer =>
    lookback === first.row.lookback ? first : recordAnswer(claim.scope, lookback, context);
  const outer = await over(stretch.outer);
  if (isDecision(outer)) return outer;
  if (isLowest(outer) && !isTooShort(outer.row, stretch)) return low(outer, true);
  const inner = stretch.inner === null ? null : await over(stretch.inner);
  if (inner !== null && isDecision(inner)) return inner;
  if ((outer.row.value ?? 0) >= 0) return low(outer, false);
  if (inner !== null && !isLowest(inner)) return low(inner, false);
  return untold(`number ${outer.row.smallest.rank} from below ${PERIOD_WORDS[stretch.outer]}`, stretch);
}

function low({ row, evidence, remarks }: RecordAnswer, holds: boolean): Decision {
  const explanation = `net flow of ${investorWords(row.class)} in ${marketWords(row)} was ${amount(row.value!, row.unit)} in the ${periodWord(row.basis)} to ${row.periodEnd}, number ${row.smallest.rank} from below of ${row.n + 1}; lows are ranked on this scale alone`;
  return {
    verdict: holds ? 'weakly supported' : 'contradicted',
    explanation: withRemarks(explanation, remarks),
    effect: row.value,
    effectUnit: row.unit,
    interval: null,
    n: row.n,
    m: row.m,
    evidence: [
      evidence('value', row.value, row.unit),
      evidence(`rank from below over ${row.lookback}`, row.smallest.rank),
    ],
    wouldChange: holds ? 'the same low on the other scales' : 'a week with larger net selling',
  };
}

function wouldChange(row: RecordRow, isHighest: boolean): string {
  if (!isHighest)
    return `a value above ${row.broke === null ? 'those before' : amount(row.broke.value, row.unit)}`;
  if (row.kind === 'record') return 'a restated row, or a higher week before it that the data do not hold';
  return 'the same high when scaled by volatility and by size';
}

/** Is the leg the largest of its look-back, or since a date? A nominal record is weakly supported at most. */
export async function decideRecord(claim: ClaimOf<'record'>, context: DecisionContext): Promise<Decision> {
  const { since, extreme } = claim.threshold;
  const span = claim.threshold.span ?? context.question.lookback ?? DEFAULT_SPAN;
  const lookback = since === undefined ? lookbackOf(span) : 'all';
  const answer = await recordAnswer(claim.scope, lookback, context);
  if (isDecision(answer)) return answer;
  const { row } = answer;
  if (row.value === null)
    return notMeasurable(row.reasons.value ?? 'the figure of the week is not known', 'the missing figure');
  const stretch = stretchOf(row, { span, since });
  if (extreme === 'low') return decideLow(claim, context, answer, stretch);
  const ruled = onRuler(claim, answer, stretch);
  if (ruled !== null) return ruled;
  const high = reading(row, { span, since });
  const word = periodWord(row.basis);
  const lookbacks = word === 'week' ? LOOKBACK_WEEKS : LOOKBACK_QUARTERS;
  const expected = row.lookback === 'all' ? row.n : lookbacks[row.lookback];
  if (high.isHighest && !high.covered)
    return notMeasurable(
      `the largest of the ${count(row.n)} ${word}s that the data hold, but they begin about ${firstSeen(row)}, too late for '${high.words}'`,
      'a longer history',
      evidenceOf(answer),
    );
  let verdict = judgeRecord(high.isHighest, row.kind);
  const partly = row.coverage < FULL_COVERAGE;
  if (partly || answer.isProxy) verdict = atMostWeakly(verdict);
  const weakest = weakestProbability(row);
  const explanation = [
    `${legWords(claim.scope.leg ?? 'grossBuy')} of ${investorWords(row.class)} in ${marketWords(row)}: ${row.unit.includes('ollar') || row.unit === 'USD' ? dollars(row.value) : amount(row.value, row.unit)} in the ${periodWord(row.basis)} to ${row.periodEnd}, ${rankWords(row)}${partly ? `, on ${row.n} of ${expected} ${word}s` : ''}`,
    high.isHighest
      ? row.kind === 'record'
        ? 'a record'
        : 'a nominal record at most'
      : `not the largest ${high.words}`,
    rulerSplit(row),
    weakest === null
      ? ''
      : `its weakest probability is ${probability(weakest.p)} (${weakest.name}, ${count(row.m)} looks)`,
  ].filter((part) => part !== '');
  return {
    verdict,
    explanation: withRemarks(explanation.join('; '), answer.remarks),
    effect: row.value,
    effectUnit: row.unit,
    interval: null,
    n: row.n,
    m: row.m,
    evidence: evidenceOf(answer),
    wouldChange: wouldChange(row, high.isHighest),
  };
}
