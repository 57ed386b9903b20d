/** A column of which no more than this share of its square is left after elimination has coefficient 0. */
const NOTHING_LEFT = 1e-11;

/** Least squares that grows by rows: sums of products are kept, and eliminated anew for each forecast. */
export class GrowingFit {
  readonly #columns: number;
  readonly #size: number;
  /** Lower triangle; the response is the last column. */
  readonly #products: Float64Array;
  readonly #work: Float64Array;
  readonly #coefficients: Float64Array;

  constructor(columns: number) {
    this.#columns = columns;
    this.#size = columns + 1;
    this.#products = new Float64Array(this.#size ** 2);
    this.#work = new Float64Array(this.#size ** 2);
    this.#coefficients = new Float64Array(columns);
  }

  add(row: Float64Array, response: number): void {
    const size = this.#size;
    for (let i = 0; i < size; i++) {
      const left = i === this.#columns ? response : row[i]!;
      for (let j = 0; j <= i; j++) {
        this.#products[i * size + j]! += left * (j === this.#columns ? response : row[j]!);
      }
    }
  }

  predict(row: Float64Array): number {
    this.#eliminate();
    const size = this.#size;
    let prediction = 0;
    for (let k = this.#columns - 1; k >= 0; k--) {
      const pivot = this.#work[k * size + k]!;
      let value = this.#work[this.#columns * size + k]!;
      for (let i = k + 1; i < this.#columns; i++) value -= this.#work[i * size + k]! * this.#coefficients[i]!;
      this.#coefficients[k] = this.#isLeft(k) ? value / pivot : 0;
      prediction += this.#coefficients[k]! * row[k]!;
    }
    return prediction;
  }

  #isLeft(column: number): boolean {
    const at = column * this.#size + column;
    return this.#work[at]! > NOTHING_LEFT * this.#products[at]!;
  }

  #eliminate(): void {
    const size = this.#size;
    const work = this.#work;
    work.set(this.#products);
    for (let k = 0; k < this.#columns; k++) {
      if (!this.#isLeft(k)) continue;
      const pivot = work[k * size + k]!;
      for (let i = k + 1; i < size; i++) {
        const factor = work[i * size + k]! / pivot;
        for (let j = k + 1; j <= i; j++) work[i * size + j]! -= factor * work[j * size + k]!;
      }
    }
  }
}
