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
import { MinuteRows } from './minute-rows.js';

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

/** What the signed tape of one day says, as facts of the store. */
export class TapeDayFacts {
  readonly #facts: Fact<TapeTableName>[] = [];
  readonly #minutes: MinuteRows;
  readonly #midnight: Instant;
  readonly #firstRow: ReadonlyMap<string, number>;
  readonly #lastMinute = new Map<string, number>();

  /** @param index of the day, from which rows are numbered: a fact names the first row of its symbol among the trades */
  constructor(
    private readonly date: IsoDate,
    { trades }: TapeDayIndex,
  ) {
    this.#midnight = newYorkInstant(date, 0);
    this.#minutes = new MinuteRows(date);
    this.#firstRow = new Map(
      trades?.note.symbols.map(([symbol], place) => [symbol, trades.symbolRows[place]! + 1]),
    );
  }

  /** Rows of the day's file that these facts and others name. */
  rowsOf(others: readonly Fact[]): number {
    const own = [...this.#lastMinute.keys()].map((symbol) => this.#firstRow.get(symbol)!);
    return new Set([...own, ...others.map(({ rowNumber }) => rowNumber)]).size;
  }

  /** All facts, made one by one. */
  *facts(): Generator<Fact<TapeTableName>> {
    for (let place = 0; place < this.#minutes.length; place++) {
      const row = this.#minutes.at(place);
      yield this.#factOf('tapeMinutes', row.minute!, row);
    }
    yield* this.#facts;
  }

  addMinutes(rows: readonly TapeSumRow[]): void {
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
      this.#lastMinute.set(symbol, Math.max(this.#lastMinute.get(symbol) ?? 0, minute));
      this.#minutes.add({ symbol, printClass, minute, ...amountsOf(row), ...printsOf(row) });
    }
    for (const day of days.values()) this.#addDay(day);
  }

  #addDay({ row: { symbol, printClass }, sides, oddLots, lastMinute }: DaySum): void {
    const odd = totalOf(oddLots);
    this.#keep('tapeSums', lastMinute, {
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

  /** How symbols were signed at a lag, with their sums by class over the day. */
  addSigning(lagNanos: number, days: readonly TapeSymbolDay[], sums: readonly TapeSumRow[]): void {
    const signed = new Map<string, SideFigures>();
    for (const row of sums)
      if (SIGNED_CLASSES.includes(row.printClass))
        signed.set(row.symbol, addSides(signed.get(row.symbol) ?? NO_SIDES, row));
    for (const { symbol, tradeFormat, quoteFormat, trades, quotes, counts } of days) {
      if (!this.#lastMinute.has(symbol)) continue;
      this.#keep('tapeSigning', this.#lastMinute.get(symbol)!, {
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
        ...amountsOf(signed.get(symbol) ?? NO_SIDES),
        ...counts,
      });
    }
  }

  #keep<Name extends TapeTableName>(table: Name, minute: number, row: TableRow<Name>): void {
    this.#facts.push(this.#factOf(table, minute, row));
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

export interface SignDayOptions {
  readonly directory: string;
  readonly threads?: number;
  /** Called between pieces of work. */
  readonly onStep?: () => void;
}

/**
 * Signs a day of a folder of the layout by the default rule, at the default lag by minute and at the others as a whole.
 * @param index of that day
 */
export async function signDay(index: TapeDayIndex, options: SignDayOptions): Promise<TapeDayFacts> {
  const { date } = index;
  const { directory, threads, onStep } = options;
  const facts = new TapeDayFacts(date, index);
  const symbols = index.trades?.note.symbols.map(([symbol]) => symbol) ?? [];
  const asked = {
    directory,
    dates: [date],
    bySymbol: true,
    ...(threads === undefined ? {} : { threads }),
  } as const;
  for (let from = 0; from < symbols.length; from += SYMBOLS_AT_ONCE) {
    const some = { ...asked, symbols: symbols.slice(from, from + SYMBOLS_AT_ONCE) };
    const byMinute = await sumTape({ ...some, bucket: 'minute' });
    onStep?.();
    const rows = byMinute.sums.rows();
    facts.addMinutes(rows);
    facts.addSigning(DEFAULT_SIGNING.lagNanos, byMinute.symbolDays, rows);
  }
  for (const lagNanos of STORED_LAGS_NANOS.filter((lag) => lag !== DEFAULT_SIGNING.lagNanos)) {
    const byDay = await sumTape({ ...asked, bucket: 'day', signing: { lagNanos } });
    onStep?.();
    facts.addSigning(lagNanos, byDay.symbolDays, byDay.sums.rows());
  }
  return facts;
}
