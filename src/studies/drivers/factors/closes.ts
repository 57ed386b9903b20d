import { dateOfDayNumber } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';

interface CloseRows extends Record<string, Int32Array | Float64Array> {
  symbol: Int32Array;
  day: Int32Array;
  basis: Int32Array;
  file: Int32Array;
  close: Float64Array;
  adjusted: Float64Array;
}

/** Bases of prices in the order in which they are taken: one alone has dividends beside splits for sure. */
const BASES = ['split-adjusted', 'total-return', 'unstated'] as const;

const SQL = `SELECT list_position($symbols, symbol)::INTEGER AS symbol, (date - DATE '1970-01-01')::INTEGER AS day,
    list_position($bases, price_basis)::INTEGER AS basis, dense_rank() OVER (ORDER BY file_sha256)::INTEGER AS file,
    close, coalesce(adjusted_close, 'NaN'::DOUBLE) AS adjusted
  FROM prices
  WHERE frequency = 'daily' AND close > 0 AND list_contains($symbols, symbol) AND list_contains($bases, price_basis)
    AND date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
    AND ($dates IS NULL OR list_contains($dates, (date - DATE '1970-01-01')::BIGINT))
  ORDER BY symbol, day, basis`;

/** Closes of stocks and funds on the days asked for. */
export class Closes {
  readonly #symbols: ReadonlyMap<string, number>;
  readonly #rows: CloseRows;
  readonly #places = new Map<number, number>();

  private constructor(symbols: readonly string[], rows: CloseRows) {
    this.#symbols = new Map(symbols.map((symbol, i) => [symbol, i]));
    this.#rows = rows;
    rows.symbol.forEach((symbol, i) => {
      this.#places.set(this.#key(symbol - 1, rows.day[i]!, rows.basis[i]! - 1), i);
    });
  }

  /** @param days day numbers, ascending; closes of other days are not read */
  static async read(view: AsOfView, symbols: readonly string[], days: readonly number[]): Promise<Closes> {
    const parameters = {
      symbols,
      bases: BASES,
      dates: days,
      from: dateOfDayNumber(days[0]!),
      to: dateOfDayNumber(days.at(-1)!),
    };
    return new Closes(symbols, await view.columns<CloseRows>(SQL, parameters));
  }

  /** True if any close of the symbol is known. */
  has(symbol: string): boolean {
    const number = this.#symbols.get(symbol);
    return number !== undefined && this.#rows.symbol.includes(number + 1);
  }

  /**
   * Return between two closes of one basis: with dividends where both stand in one file that has them, since downloads
   * of other days are adjusted to other days; else of the closes.
   * @returns NaN where no basis has both days
   */
  returnOf(symbol: string, before: number, day: number): number {
    const number = this.#symbols.get(symbol);
    if (number === undefined) return Number.NaN;
    const { close, adjusted, file } = this.#rows;
    for (let basis = 0; basis < BASES.length; basis++) {
      const a = this.#places.get(this.#key(number, before, basis));
      const b = this.#places.get(this.#key(number, day, basis));
      if (a === undefined || b === undefined) continue;
      const total = file[a] === file[b] ? adjusted[b]! / adjusted[a]! : Number.NaN;
      return (Number.isNaN(total) ? close[b]! / close[a]! : total) - 1;
    }
    return Number.NaN;
  }

  #key(symbol: number, day: number, basis: number): number {
    return (symbol * 100_000 + day) * BASES.length + basis;
  }
}
