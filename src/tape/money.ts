/**
 * Exact sums in six doubles a cell, all non-negative whole numbers: prints; shares as billions and millionths of a share below
 * a billion; notional as billions of dollars, micro-dollars below a billion and 1e-12 dollars below a micro-dollar. Each figure
 * has one such form, so sums of any order and any split have the same bytes.
 */
export const CELL_SIZE = 6;
const SHARES_HIGH = 1;
const SHARES_LOW = 2;
const DOLLARS_HIGH = 3;
const DOLLARS_LOW = 4;
const DOLLARS_PART = 5;
const BILLION_IN_MICROS = 1e15;
const MICRO = 1e6;
/** Below these a print's figures and their sum with a cell stay under 2^53. */
const FAST_MICROS = 4e15;
const FAST_PRICE_MICROS = 1e12;

/** A cell in whole numbers. */
export interface Figures {
  readonly prints: number;
  /** Millionths of a share. */
  readonly sizeMicros: bigint;
  /** 1e-12 dollars: micro-dollars times millionths of a share. */
  readonly notional: bigint;
}

export const NO_FIGURES: Figures = { prints: 0, sizeMicros: 0n, notional: 0n };

/** Adds one print to the cell at a place. */
export function addPrint(cells: Float64Array, at: number, priceMicros: number, sizeMicros: number): void {
  const shares = Math.floor(sizeMicros / MICRO);
  const partOfShare = sizeMicros - shares * MICRO;
  let micros = priceMicros * shares;
  if (!(micros < FAST_MICROS && sizeMicros < FAST_MICROS && priceMicros < FAST_PRICE_MICROS)) {
    addFigures(cells, at, {
      prints: 1,
      sizeMicros: BigInt(sizeMicros),
      notional: BigInt(priceMicros) * BigInt(sizeMicros),
    });
    return;
  }
  if (partOfShare !== 0) {
    const dollars = Math.floor(priceMicros / MICRO);
    const product = (priceMicros - dollars * MICRO) * partOfShare;
    const whole = Math.floor(product / MICRO);
    micros += dollars * partOfShare + whole;
    let part = cells[at + DOLLARS_PART]! + (product - whole * MICRO);
    if (part >= MICRO) {
      part -= MICRO;
      micros += 1;
    }
    cells[at + DOLLARS_PART] = part;
  }
  cells[at]!++;
  let low = cells[at + SHARES_LOW]! + sizeMicros;
  while (low >= BILLION_IN_MICROS) {
    low -= BILLION_IN_MICROS;
    cells[at + SHARES_HIGH]!++;
  }
  cells[at + SHARES_LOW] = low;
  low = cells[at + DOLLARS_LOW]! + micros;
  while (low >= BILLION_IN_MICROS) {
    low -= BILLION_IN_MICROS;
    cells[at + DOLLARS_HIGH]!++;
  }
  cells[at + DOLLARS_LOW] = low;
}

/** Adds a cell to another. */
export function addCell(into: Float64Array, at: number, from: Float64Array, place: number): void {
  into[at]! += from[place]!;
  const part = into[at + DOLLARS_PART]! + from[place + DOLLARS_PART]!;
  const carry = part >= MICRO ? 1 : 0;
  into[at + DOLLARS_PART] = part - carry * MICRO;
  addSplit(into, at + SHARES_HIGH, from[place + SHARES_HIGH]!, from[place + SHARES_LOW]!);
  addSplit(into, at + DOLLARS_HIGH, from[place + DOLLARS_HIGH]!, from[place + DOLLARS_LOW]! + carry);
}

function addSplit(cells: Float64Array, at: number, high: number, low: number): void {
  const sum = cells[at + 1]! + low;
  const carry = sum >= BILLION_IN_MICROS ? 1 : 0;
  cells[at]! += high + carry;
  cells[at + 1] = sum - carry * BILLION_IN_MICROS;
}

/** A cell as whole numbers. Most cells are empty, and whole numbers without end cost a lot. */
export function figuresOf(cells: Float64Array, at: number): Figures {
  if (cells[at] === 0) return NO_FIGURES;
  const shares = split(cells[at + SHARES_HIGH]!, cells[at + SHARES_LOW]!);
  const micros = split(cells[at + DOLLARS_HIGH]!, cells[at + DOLLARS_LOW]!);
  return {
    prints: cells[at]!,
    sizeMicros: shares,
    notional: micros * 1_000_000n + BigInt(cells[at + DOLLARS_PART]!),
  };
}

/** Puts whole numbers into a cell. */
export function setFigures(cells: Float64Array, at: number, { prints, sizeMicros, notional }: Figures): void {
  const billion = BigInt(BILLION_IN_MICROS);
  const micros = notional / 1_000_000n;
  cells[at] = prints;
  cells[at + SHARES_HIGH] = Number(sizeMicros / billion);
  cells[at + SHARES_LOW] = Number(sizeMicros % billion);
  cells[at + DOLLARS_HIGH] = Number(micros / billion);
  cells[at + DOLLARS_LOW] = Number(micros % billion);
  cells[at + DOLLARS_PART] = Number(notional % 1_000_000n);
}

function addFigures(cells: Float64Array, at: number, more: Figures): void {
  setFigures(cells, at, sumOf(figuresOf(cells, at), more));
}

function split(high: number, low: number): bigint {
  return BigInt(high) * BigInt(BILLION_IN_MICROS) + BigInt(low);
}

/** The sum of two figures. */
export function sumOf(a: Figures, b: Figures): Figures {
  if (a === NO_FIGURES) return b;
  if (b === NO_FIGURES) return a;
  return {
    prints: a.prints + b.prints,
    sizeMicros: a.sizeMicros + b.sizeMicros,
    notional: a.notional + b.notional,
  };
}

/** Figures less others; may be negative, which no sum of prints is. */
export function differenceOf(a: Figures, b: Figures): Figures {
  return {
    prints: a.prints - b.prints,
    sizeMicros: a.sizeMicros - b.sizeMicros,
    notional: a.notional - b.notional,
  };
}
