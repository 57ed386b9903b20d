import { InvalidRequest, type QuoteKind } from '../core/index.js';
import { SIGNING_RULES, type SigningRule } from './vocabulary.js';

/** Every choice of signing. Conventions where the papers are silent have the specification's defaults. */
export interface SigningSettings {
  readonly rule: SigningRule;
  /** The quote that counts is the last one at or before the trade's time less this; 1 = strictly earlier. */
  readonly lagNanos: number;
  /** A locked quote is unusable, or signs against its one price (equal: by tick). */
  readonly locked: 'unusable' | 'midpoint';
  /** Whether the edges of the 30 % bands of CLNV belong to them. */
  readonly edges: 'closed' | 'open';
  readonly quoteKind: QuoteKind;
  /** A venue quote wider than this counts as withdrawn while it stands; null = no limit. For kind `venue`. */
  readonly widestVenueQuoteMicros: number | null;
  /** `no-tick`: signed, but do not move the tick reference. `exclude`: dropped. */
  readonly oddLots: 'regular' | 'no-tick' | 'exclude';
  /** A smaller print is an odd lot, in millionths of a share. */
  readonly roundLotSizeMicros: number;
  /** Signs prints of extended hours; they stay in their own class and never move the tick reference. */
  readonly signExtended: boolean;
  /** The rule whose prints make the class `retail`. Prints of both are counted where sub-penny prices are there. */
  readonly retail: 'bhjos' | 'bjzz' | 'none';
  /** `bjzz`: candidates of BHJOS must pass the sub-penny rule too. */
  readonly retailPopulation: 'sub-penny' | 'bjzz';
  /** The price grid of which the sub-penny rules take the fraction. */
  readonly tickSizeMicros: number;
  /** False where the source cuts prices to cents: the retail rules are then not asked. */
  readonly hasSubPennyPrices: boolean;
  /** A print at least this large in size or in notional is a block. Micro-dollars, millionths of a share. */
  readonly blockNotionalMicros: number;
  readonly blockSizeMicros: number;
  /** `prefer`: an initiator told by the source wins over any inferred sign. */
  readonly aggressor: 'prefer' | 'ignore';
}

export const DEFAULT_SIGNING: SigningSettings = {
  rule: 'lee-ready',
  lagNanos: 1,
  locked: 'unusable',
  edges: 'closed',
  quoteKind: 'nbbo',
  widestVenueQuoteMicros: null,
  oddLots: 'regular',
  roundLotSizeMicros: 100_000_000,
  signExtended: false,
  retail: 'bhjos',
  retailPopulation: 'sub-penny',
  tickSizeMicros: 10_000,
  hasSubPennyPrices: true,
  blockNotionalMicros: 200_000_000_000,
  blockSizeMicros: 10_000_000_000,
  aggressor: 'prefer',
};

/**
 * The given choices over the defaults, checked.
 * @throws {InvalidRequest} for an unknown rule, or a lag, size or threshold that is no whole number in its range
 */
export function signingSettings(chosen: Partial<SigningSettings> = {}): SigningSettings {
  const settings = { ...DEFAULT_SIGNING, ...chosen };
  if (!SIGNING_RULES.includes(settings.rule)) {
    throw new InvalidRequest(
      `${settings.rule} is no signing rule; choose one of ${SIGNING_RULES.join(', ')}`,
    );
  }
  requireWhole('lagNanos', settings.lagNanos, 0);
  requireWhole('roundLotSizeMicros', settings.roundLotSizeMicros, 0);
  requireWhole('tickSizeMicros', settings.tickSizeMicros, 1);
  requireWhole('blockNotionalMicros', settings.blockNotionalMicros, 0);
  requireWhole('blockSizeMicros', settings.blockSizeMicros, 0);
  if (settings.widestVenueQuoteMicros !== null) {
    requireWhole('widestVenueQuoteMicros', settings.widestVenueQuoteMicros, 0);
  }
  return settings;
}

/** False where neither the rule nor the retail class looks at quotes, so that none need be read. */
export function needsQuotes(settings: SigningSettings): boolean {
  const byTick = settings.rule === 'tick' || settings.rule === 'reverse-tick';
  return !byTick || (settings.retail === 'bhjos' && settings.hasSubPennyPrices);
}

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InvalidRequest(`${name} is ${value}; give a whole number of at least ${least}`);
  }
}
