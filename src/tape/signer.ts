import { InvalidRequest, type QuoteColumns, type TradeColumns } from '../core/index.js';
import { ConditionTable } from './condition-table.js';
import { classifyPrints, matchLastQuote, matchQuotes, type QuoteCursor, requireOrder } from './kernel.js';
import { countDecisions, markLarge, markRetail, takeAggressors, takeRuleSigns } from './kernel-classes.js';
import { signByQuote, signByTick, type TickState } from './kernel-signs.js';
import { NbboBuilder } from './nbbo.js';
import type { SessionHours } from './rules/sessions.js';
import { needsQuotes, type SigningSettings, signingSettings } from './settings.js';
import { SignedBuffers, type SignedPrints } from './signed-prints.js';
import { namedCounts, SIGNING_COUNTS, type SigningCounts } from './signing-counts.js';

const NO_TRADES = { length: 0 } as TradeColumns;

/** The next quotes of the session, in order, or null when it has no more. A batch is read until the next one is asked for. */
export type QuotePull = () => QuoteColumns | null;

/**
 * Signs tapes, one symbol's session date after the other: `start`, then `sign` for each batch of prints in order, then `finish`.
 * Its state is the last quote, the tick reference and one slot a venue; all start empty with each session. Under the
 * reverse tick test, which looks ahead, batches of prints are held until `finish` and their columns must stay as they are.
 */
export class TapeSigner {
  readonly settings: SigningSettings;
  /** False where `sign` never pulls quotes. */
  readonly needsQuotes: boolean;
  private readonly countsSoFar = new Float64Array(SIGNING_COUNTS.length);
  private readonly nbbo: NbboBuilder | null;
  private readonly tick: TickState = { priceMicros: Number.NaN, direction: 0 };
  private readonly cursor: QuoteCursor = { passed: 0, bidMicros: 0, askMicros: 0 };
  private hours: SessionHours | null = null;
  private table: ConditionTable | null = null;
  private quotes: QuoteColumns | null = null;
  private noMoreQuotes = false;
  private lastQuoteNanos = Number.NEGATIVE_INFINITY;
  private lastPrintNanos = 0;
  private out = new SignedBuffers(NO_TRADES, 0);
  private matched = 0;
  private readonly held: SignedBuffers[] = [];

  /**
   * @param onSigned called with each batch of prints once it is signed, in order; the columns are written over afterwards
   * @throws {InvalidRequest} for settings out of range
   */
  constructor(
    chosen: Partial<SigningSettings>,
    private readonly onSigned: (signed: SignedPrints) => void,
  ) {
    this.settings = signingSettings(chosen);
    this.needsQuotes = needsQuotes(this.settings);
    this.nbbo =
      this.settings.quoteKind === 'venue' ? new NbboBuilder(this.settings.widestVenueQuoteMicros) : null;
  }

  /** What has been counted over all sessions so far. */
  get counts(): SigningCounts {
    return namedCounts(this.countsSoFar);
  }

  /** Begins a symbol's session date with nothing known: no quote, no tick reference. */
  start(hours: SessionHours): void {
    if (this.hours?.date !== hours.date || this.table === null) this.table = new ConditionTable(hours.date);
    this.hours = hours;
    this.nbbo?.reset();
    this.tick.priceMicros = Number.NaN;
    this.tick.direction = 0;
    this.cursor.passed = 0;
    this.cursor.bidMicros = 0;
    this.cursor.askMicros = 0;
    this.quotes = null;
    this.noMoreQuotes = false;
    this.lastQuoteNanos = Number.NEGATIVE_INFINITY;
    this.lastPrintNanos = 0;
    this.held.length = 0;
  }

  /**
   * Signs the session's next prints, pulling quotes as far as these need them.
   * @throws {InvalidRequest} where prints or quote batches are out of order, or no session was started
   */
  sign(trades: TradeColumns, pull: QuotePull): void {
    this.begin(trades);
    while (!this.matchOn()) this.giveQuotes(pull());
    this.complete();
  }

  /** The same for quotes that arrive in their own time. One call at a time. */
  async signAsync(trades: TradeColumns, pull: () => Promise<QuoteColumns | null>): Promise<void> {
    this.begin(trades);
    while (!this.matchOn()) this.giveQuotes(await pull());
    this.complete();
  }

  /** Ends the session; the reverse tick test hands out its prints only now. */
  finish(): void {
    const { held, tick } = this;
    for (let batch = held.length - 1; batch >= 0; batch--) {
      signByTick(held[batch]!.trades, tick, true, held[batch]!);
    }
    for (const out of held) this.decide(out);
    held.length = 0;
    this.hours = null;
  }

  private begin(trades: TradeColumns): void {
    if (this.hours === null || this.table === null) {
      throw new InvalidRequest('prints came before a session was started; call start first');
    }
    this.lastPrintNanos = requireOrder(trades, this.lastPrintNanos);
    if (this.settings.rule === 'reverse-tick') this.out = new SignedBuffers(trades, trades.length);
    else if (this.out.capacity < trades.length) this.out = new SignedBuffers(trades, trades.length);
    this.out.trades = trades;
    this.out.length = trades.length;
    const entries = this.table.of(trades.conditionSets);
    classifyPrints(trades, this.hours, this.settings, entries, this.out, this.countsSoFar);
    this.matched = 0;
  }

  /** True when each print of the batch has met its quote; false when that takes more quotes. */
  private matchOn(): boolean {
    const { out, cursor } = this;
    if (!this.needsQuotes || this.noMoreQuotes) {
      matchLastQuote(this.matched, cursor, out);
      return true;
    }
    if (this.quotes !== null) {
      this.matched = matchQuotes(out.trades, this.matched, this.quotes, this.settings.lagNanos, cursor, out);
    }
    if (this.matched === out.length) return true;
    this.quotes = null;
    return false;
  }

  private giveQuotes(batch: QuoteColumns | null): void {
    this.noMoreQuotes = batch === null;
    if (batch === null || batch.length === 0) return;
    const first = batch.timeNanos[0]!;
    if (first < this.lastQuoteNanos) {
      throw new InvalidRequest(
        `a batch of quotes starts at ${first} ns since midnight, before the last one's end at ${this.lastQuoteNanos}; give quotes in order of time`,
      );
    }
    this.lastQuoteNanos = batch.timeNanos[batch.length - 1]!;
    this.quotes = this.nbbo === null ? batch : this.nbbo.build(batch);
  }

  private complete(): void {
    const { out, settings } = this;
    if (settings.rule === 'reverse-tick') {
      this.held.push(out);
      return;
    }
    signByTick(out.trades, this.tick, false, out);
    this.decide(out);
  }

  private decide(out: SignedBuffers): void {
    const { settings, countsSoFar } = this;
    const { trades } = out;
    signByQuote(settings, trades, out);
    takeRuleSigns(trades.length, out);
    if (settings.hasSubPennyPrices) markRetail(trades, settings, out, countsSoFar);
    if (settings.aggressor === 'prefer') takeAggressors(trades, out);
    markLarge(trades, settings, out, countsSoFar);
    countDecisions(trades.length, out, countsSoFar);
    this.onSigned(out);
  }
}
