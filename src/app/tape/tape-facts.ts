import {
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  type TableRow,
  type TapeTableName,
} from '../../core/index.js';
import {
  addSides,
  CONDITION_TABLE_VERSION,
  DEFAULT_SIGNING,
  type Figures,
  NO_SIDES,
  SIGNED_CLASSES,
  type SideFigures,
  sumTape,
  type TapeDayIndex,
  type TapeSumRow,
  type TapeSymbolDay,
  totalOf,
} from '../../tape/index.js';

/** Lags at which every day is summed, so that an answer can say how much hangs on the choice; the default is among them. */
export const STORED_LAGS_NANOS: readonly number[] = [0, DEFAULT_SIGNING.lagNanos, 1e6, 5e9];

/** Symbols of a day that are held by minute at once. */
const SYMBOLS_AT_ONCE = 24;
const MINUTE_MILLIS = 60_000;
const TRILLION = 1_000_000_000_000n;
const MILLION = 1_000_000n;

const wholeUsd = ({ notional }: Figures): number => Number(notional / TRILLION);
const trillionths = ({ notional }: Figures): number => Number(notional % TRILLION);

function amountsOf({ buy, sell, unsigned }: SideFigures) {
  return {
    buyUsd: wholeUsd(buy),
    buyTrillionths: trillionths(buy),
    sellUsd: wholeUsd(sell),
    sellTrillionths: trillionths(sell),
    unsignedUsd: wholeUsd(unsigned),
    unsignedTrillionths: trillionths(unsigned),
  };
}

function printsOf(sides: SideFigures) {
  const { sizeMicros } = totalOf(sides);
  return {
    buyPrints: sides.buy.prints,
    sellPrints: sides.sell.prints,
    unsignedPrints: sides.unsigned.prints,
    shares: Number(sizeMicros / MILLION),
    shareMillionths: Number(sizeMicros % MILLION),
  };
}

interface DaySum {
  readonly row: TapeSumRow;
  sides: SideFigures;
  oddLots: SideFigures;
  lastMinute: number;
}

const minuteOfPeriod = (period: string): number =>
  60 * Number(period.slice(11, 13)) + Number(period.slice(14));

/** Facts of the store that are made one by one. */
type Facts = Generator<Fact<TapeTableName>>;

/** Turns the sums of one signed day into facts of the store. */
class DayFacts {
  readonly #midnight: Instant;
  readonly #firstRow: ReadonlyMap<string, number>;
  readonly #lastMinute = new Map<string, number>();
  /** Sums over the signed classes of the symbols under way. */
  readonly #signed = new Map<string, SideFigures>();

  /** @param index of the day, from which rows are numbered: a fact names the first row of its symbol among the trades */
  constructor({ date, trades }: TapeDayIndex) {
    this.date = date;
    this.#midnight = newYorkInstant(date, 0);
    this.#firstRow = new Map(
      trades?.note.symbols.map(([symbol], place) => [symbol, trades.symbolRows[place]! + 1]),
    );
  }

  private readonly date: IsoDate;

  /** Facts of minutes, and of the days of their symbols, all of whose minutes must be among them. */
  *minutes(rows: Iterable<TapeSumRow>): Facts {
    const days = new Map<string, DaySum>();
    for (const row of rows) {
      const minute = minuteOfPeriod(row.period);
      const { symbol, printClass } = row;
      const key = `${symbol} ${printClass}`;
      const day = days.get(key) ?? { row, sides: NO_SIDES, oddLots: NO_SIDES, lastMinute: minute };
      day.sides = addSides(day.sides, row);
      day.oddLots = addSides(day.oddLots, row.oddLots);
      day.lastMinute = Math.max(day.lastMinute, minute);
      days.set(key, day);
      this.#addSigned(row);
      this.#lastMinute.set(symbol, Math.max(this.#lastMinute.get(symbol) ?? 0, minute));
      yield this.#factOf('tapeMinutes', minute, {
        date: this.date,
        symbol,
        printClass,
        minute,
        ...amountsOf(row),
        ...printsOf(row),
      });
    }
    for (const day of days.values()) yield this.#dayOf(day);
  }

  #dayOf({ row: { symbol, printClass }, sides, oddLots, lastMinute }: DaySum): Fact<TapeTableName> {
    const odd = totalOf(oddLots);
    return this.#factOf('tapeSums', lastMinute, {
      date: this.date,
      symbol,
      printClass,
      ...amountsOf(sides),
      ...printsOf(sides),
      oddLotPrints: odd.prints,
      oddLotUsd: wholeUsd(odd),
      oddLotTrillionths: trillionths(odd),
    });
  }

  #addSigned(row: TapeSumRow): void {
    if (!SIGNED_CLASSES.includes(row.printClass)) return;
    this.#signed.set(row.symbol, addSides(this.#signed.get(row.symbol) ?? NO_SIDES, row));
  }

  /** How symbols were signed at the default lag, once their minutes are told. */
  *signingOfMinutes(days: readonly TapeSymbolDay[]): Facts {
    yield* this.#signing(DEFAULT_SIGNING.lagNanos, days);
    this.#signed.clear();
  }

  /** How symbols were signed at another lag, with their sums over the day; of symbols whose minutes were told before. */
  *signing(lagNanos: number, days: readonly TapeSymbolDay[], sums: Iterable<TapeSumRow>): Facts {
    for (const row of sums) this.#addSigned(row);
    yield* this.#signing(lagNanos, days);
    this.#signed.clear();
  }

  *#signing(lagNanos: number, days: readonly TapeSymbolDay[]): Facts {
    for (const { symbol, tradeFormat, quoteFormat, trades, quotes, counts } of days) {
      if (!this.#lastMinute.has(symbol)) continue;
      yield this.#factOf('tapeSigning', this.#lastMinute.get(symbol)!, {
        date: this.date,
        symbol,
        lagNanos,
        rule: DEFAULT_SIGNING.rule,
        quoteKind: quoteFormat?.quoteKind ?? null,
        tradeFormat: tradeFormat.name,
        quoteFormat: quoteFormat?.name ?? null,
        conditionTable: CONDITION_TABLE_VERSION,
        hasSubPennyPrices: tradeFormat.hasSubPennyPrices,
        trades,
        quotes,
        ...amountsOf(this.#signed.get(symbol) ?? NO_SIDES),
        ...counts,
      });
    }
  }

  /** A fact that is known from the end of the last minute that is in it. */
  #factOf<Name extends TapeTableName>(table: Name, minute: number, row: TableRow<Name>): Fact<TapeTableName> {
    return {
      table,
      row,
      periodStart: this.date,
      periodEnd: this.date,
      knownAt: (this.#midnight + (minute + 1) * MINUTE_MILLIS) as Instant,
      knownAtKind: 'published',
      rowNumber: this.#firstRow.get((row as { symbol: string }).symbol) ?? 1,
    } as Fact<TapeTableName>;
  }
}

/** Some of the facts of a day. */
export interface SignedPart {
  /** Tables of which these are all facts of the symbols. */
  readonly tables: readonly TapeTableName[];
  /** Null where facts of other symbols may be among them. */
  readonly symbols: readonly string[] | null;
  /** To be taken before the next part. */
  readonly facts: Iterable<Fact<TapeTableName>>;
}

/**
 * Signs a day of a folder of the layout by the default rule, at the default lag by minute and at the others as a whole. Only
 * some symbols' minutes are held at once. Pieces are too small to be worth another thread, which takes 70 MB.
 * @param index of that day
 */
export async function* signDay(index: TapeDayIndex, directory: string): AsyncGenerator<SignedPart> {
  const day = new DayFacts(index);
  const symbols = index.trades?.note.symbols.map(([symbol]) => symbol) ?? [];
  const asked = {
    directory,
    dates: [index.date],
    bySymbol: true,
    threads: 1,
  } as const;
  for (let from = 0; from < symbols.length; from += SYMBOLS_AT_ONCE) {
    const some = symbols.slice(from, from + SYMBOLS_AT_ONCE);
    const { sums, symbolDays } = await sumTape({ ...asked, symbols: some, bucket: 'minute' });
    yield { tables: ['tapeMinutes', 'tapeSums'], symbols: some, facts: day.minutes(sums.each()) };
    yield { tables: ['tapeSigning'], symbols: null, facts: day.signingOfMinutes(symbolDays) };
  }
  for (const lagNanos of STORED_LAGS_NANOS.filter((lag) => lag !== DEFAULT_SIGNING.lagNanos)) {
    const { sums, symbolDays } = await sumTape({ ...asked, bucket: 'day', signing: { lagNanos } });
    yield { tables: ['tapeSigning'], symbols: null, facts: day.signing(lagNanos, symbolDays, sums.each()) };
  }
}
