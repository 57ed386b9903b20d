import { InvalidRequest } from '../../core/index.js';

/** What one manager held at the ends of two periods, one position a security; columns of equal length. */
export interface HoldingsChange {
  /** Shares now and before, >= 0, in one split basis; 0 where none are held. */
  readonly sharesNow: Float64Array;
  readonly sharesBefore: Float64Array;
  /** Prices of the same dates in the same split basis; NaN where there is none. */
  readonly priceNow: Float64Array;
  readonly priceBefore: Float64Array;
}

export interface Churn {
  /** In [0, 2]; null where the priced holdings are worth nothing. */
  readonly ratio: number | null;
  /** Securities held at either end, with both prices. */
  readonly priced: number;
  /** Securities held at either end that are left out for want of a price. */
  readonly unpriced: number;
}

/**
 * Churn ratio of a manager (Gaspar, Massa and Matos 2005, JFE 76, equation 1):
 * sum |N(t) P(t) - N(t-1) P(t-1) - N(t-1) (P(t) - P(t-1))| over sum (N(t) P(t) + N(t-1) P(t-1)) / 2; each term above equals
 * |N(t) - N(t-1)| P(t). 0 never trades, 2 exchanges everything; money that comes in or goes out counts as trading.
 *
 * @throws {InvalidRequest} for columns of unequal length, or shares or prices that are negative or infinite
 */
export function churnRatio({ sharesNow, sharesBefore, priceNow, priceBefore }: HoldingsChange): Churn {
  const columns = { sharesNow, sharesBefore, priceNow, priceBefore };
  for (const [name, column] of Object.entries(columns)) checkColumn(name, column, sharesNow.length);
  const sums = new ChurnSums();
  for (let j = 0; j < sharesNow.length; j++)
    sums.add(sharesNow[j]!, sharesBefore[j]!, priceNow[j]!, priceBefore[j]!);
  return sums.churn();
}

/** The churn ratio of one manager, position by position, for holdings that stand in no columns of its own. */
export class ChurnSums {
  #traded = 0;
  #value = 0;
  #priced = 0;
  #unpriced = 0;

  /** Shares and prices as in `HoldingsChange`, unchecked. */
  add(now: number, before: number, priceNow: number, priceBefore: number): void {
    if (now === 0 && before === 0) return;
    if (Number.isNaN(priceNow) || Number.isNaN(priceBefore)) {
      this.#unpriced++;
      return;
    }
    this.#priced++;
    this.#traded += Math.abs(now - before) * priceNow;
    this.#value += (now * priceNow + before * priceBefore) / 2;
  }

  churn(): Churn {
    const ratio = this.#value > 0 ? this.#traded / this.#value : null;
    return { ratio, priced: this.#priced, unpriced: this.#unpriced };
  }
}

function checkColumn(name: string, column: Float64Array, length: number): void {
  if (column.length !== length) {
    throw new InvalidRequest(
      `${name} has ${column.length} positions, sharesNow ${length}; give equal lengths`,
    );
  }
  const isPrice = name.startsWith('price');
  const wrong = column.findIndex(
    (value) => !(value >= 0 && value < Infinity) && !(isPrice && Number.isNaN(value)),
  );
  if (wrong >= 0) {
    throw new InvalidRequest(`${name} is ${column[wrong]} at position ${wrong}; give 0 or more`);
  }
}
