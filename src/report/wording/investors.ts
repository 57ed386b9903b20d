import type {
  Basis,
  ClassAgreementRow,
  ManagerGroupRow,
  Role,
  RoleConclusion,
  RoleMapping,
} from '../../core/index.js';
import { investorWords } from '../../core/index.js';

/** Where purchases equal sales by definition, and only turnover can be told. */
const WHOLE_MARKET = new Set(['all', 'market', 'total', 'whole-market']);

export function isWholeMarket(investorClass: string): boolean {
  return WHOLE_MARKET.has(investorClass);
}

/** A class of investors in the plural: 'asset managers'; of the tape a kind of print. */
export function classWords(investorClass: string, basis?: Basis): string {
  if (basis === 'tape') return PRINT_WORDS[investorClass] ?? investorClass;
  return isWholeMarket(investorClass) ? 'the whole market' : investorWords(investorClass);
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

/** The short form, for charts and tables. */
export function classShort(investorClass: string, basis?: Basis): string {
  return classWords(investorClass, basis).replace(/ \(.*\)$/, '');
}

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
