import {
  type ClassAgreementRow,
  type HerdingRow,
  INSTITUTIONS,
  investorWords,
  listWords,
  type UnisonRow,
} from '../../core/index.js';
import type { ClaimOf } from '../claim.js';
import { type Decision, evidenceFrom, notMeasurable } from '../decision.js';
import { basisOf, classOn, marketAsk } from '../scope.js';
import { judgeProbability } from '../verdicts.js';
import { amount, percent, probability } from '../words.js';
import { type DecisionContext, missing, withRemarks } from './context.js';

interface Asked {
  readonly classes: readonly string[];
  readonly remarks: readonly string[];
  readonly p: number;
  readonly command: string;
}

interface ClassNet {
  readonly name: string;
  readonly net: number;
}

/** Who went which way; a net of 0 is neither buying nor selling. Null where all moved one way. */
function apartWords(nets: readonly ClassNet[], words: (one: ClassNet) => string): string | null {
  const still = nets.filter(({ net }) => net === 0);
  const moved = nets.filter(({ net }) => net !== 0);
  const isOpposed = moved.some(({ net }) => net > 0) && moved.some(({ net }) => net < 0);
  if (still.length === 0 && !isOpposed) return null;
  const stillWords = `${listWords(still.map(({ name }) => investorWords(name)))} did not trade on balance`;
  if (moved.length === 0) return `none of them moved: ${stillWords}`;
  const movedWords = listWords(moved.map(words));
  if (!isOpposed) return `they did not all move: ${movedWords}; ${stillWords}`;
  return `they went opposite ways: ${movedWords}${still.length === 0 ? '' : `; ${stillWords}`}`;
}

/** How many sat in the tail of the side that they were on, and how often that is so by chance. */
const tailOf = (row: ClassAgreementRow, isSelling: boolean) =>
  isSelling
    ? { count: row.jointTailSold, p: row.jointTailSoldP, word: 'bottom' }
    : { count: row.jointTail, p: row.jointTailP, word: 'top' };

/** Opposite signs contradict, and so does a class that did not move; one sign alone is common, so the joint tail has to speak. */
function decideAgreement(row: ClassAgreementRow, { classes, remarks, p, command }: Asked): Decision {
  const evidence = evidenceFrom(command);
  const found = classes.map((name) => ({ name, net: row.nets[row.classes.indexOf(name)] ?? null }));
  const unknown = found.filter(({ net }) => net === null);
  if (unknown.length > 0)
    return notMeasurable(
      row.reason ?? `no data of ${listWords(unknown.map(({ name }) => investorWords(name)))} in the period`,
      'the missing net',
    );
  const nets = found.map(({ name, net }) => ({ name, net: net! }));
  const words = ({ name, net }: ClassNet): string =>
    `${investorWords(name)} ${amount(net, row.unit.split(' of ')[0]!)}`;
  const apart = apartWords(nets, words);
  const isSelling = apart === null && nets[0]!.net < 0;
  const tail = tailOf(row, isSelling);
  const figures = {
    effect: row.agreement,
    effectUnit: '|sum of net| / sum of |net|, 0 to 1',
    interval: null,
    n: row.draws,
    m: null,
    evidence: [
      ...nets.map(({ name, net }) => evidence(`net of ${investorWords(name)}`, net, row.unit)),
      evidence('agreement', row.agreement, '0 to 1'),
      evidence('p of the agreement', row.agreementP, 'p'),
      evidence(`classes in their own ${tail.word} decile`, tail.count),
      evidence('p of the joint tail', tail.p, 'p'),
    ],
  };
  const test = `agreement of ${listWords(row.classes.map(investorWords))} ${row.agreement?.toFixed(2) ?? 'not known'}; ${tail.count ?? 0} in their own ${tail.word} decile, ${tail.p === null ? 'not tested' : probability(tail.p)}`;
  if (apart !== null)
    return {
      ...figures,
      verdict: 'contradicted',
      explanation: withRemarks(`${apart}; ${test}`, remarks),
      wouldChange: 'nets of one sign',
    };
  if (tail.p === null)
    return notMeasurable(row.reason ?? 'the joint tail is not tested', 'a longer history', figures.evidence);
  const verdict = (tail.count ?? 0) > 1 ? judgeProbability(tail.p, p) : 'not distinguishable from chance';
  return {
    ...figures,
    verdict,
    explanation: withRemarks(
      `all ${isSelling ? 'sold' : 'bought'} on balance: ${listWords(nets.map(words))}; ${test}`,
      remarks,
    ),
    wouldChange: `a joint tail rarer than ${p} against the fitted autoregression`,
  };
}

/** One sign of the net buyer shares, and overdispersion within every class, the weakest quoted. */
function decideHerding(rows: readonly HerdingRow[], { classes, remarks, p, command }: Asked): Decision {
  const named = classes.map((name) => ({ name, row: rows.find((row) => row.class === name) }));
  const without = named.filter(({ row }) => row?.netBuyerShare == null);
  if (without.length > 0)
    return notMeasurable(
      `no trades of ${listWords(without.map(({ name }) => investorWords(name)))} are in the data`,
      `filings or executions of ${listWords(without.map(({ name }) => investorWords(name)))}`,
    );
  const evidence = evidenceFrom(command);
  const shares = named.map(({ row }) => row!.netBuyerShare!);
  const together = shares.every((share) => share > 0) || shares.every((share) => share < 0);
  const tests = named.map(({ row }) => row!.overdispersionP);
  const each = named.map(
    ({ name, row }) =>
      `${investorWords(name)}: net buyer share ${percent(row!.netBuyerShare!)}, ${row!.overdispersionP === null ? 'herding not tested' : probability(row!.overdispersionP)}`,
  );
  const weakest = tests.some((test) => test === null) ? null : Math.max(...(tests as number[]));
  const figures = {
    effect: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    effectUnit: 'mean net buyer share',
    interval: null,
    n: named.reduce((sum, { row }) => sum + (row!.managers ?? 0), 0),
    m: classes.length,
    evidence: named.flatMap(({ name, row }) => [
      evidence(`net buyer share of ${investorWords(name)}`, row!.netBuyerShare, 'fraction'),
      evidence(`p of overdispersion of ${investorWords(name)}`, row!.overdispersionP, 'p'),
    ]),
  };
  const verdict = !together
    ? ('contradicted' as const)
    : weakest === null
      ? ('not measurable' as const)
      : judgeProbability(Math.min(1, weakest * classes.length), p);
  return {
    ...figures,
    verdict,
    explanation: withRemarks(each.join('; '), remarks),
    wouldChange: together
      ? `overdispersion with p under ${p} in every class named`
      : 'net buyer shares of one sign',
  };
}

/** Did the classes named move together, more than they do by themselves? */
export async function decideUnison(claim: ClaimOf<'unison'>, context: DecisionContext): Promise<Decision> {
  const basis = basisOf(claim.scope, context.question);
  const readings = claim.threshold.classes.map((name) => classOn(basis, name));
  const refused = readings.find((reading) => 'reason' in reading);
  if (refused !== undefined && 'reason' in refused) return notMeasurable(refused.reason, refused.wouldChange);
  const known = readings.flatMap((reading) => ('class' in reading ? [reading] : []));
  if (known.some((reading) => reading.class === INSTITUTIONS))
    return notMeasurable(
      'institutions are the sum of several classes, and moving together is of the classes themselves',
      'a sentence that names the classes, such as hedge funds and asset managers',
    );
  const market = marketAsk(claim.scope, context.question);
  if ('reason' in market) return notMeasurable(market.reason, market.wouldChange);
  const classes = basis === 'ledger' ? known.map((reading) => reading.class) : null;
  const answer = await context.answers.unison({ ...market, classes });
  if ('missing' in answer) return missing(answer);
  const asked: Asked = {
    classes: known.map((reading) => reading.class),
    remarks: known.flatMap(({ remark }) => remark ?? []),
    p: claim.threshold.p,
    command: answer.command,
  };
  return decideFrom(answer.rows, asked);
}

function decideFrom(rows: readonly UnisonRow[], asked: Asked): Decision {
  const agreement = rows.find(
    (row): row is ClassAgreementRow =>
      row.kind === 'class-agreement' && asked.classes.every((name) => row.classes.includes(name)),
  );
  if (agreement !== undefined) return decideAgreement(agreement, asked);
  const herding = rows.filter((row): row is HerdingRow => row.kind === 'herding');
  if (herding.length > 0) return decideHerding(herding, asked);
  const tested = rows.flatMap((row) => (row.kind === 'class-agreement' ? row.classes : []));
  return notMeasurable(
    `agreement is tested of ${listWords([...new Set(tested)].map(investorWords))} together`,
    'a sentence about these classes',
  );
}
