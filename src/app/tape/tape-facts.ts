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
  type PieceSums,
  SIGNED_CLASSES,
  type SideFigures,
  sumInPieces,
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

const byClass = (a: TapeSumRow, b: TapeSumRow): number =>
  a.printClass === b.printClass ? 0 : a.printClass < b.printClass ? -1 : 1;

/** Rows by symbol, class and minute, as the store keeps them, so that it need not sort millions of them. @param rows by symbol and minute */
function* inOrderOfKey(rows: Iterable<TapeSumRow>): Generator<TapeSumRow> {
  let ofSymbol: TapeSumRow[] = [];
  for (const row of rows) {
    if (ofSymbol[0] !== undefined && ofSymbol[0].symbol !== row.symbol) {
      yield* ofSymbol.sort(byClass);
      ofSymbol = [];
    }
    ofSymbol.push(row);
  }
  yield* ofSymbol.sort(byClass);
}

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

  /** @param answers of some symbols: by minute at the default lag, then by day at the others */
  *ofPiece([minutes, ...atOtherLags]: readonly PieceSums[]): Facts {
    yield* this.#minutes(minutes!.sums.each());
    yield* this.#signing(DEFAULT_SIGNING.lagNanos, minutes!.symbolDays);
    for (const [place, { sums, symbolDays }] of atOtherLags.entries()) {
      this.#signed.clear();
      for (const row of sums.each()) this.#addSigned(row);
      yield* this.#signing(OTHER_LAGS_NANOS[place]!, symbolDays);
    }
    this.#signed.clear();
    this.#lastMinute.clear();
  }

  /** Facts of minutes, and of the days of their symbols, all of whose minutes must be among them. */
  *#minutes(rows: Iterable<TapeSumRow>): Facts {
    const days = new Map<string, DaySum>();
    for (const row of inOrderOfKey(rows)) {
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

  /** How symbols were signed at a lag, with their sums over the day; symbols of which every print was dropped have none. */
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

/** All facts of some symbols of a day. */
export interface SignedPart {
  /** In order. */
  readonly symbols: readonly string[];
  /** To be taken before the next part. */
  readonly facts: Iterable<Fact<TapeTableName>>;
}

const OTHER_LAGS_NANOS = STORED_LAGS_NANOS.filter((lag) => lag !== DEFAULT_SIGNING.lagNanos);

/**
 * Signs a day of a folder of the layout by the default rule, at the default lag by minute and at the others as a whole. Only
 * some symbols' minutes are held at once. Pieces are too small to be worth another thread, which takes 70 MB.
 */
export function* signDay(index: TapeDayIndex): Generator<SignedPart> {
  const facts = new DayFacts(index);
  const atOtherLags = OTHER_LAGS_NANOS.map((lagNanos) => ({ bucket: 'day', signing: { lagNanos } }) as const);
  const pieces = sumInPieces(index, [{ bucket: 'minute' }, ...atOtherLags], SYMBOLS_AT_ONCE);
  for (const { symbols, answers } of pieces) yield { symbols, facts: facts.ofPiece(answers) };
}
