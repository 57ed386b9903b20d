/** Fewer shares than this no listed company has; the lists write millions and thousands among counts. */
const LEAST_SHARES = 100_000;
/** A count so many times off the middle of those before it is in another unit, or no count at all. */
const GREATEST_SHARE_JUMP = 50;
const SHARES_REMEMBERED = 5;
const AGREEING_SHARES = 2;
/** Quarterly revenue of a listed company below this is in another unit; losses of asset managers are below 0. */
const LEAST_REVENUE = 1_000_000;
/** Net income and earnings per share times shares differ by one-off items, not by more than this. */
const GREATEST_INCOME_RATIO = 30;

export interface FiledFigures {
  readonly revenue: number | null;
  readonly netIncome: number | null;
  readonly sharesOutstanding: number | null;
  /** What was found doubtful, with what stood there; null if nothing. */
  readonly flags: string | null;
}

/**
 * Judges filed figures of one list by their scale and by those of the same company before, never by later ones. What is
 * doubtful is null and named in the flags.
 */
export class FiledScales {
  readonly #shares = new Map<string, number[]>();
  /** The last implausible count, where the one after it was not plausible either. */
  readonly #doubted = new Map<string, number>();
  readonly #labels = new Set<string>();

  /** @param eps announced earnings per share of the same quarter, where known */
  judge(
    symbol: string,
    label: string,
    figures: Omit<FiledFigures, 'flags'>,
    eps: number | null,
  ): FiledFigures {
    const flags: string[] = [];
    const doubt = (isDoubtful: boolean, name: string, value: number | null): number | null => {
      if (value === null || !isDoubtful) return value;
      flags.push(`${name} ${value}`);
      return null;
    };
    const { revenue, netIncome, sharesOutstanding } = figures;
    const shares = doubt(
      sharesOutstanding !== null && !this.#isPlausible(symbol, sharesOutstanding),
      'shares-scale-doubtful',
      sharesOutstanding,
    );
    const income = doubt(isIncomeFar(netIncome, eps, shares), 'net-income-scale-doubtful', netIncome);
    const sales = doubt(
      revenue !== null && Math.abs(revenue) < LEAST_REVENUE,
      'revenue-scale-doubtful',
      revenue,
    );
    const quarter = `${symbol} ${label}`;
    if (this.#labels.has(quarter)) flags.push('fiscal-label-repeated');
    this.#labels.add(quarter);
    return {
      revenue: sales,
      netIncome: income,
      sharesOutstanding: shares,
      flags: flags.join('; ') || null,
    };
  }

  /**
   * A count is compared with the middle of the last plausible ones, which it joins. Two implausible ones in a row that agree
   * show that the ones before were wrong: the second is believed.
   */
  #isPlausible(symbol: string, shares: number): boolean {
    if (shares < LEAST_SHARES) return false;
    const before = this.#shares.get(symbol) ?? [];
    const middle = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)];
    const isNear = middle === undefined || isWithin(shares / middle, GREATEST_SHARE_JUMP);
    if (isNear) this.#shares.set(symbol, [...before, shares].slice(-SHARES_REMEMBERED));
    const doubted = this.#doubted.get(symbol);
    const isConfirmed = doubted !== undefined && isWithin(shares / doubted, AGREEING_SHARES);
    if (isNear || isConfirmed) this.#doubted.delete(symbol);
    else this.#doubted.set(symbol, shares);
    if (!isNear && isConfirmed) this.#shares.set(symbol, [doubted, shares]);
    return isNear || isConfirmed;
  }
}

const isWithin = (ratio: number, factor: number): boolean => ratio <= factor && ratio >= 1 / factor;

function isIncomeFar(netIncome: number | null, eps: number | null, shares: number | null): boolean {
  if (netIncome === null || eps === null || shares === null) return false;
  if (netIncome === 0 || Math.abs(netIncome) >= LEAST_REVENUE) return false;
  return Math.abs((eps * shares) / netIncome) > GREATEST_INCOME_RATIO;
}
