import type { Driver, Lookback, Ruler } from '../core/index.js';

/** Every measure that a claim may be about, and what decides it. The key is the word in a claim file. */
export const CLAIM_MEASURES = {
  record: 'the leg is the largest of its look-back, or since a date',
  rank: 'the leg has this rank in its look-back',
  percentile: 'the leg stands at this percentile of earlier periods',
  z: 'the leg lies this many standard deviations from the mean of earlier periods',
  significance: 'the record is no fluke: the weakest of four probabilities is small',
  ratio: 'long buys over short covers',
  amount: 'the leg in US dollars',
  side: 'the class bought, or sold, on balance',
  weeks: 'the class bought, or sold, on balance in k of the last n weeks',
  'led-by': 'this kind of investor bought most on balance, or did not',
  unison: 'these classes moved together, more than they do by themselves',
  driver: 'this driver has a part in the flow of the week',
  policy: 'where monetary policy stands',
  'rate-sensitivity': 'the sector moves against the ten-year yield',
  floor: 'prices hold above the price of the event week more than after matched weeks',
  'follow-through': 'one class buys before another',
  loop: 'prices, mood and money feed each other',
  consolidation: 'a drawdown follows more often than after matched weeks',
  'profit-taking': 'those that bought early sell more than after matched weeks',
  return: 'prices rise, or fall, more than after matched weeks',
  volatility: 'volatility rises, or falls, more than after matched weeks',
  trend: 'the price is above its 40-week mean and its level of 52 weeks ago',
} as const;
export type ClaimMeasure = keyof typeof CLAIM_MEASURES;

/** Legs of the ledger, and what a basis of the whole market has in their place. */
export const CLAIM_LEGS = [
  'net',
  'grossBuy',
  'longBuy',
  'longSell',
  'shortSell',
  'shortCover',
  'grossSell',
  'turnover',
] as const;
export type ClaimLeg = (typeof CLAIM_LEGS)[number];

/** A class of any basis, or a word for several that the check maps to a class and says so. */
export const CLAIM_CLASSES = [
  'institutions',
  'smaller-institutions',
  'speculators',
  'retail',
  'hedge-fund',
  'leveraged-fund',
  'asset-manager',
  'other-reportable',
  'non-reportable',
  'dealer',
  'pension',
  'sovereign-wealth',
  'bank',
  'insurance',
  'endowment',
  'family-office',
  'fund-investors',
  'whole-market',
] as const;
export type ClaimClass = (typeof CLAIM_CLASSES)[number];

export const CLAIM_BASES = ['cot', '13f', 'ledger', 'etf', 'tape'] as const;
export type ClaimBasis = (typeof CLAIM_BASES)[number];

/** What the claim is about; what is left out is what the check is asked about. */
export interface ClaimScope {
  readonly basis?: ClaimBasis | undefined;
  /** CFTC contract market code. */
  readonly contract?: string | undefined;
  readonly sector?: string | undefined;
  readonly class?: ClaimClass | undefined;
  readonly leg?: ClaimLeg | undefined;
  readonly ruler?: Ruler | undefined;
  /** Any day of the week. */
  readonly week?: string | undefined;
}

export const COMPARISONS = ['at least', 'at most', 'about', 'exactly'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** How far back: a declared look-back, or years, months or weeks ('7 years'), or everything ('all'). */
export type Span = Lookback | `${number} ${'years' | 'months' | 'weeks'}`;

export const LEADERS = ['institutions', 'speculators', 'retail', 'intermediaries'] as const;
export type Leader = (typeof LEADERS)[number];

export const POLICY_STATES = ['easing', 'tightening', 'plateau', 'hold'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** What a claim's figure is held against, by measure. */
export interface Thresholds {
  readonly record: {
    readonly span?: Span | undefined;
    /** YYYY, YYYY-MM or YYYY-MM-DD. */
    readonly since?: string | undefined;
    /** 'low' is the largest net selling. */
    readonly extreme: 'high' | 'low';
  };
  readonly rank: { readonly rank: number; readonly compare: 'exactly' | 'at most'; readonly span: Span };
  readonly percentile: {
    readonly percentile: number;
    readonly compare: Comparison;
    readonly span?: Lookback | undefined;
  };
  readonly z: { readonly z: number; readonly compare: Comparison; readonly span?: Lookback | undefined };
  readonly significance: { readonly p: number; readonly span?: Lookback | undefined };
  readonly ratio: { readonly ratio: number; readonly compare: Comparison };
  readonly amount: { readonly usd: number; readonly compare: Comparison };
  readonly side: { readonly direction: 'bought' | 'sold' };
  readonly weeks: { readonly weeks: number; readonly of: number; readonly direction: 'bought' | 'sold' };
  readonly 'led-by': { readonly who: Leader | ClaimClass; readonly led: boolean };
  readonly unison: { readonly classes: readonly ClaimClass[]; readonly p: number };
  readonly driver: { readonly driver: Driver };
  readonly policy: { readonly states: readonly PolicyState[] };
  readonly 'rate-sensitivity': Readonly<Record<string, never>>;
  readonly floor: { readonly p: number };
  readonly 'follow-through': { readonly follower: ClaimClass; readonly leader?: ClaimClass | undefined };
  readonly loop: Readonly<Record<string, never>>;
  readonly consolidation: { readonly p: number; readonly drawdown: 5 | 10 };
  readonly 'profit-taking': { readonly p: number };
  readonly return: { readonly p: number; readonly direction: 'above' | 'below' };
  readonly volatility: { readonly p: number; readonly direction: 'above' | 'below' };
  readonly trend: Readonly<Record<string, never>>;
}

/** Measures that look ahead from events, over a horizon. */
export type AftermathMeasure = 'floor' | 'consolidation' | 'profit-taking' | 'return' | 'volatility';

/** A sentence, the measure that decides it, what it is about, and what its figure is held against. */
export type Claim = {
  [Measure in ClaimMeasure]: {
    readonly id: string;
    readonly text: string;
    /** Line of the file it was read from; null where it was made otherwise. */
    readonly line: number | null;
    readonly measure: Measure;
    readonly scope: ClaimScope;
    readonly threshold: Thresholds[Measure];
    /** Weeks ahead, for measures of what follows; null for the others. */
    readonly horizonWeeks: number | null;
  };
}[ClaimMeasure];

export type ClaimOf<Measure extends ClaimMeasure> = Extract<Claim, { readonly measure: Measure }>;

/** Below it a probability speaks; ten times as easily, it speaks weakly. */
export const DEFAULT_P = 0.05;
/** Horizon of what follows where a sentence names none, in weeks. */
export const DEFAULT_HORIZON_WEEKS = 13;
/** Look-back where a sentence names none. */
export const DEFAULT_SPAN = '10y';

const AFTERMATH: ReadonlySet<string> = new Set([
  'floor',
  'consolidation',
  'profit-taking',
  'return',
  'volatility',
]);

/** Weeks ahead that a measure looks where nothing is said; null for measures that do not look ahead. */
export const defaultHorizon = (measure: ClaimMeasure): number | null =>
  AFTERMATH.has(measure) ? DEFAULT_HORIZON_WEEKS : null;
