/** bread x meat x bread of symmetric matrices, size x size. */
export function sandwich(bread: Float64Array, meat: Float64Array, size: number): Float64Array {
  const half = new Float64Array(size * size);
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      for (let j = 0; j < size; j++) half[i * size + j]! += bread[i * size + k]! * meat[k * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += half[i * size + k]! * bread[k * size + j]!;
      out[i * size + j] = sum;
      out[j * size + i] = sum;
    }
  }
  return out;
}

/**
 * Leverage of each row, x'(X'X)^-1 x, in [0, 1].
 * @param design row-major
 * @param inverse (X'X)^-1
 */
export function leverages(design: Float64Array, columns: number, inverse: Float64Array): Float64Array {
  const out = new Float64Array(design.length / columns);
  for (let row = 0; row < out.length; row++) {
    for (let i = 0; i < columns; i++) {
      let product = 0;
      for (let j = 0; j < columns; j++) product += inverse[i * columns + j]! * design[row * columns + j]!;
      out[row]! += design[row * columns + i]! * product;
    }
  }
  return out;
}
