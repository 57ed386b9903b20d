import type {
  Basis,
  Check,
  ClassAgreementRow,
  Lookback,
  ManagerClass,
  ManagerGroupRow,
  Measure,
  RecordRow,
  Role,
  RoleConclusion,
  RoleMapping,
  Ruler,
  Verdict,
} from '../core/index.js';
import { CLASS_LABELS, type CotClass } from '../core/index.js';
import { formatValue } from './format.js';
import type { Unit } from './model.js';

/** Words of a report come from here alone, so that a leg is never called more than it is. */

/** Where purchases equal sales by definition, and only turnover can be told. */
const WHOLE_MARKET = new Set(['all', 'market', 'total', 'whole-market']);

function isWholeMarket(investorClass: string): boolean {
  return WHOLE_MARKET.has(investorClass);
}

/** A class of investors in the plural: 'asset managers'; of the tape a kind of print. */
export function classWords(investorClass: string, basis?: Basis): string {
  if (basis === 'tape') return PRINT_WORDS[investorClass] ?? investorClass;
  if (isWholeMarket(investorClass)) return 'the whole market';
  return (
    CLASS_LABELS[investorClass as CotClass] ??
    MANAGER_WORDS[investorClass as ManagerClass] ??
    investorClass.replaceAll('-', ' ')
  );
}

/** Kinds of prints of the tape. */
const PRINT_WORDS: Readonly<Record<string, string>> = {
  retail: 'identified retail',
  block: 'large prints',
  other: 'other prints',
  auction: 'auctions',
  unsigned: 'agreed or late',
  extended: 'outside regular hours',
};

/** Classes of managers that no futures report has. */
const MANAGER_WORDS: Readonly<Partial<Record<ManagerClass, string>>> = {
  'hedge-fund': 'hedge funds',
  pension: 'pensions',
  'sovereign-wealth': 'sovereign funds',
  bank: 'banks',
  insurance: 'insurers',
  endowment: 'endowments',
  'family-office': 'family offices',
  'market-maker': 'market makers',
  other: 'other managers',
};

/** The short form, for charts and tables. */
export function classShort(investorClass: string, basis?: Basis): string {
  return classWords(investorClass, basis).replace(/ \(.*\)$/, '');
}

/** 'scale, data and significance'. */
export function listWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function possessive(words: string): string {
  return words.endsWith('s') ? `${words}'` : `${words}'s`;
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Before 'and': the first letter small, but for names and abbreviations. */
export function uncapitalised(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

const BASIS_WORDS: Readonly<Record<string, string>> = {
  '13f': '13F filings',
  etf: 'fund flows',
  cot: 'futures',
};

/** What the periods of a basis are called. */
export interface PeriodWords {
  readonly one: 'week' | 'quarter';
  readonly many: 'weeks' | 'quarters';
  readonly each: 'Weekly' | 'Quarterly';
  /** Unit of their number. */
  readonly unit: 'weeks' | 'quarters';
}

const WEEK: PeriodWords = { one: 'week', many: 'weeks', each: 'Weekly', unit: 'weeks' };
const QUARTER: PeriodWords = { one: 'quarter', many: 'quarters', each: 'Quarterly', unit: 'quarters' };

export const periodWords = (basis: Basis): PeriodWords => (basis === '13f' ? QUARTER : WEEK);

function basisWords(text: string): string {
  return text.replace(/\b(?:13f|etf|cot)\b/g, (name) => BASIS_WORDS[name]!);
}

/** Counts without separators. Other runs of digits are years, dates and codes of contracts. */
const COUNTED =
  /(?<![\w.,-])\d{4,}(?= (?:looks|weeks|quarters|days|rows|contracts|names|managers|securities)\b)/g;

/** A clause as a sentence: capital and full stop, rulers by their words, counts with separators. */
export function sentence(clause: string): string {
  const spelt = clause.replace(
    /\b(?:pctOi|pctAdv|bpsCap|volScaled)\b/g,
    (name) => RULER_WORDS[name as Ruler],
  );
  const grouped = basisWords(spelt).replace(COUNTED, (digits) => formatValue(Number(digits), 'count'));
  return /[.!?]$/.test(grouped) ? capitalised(grouped) : `${capitalised(grouped)}.`;
}

export function sectorWords(sector: string): string {
  return sector.replaceAll('-', ' ');
}

interface Subject {
  readonly contract: string | null;
  readonly contractName: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly symbol?: string | null;
  readonly basis?: Basis;
}

/** The sector that the subject only stands in for, or null. The NASDAQ-100 is never printed as the sector itself. */
function proxySector(subject: Subject): string | null {
  if (subject.sectorIsProxy && subject.sector !== null) return sectorWords(subject.sector);
  if (/nasdaq[\s-]*(100|mini)/i.test(subject.contractName ?? ''))
    return sectorWords(subject.sector ?? 'technology');
  return null;
}

/** The market in words: 'NASDAQ-100 Consolidated futures (a proxy for technology)'. */
export function marketWords(subject: Subject): string {
  const proxy = proxySector(subject);
  return `${marketName(subject)}${proxy === null ? '' : ` (a proxy for ${proxy})`}`;
}

/** Whose market a basis shows where no contract says it. */
const PARTS: Readonly<Partial<Record<Basis, readonly [of: string, all: string]>>> = {
  '13f': ['shares held by Form 13F managers', 'all shares held by Form 13F managers'],
  ledger: ['shares, by the executions brought', 'all shares, by the executions brought'],
  tape: ['shares, by the prints brought', 'all shares, by the prints brought'],
};

/** The market without its proxy; only beside a place that prints it. */
export function marketName(subject: Subject): string {
  if (subject.contract === null) {
    if (subject.symbol != null) return subject.symbol;
    const part = PARTS[subject.basis ?? 'cot'];
    if (subject.sector === null) return part?.[1] ?? 'the market';
    const sector = sectorWords(subject.sector);
    return part === undefined ? sector : `${sector} ${part[0]}`;
  }
  const name = subject.contractName ?? `contract ${subject.contract}`;
  return /future/i.test(name) ? name : `${name} futures`;
}

/** The sector column of a table: 'technology (proxy)'. */
export function sectorCell(subject: Subject): string {
  const proxy = proxySector(subject);
  if (proxy !== null) return `${proxy} (proxy)`;
  return subject.sector === null ? 'broad market' : sectorWords(subject.sector);
}

/** What the measure is called for this class. One leg is never 'net' nor plain 'buying'. */
export function measureWords(measure: Measure, investorClass: string, value: number | null = null): string {
  if (measure === 'longBuy') return 'long buys';
  if (measure === 'grossBuy') return isWholeMarket(investorClass) ? 'turnover' : 'notional buying';
  if (value === null) return 'net flow';
  return value < 0 ? 'net selling' : 'net buying';
}

/** What the measure holds, for the first mention. */
export function measureDefinition(measure: Measure, investorClass: string, basis: Basis = 'cot'): string {
  if (basis === '13f') return LONG_ONLY[measure];
  if (basis === 'etf') return 'Net is shares created less shares redeemed, at net asset value.';
  if (basis === 'tape') return INITIATED[measure];
  if (measure === 'longBuy') {
    return 'Long buys are one leg of four: longs opened or added to, without short covers and before sales are taken off.';
  }
  if (measure === 'grossBuy') {
    return isWholeMarket(investorClass)
      ? 'For the whole market purchases equal sales, so the figure is turnover.'
      : `Notional buying here is long buys plus short covers of ${classWords(investorClass)} alone, one of the classes of the report; it does not cover the rest of the market.`;
  }
  return 'Net is long buys plus short covers, less long sales and short sales.';
}

const INITIATED: Readonly<Record<Measure, string>> = {
  net: 'Net is dollars traded at the initiative of buyers less those at the initiative of sellers, of one kind of print.',
  grossBuy:
    'Notional buying here is dollars traded at the initiative of buyers, of one kind of print; every such trade has a seller.',
  longBuy: 'The tape does not tell whether a purchase opens a long or covers a short.',
};

const LONG_ONLY: Readonly<Record<Measure, string>> = {
  net: 'Net is long purchases less long sales: Form 13F shows no short positions.',
  grossBuy:
    'Notional buying here is long purchases alone, of one class of managers that file Form 13F; short covers are not seen.',
  longBuy: 'Long buys are shares added to long positions, before sales are taken off.',
};

/** What of the purchases a basis cannot see, said wherever they show. */
const BASIS_LIMITS: Readonly<Partial<Record<Basis, string>>> = {
  '13f':
    'Purchases and sales are lower bounds of what was traded, since only quarter ends are seen, and of long positions alone.',
  ledger:
    'The ledger is what was brought: a part of the market, whose purchases are of these accounts alone.',
  etf: 'Creations and redemptions are seen net: what was bought and sold in between is not.',
  tape: 'Bought and sold are the dollars of trades that a buyer or a seller initiated, as inferred from quotes: who was in a hurry, by kind of print, not who the investor is.',
};

export const basisLimit = (basis: Basis): string | null =>
  basis === 'cot' ? LOWER_BOUND : (BASIS_LIMITS[basis] ?? null);

export const LOWER_BOUND =
  'Long buys, long sales, short sales and short covers are lower bounds of what was traded, since only week ends are seen.';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  institution: 'institutions',
  speculator: 'speculators',
  retail: 'retail',
  intermediary: 'intermediaries',
  unknown: 'classes of no known kind',
};

/** What a class is taken for, in the plural. */
export function roleWords(role: Role): string {
  return ROLE_WORDS[role];
}

const MAPPING_WORDS: Readonly<Record<RoleMapping, string>> = {
  'funds-as-institutions': 'leveraged and hedge funds taken for institutions',
  'funds-as-speculators': 'leveraged and hedge funds taken for speculators',
};

export function mappingWords(mapping: RoleMapping): string {
  return MAPPING_WORDS[mapping];
}

/** Did institutions buy, as the two mappings together say it. */
export function conclusionWords({ verdict, outcomes, explanation }: RoleConclusion): string {
  if (verdict === 'not measurable') {
    const isOne = new Set(outcomes.map(({ largestBuyer }) => largestBuyer)).size === 1;
    if (isOne && outcomes[0]!.largestBuyer !== null)
      return `whether institutions bought is not measurable: ${explanation}`;
    return outcomes.some(({ largestBuyer }) => largestBuyer === null)
      ? 'whether institutions bought is not measurable: no kind of investor is known to have bought on balance'
      : 'whether institutions bought is not measurable: it depends on what leveraged and hedge funds are taken for';
  }
  return `the buyers on balance were ${verdict === 'retail' ? 'retail' : verdict}, whatever leveraged and hedge funds are taken for`;
}

const GROUP_WORDS: Readonly<Record<ManagerGroupRow['group'], string>> = {
  transient: 'transient (high turnover)',
  'quasi-index': 'quasi-index (low turnover, many holdings)',
  dedicated: 'dedicated (low turnover, few holdings)',
  'largest-tenth': 'largest tenth of managers',
  others: 'all other managers',
  unclassified: 'not classified',
};

export function groupWords(group: ManagerGroupRow['group']): string {
  return GROUP_WORDS[group];
}

/** At which level either joint tail is taken to speak, so that both together err in a twentieth of weeks. */
const TOGETHER_BELOW = 0.025;

/** What the test of the joint tails says; agreement itself only describes. */
export function togetherWords(week: ClassAgreementRow): string {
  const { jointTail, jointTailP, jointTailSold, jointTailSoldP } = week;
  if (jointTailP === null || jointTailSoldP === null) return 'not tested';
  const speaks = (p: number, count: number | null): boolean => p < TOGETHER_BELOW && (count ?? 0) > 1;
  if (speaks(jointTailP, jointTail))
    return 'yes: they bought together more than these classes do by themselves';
  if (speaks(jointTailSoldP, jointTailSold))
    return 'yes: they sold together more than these classes do by themselves';
  return 'no: the week is not told apart from how these classes move by themselves';
}

/** What the weeks of a test are compared in. */
export function agreementRulerWords(ruler: ClassAgreementRow['ruler']): string {
  return ruler === 'pctOi' ? 'as a share of open interest' : `in ${RULER_WORDS[ruler]}`;
}

const RULER_WORDS: Readonly<Record<Ruler, string>> = {
  contracts: 'contracts',
  dollars: 'dollars',
  real: 'constant dollars',
  pctOi: 'share of open interest',
  bpsCap: 'basis points of market value',
  pctAdv: 'share of daily volume',
  volScaled: 'volatility-scaled terms',
};

export function rulerWords(ruler: Ruler): string {
  return RULER_WORDS[ruler];
}

export function rulerLabel(ruler: Ruler): string {
  return ruler === 'volScaled' ? 'Volatility-scaled' : capitalised(RULER_WORDS[ruler]);
}

const RULER_UNITS: Readonly<Record<Ruler, Unit>> = {
  contracts: 'contracts',
  dollars: 'USD',
  real: 'USD',
  pctOi: 'share',
  bpsCap: 'basis points',
  pctAdv: 'share',
  volScaled: 'times own volatility',
};

export function rulerUnit(ruler: Ruler): Unit {
  return RULER_UNITS[ruler];
}

const LEG_LABELS: Readonly<Record<Measure, string>> = {
  net: 'net',
  grossBuy: 'long buys + short covers',
  longBuy: 'long buys',
};

export function legLabel(measure: Measure): string {
  return LEG_LABELS[measure];
}

const LOOKBACK_WORDS: Readonly<Record<Lookback, string>> = {
  '1y': '1 year',
  '3y': '3 years',
  '5y': '5 years',
  '10y': '10 years',
  all: 'all history',
};

export function lookbackWords(lookback: Lookback): string {
  return LOOKBACK_WORDS[lookback];
}

/** What the week may be called. A nominal record is never a record alone. */
export function kindWords(kind: RecordRow['kind']): string {
  return kind === 'none' ? 'no record' : kind;
}

/** The kind with its article, for a title. */
export function kindWithArticle(kind: RecordRow['kind']): string {
  return kind === 'none' ? 'no record' : `a ${kind}`;
}

const VERDICT_MEANING: Readonly<Record<Verdict, string>> = {
  signal: 'none of the checks fails',
  mixed: 'at least one check fails, though neither breadth nor data does',
  anomaly: 'breadth or data fails, so the figure may not be what it seems',
  insufficient: 'too little is known to judge',
};

export function verdictMeaning(verdict: Verdict): string {
  return VERDICT_MEANING[verdict];
}

const CHECK_QUESTIONS: Readonly<Record<Check['name'], string>> = {
  scale: 'Does the high hold when money is scaled by volatility and by size?',
  breadth: 'Is it many names, or one?',
  calendar: 'Is it the calendar: an expiry, a roll, a rebalance?',
  data: 'Are the rows behind it clean?',
  persistence: 'Did the periods before point the same way?',
  agreement: 'Do other sources agree?',
  significance: 'Would chance alone, over everything looked at, do this?',
};

export function checkQuestion(name: Check['name']): string {
  return CHECK_QUESTIONS[name];
}

/** A field name in words: 'shareOfFiveLargest' -> 'share of five largest'; rulers by their own words. */
export function fieldWords(name: string): string {
  const ruler = RULER_WORDS[name as Ruler];
  if (ruler !== undefined) return ruler;
  if (name === 'm') return 'looks';
  if (name === 'adjusted') return 'adjusted p';
  if (name === 'buyers') return 'buyers among names';
  const [first, ...rest] = name.split(' ');
  if (rest.length > 0 && first! in BASIS_WORDS) return `${BASIS_WORDS[first!]}: ${rest.join(' ')}`;
  return name
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replace(/([0-9])([A-Za-z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}

export const PROBABILITY_NAMES = ['exchangeable', 'dependent', 'tail', 'adjusted'] as const;
export type ProbabilityName = (typeof PROBABILITY_NAMES)[number];

const PROBABILITY_WORDS: Readonly<Record<ProbabilityName, string>> = {
  exchangeable: 'exchangeable',
  dependent: 'dependent and growing',
  tail: 'tail',
  adjusted: 'adjusted for many looks',
};

export function probabilityWords(name: ProbabilityName): string {
  return PROBABILITY_WORDS[name];
}
