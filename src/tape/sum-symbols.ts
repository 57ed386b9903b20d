import type { IsoDate, QuoteColumns, TapeFormat, TradeColumns } from '../core/index.js';
import { openTapeDay, symbolsOf, type TapeDay, type TapeDayIndex, type TapeSymbol } from './layout/index.js';
import { type SessionHours, sessionHours } from './rules/sessions.js';
import { SessionSums } from './session-sums.js';
import type { SigningSettings } from './settings.js';
import { type QuotePull, TapeSigner } from './signer.js';
import { SIGNING_COUNTS, type SigningCounts } from './signing-counts.js';
import { type PackedSums, type TapeBucket, TapeSums } from './sums.js';

/** What is summed; plain data, so that threads can be told. */
export interface SumJob {
  readonly days: readonly TapeDayIndex[];
  /** Kind of quotes and whether prices have sub-pennies are taken from each symbol's formats unless chosen here. */
  readonly signing: Partial<SigningSettings>;
  readonly bucket: TapeBucket;
  /** Null for all. */
  readonly symbols: readonly string[] | null;
  readonly batchRows: number | null;
  /** Whether counts are kept for every symbol and day too. */
  readonly bySymbol?: boolean;
}

/** What one symbol's day had. */
export interface TapeSymbolDay {
  readonly date: IsoDate;
  readonly symbol: string;
  readonly tradeFormat: TapeFormat;
  readonly quoteFormat: TapeFormat | null;
  readonly trades: number;
  readonly quotes: number;
  readonly counts: SigningCounts;
}

/** Symbols [from, to) of the symbols of a day that the job sums. */
export interface SumTask {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/** What symbols of equal formats had, over all days. */
export interface TapePart {
  readonly tradeFormat: TapeFormat;
  /** Null where the symbols have no quotes. */
  readonly quoteFormat: TapeFormat | null;
  readonly symbolDays: number;
  readonly trades: number;
  readonly quotes: number;
  readonly counts: SigningCounts;
}

/** Symbols with prints of a day of the job, in order. */
export function symbolsOfJob({ days, symbols }: Pick<SumJob, 'days' | 'symbols'>, day: number): TapeSymbol[] {
  const wanted = symbols === null ? null : new Set(symbols);
  return symbolsOf(days[day]!).filter(
    ({ symbol, trades }) => trades > 0 && (wanted === null || wanted.has(symbol)),
  );
}

interface PartSigner {
  readonly tradeFormat: TapeFormat;
  readonly quoteFormat: TapeFormat | null;
  readonly signer: TapeSigner;
  symbolDays: number;
  trades: number;
  quotes: number;
}

/** Signs and sums symbols of a job, task by task. The sum of all tasks is the same however they are shared out. */
export class SymbolSummer {
  readonly #job: SumJob;
  #sums: TapeSums;
  readonly #session: SessionSums;
  readonly #parts = new Map<string, PartSigner>();
  #symbolDays: TapeSymbolDay[] = [];
  #lastPart: { tradeFormat: TapeFormat | null; quoteFormat: TapeFormat | null; part: PartSigner } | null =
    null;
  #day: { place: number; open: TapeDay; hours: SessionHours; symbols: TapeSymbol[] } | null = null;

  constructor(job: SumJob) {
    this.#job = job;
    this.#sums = new TapeSums(job.bucket);
    this.#session = new SessionSums(job.bucket === 'minute' ? 'minute' : 'day');
  }

  run({ day: place, from, to }: SumTask): void {
    const day = this.#openDay(place);
    this.sum(day.symbols.slice(from, to), day.open, day.hours);
  }

  /** Signs and sums symbols of a day that the caller has opened. */
  sum(symbols: readonly TapeSymbol[], day: TapeDay, hours: SessionHours): void {
    for (const symbol of symbols) this.#sumSymbol(symbol, day, hours);
  }

  #openDay(place: number) {
    if (this.#day?.place === place) return this.#day;
    this.close();
    const index = this.#job.days[place]!;
    const { batchRows, signing } = this.#job;
    const options = {
      ...(batchRows === null ? {} : { batchRows }),
      ...(signing.quoteKind === undefined ? {} : { needsVenues: signing.quoteKind === 'venue' }),
    };
    this.#day = {
      place,
      open: openTapeDay(index, options),
      hours: sessionHours(index.date),
      symbols: symbolsOfJob(this.#job, place),
    };
    return this.#day;
  }

  #sumSymbol(symbol: TapeSymbol, day: TapeDay, hours: SessionHours): void {
    const part = this.#partOf(symbol);
    const { signer } = part;
    const keepsBatches = signer.settings.rule === 'reverse-tick';
    const before = this.#job.bySymbol ? signer.counts : null;
    signer.start(hours);
    const pull = pullFrom(day.quotes(symbol.symbol));
    for (const trades of day.trades(symbol.symbol)) signer.sign(keepsBatches ? copyOf(trades) : trades, pull);
    signer.finish();
    this.#addSession(symbol.symbol, day.date);
    part.symbolDays += 1;
    part.trades += symbol.trades;
    part.quotes += symbol.quotes;
    if (before !== null) this.#keepDay(symbol, day.date, before, signer.counts);
  }

  #keepDay(symbol: TapeSymbol, date: IsoDate, before: SigningCounts, after: SigningCounts): void {
    const counts = SIGNING_COUNTS.map((name) => [name, after[name] - before[name]]);
    this.#symbolDays.push({
      ...symbol,
      date,
      tradeFormat: symbol.tradeFormat!,
      counts: Object.fromEntries(counts) as SigningCounts,
    });
  }

  #addSession(symbol: string, date: IsoDate): void {
    this.#sums.addSession(symbol, date, this.#session);
  }

  #partOf({ tradeFormat, quoteFormat }: TapeSymbol): PartSigner {
    // Symbols of a file mostly share the very objects of their formats.
    const last = this.#lastPart;
    if (last?.tradeFormat === tradeFormat && last?.quoteFormat === quoteFormat) return last!.part;
    const key = JSON.stringify([tradeFormat, quoteFormat]);
    let part = this.#parts.get(key);
    if (part === undefined) {
      const told: Partial<SigningSettings> = {
        hasSubPennyPrices: tradeFormat!.hasSubPennyPrices,
        ...(quoteFormat?.quoteKind ? { quoteKind: quoteFormat.quoteKind } : {}),
      };
      const signer = new TapeSigner({ ...told, ...this.#job.signing }, (signed) => this.#session.add(signed));
      part = { tradeFormat: tradeFormat!, quoteFormat, signer, symbolDays: 0, trades: 0, quotes: 0 };
      this.#parts.set(key, part);
    }
    this.#lastPart = { tradeFormat, quoteFormat, part };
    return part;
  }

  /** What was summed, as it travels between threads. */
  result(): { sums: PackedSums; parts: TapePart[]; symbolDays: readonly TapeSymbolDay[] } {
    const parts = [...this.#parts.values()].map(({ signer, ...part }) => ({
      ...part,
      counts: signer.counts,
    }));
    return { sums: this.#sums.pack(), parts, symbolDays: this.#symbolDays };
  }

  /** Hands over what was summed since the last call. */
  take(): { sums: TapeSums; symbolDays: readonly TapeSymbolDay[] } {
    const taken = { sums: this.#sums, symbolDays: this.#symbolDays };
    this.#sums = new TapeSums(this.#job.bucket);
    this.#symbolDays = [];
    return taken;
  }

  close(): void {
    this.#day?.open.close();
    this.#day = null;
  }
}

function pullFrom(quotes: Iterable<QuoteColumns>): QuotePull {
  const batches = quotes[Symbol.iterator]();
  return () => {
    const next = batches.next();
    return next.done ? null : next.value;
  };
}

/** A batch that outlives the reader's buffers. */
function copyOf(trades: TradeColumns): TradeColumns {
  return {
    ...trades,
    timeNanos: trades.timeNanos.slice(),
    priceMicros: trades.priceMicros.slice(),
    sizeMicros: trades.sizeMicros.slice(),
    venue: trades.venue.slice(),
    conditions: trades.conditions.slice(),
    tape: trades.tape.slice(),
    correction: trades.correction.slice(),
    suspicious: trades.suspicious.slice(),
    aggressor: trades.aggressor.slice(),
  };
}

/** Adds up parts of equal formats, in the order of their names. */
export function mergeParts(parts: readonly TapePart[]): TapePart[] {
  const merged = new Map<string, TapePart>();
  for (const part of parts) {
    const key = JSON.stringify([part.tradeFormat, part.quoteFormat]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? part : addParts(known, part));
  }
  return [...merged.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, part]) => part);
}

function addParts(left: TapePart, right: TapePart): TapePart {
  const counts = SIGNING_COUNTS.map((name) => [name, left.counts[name] + right.counts[name]]);
  return {
    ...left,
    symbolDays: left.symbolDays + right.symbolDays,
    trades: left.trades + right.trades,
    quotes: left.quotes + right.quotes,
    counts: Object.fromEntries(counts) as SigningCounts,
  };
}
