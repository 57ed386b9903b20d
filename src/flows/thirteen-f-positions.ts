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
function sortedBy(places: Uint32Array, numbers: Int32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const sorted = new Uint32Array(places.length);
  for (const place of places) sorted[next[numbers[place]!]!++] = place;
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
  const managerOfOrigin = Int32Array.from(origins, ({ manager }) => manager);
  const managers = managerOfOrigin.reduce((most, manager) => Math.max(most, manager + 1), 0);
  const managerOf = rows.origin.map((origin) => managerOfOrigin[origin]!);
  const places = new Uint32Array(managerOf.length);
  for (let place = 0; place < places.length; place++) places[place] = place;
  const byManager = sortedBy(places, managerOf, startsOf(managerOf, managers));
  const bySecurity = startsOf(rows.security, securities);
  const order = sortedBy(byManager, rows.security, bySecurity);
  const gatherer = new Gatherer(packed(rows, origins), order, managers);
  return Array.from({ length: securities }, (_, i) => gatherer.positions(bySecurity[i]!, bySecurity[i + 1]!));
}

/** Fields of a packed row. A row of a quarter of millions is far from the next of its security: it costs one look at memory. */
const FIELDS = 4;
const [AMOUNT, VALUE, KEY, HOLDER] = [0, 1, 2, 3];

/** Rows field by field; key as in `rowOfKey`, holder twice the number of the manager and one more at the quarter's end. */
function packed(rows: HoldingRows, origins: readonly RowOrigin[]): Float64Array {
  const holderOf = Int32Array.from(origins, ({ manager, isNow }) => 2 * manager + (isNow ? 1 : 0));
  const firstKeyOf = Float64Array.from(origins, ({ filing }) =>
    filing === null ? Number.NaN : filing * ROWS_OF_A_FILE,
  );
  const out = new Float64Array(FIELDS * rows.origin.length);
  for (let row = 0, at = 0; row < rows.origin.length; row++, at += FIELDS) {
    const origin = rows.origin[row]!;
    const firstKey = firstKeyOf[origin]!;
    out[at + AMOUNT] = rows.amount[row]!;
    out[at + VALUE] = rows.value[row]!;
    out[at + KEY] = Number.isNaN(firstKey) ? -rows.rowNumber[row]! : firstKey + rows.rowNumber[row]!;
    out[at + HOLDER] = holderOf[origin]!;
  }
  return out;
}

/** Values per share of the managers of one security. */
class Values {
  readonly #held: Float64Array;
  #length = 0;

  constructor(most: number) {
    this.#held = new Float64Array(most);
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Counts only where both are above zero. */
  add(value: number, shares: number): void {
    if (value > 0 && shares > 0) this.#held[this.#length++] = value / shares;
  }

  /** Null for no value. */
  median(): number | null {
    const sorted = this.#held.subarray(0, this.#length).sort();
    if (sorted.length === 0) return null;
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }
}

/** Puts the positions of one security after the other into columns made once. */
class Gatherer {
  readonly #rows: Float64Array;
  readonly #order: Uint32Array;
  readonly #managers: Int32Array;
  readonly #sharesBefore: Float64Array;
  readonly #sharesNow: Float64Array;
  readonly #rowKeys: Float64Array;
  /** Of filings, and of brought lists, which are rounded. */
  readonly #exact: { readonly before: Values; readonly now: Values };
  readonly #rounded: { readonly before: Values; readonly now: Values };
  #length = 0;

  /**
   * @param rows packed
   * @param order places of the rows, by security and manager
   */
  constructor(rows: Float64Array, order: Uint32Array, managers: number) {
    this.#rows = rows;
    this.#order = order;
    this.#managers = new Int32Array(order.length);
    this.#sharesBefore = new Float64Array(order.length);
    this.#sharesNow = new Float64Array(order.length);
    this.#rowKeys = new Float64Array(order.length);
    const values = () => ({ before: new Values(managers), now: new Values(managers) });
    this.#exact = values();
    this.#rounded = values();
  }

  /** Positions of the security whose rows stand from one place of the order to another. */
  positions(from: number, to: number): RawPositions {
    const first = this.#length;
    const [exact, rounded] = [this.#exact, this.#rounded];
    for (const { before, now } of [exact, rounded]) {
      before.clear();
      now.clear();
    }
    for (let start = from; start < to; ) start = this.#addPosition(start, to);
    return {
      managers: this.#managers.subarray(first, this.#length),
      sharesBefore: this.#sharesBefore.subarray(first, this.#length),
      sharesNow: this.#sharesNow.subarray(first, this.#length),
      rowKeys: this.#rowKeys.subarray(first, this.#length),
      valuePerShareBefore: exact.before.median() ?? rounded.before.median(),
      valuePerShareNow: exact.now.median() ?? rounded.now.median(),
      isRounded: exact.now.isEmpty,
    };
  }

  /** @returns the place after the position's rows */
  #addPosition(start: number, to: number): number {
    const rows = this.#rows;
    const manager = rows[FIELDS * this.#order[start]! + HOLDER]! >> 1;
    let [sharesBefore, sharesNow, valueBefore, valueNow] = [0, 0, 0, 0];
    let [keyBefore, keyNow] = [Number.NaN, Number.NaN];
    let at = start;
    for (; at < to; at++) {
      const row = FIELDS * this.#order[at]!;
      const holder = rows[row + HOLDER]!;
      if (holder >> 1 !== manager) break;
      const value = rows[row + VALUE]!;
      const key = rows[row + KEY]!;
      if ((holder & 1) === 1) {
        sharesNow += rows[row + AMOUNT]!;
        if (!Number.isNaN(value)) valueNow += value;
        if (!(Math.abs(key) > Math.abs(keyNow))) keyNow = key;
      } else {
        sharesBefore += rows[row + AMOUNT]!;
        if (!Number.isNaN(value)) valueBefore += value;
        if (!(Math.abs(key) > Math.abs(keyBefore))) keyBefore = key;
      }
    }
    if (sharesBefore <= 0 && sharesNow <= 0) return at;
    const values = keyNow < 0 || keyBefore < 0 ? this.#rounded : this.#exact;
    values.before.add(valueBefore, sharesBefore);
    values.now.add(valueNow, sharesNow);
    const place = this.#length++;
    this.#managers[place] = manager;
    this.#sharesBefore[place] = sharesBefore;
    this.#sharesNow[place] = sharesNow;
    this.#rowKeys[place] = firstKey(keyBefore, keyNow);
    return at;
  }
}

/** The first row behind a position: of filings the smallest key, of a brought list the first row of the quarter's end. */
function firstKey(before: number, now: number): number {
  if (Number.isNaN(now)) return before;
  return now < 0 || Number.isNaN(before) ? now : Math.min(before, now);
}
