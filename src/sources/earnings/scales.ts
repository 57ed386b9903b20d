/** Fewer shares than this no listed company has; the lists write millions and thousands among counts. */
const LEAST_SHARES = 100_000;
/** More than any has: the lists write book values among counts. */
const GREATEST_SHARES = 50e9;
/** A count so many times off the middle of those before it is in another unit, or no count at all. */
const GREATEST_SHARE_JUMP = 50;
const SHARES_REMEMBERED = 5;
const AGREEING_SHARES = 2;
/** Quarterly revenue of a listed company below this is in another unit; losses of asset managers are below 0. */
const LEAST_REVENUE = 1_000_000;
/** Net income and earnings per share times shares differ by one-off items, not by more than this. */
const GREATEST_INCOME_RATIO = 30;

/** What a list says of one filing. */
export interface ListedFiling {
  readonly line: number;
  readonly symbol: string;
  readonly filedDate: string;
  readonly fiscalLabel: string;
  /** Announced earnings per share of the same quarter, where known. */
  readonly eps: number | null;
  readonly revenue: number | null;
  readonly netIncome: number | null;
  readonly sharesOutstanding: number | null;
}

export interface JudgedFigures {
  readonly revenue: number | null;
  readonly netIncome: number | null;
  readonly sharesOutstanding: number | null;
  /** What was found doubtful, with what stood there; null if nothing. */
  readonly flags: string | null;
}

/**
 * Judges filed figures by their scale and by what the same company filed before, never by what it filed later, whatever the
 * order of the list. What is doubtful is null and named in the flags. A row that is there twice is one filing.
 * @returns by line
 */
export function judgeFilings(filings: readonly ListedFiling[]): Map<number, JudgedFigures> {
  const inOrder = filings.toSorted((a, b) =>
    a.filedDate === b.filedDate ? a.line - b.line : a.filedDate < b.filedDate ? -1 : 1,
  );
  const past = new FiledBefore();
  const judged = new Map<string, JudgedFigures>();
  return new Map(
    inOrder.map(({ line, ...filing }) => {
      const row = JSON.stringify(filing);
      const figures = judged.get(row) ?? judge(filing, past);
      judged.set(row, figures);
      return [line, figures];
    }),
  );
}

function judge(filing: Omit<ListedFiling, 'line'>, past: FiledBefore): JudgedFigures {
  const flags: string[] = [];
  const doubt = (isDoubtful: boolean, flag: string, value: number | null): number | null => {
    if (value === null || !isDoubtful) return value;
    flags.push(`${flag} ${value}`);
    return null;
  };
  const { symbol, fiscalLabel, eps, revenue, netIncome, sharesOutstanding } = filing;
  const isImplausible = sharesOutstanding !== null && !past.takeShares(symbol, sharesOutstanding);
  const shares = doubt(isImplausible, 'shares-scale-doubtful', sharesOutstanding);
  const income = doubt(isIncomeFar(netIncome, eps, shares), 'net-income-scale-doubtful', netIncome);
  const isSmall = revenue !== null && Math.abs(revenue) < LEAST_REVENUE;
  const sales = doubt(isSmall, 'revenue-scale-doubtful', revenue);
  if (!past.takeLabel(symbol, fiscalLabel)) flags.push('fiscal-label-repeated');
  return {
    revenue: sales,
    netIncome: income,
    sharesOutstanding: shares,
    flags: flags.join('; ') || null,
  };
}

/** What companies filed so far. */
class FiledBefore {
  readonly #shares = new Map<string, number[]>();
  /** The last implausible count, where the one after it was not plausible either. */
  readonly #doubted = new Map<string, number>();
  readonly #labels = new Set<string>();

  /** @returns false for a fiscal quarter that the company filed before */
  takeLabel(symbol: string, fiscalLabel: string): boolean {
    const quarter = `${symbol} ${fiscalLabel}`;
    const isNew = !this.#labels.has(quarter);
    this.#labels.add(quarter);
    return isNew;
  }

  /**
   * A count is compared with the middle of the last plausible ones, which it joins. Two implausible ones in a row that agree
   * show that the ones before were wrong: the second is believed.
   * @returns whether it is plausible
   */
  takeShares(symbol: string, shares: number): boolean {
    if (shares < LEAST_SHARES || shares > GREATEST_SHARES) return false;
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
