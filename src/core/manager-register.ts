import { normalizeCik } from './cik.js';
import { type CikCertainty, MANAGER_GROUPS } from './data/managers.js';
import { InvalidRequest } from './errors.js';
import { MANAGER_CLASSES, type ManagerClass } from './investor-classes.js';

export type { CikCertainty } from './data/managers.js';

/** A manager of the register. */
export interface RegisteredManager {
  /** Ten digits; null where none could be established. */
  readonly cik: string | null;
  readonly name: string;
  readonly class: ManagerClass;
  readonly passive: boolean;
  readonly marketMaking: boolean;
  readonly reason: string;
  readonly cikCertainty: CikCertainty;
}

/** What a 13F filer is taken for, and why. */
export interface ManagerClassification {
  readonly class: ManagerClass;
  /** Mainly index portfolios: its buying follows money and index weights, not opinion. */
  readonly passive: boolean;
  /** Mainly inventory of a market maker: its buying is somebody else's. */
  readonly marketMaking: boolean;
  readonly reason: string;
  /** What decided: the user's file, the register, a word in the name, or nothing. */
  readonly basis: 'user' | 'register' | 'name' | 'none';
}

/** A user's line, by CIK. */
export interface ManagerOverride {
  readonly cik: string;
  readonly class: ManagerClass;
  readonly passive: boolean;
  readonly marketMaking: boolean;
  readonly reason: string;
}

export const MANAGER_REGISTER: readonly RegisteredManager[] = MANAGER_GROUPS.flatMap((group) =>
  group.managers.map(([cik, name, certainty]) => ({
    cik: cik === null ? null : normalizeCik(String(cik)),
    name,
    class: group.class,
    passive: group.passive ?? false,
    marketMaking: group.marketMaking ?? false,
    reason: group.reason,
    cikCertainty: cik === null ? 'unknown' : (certainty ?? 'confirmed'),
  })),
);

const CONFIRMED = new Map(
  MANAGER_REGISTER.filter(({ cikCertainty }) => cikCertainty === 'confirmed').map((manager) => [
    manager.cik,
    manager,
  ]),
);
const BY_NAME = MANAGER_REGISTER.filter(({ cikCertainty }) => cikCertainty !== 'confirmed').map(
  (manager) => [comparable(manager.name), manager] as const,
);

interface NameRule {
  readonly class: ManagerClass;
  readonly pattern: RegExp;
  readonly reason: string;
}

/** Words that make a firm an adviser, whoever its clients are: 'Pension Consultants', 'University Wealth Advisors'. */
const ADVISER = /\b(ADVIS[EO]RS?|ADVISORY|CONSULT\w*|WEALTH|PLANNING|COUNSEL)\b/;

/** Tried in order on the upper-case name; adviser words rule the first four out. */
const NAME_RULES: readonly NameRule[] = [
  {
    class: 'pension',
    pattern:
      /\b(PENSION|PENSIONS|PENSIONFUND|PENSIONSKASSE|PENSIOENFONDS|TJANSTEPENSION|SUPERANNUATION)\b|\bRETIREMENT (SYSTEMS?|FUND|BOARD|ASSOCIATION)\b/,
    reason: 'names a pension or retirement system',
  },
  {
    class: 'sovereign-wealth',
    pattern: /\bSOVEREIGN (WEALTH )?FUND\b|\bINVESTMENT AUTHORITY\b|\bPERMANENT FUND\b/,
    reason: 'names a sovereign fund',
  },
  {
    class: 'endowment',
    pattern: /\bENDOWMENT\b|\bUNIVERSITY\b|\bCOLLEGE\b|\bFOUNDATION\b/,
    reason: 'names a university, an endowment or a foundation',
  },
  {
    class: 'insurance',
    pattern: /\b(INSURANCE|ASSURANCE|REINSURANCE|VERSICHERUNG\w*|LIFE INS)\b/,
    reason: 'names an insurer',
  },
  {
    class: 'family-office',
    pattern: /\bFAMILY (OFFICE|TRUST|INVESTMENTS?|HOLDINGS)\b/,
    reason: 'names a family office',
  },
  {
    class: 'bank',
    pattern: /\b(BANK\w*|BANC\w*|BANQUE|SAVINGS|TRUST CO(MPANY)?|SECURITIES|BROKERAGE)\b/,
    reason: 'names a bank, a trust company or a broker',
  },
  {
    class: 'asset-manager',
    pattern:
      /\b(ASSET MANAGEMENT|ASSET MANAGERS?|INVESTMENT MANAGEMENT|INVESTMENT MANAGERS?|FUND MANAGEMENT|FUNDS?|WEALTH|ADVIS[EO]RS?|ADVISORY|COUNSEL|PLANNING|PORTFOLIO)\b/,
    reason: 'names an adviser or asset manager',
  },
  {
    class: 'asset-manager',
    pattern: /\b(CAPITAL|PARTNERS|INVESTORS?|INVESTMENTS?|MANAGEMENT)\b/,
    reason: 'an investment firm by its name, which does not tell whether it is a hedge fund',
  },
];
const NOT_OF_ADVISERS: ReadonlySet<ManagerClass> = new Set([
  'pension',
  'sovereign-wealth',
  'endowment',
  'insurance',
]);

/**
 * The class of a 13F filer: the user's own line first, then the register by CIK, then the register by name where the CIK
 * is not established, then a word in the name. What is left is 'other', with that reason.
 * A hedge fund cannot be told by its name, so unlisted ones are 'asset-manager'.
 */
export function classifyManager(
  manager: { readonly cik: string | null; readonly name: string | null },
  overrides: ReadonlyMap<string, ManagerOverride> = new Map(),
): ManagerClassification {
  const cik = manager.cik === null ? null : normalizeCik(manager.cik);
  const own = cik === null ? undefined : overrides.get(cik);
  if (own !== undefined) {
    const { class: ownClass, passive, marketMaking, reason } = own;
    return { class: ownClass, passive, marketMaking, reason, basis: 'user' };
  }
  const registered = registeredManager(cik, manager.name);
  if (registered !== null) {
    const { class: itsClass, passive, marketMaking, reason } = registered;
    return { class: itsClass, passive, marketMaking, reason, basis: 'register' };
  }
  return byNameRule(manager.name);
}

/** By confirmed CIK; else by name, which must agree with the CIK where the register has an unverified one. */
export function registeredManager(cik: string | null, name: string | null): RegisteredManager | null {
  const confirmed = cik === null ? undefined : CONFIRMED.get(cik);
  if (confirmed !== undefined) return confirmed;
  if (name === null) return null;
  const words = comparable(name);
  const match = BY_NAME.find(
    ([known, manager]) =>
      ` ${words} `.includes(` ${known} `) && (manager.cik === null || cik === null || manager.cik === cik),
  );
  return match?.[1] ?? null;
}

function byNameRule(name: string | null): ManagerClassification {
  const unknown = { class: 'other', passive: false, marketMaking: false, basis: 'none' } as const;
  if (name === null) return { ...unknown, reason: 'no name to judge by' };
  const words = comparable(name);
  const isAdviser = ADVISER.test(words);
  for (const rule of NAME_RULES) {
    if (isAdviser && NOT_OF_ADVISERS.has(rule.class)) continue;
    const found = rule.pattern.exec(words)?.[0];
    if (found !== undefined) {
      const reason = `${rule.reason}: '${found}'`;
      return { class: rule.class, passive: false, marketMaking: false, reason, basis: 'name' };
    }
  }
  return { ...unknown, reason: 'not in the register, and the name tells no class' };
}

/** Upper case, punctuation as blanks, accents off: 'D. E. Shaw & Co., Inc.' is 'D E SHAW CO INC'. */
function comparable(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f']/g, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/**
 * Reads a user's file of managers: a JSON array of `{"cik", "class", "reason"}` with optional booleans `passive` and
 * `marketMaking`; see docs/sources/edgar.md.
 * @throws {InvalidRequest} that names the entry and what is wrong with it
 */
export function parseManagerOverrides(json: string, file: string): Map<string, ManagerOverride> {
  let entries: unknown;
  try {
    entries = JSON.parse(json);
  } catch (cause) {
    throw new InvalidRequest(`${file} is not JSON; write an array of {"cik", "class", "reason"}`, { cause });
  }
  if (!Array.isArray(entries)) {
    throw new InvalidRequest(`${file} is no array; write [{"cik": "...", "class": "...", "reason": "..."}]`);
  }
  const overrides = new Map<string, ManagerOverride>();
  for (const [index, entry] of entries.entries()) {
    const override = readOverride(entry, `${file}, entry ${index + 1}`);
    if (overrides.has(override.cik))
      throw new InvalidRequest(`${file}: CIK ${override.cik} stands there twice`);
    overrides.set(override.cik, override);
  }
  return overrides;
}

function readOverride(entry: unknown, where: string): ManagerOverride {
  const { cik, class: itsClass, passive, marketMaking, reason } = (entry ?? {}) as Record<string, unknown>;
  const key = normalizeCik(String(cik ?? ''));
  if (key === null) throw new InvalidRequest(`${where}: cik '${cik}' is not one to ten digits`);
  if (!MANAGER_CLASSES.includes(itsClass as ManagerClass)) {
    throw new InvalidRequest(`${where}: class '${itsClass}' is none of ${MANAGER_CLASSES.join(', ')}`);
  }
  for (const [name, value] of Object.entries({ passive, marketMaking })) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw new InvalidRequest(`${where}: ${name} '${value}' is not true or false`);
    }
  }
  return {
    cik: key,
    class: itsClass as ManagerClass,
    passive: passive === true,
    marketMaking: marketMaking === true,
    reason: typeof reason === 'string' && reason !== '' ? reason : "the user's own file",
  };
}
