/** Share of a diagonal element left after elimination under which what is left is rounding. */
const ROUNDING = 1e-13;

/**
 * Lower triangle L with L L' = matrix, row-major.
 *
 * @param least share of a diagonal element that must be left after elimination
 * @returns the first row that is (but for rounding) a combination of those before it, where the matrix is not positive definite
 */
export function choleskyFactor(matrix: Float64Array, size: number, least = ROUNDING): Float64Array | number {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) value -= factor[i * size + k]! * factor[j * size + k]!;
      if (i > j) {
        factor[i * size + j] = value / factor[j * size + j]!;
      } else {
        if (!(value > least * matrix[i * size + i]!)) return i;
        factor[i * size + i] = Math.sqrt(value);
      }
    }
  }
  return factor;
}

/** (R'R)^-1 of an upper triangle R, row-major: the inverse of X'X where X = QR. */
export function inverseOfSquare(upper: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / upper[column * size + column]!;
    for (let i = column - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= column; k++) sum -= upper[i * size + k]! * inverse[k * size + column]!;
      inverse[i * size + column] = sum / upper[i * size + i]!;
    }
  }
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += inverse[i * size + k]! * inverse[j * size + k]!;
      out[i * size + j] = sum;
      out[j * size + i] = sum;
    }
  }
  return out;
}

/** x of matrix x = right, for a symmetric matrix, row-major; null where it is not positive definite. */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  const factor = choleskyFactor(matrix, size);
  if (typeof factor === 'number') return null;
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}
