import { type FlowRow, investorWords } from '../../core/index.js';
import type { FlowsAsk } from '../answers.js';
import type { ClaimLeg, ClaimOf, ClaimScope } from '../claim.js';
import { type Decision, evidenceFrom, notMeasurable } from '../decision.js';
import { basisOf, isPlace, placeOf } from '../scope.js';
import { atMostWeakly, judgeFigure } from '../verdicts.js';
import { dollars, legWords, periodWord } from '../words.js';
import { type DecisionContext, missing, withRemarks } from './context.js';
import { wholeMarketReason } from './record-answer.js';

type Row = FlowRow & { readonly price?: number | null };

interface FlowAnswer {
  readonly rows: readonly Row[];
  readonly command: string;
  readonly remarks: readonly string[];
  readonly isProxy: boolean;
}

const isDecision = (answer: FlowAnswer | Decision): answer is Decision => 'verdict' in answer;

const LOWER_BOUNDS = 'legs are lower bounds of what was traded, since only the ends of weeks are seen';

/** Weeks of one class in one market, oldest first. */
async function flowAnswer(
  scope: ClaimScope,
  weeks: number,
  { question, answers }: DecisionContext,
): Promise<FlowAnswer | Decision> {
  const whole = wholeMarketReason(scope, question);
  if (whole !== null) return whole;
  const place = placeOf(scope, question);
  if (!isPlace(place)) return notMeasurable(place.reason, place.wouldChange);
  const ask: FlowsAsk = { ...place.ask, weeks };
  const answer = await answers.flows(ask);
  if ('missing' in answer) return missing(answer);
  if (answer.rows.length === 0)
    return notMeasurable(
      `no ${periodWord(place.ask.basis)} of that class and market is known`,
      'its figures',
    );
  const { command, rows } = answer;
  return { rows, command, remarks: place.remarks, isProxy: place.classIsProxy };
}

const legOf = (row: Row, leg: ClaimLeg): number | null => (leg === 'turnover' ? null : row[leg]);

const whereWords = (row: Row): string =>
  `${investorWords(row.class)} in ${row.contract ?? row.symbol ?? row.sector?.replaceAll('-', ' ') ?? 'all sectors'}`;

/** 'Long buys outweighed short covers three to one'. */
export async function decideRatio(claim: ClaimOf<'ratio'>, context: DecisionContext): Promise<Decision> {
  const answer = await flowAnswer(claim.scope, 1, context);
  if (isDecision(answer)) return answer;
  const row = answer.rows.at(-1)!;
  const evidence = evidenceFrom(answer.command, row.sources);
  const legs = [
    evidence('long buys', row.longBuy, 'US dollars'),
    evidence('short covers', row.shortCover, 'US dollars'),
  ];
  if (row.longBuy === null || row.shortCover === null || row.buyRatio === null) {
    const why =
      row.shortCover === 0
        ? 'nothing was covered that the data show, so there is no ratio'
        : (row.reasons.buyRatio ?? row.reasons.shortCover ?? 'this basis does not tell both legs');
    return notMeasurable(why, 'a basis with all four legs, such as --basis ledger', legs);
  }
  const { ratio, compare } = claim.threshold;
  const bounded = row.basis === 'cot';
  const verdict = judgeFigure(row.buyRatio, ratio, compare);
  return {
    verdict: bounded || answer.isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      `long buys of ${whereWords(row)} were ${dollars(row.longBuy)} and short covers ${dollars(row.shortCover)} in the ${periodWord(row.basis)} to ${row.periodEnd}, ${row.buyRatio.toFixed(2)} to 1 against ${compare} ${ratio} to 1`,
      [...(bounded ? [LOWER_BOUNDS] : []), ...answer.remarks],
    ),
    effect: row.buyRatio,
    effectUnit: 'long buys to short covers',
    interval: null,
    n: 1,
    m: null,
    evidence: [...legs, evidence('ratio', row.buyRatio)],
    wouldChange: bounded
      ? 'executions with all four legs (--basis ledger), since lower bounds can hide either leg'
      : `another ratio than ${row.buyRatio.toFixed(2)}`,
  };
}

/** An amount of dollars. Net is signed: sold on balance is never an amount bought. */
export async function decideAmount(claim: ClaimOf<'amount'>, context: DecisionContext): Promise<Decision> {
  const leg = claim.scope.leg ?? 'grossBuy';
  const answer = await flowAnswer({ ...claim.scope, leg }, 1, context);
  if (isDecision(answer)) return answer;
  const row = answer.rows.at(-1)!;
  const value = legOf(row, leg);
  if (value === null)
    return notMeasurable(
      row.reasons[leg] ?? `this basis does not tell ${legWords(leg)}`,
      'a basis that does',
    );
  const { usd, compare } = claim.threshold;
  const bounded = row.basis === 'cot' && leg !== 'net';
  const held = judgeFigure(value, usd, compare);
  const exceeds = bounded && value > usd && compare === 'at least';
  return {
    verdict: (bounded && !exceeds) || answer.isProxy ? atMostWeakly(held) : held,
    explanation: withRemarks(
      `${legWords(leg)} of ${whereWords(row)}: ${dollars(value)} in the ${periodWord(row.basis)} to ${row.periodEnd}, against ${compare} ${dollars(usd)}`,
      [...(bounded ? [LOWER_BOUNDS] : []), ...answer.remarks],
    ),
    effect: value,
    effectUnit: 'US dollars',
    interval: null,
    n: 1,
    m: null,
    evidence: [evidenceFrom(answer.command, row.sources)(legWords(leg), value, 'US dollars')],
    wouldChange: 'a restated row, or a basis that sees more of what was traded',
  };
}

const boughtOn = (net: number, direction: 'bought' | 'sold'): boolean =>
  direction === 'bought' ? net > 0 : net < 0;

/** Bought, or sold, on balance in the week. */
export async function decideSide(claim: ClaimOf<'side'>, context: DecisionContext): Promise<Decision> {
  const answer = await flowAnswer({ ...claim.scope, leg: 'net' }, 1, context);
  if (isDecision(answer)) return answer;
  const row = answer.rows.at(-1)!;
  const value = row.net ?? row.contracts;
  if (value === null)
    return notMeasurable(row.reasons.net ?? 'the net of the week is not known', 'that figure');
  const { direction } = claim.threshold;
  const verdict = boughtOn(value, direction) ? 'supported' : 'contradicted';
  const unit = row.net === null ? 'contracts' : 'US dollars';
  return {
    verdict: answer.isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      `${whereWords(row)} ${value > 0 ? 'bought' : value < 0 ? 'sold' : 'were flat'} on balance: ${row.net === null ? `${value} contracts` : dollars(value)} in the ${periodWord(row.basis)} to ${row.periodEnd}`,
      answer.remarks,
    ),
    effect: value,
    effectUnit: unit,
    interval: null,
    n: 1,
    m: null,
    evidence: [evidenceFrom(answer.command, row.sources)('net', value, unit)],
    wouldChange: 'a net of the other sign',
  };
}

/** Bought, or sold, on balance in k of the last n weeks. A missing week leaves the count unknown. */
export async function decideWeeks(claim: ClaimOf<'weeks'>, context: DecisionContext): Promise<Decision> {
  const { weeks, of, direction } = claim.threshold;
  const basis = basisOf(claim.scope, context.question);
  if (periodWord(basis) === 'quarter')
    return notMeasurable(
      `basis ${basis} tells quarters, so weeks cannot be counted on it`,
      'a weekly basis, such as --basis cot or ledger',
    );
  const answer = await flowAnswer({ ...claim.scope, leg: 'net' }, of, context);
  if (isDecision(answer)) return answer;
  const rows = answer.rows.slice(-of);
  const nets = rows.flatMap((row) => row.net ?? row.contracts ?? []);
  if (nets.length < of)
    return notMeasurable(
      `the net is known in ${nets.length} of the last ${of} weeks alone`,
      'the missing weeks',
    );
  const counted = nets.filter((net) => boughtOn(net, direction)).length;
  const verdict = counted === weeks ? 'supported' : counted > weeks ? 'weakly supported' : 'contradicted';
  const last = rows.at(-1)!;
  const evidence = evidenceFrom(
    answer.command,
    rows.flatMap(({ sources }) => sources),
  );
  return {
    verdict: answer.isProxy ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      `${whereWords(last)} ${direction} on balance in ${counted} of the ${of} weeks to ${last.periodEnd}`,
      answer.remarks,
    ),
    effect: counted,
    effectUnit: `weeks of ${of}`,
    interval: null,
    n: of,
    m: null,
    evidence: [evidence(`weeks ${direction} on balance`, counted, `of ${of}`)],
    wouldChange: `${counted < weeks ? 'more' : 'fewer'} weeks ${direction} on balance`,
  };
}

/** Weeks behind the mean of Faber's (2007) ten months, and behind the 12 months of Moskowitz, Ooi and Pedersen (2012). */
const MEAN_WEEKS = 40;
const RETURN_WEEKS = 52;

/** Is the price above its long mean, and above that of a year ago? It says what was, not what comes. */
export async function decideTrend(claim: ClaimOf<'trend'>, context: DecisionContext): Promise<Decision> {
  const scope: ClaimScope = { ...claim.scope, class: 'asset-manager', leg: 'net' };
  const answer = await flowAnswer(scope, RETURN_WEEKS + 1, context);
  if (isDecision(answer)) return answer;
  const prices = answer.rows.map((row) => row.price ?? null);
  const recent = prices.slice(-MEAN_WEEKS);
  const last = prices.at(-1);
  const yearAgo = prices.length > RETURN_WEEKS ? prices.at(-1 - RETURN_WEEKS) : null;
  if (last == null || yearAgo == null || recent.some((price) => price === null))
    return notMeasurable(
      `a level of the index is not known for each of the last ${RETURN_WEEKS} weeks`,
      'weekly levels of the index over a year, on a market that has them',
    );
  const mean = (recent as number[]).reduce((sum, price) => sum + price, 0) / recent.length;
  const aboveMean = last > mean;
  const overYear = last / yearAgo - 1;
  const yes = Number(aboveMean) + Number(overYear > 0);
  const row = answer.rows.at(-1)!;
  const evidence = evidenceFrom(answer.command, row.sources);
  return {
    verdict: yes === 2 ? 'supported' : yes === 1 ? 'weakly supported' : 'contradicted',
    explanation: `the index stood ${(100 * (last / mean - 1)).toFixed(1)} % from its mean of ${MEAN_WEEKS} weeks and ${(100 * overYear).toFixed(1)} % from its level of ${RETURN_WEEKS} weeks before, at the end of the week to ${row.periodEnd}; that is what the trend was, not what it will be`,
    effect: last / mean - 1,
    effectUnit: `fraction from the mean of ${MEAN_WEEKS} weeks`,
    interval: null,
    n: prices.length,
    m: null,
    evidence: [
      evidence('level of the index', last, 'index points'),
      evidence(`mean of ${MEAN_WEEKS} weeks`, mean, 'index points'),
      evidence(`return over ${RETURN_WEEKS} weeks`, overYear, 'fraction'),
    ],
    wouldChange: `a close under ${mean.toFixed(0)}, the mean of ${MEAN_WEEKS} weeks`,
  };
}
