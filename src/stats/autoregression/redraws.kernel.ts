import type { VectorAutoregression } from '../vector-autoregression.js';

/** Periods simulated and thrown away before a path begins. */
const RUN_IN = 100;

/**
 * Paths of a fitted system, each fitted anew: residual rows in the order of an index path are fed through the system from zero,
 * and the same number of lags is fitted on what comes out, from sums of products. One object's arrays serve all paths.
 */
export class Redraws {
  readonly variables: number;
  readonly lags: number;
  /** Elements of an index path. */
  readonly pathLength: number;
  /** Of the last path's fit, in the layouts of `VectorAutoregression`. */
  readonly coefficients: Float64Array;
  readonly covariance: Float64Array;
  readonly #observations: number;
  readonly #model: VectorAutoregression;
  readonly #scale: Float64Array;
  readonly #path: Float64Array;
  readonly #products: Float64Array;
  readonly #row: Float64Array;

  constructor(model: VectorAutoregression) {
    const { variables, lags, observations, covariance } = model;
    this.variables = variables;
    this.lags = lags;
    this.pathLength = RUN_IN + lags + observations;
    this.coefficients = new Float64Array(lags * variables * variables);
    this.covariance = new Float64Array(variables * variables);
    this.#observations = observations;
    this.#model = model;
    this.#scale = Float64Array.from({ length: variables }, (_, v) =>
      Math.sqrt(covariance[v * variables + v]!),
    );
    this.#path = new Float64Array((lags + this.pathLength) * variables);
    const size = 1 + variables * (lags + 1);
    this.#products = new Float64Array(size * size);
    this.#row = new Float64Array(size);
  }

  /** @param indices residual rows, `pathLength` of them */
  draw(indices: Uint16Array): void {
    this.#simulate(indices);
    this.#sumProducts();
    this.#solve();
  }

  #simulate(indices: Uint16Array): void {
    const { variables: n, lags, coefficients, residuals } = this.#model;
    const path = this.#path;
    for (let step = 0; step < indices.length; step++) {
      const t = lags + step;
      const drawn = indices[step]! * n;
      for (let equation = 0; equation < n; equation++) {
        let value = residuals[drawn + equation]!;
        for (let l = 0; l < lags; l++) {
          const from = (l * n + equation) * n;
          const lagged = (t - 1 - l) * n;
          for (let v = 0; v < n; v++) value += coefficients[from + v]! * path[lagged + v]!;
        }
        path[t * n + equation] = value;
      }
    }
  }

  /** Of the constant, the lagged and the current variables, each over its scale; lower triangle. */
  #sumProducts(): void {
    const { variables: n, lags } = this;
    const size = this.#row.length;
    const row = this.#row;
    const products = this.#products;
    products.fill(0);
    row[0] = 1;
    const end = this.#path.length / n;
    for (let t = end - this.#observations; t < end; t++) {
      for (let l = 1; l <= lags; l++) {
        for (let v = 0; v < n; v++) row[1 + (l - 1) * n + v] = this.#path[(t - l) * n + v]! / this.#scale[v]!;
      }
      for (let v = 0; v < n; v++) row[1 + lags * n + v] = this.#path[t * n + v]! / this.#scale[v]!;
      for (let i = 0; i < size; i++) {
        const left = row[i]!;
        for (let j = 0; j <= i; j++) products[i * size + j]! += left * row[j]!;
      }
    }
  }

  #solve(): void {
    const { variables: n, lags } = this;
    const size = this.#row.length;
    const regressors = size - n;
    const matrix = this.#products;
    for (let k = 0; k < regressors; k++) {
      const pivot = matrix[k * size + k]!;
      for (let i = k + 1; i < size; i++) {
        const factor = matrix[i * size + k]! / pivot;
        for (let j = k + 1; j <= i; j++) matrix[i * size + j]! -= factor * matrix[j * size + k]!;
      }
    }
    const freedom = this.#observations - regressors;
    for (let equation = 0; equation < n; equation++) {
      const at = regressors + equation;
      for (let other = 0; other <= equation; other++) {
        const value =
          (matrix[at * size + regressors + other]! / freedom) * this.#scale[equation]! * this.#scale[other]!;
        this.covariance[equation * n + other] = value;
        this.covariance[other * n + equation] = value;
      }
      for (let k = regressors - 1; k >= 1; k--) {
        let value = matrix[at * size + k]!;
        for (let i = k + 1; i < regressors; i++) value -= matrix[i * size + k]! * this.#row[i]!;
        this.#row[k] = value / matrix[k * size + k]!;
      }
      for (let l = 0; l < lags; l++) {
        for (let v = 0; v < n; v++) {
          this.coefficients[(l * n + equation) * n + v] =
            (this.#row[1 + l * n + v]! * this.#scale[equation]!) / this.#scale[v]!;
        }
      }
    }
  }
}
