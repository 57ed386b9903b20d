/** Kinds of rows that a filing's unit is judged by, as `RatioTally` counts them. */
export const SHARES = 0;
export const OPTIONS = 1;
export const PRINCIPAL = 2;
const NAMES = ['shares', 'options', 'principal'] as const;

const FIRST_ROWS = 4096;

class Ratios {
  #values = new Float64Array(FIRST_ROWS);
  #count = 0;

  add(ratio: number): void {
    if (this.#count === this.#values.length) {
      const values = new Float64Array(2 * this.#count);
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[this.#count++] = ratio;
  }

  /** @returns how many there were and their median; begins anew */
  take(): { readonly rows: number; readonly median: number | null } {
    const rows = this.#count;
    this.#count = 0;
    if (rows === 0) return { rows, median: null };
    const middle = rows >> 1;
    const high = select(this.#values, rows, middle);
    if (rows % 2 === 1) return { rows, median: high };
    let low = this.#values[0]!;
    for (let index = 1; index < middle; index += 1) low = Math.max(low, this.#values[index]!);
    return { rows, median: (low + high) / 2 };
  }
}

/** The value at a place of the first `count` values when they are sorted (Hoare); those before it are not greater. */
function select(values: Float64Array, count: number, place: number): number {
  let [left, right] = [0, count - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let [low, high] = [left, right];
    while (low <= high) {
      while (values[low]! < pivot) low += 1;
      while (values[high]! > pivot) high -= 1;
      if (low > high) break;
      const value = values[low]!;
      values[low] = values[high]!;
      values[high] = value;
      low += 1;
      high -= 1;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else break;
  }
  return values[place]!;
}

/** What a filing is judged by, summed over rows in order: the same figures as `summaryOf` gives. */
export class RatioTally {
  readonly #ratios = NAMES.map(() => new Ratios());
  #value = 0;
  #total = 0;
  #wholeThousands = true;

  add(kind: number, value: number, amount: number): void {
    this.#value += value;
    if (value % 1000 !== 0) this.#wholeThousands = false;
    if (value === 0 || amount === 0) return;
    this.#total += value;
    this.#ratios[kind]!.add(value / amount);
  }

  /** @returns sums and medians by name; begins anew */
  take(): Record<string, number | null> {
    const figures: Record<string, number | null> = {
      value: this.#value,
      total: this.#total,
      wholeThousands: this.#wholeThousands ? 1 : 0,
    };
    for (const [kind, name] of NAMES.entries()) {
      const { rows, median } = this.#ratios[kind]!.take();
      figures[`${name}_rows`] = rows;
      figures[`${name}_median`] = median;
    }
    [this.#value, this.#total, this.#wholeThousands] = [0, 0, true];
    return figures;
  }
}
