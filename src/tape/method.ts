import type { QuoteKind } from '../core/index.js';
import { CONDITION_TABLE_VERSION } from './rules/conditions.js';
import { needsQuotes, type SigningSettings } from './settings.js';
import { SIGNING_COUNTS, type SigningCounts } from './signing-counts.js';
import type { Decider, SigningRule } from './vocabulary.js';

/** What a result of signing must name, so that it can be judged and repeated. */
export interface SigningMethod {
  readonly rule: SigningRule;
  readonly lagNanos: number;
  readonly quoteKind: QuoteKind;
  /** Of which prints are signed. */
  readonly session: 'regular' | 'regular and extended';
  readonly conditionTable: string;
  readonly settings: SigningSettings;
  readonly counts: SigningCounts;
  /** Signable prints by what gave their sign. */
  readonly decidedBy: Readonly<Record<Decider, number>>;
  /** Shares of signable prints that met each quote; null where no print was signable or no quotes were asked for. */
  readonly noQuoteShare: number | null;
  readonly lockedShare: number | null;
  readonly crossedShare: number | null;
  /** One line each; empty when nothing is doubtful. */
  readonly warnings: readonly string[];
}

const CROSSED_LIMIT = 0.05;

/** Puts settings and counts of a run into what its result must name. */
export function describeSigning(settings: SigningSettings, counts: SigningCounts): SigningMethod {
  const { signable } = counts;
  const met = signable > 0 && needsQuotes(settings);
  const share = (count: number): number | null => (met ? count / signable : null);
  const crossedShare = share(counts.metCrossed);
  return {
    rule: settings.rule,
    lagNanos: settings.lagNanos,
    quoteKind: settings.quoteKind,
    session: settings.signExtended ? 'regular and extended' : 'regular',
    conditionTable: CONDITION_TABLE_VERSION,
    settings,
    counts,
    decidedBy: {
      none: counts.byNone,
      tick: counts.byTick,
      quote: counts.byQuote,
      aggressor: counts.byAggressor,
      retail: counts.byRetail,
    },
    noQuoteShare: share(counts.metNoQuote),
    lockedShare: share(counts.metLocked),
    crossedShare,
    warnings: warningsOf(settings, counts, crossedShare),
  };
}

/** The counts of two parts of a tape. */
export function addCounts(a: SigningCounts, b: SigningCounts): SigningCounts {
  return Object.fromEntries(SIGNING_COUNTS.map((name) => [name, a[name] + b[name]])) as SigningCounts;
}

export const NO_COUNTS = Object.fromEntries(SIGNING_COUNTS.map((name) => [name, 0])) as SigningCounts;

function warningsOf(settings: SigningSettings, counts: SigningCounts, crossedShare: number | null): string[] {
  const warnings: string[] = [];
  if (crossedShare !== null && crossedShare > CROSSED_LIMIT) {
    const percent = (100 * crossedShare).toFixed(1);
    warnings.push(
      `${percent} % of prints met a crossed quote: the quotes are probably not of kind ${settings.quoteKind}`,
    );
  }
  if (!settings.hasSubPennyPrices) warnings.push('no sub-penny prices in this source: retail cannot be told');
  if (counts.unknownConditions > 0) {
    warnings.push(
      `${counts.unknownConditions} prints have sale conditions of no known meaning and stay unsigned`,
    );
  }
  return warnings;
}
