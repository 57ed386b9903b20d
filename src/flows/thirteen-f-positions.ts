/** What the counted managers hold of one security at the two quarter ends, one position a manager, by manager. */
export interface RawPositions {
  readonly managers: Int32Array;
  readonly sharesBefore: Float64Array;
  readonly sharesNow: Float64Array;
  /** The first row behind the position, see `rowOfKey`. */
  readonly rowKeys: Float64Array;
  /** Median over managers of value / shares at the two quarter ends, in dollars; null where nobody reports both. */
  readonly valuePerShareBefore: number | null;
  readonly valuePerShareNow: number | null;
  readonly isRounded: boolean;
}

/** The positions in one CUSIP. */
export interface RawSecurity extends RawPositions {
  readonly cusip: string;
  /** As the filings or the list name it. */
  readonly issuerName: string | null;
}

/** A filing, or one quarter of a manager in a brought list. */
export interface RowOrigin {
  readonly manager: number;
  readonly isNow: boolean;
  /** Index of the filing; null = the manager's brought list. */
  readonly filing: number | null;
}

/** Rows of holdings as columns of equal length. */
export type HoldingRows = {
  /** Index of the row's origin. */
  readonly origin: Int32Array;
  readonly security: Int32Array;
  readonly amount: Float64Array;
  /** US dollars; NaN where the unit of the filing is not known. */
  readonly value: Float64Array;
  readonly rowNumber: Int32Array;
};

/** Row numbers are below this, so that filing and row fit one exact number. */
const ROWS_OF_A_FILE = 2 ** 26;

/** @returns index of the filing, -1 = the manager's brought list, and the row of its file */
export function rowOfKey(key: number): { readonly filing: number; readonly rowNumber: number } {
  return key < 0
    ? { filing: -1, rowNumber: -key }
    : { filing: Math.floor(key / ROWS_OF_A_FILE), rowNumber: key % ROWS_OF_A_FILE };
}

/** Where the rows of each number begin in an order by that number; one more place than numbers, for the end. */
function startsOf(numbers: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const number of numbers) starts[number + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  return starts;
}

/** Sorts places by a number each, keeping their order where it is equal (counting sort). */
function sortedBy(
  places: Uint32Array,
  numberOf: (place: number) => number,
  starts: Uint32Array,
): Uint32Array {
  const next = starts.slice();
  const sorted = new Uint32Array(places.length);
  for (const place of places) sorted[next[numberOf(place)]!++] = place;
  return sorted;
}

/**
 * Sums rows by security and manager. A manager's position with no share at either end is none.
 * @returns the positions of each security, in the order of their numbers
 */
export function gatherPositions(
  rows: HoldingRows,
  origins: readonly RowOrigin[],
  securities: number,
): RawPositions[] {
  const managerOf = Int32Array.from(origins, ({ manager }) => manager);
  const managers = managerOf.reduce((most, manager) => Math.max(most, manager + 1), 0);
  const byManager = startsOf(
    rows.origin.map((origin) => managerOf[origin]!),
    managers,
  );
  const places = Uint32Array.from(rows.origin.keys());
  const bySecurity = startsOf(rows.security, securities);
  const order = sortedBy(
    sortedBy(places, (place) => managerOf[rows.origin[place]!]!, byManager),
    (place) => rows.security[place]!,
    bySecurity,
  );
  const gatherer = new Gatherer(rows, origins, order, managerOf);
  return Array.from({ length: securities }, (_, i) => gatherer.positions(bySecurity[i]!, bySecurity[i + 1]!));
}

/** Scratch space for the positions of one security, made once. */
class Gatherer {
  readonly #rows: HoldingRows;
  readonly #origins: readonly RowOrigin[];
  readonly #order: Uint32Array;
  readonly #managerOf: Int32Array;
  readonly #out: {
    readonly managers: Int32Array;
    readonly sharesBefore: Float64Array;
    readonly sharesNow: Float64Array;
    readonly rowKeys: Float64Array;
  };
  #length = 0;
  #values = emptyValues();

  constructor(rows: HoldingRows, origins: readonly RowOrigin[], order: Uint32Array, managerOf: Int32Array) {
    this.#rows = rows;
    this.#origins = origins;
    this.#order = order;
    this.#managerOf = managerOf;
    this.#out = {
      managers: new Int32Array(order.length),
      sharesBefore: new Float64Array(order.length),
      sharesNow: new Float64Array(order.length),
      rowKeys: new Float64Array(order.length),
    };
  }

  /** Positions of the security whose rows stand from one place of the order to another. */
  positions(from: number, to: number): RawPositions {
    const first = this.#length;
    this.#values = emptyValues();
    for (let start = from; start < to; ) start = this.#addPosition(start, to);
    const { managers, sharesBefore, sharesNow, rowKeys } = this.#out;
    const { exactBefore, exactNow, roundedBefore, roundedNow } = this.#values;
    return {
      managers: managers.subarray(first, this.#length),
      sharesBefore: sharesBefore.subarray(first, this.#length),
      sharesNow: sharesNow.subarray(first, this.#length),
      rowKeys: rowKeys.subarray(first, this.#length),
      valuePerShareBefore: median(exactBefore) ?? median(roundedBefore),
      valuePerShareNow: median(exactNow) ?? median(roundedNow),
      isRounded: exactNow.length === 0,
    };
  }

  /** @returns the place after the position's rows */
  #addPosition(start: number, to: number): number {
    const { origin, amount, value, rowNumber } = this.#rows;
    const manager = this.#managerOf[origin[this.#order[start]!]!]!;
    const shares = [0, 0];
    const values = [0, 0];
    const keys = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let isBrought = false;
    let at = start;
    for (; at < to; at++) {
      const row = this.#order[at]!;
      const from = origin[row]!;
      if (this.#managerOf[from] !== manager) break;
      const { isNow, filing } = this.#origins[from]!;
      const end = isNow ? 1 : 0;
      shares[end]! += amount[row]!;
      if (!Number.isNaN(value[row]!)) values[end]! += value[row]!;
      isBrought = filing === null;
      keys[end] = Math.min(keys[end]!, (filing ?? 0) * ROWS_OF_A_FILE + rowNumber[row]!);
    }
    const [before, now] = shares as [number, number];
    if (before <= 0 && now <= 0) return at;
    const { exactBefore, exactNow, roundedBefore, roundedNow } = this.#values;
    if (before > 0 && values[0]! > 0) (isBrought ? roundedBefore : exactBefore).push(values[0]! / before);
    if (now > 0 && values[1]! > 0) (isBrought ? roundedNow : exactNow).push(values[1]! / now);
    const [keyBefore, keyNow] = keys as [number, number];
    const out = this.#out;
    out.managers[this.#length] = manager;
    out.sharesBefore[this.#length] = before;
    out.sharesNow[this.#length] = now;
    out.rowKeys[this.#length] = isBrought
      ? -(keyNow === Number.POSITIVE_INFINITY ? keyBefore : keyNow)
      : Math.min(keyBefore, keyNow);
    this.#length++;
    return at;
  }
}

/** Values per share of filings, and of brought lists, which are rounded. */
const emptyValues = () => ({
  exactBefore: [] as number[],
  exactNow: [] as number[],
  roundedBefore: [] as number[],
  roundedNow: [] as number[],
});

/** @returns null for no value */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
