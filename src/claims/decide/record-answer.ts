import { LOOKBACK_WEEKS, type Lookback, type Measure, type RecordRow } from '../../core/index.js';
import type { ClaimLeg, ClaimScope, Span } from '../claim.js';
import { type Decision, evidenceFrom, type MakeEvidence, notMeasurable } from '../decision.js';
import { type ClaimsQuestion, isPlace, placeOf } from '../scope.js';
import { legWords } from '../words.js';
import { type DecisionContext, missing } from './context.js';

/** The row of the records study behind a claim, and what was read for what. */
export interface RecordAnswer {
  readonly row: RecordRow;
  readonly command: string;
  readonly evidence: MakeEvidence;
  readonly remarks: readonly string[];
  readonly isProxy: boolean;
}

const RANKED: ReadonlySet<ClaimLeg> = new Set(['net', 'grossBuy', 'longBuy']);

export const WHOLE_MARKET = 'in the whole market purchases equal sales';

/** Why a leg cannot be looked at without a class of investors; null where it can. */
export function wholeMarketReason(scope: ClaimScope, question: ClaimsQuestion): Decision | null {
  const name = scope.class ?? question.class;
  if (scope.leg === 'turnover') {
    return notMeasurable(
      'turnover of the whole market is not among the measures that are ranked',
      'a basis with every trade, and a class of investors to look at',
    );
  }
  if (name !== undefined && name !== 'whole-market') return null;
  return notMeasurable(
    `${WHOLE_MARKET}; only a stated subset of investors can have bought more than another week`,
    'a subset of investors, in the sentence or as --class',
  );
}

const asSpan = (span: Span): { readonly weeks: number } | 'all' => {
  if (span === 'all') return 'all';
  if (span in LOOKBACK_WEEKS) return { weeks: LOOKBACK_WEEKS[span as keyof typeof LOOKBACK_WEEKS] };
  const [number, unit] = span.split(' ') as [string, string];
  const perUnit = unit === 'years' ? 52.18 : unit === 'months' ? 52.18 / 12 : 1;
  return { weeks: Math.round(Number(number) * perUnit) };
};

/** Weeks of a span; null = everything. */
export function spanWeeks(span: Span): number | null {
  const read = asSpan(span);
  return read === 'all' ? null : read.weeks;
}

export const isLookback = (span: Span): span is Lookback => span === 'all' || span in LOOKBACK_WEEKS;

/** The shortest declared look-back that holds the span. */
export function lookbackOf(span: Span): Lookback {
  if (isLookback(span)) return span;
  return reachOf(spanWeeks(span)!).outer;
}

/** Declared look-backs about a stretch of time: the longest that lies in it, and the shortest that holds it. */
export interface Reach {
  readonly inner: Lookback | null;
  readonly outer: Lookback;
}

export function reachOf(weeks: number): Reach {
  const finite = ['1y', '3y', '5y', '10y'] as const;
  return {
    inner: finite.findLast((one) => LOOKBACK_WEEKS[one] <= weeks) ?? null,
    outer: finite.find((one) => LOOKBACK_WEEKS[one] >= weeks) ?? 'all',
  };
}

/** Asks the records study about a claim's leg. */
export async function recordAnswer(
  scope: ClaimScope,
  lookback: Lookback,
  { question, answers }: DecisionContext,
): Promise<RecordAnswer | Decision> {
  const leg = scope.leg ?? 'grossBuy';
  const whole = wholeMarketReason({ ...scope, leg }, question);
  if (whole !== null) return whole;
  const place = placeOf(scope, question);
  if (!isPlace(place)) return notMeasurable(place.reason, place.wouldChange);
  if (!RANKED.has(leg)) {
    return notMeasurable(
      `the records study ranks net flow, notional buying and long buys; ${legWords(leg)} are another leg and are not read as one of these`,
      `a sentence about one of the three, or the leg's history from 'tidemark flows'`,
    );
  }
  const answer = await answers.records({ ...place.ask, measure: leg as Measure, lookback });
  if ('missing' in answer) return missing(answer);
  const row = answer.rows.find((one) => one.class === place.ask.class);
  if (row === undefined)
    return notMeasurable(
      `the records study has no row of ${place.ask.class} there`,
      'a class and market that the store knows',
    );
  const unnamed =
    scope.class === undefined && leg !== 'net'
      ? [`the sentence names no investors, and ${WHOLE_MARKET}: read of the class asked about`]
      : [];
  return {
    row,
    command: answer.command,
    evidence: evidenceFrom(answer.command, row.sources),
    remarks: [...unnamed, ...place.remarks],
    isProxy: place.classIsProxy,
  };
}

export const isDecision = (answer: RecordAnswer | Decision): answer is Decision => 'verdict' in answer;
