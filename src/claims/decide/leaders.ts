import {
  type BuyersAnswerRow,
  type BuyersRow,
  investorWords,
  listWords,
  type Role,
  type RoleRow,
} from '../../core/index.js';
import { type ClaimClass, type ClaimOf, LEADERS, type Leader } from '../claim.js';
import { type Decision, evidenceFrom, notMeasurable } from '../decision.js';
import { classOn, marketAsk } from '../scope.js';
import { atMostWeakly } from '../verdicts.js';
import { amount, percent } from '../words.js';
import { type DecisionContext, missing, withRemarks } from './context.js';

const ROLE_OF: Readonly<Record<Leader, Role>> = {
  institutions: 'institution',
  speculators: 'speculator',
  retail: 'retail',
  intermediaries: 'intermediary',
};

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  institution: 'institutions',
  speculator: 'speculators',
  retail: 'retail',
  intermediary: 'intermediaries',
  unknown: 'classes of no known kind',
};

const isLeader = (who: string): who is Leader => LEADERS.some((leader) => leader === who);

const MAPPING_WORDS = {
  'funds-as-institutions': 'with leveraged and hedge funds as institutions',
  'funds-as-speculators': 'with leveraged and hedge funds as speculators',
} as const;

const classesOf = (rows: readonly BuyersAnswerRow[]): BuyersRow[] =>
  rows.filter((row): row is BuyersRow => row.kind === 'class');

function balanceWords(rows: readonly BuyersRow[]): string {
  const known = rows.filter((row) => row.net !== null).sort((a, b) => b.net! - a.net!);
  return known.map((row) => `${investorWords(row.class)} ${amount(row.net!, row.unit)}`).join(', ');
}

function roleShare(
  rows: readonly BuyersRow[],
  role: Role,
  mapping: keyof typeof MAPPING_WORDS,
): number | null {
  const of = rows.filter((row) => row.roles[mapping] === role);
  if (of.length === 0 || of.some((row) => row.netShare === null)) return null;
  return of.reduce((sum, row) => sum + row.netShare!, 0);
}

function decideRole(
  who: Leader,
  led: boolean,
  about: { readonly rows: readonly BuyersAnswerRow[]; readonly command: string },
): Decision {
  const roles = about.rows.filter((row): row is RoleRow => row.kind === 'role');
  const classes = classesOf(about.rows);
  const role = ROLE_OF[who];
  const [first] = roles;
  if (first?.basis === 'tape')
    return notMeasurable(first.explanation, 'a basis that names investors, such as --basis ledger');
  if (first === undefined || roles.some(({ largestBuyer }) => largestBuyer === null))
    return notMeasurable(
      first?.explanation ?? 'no mapping of classes to kinds of investors is known',
      'a kind of investor known to have bought on balance',
    );
  if (roles.every((row) => row[role] === null))
    return notMeasurable(
      `the data hold no class that is taken for ${who} under either mapping`,
      `a basis that names ${who}`,
    );
  const yes = roles.filter(({ largestBuyer }) => largestBuyer === role).length;
  const evidence = evidenceFrom(
    about.command,
    classes.flatMap(({ sources }) => sources),
  );
  const buyers = [...new Set(roles.map(({ largestBuyer }) => ROLE_WORDS[largestBuyer!]))];
  const buyersWords =
    buyers.length === 1
      ? `${buyers[0]}, under both mappings`
      : listWords(roles.map((row) => `${ROLE_WORDS[row.largestBuyer!]} ${MAPPING_WORDS[row.mapping]}`));
  const shares = roles.flatMap((row) => roleShare(classes, role, row.mapping) ?? []);
  const figures = {
    effect: shares[0] ?? null,
    effectUnit: 'share of net purchases',
    interval:
      shares.length === 2 && shares[0] !== shares[1]
        ? ([Math.min(...shares), Math.max(...shares)] as const)
        : null,
    n: classes.length,
    m: null,
    evidence: [
      ...roles.map((row) => evidence(`largest net buyer ${MAPPING_WORDS[row.mapping]}`, row.largestBuyer)),
      ...classes.map((row) => evidence(`net of ${investorWords(row.class)}`, row.net, row.unit)),
    ],
  };
  const share =
    shares.length === 0
      ? ''
      : `; ${who} took ${percent(Math.min(...shares))}${shares.length === 2 && shares[0] !== shares[1] ? ` to ${percent(Math.max(...shares))}` : ''} of what net buyers bought`;
  const nets = [...new Set(roles.flatMap((row) => row[role] ?? []))];
  const unit = classes[0]?.unit ?? 'US dollars';
  const balance = `; net of ${who} ${nets.map((net) => amount(net, unit)).join(' or ')}${nets.length > 1 ? ', by the mapping' : ''}`;
  const explanation = `the largest net buyers were ${buyersWords}; net by class: ${balanceWords(classes)}${balance}${share}`;
  const basis = first.basis;
  const standIn = who === 'retail' && basis === 'cot';
  if (yes > 0 && yes < roles.length)
    return {
      ...figures,
      verdict: 'not measurable',
      explanation: `the two mappings disagree: ${explanation}`,
      wouldChange: 'accounts that are told apart as funds of institutions or of speculators',
    };
  const holds = yes > 0 === led;
  const verdict = holds ? 'supported' : 'contradicted';
  return {
    ...figures,
    verdict: standIn ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      explanation,
      standIn ? ['small traders of futures that need not report stand in for retail'] : [],
    ),
    wouldChange: `${who} ${yes > 0 ? 'no longer ' : ''}the largest net buyer under both mappings`,
  };
}

function decideClass(
  who: ClaimClass,
  led: boolean,
  about: { readonly rows: readonly BuyersAnswerRow[]; readonly command: string },
  basis: Parameters<typeof classOn>[0],
): Decision {
  const reading = classOn(basis, who);
  if ('reason' in reading) return notMeasurable(reading.reason, reading.wouldChange);
  const classes = classesOf(about.rows);
  const own = classes.find((row) => row.class === reading.class);
  if (own === undefined || own.net === null)
    return notMeasurable(`the net of ${investorWords(reading.class)} is not known there`, 'that figure');
  const most = Math.max(...classes.map((row) => row.net ?? Number.NEGATIVE_INFINITY));
  const leads = own.net > 0 && own.net === most;
  const verdict = leads === led ? 'supported' : 'contradicted';
  const evidence = evidenceFrom(about.command, own.sources);
  return {
    verdict: reading.isProxy === true ? atMostWeakly(verdict) : verdict,
    explanation: withRemarks(
      `net by class: ${balanceWords(classes)}`,
      reading.remark === undefined ? [] : [reading.remark],
    ),
    effect: own.netShare,
    effectUnit: 'share of net purchases',
    interval: null,
    n: classes.length,
    m: null,
    evidence: [evidence(`net of ${investorWords(own.class)}`, own.net, own.unit)],
    wouldChange: leads
      ? 'another class with a larger net'
      : `a net of ${investorWords(own.class)} above the others'`,
  };
}

/** Who bought most on balance; where the two mappings of classes disagree nothing is concluded. */
export async function decideLedBy(claim: ClaimOf<'led-by'>, context: DecisionContext): Promise<Decision> {
  const market = marketAsk(claim.scope, context.question);
  if ('reason' in market) return notMeasurable(market.reason, market.wouldChange);
  const answer = await context.answers.buyers(market);
  if ('missing' in answer) return missing(answer);
  const { who, led } = claim.threshold;
  return isLeader(who) ? decideRole(who, led, answer) : decideClass(who, led, answer, market.basis);
}
