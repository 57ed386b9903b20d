import { CONTRACT_REGISTER, contractEntry, investorWords, type Lookback } from '../core/index.js';
import type { StudyAsk } from './answers.js';
import type { ClaimBasis, ClaimClass, ClaimScope } from './claim.js';

/** What the check is asked about: it fills what a claim leaves open. */
export interface ClaimsQuestion {
  readonly basis?: ClaimBasis | undefined;
  readonly contract?: string | undefined;
  readonly sector?: string | undefined;
  readonly class?: ClaimClass | undefined;
  readonly week?: string | undefined;
  /** Overrides look-backs of claims that name none. */
  readonly lookback?: Lookback | undefined;
}

/** What a claim is about on the basis asked: a study can be asked about it. */
export interface Place {
  readonly ask: StudyAsk & { readonly class: string };
  /** What stands in for what; printed with the verdict. */
  readonly remarks: readonly string[];
  /** True where the class of the basis is only near to the one that the sentence names. */
  readonly classIsProxy: boolean;
}

interface NoPlace {
  readonly reason: string;
  readonly wouldChange: string;
}

interface ClassReading {
  readonly class: string;
  readonly remark?: string;
  readonly isProxy?: boolean;
}

const INSTITUTION_CLASSES: ReadonlySet<string> = new Set([
  'asset-manager',
  'leveraged-fund',
  'other-reportable',
  'hedge-fund',
  'pension',
  'sovereign-wealth',
  'insurance',
  'endowment',
  'family-office',
  'institutions',
]);

const COT_STAND_INS: Readonly<Partial<Record<ClaimClass, ClassReading>>> = {
  'hedge-fund': { class: 'leveraged-fund', remark: 'leveraged funds stand for hedge funds' },
  speculators: {
    class: 'leveraged-fund',
    remark: 'leveraged funds stand for speculators, which is one of two mappings',
    isProxy: true,
  },
  retail: {
    class: 'non-reportable',
    remark: 'small traders that need not report stand in for retail',
    isProxy: true,
  },
  'smaller-institutions': {
    class: 'other-reportable',
    remark: 'other reportables stand in for smaller institutions',
    isProxy: true,
  },
};

const COT_NAMES: ReadonlySet<string> = new Set([
  'dealer',
  'asset-manager',
  'leveraged-fund',
  'other-reportable',
  'non-reportable',
]);

/** No weekly public source tells these apart. */
const QUARTERLY_ONLY: ReadonlySet<string> = new Set([
  'pension',
  'sovereign-wealth',
  'insurance',
  'endowment',
  'family-office',
  'bank',
]);

const ON_13F: Readonly<Partial<Record<ClaimClass, ClassReading>>> = {
  'leveraged-fund': { class: 'hedge-fund', remark: 'hedge funds stand for leveraged funds' },
  speculators: {
    class: 'hedge-fund',
    remark: 'hedge funds stand for speculators, which is one of two mappings',
    isProxy: true,
  },
};

/** Where no class holds all institutions: the one asked about, else asset managers. */
function oneOfInstitutions(asked: string | undefined): ClassReading {
  const known = asked !== undefined && asked !== 'institutions' && INSTITUTION_CLASSES.has(asked);
  const stand = known ? asked : 'asset-manager';
  return { class: stand, remark: `of institutions, ${investorWords(stand)} alone are looked at` };
}

function readOnCot(name: ClaimClass, asked: string | undefined): ClassReading | NoPlace {
  if (COT_NAMES.has(name)) return { class: name };
  if (name === 'institutions') return oneOfInstitutions(asked);
  const standIn = COT_STAND_INS[name];
  if (standIn !== undefined) return standIn;
  return {
    reason: `the weekly report on futures does not name ${investorWords(name)}${QUARTERLY_ONLY.has(name) ? ', nor does any other public weekly source' : ''}`,
    wouldChange: `Form 13F of the quarter (--basis 13f), or executions that name ${investorWords(name)} (--basis ledger)`,
  };
}

function readClass(basis: ClaimBasis, name: ClaimClass, asked: string | undefined): ClassReading | NoPlace {
  if (basis === 'cot') return readOnCot(name, asked);
  if (basis === 'etf') {
    if (name === 'fund-investors') return { class: name };
    return {
      reason: `creations of funds name no investor, so they cannot tell ${investorWords(name)}`,
      wouldChange: `a basis that names ${investorWords(name)}, such as --basis ledger`,
    };
  }
  if (basis === 'tape') {
    if (name === 'retail')
      return { class: name, remark: 'identified retail prints stand for retail', isProxy: true };
    return {
      reason: `the tape tells kinds of prints and not who traded, so it cannot tell ${investorWords(name)}`,
      wouldChange: `a basis that names ${investorWords(name)}, such as --basis ledger`,
    };
  }
  if (basis === '13f') {
    if (name === 'retail' || name === 'non-reportable')
      return {
        reason: 'Form 13F holds large managers alone, and no retail',
        wouldChange: 'executions that name retail (--basis ledger)',
      };
    return name === 'institutions' ? oneOfInstitutions(asked) : (ON_13F[name] ?? { class: name });
  }
  if (name === 'smaller-institutions')
    return {
      reason: 'this basis does not tell institutions by size',
      wouldChange: 'classes by size in the executions brought',
    };
  return name === 'speculators'
    ? { class: 'hedge-fund', remark: 'hedge funds stand for speculators', isProxy: true }
    : { class: name };
}

/** The consolidated contract of a sector, the first of the register. */
function contractOfSector(sector: string): string | null {
  return (
    CONTRACT_REGISTER.find((entry) => entry.sector === sector && entry.consolidatedInto === null)?.code ??
    null
  );
}

function marketOf(scope: ClaimScope, question: ClaimsQuestion, basis: ClaimBasis) {
  const sector = scope.sector ?? question.sector ?? null;
  if (basis !== 'cot') return { contract: null, sector };
  const asked = question.contract;
  const fits = asked !== undefined && (sector === null || contractEntry(asked)?.sector === sector);
  const contract = scope.contract ?? (fits ? asked : sector === null ? null : contractOfSector(sector));
  return { contract, sector: contract === null ? sector : null };
}

/**
 * Where a sentence names a sector that the contract asked about is not of, the sector's own contract is looked at; null
 * where none is replaced.
 */
export function replacedContract(scope: ClaimScope, question: ClaimsQuestion): string | null {
  const { contract: asked } = question;
  if (asked === undefined || basisOf(scope, question) !== 'cot') return null;
  const { contract } = marketOf(scope, question, 'cot');
  return contract === null || contract === asked ? null : contract;
}

/** Whether a class was found that a study can be asked about. */
export const isPlace = (place: Place | NoPlace): place is Place => 'ask' in place;

/** A class of the sentence as one of the basis. */
export function classOn(
  basis: ClaimBasis,
  name: ClaimClass,
  asked?: string,
): { readonly class: string; readonly remark?: string; readonly isProxy?: boolean } | NoPlace {
  return readClass(basis, name, asked);
}

export const basisOf = (scope: ClaimScope, question: ClaimsQuestion): ClaimBasis =>
  scope.basis ?? question.basis ?? 'cot';

/** The market and week of a claim, whatever its class. */
export function marketAsk(scope: ClaimScope, question: ClaimsQuestion): StudyAsk | NoPlace {
  const basis = basisOf(scope, question);
  const { contract, sector } = marketOf(scope, question, basis);
  if (basis === 'cot' && contract === null)
    return {
      reason:
        sector === null
          ? 'neither the sentence nor the call names a market'
          : `no futures contract of the report stands for ${sector.replaceAll('-', ' ')}`,
      wouldChange: 'a market to ask about: --contract 20974+, or --sector with --basis 13f or ledger',
    };
  return { basis, contract, sector, class: null, week: scope.week ?? question.week ?? null };
}

/** What a claim is about, on the basis asked; or why no study can be asked about it. */
export function placeOf(scope: ClaimScope, question: ClaimsQuestion): Place | NoPlace {
  const market = marketAsk(scope, question);
  if ('reason' in market) return market;
  const name = scope.class ?? question.class;
  if (name === undefined)
    return {
      reason: 'neither the sentence nor the call names a class of investors',
      wouldChange: 'a class to ask about: --class asset-manager',
    };
  const reading = readClass(market.basis, name, question.class);
  if ('reason' in reading) return reading;
  return {
    ask: { ...market, class: reading.class },
    remarks: reading.remark === undefined ? [] : [reading.remark],
    classIsProxy: reading.isProxy ?? false,
  };
}
