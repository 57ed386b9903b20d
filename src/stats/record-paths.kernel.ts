/** Series that one kernel call carries side by side: the lanes of a 128-bit vector of float32. */
export const LANES = 4;

/** What all calls of a kernel have in common. */
export interface KernelShape {
  /** Periods of a path, the last one in question included; more than the longest horizon. */
  readonly periods: number;
  readonly paths: number;
  readonly horizons: readonly number[];
  /** Ascending; each at most periods - 1. */
  readonly lookbacks: readonly number[];
}

/** Four series to resample. */
export interface KernelBlock {
  /** Residuals of the earlier periods, (periods - 1) x 4, none missing. */
  readonly residuals: Float32Array;
  /** Scale by period, periods x 4; NaN where the real series has no value. */
  readonly scale: Float32Array;
}

/** Ratios of a block, (horizons x lookbacks) x paths x 4; the next call writes over them. */
export type PathKernel = (block: KernelBlock) => Float32Array;

/**
 * The reference kernel, and the fallback where there is no WebAssembly SIMD. On every path x*(k) = scale(k) x residual(index(k)); for each horizon h and look-back L the
 * ratio of the last h-sum to the largest h-sum that ends 1 to L periods earlier, sums with a missing period left out. A
 * largest sum below 0 counts as 0, so the ratio is Infinity where a positive sum breaks no positive record, and NaN
 * for 0 / 0.
 *
 * Sums are built from sums over powers of two (13 = 8 + 4 + 1, longest first), which fixes their rounding: any other
 * kernel must give the same bits. The function stands alone: its source text is also run inside worker threads.
 *
 * @param indices which residual stands at each period of each path, paths x periods
 */
export function createReferenceKernel(shape: KernelShape, indices: Uint16Array): PathKernel {
  const { periods, paths, horizons, lookbacks } = shape;
  const lanes = 4;
  const last = periods - 1;
  const longest = Math.max(...horizons);
  const powers = Math.floor(Math.log2(longest)) + 1;
  const sums = Array.from({ length: powers }, () => new Float32Array(periods + longest).fill(Number.NaN));
  const parts = horizons.map((horizon) => {
    const list: { sum: Float32Array; offset: number }[] = [];
    for (let power = powers - 1, offset = 0; power >= 0; power--) {
      if ((horizon & (1 << power)) === 0) continue;
      list.push({ sum: sums[power]!, offset });
      offset += 1 << power;
    }
    return list;
  });
  const horizonSum = new Float32Array(1);
  const ratios = new Float32Array(horizons.length * lookbacks.length * paths * lanes);

  const buildSums = ({ residuals, scale }: KernelBlock, path: number, lane: number): void => {
    const single = sums[0]!;
    for (let k = 0; k < periods; k++) {
      single[k] = residuals[indices[path * periods + k]! * lanes + lane]! * scale[k * lanes + lane]!;
    }
    for (let power = 1; power < powers; power++) {
      const half = sums[power - 1]!;
      const whole = sums[power]!;
      const offset = 1 << (power - 1);
      for (let k = 0; k < periods; k++) whole[k] = half[k]! + half[k + offset]!;
    }
  };
  const sumFrom = (list: { sum: Float32Array; offset: number }[], start: number): number => {
    horizonSum[0] = list[0]!.sum[start]!;
    for (let part = 1; part < list.length; part++) {
      horizonSum[0] = horizonSum[0]! + list[part]!.sum[start + list[part]!.offset]!;
    }
    return horizonSum[0]!;
  };

  const evaluateSeries = (path: number, lane: number): void => {
    for (let h = 0; h < horizons.length; h++) {
      const horizon = horizons[h]!;
      const list = parts[h]!;
      const current = sumFrom(list, last - horizon + 1);
      let largest = 0;
      let start = last - horizon;
      for (let l = 0; l < lookbacks.length; l++) {
        const firstStart = Math.max(0, last - lookbacks[l]! - horizon + 1);
        for (; start >= firstStart; start--) {
          const earlier = sumFrom(list, start);
          if (earlier > largest) largest = earlier;
        }
        ratios[((h * lookbacks.length + l) * paths + path) * lanes + lane] = current / largest;
      }
    }
  };

  return (block) => {
    for (let path = 0; path < paths; path++) {
      for (let lane = 0; lane < lanes; lane++) {
        buildSums(block, path, lane);
        evaluateSeries(path, lane);
      }
    }
    return ratios;
  };
}
