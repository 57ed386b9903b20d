import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { createReferenceKernel, type KernelShape } from '../../src/stats/record-paths.kernel.js';
import { buildWasmKernel } from '../../src/stats/record-paths.wasm.js';
import { createWasmKernel } from '../../src/stats/wasm-kernel.js';

const LANES = 4;

/** Residuals, scale and index paths of a shape; a share of the periods is missing, a share of the residuals 0. */
function draw(shape: KernelShape, seed: number, missing: number, zeros: number) {
  const random = seededRandom(seed);
  const { periods, paths } = shape;
  const residuals = Float32Array.from({ length: (periods - 1) * LANES }, () =>
    random.next() < zeros ? 0 : random.next() - 0.3,
  );
  const scale = Float32Array.from({ length: periods * LANES }, () =>
    random.next() < missing ? Number.NaN : Math.exp(6 * random.next() - 3),
  );
  const indices = Uint16Array.from({ length: paths * periods }, () =>
    Math.floor(random.next() * (periods - 1)),
  );
  return { block: { residuals, scale }, indices };
}

/** The ratio of one cell by its definition, in float64. */
function ratioByDefinition(
  { block, indices }: ReturnType<typeof draw>,
  { periods }: KernelShape,
  cell: { path: number; lane: number; horizon: number; lookback: number },
): number {
  const values = Array.from({ length: periods }, (_, k) => {
    const index = indices[cell.path * periods + k]!;
    return block.residuals[index * LANES + cell.lane]! * block.scale[k * LANES + cell.lane]!;
  });
  const sumTo = (end: number) =>
    values.slice(end - cell.horizon + 1, end + 1).reduce((sum, value) => sum + value, 0);
  let largest = 0;
  for (let end = Math.max(cell.horizon - 1, periods - 1 - cell.lookback); end < periods - 1; end++) {
    if (sumTo(end) > largest) largest = sumTo(end);
  }
  return sumTo(periods - 1) / largest;
}

const anyShape = fc
  .record({
    periods: fc.integer({ min: 30, max: 120 }),
    paths: fc.integer({ min: 1, max: 20 }),
    horizons: fc.uniqueArray(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 5 }),
    lookbacks: fc.uniqueArray(fc.integer({ min: 1, max: 119 }), { minLength: 1, maxLength: 6 }),
  })
  .map(
    (shape): KernelShape => ({
      ...shape,
      lookbacks: shape.lookbacks
        .map((lookback) => Math.min(lookback, shape.periods - 1))
        .sort((a, b) => a - b),
    }),
  );
const anyCase = fc.tuple(
  anyShape,
  fc.integer({ min: 0, max: 1e6 }),
  fc.constantFrom(0, 0.05, 0.5),
  fc.constantFrom(0, 0.3, 0.95),
);

describe('the path kernels', () => {
  it('give the same bits, in WebAssembly and in plain TypeScript', () => {
    fc.assert(
      fc.property(anyCase, ([shape, seed, missing, zeros]) => {
        const { block, indices } = draw(shape, seed, missing, zeros);
        const reference = createReferenceKernel(shape, indices);
        const fast = createWasmKernel(buildWasmKernel(shape), shape, indices);
        expect(fast).not.toBeNull();
        for (const again of [block, { ...block, residuals: block.residuals.map((x) => -x) }, block]) {
          const expected = reference(again);
          const found = fast!(again);
          expect(found.every((ratio, k) => Object.is(ratio, expected[k]))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('follow the definition', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ([shape, seed, missing, zeros], pick) => {
        const drawn = draw(shape, seed, missing, zeros);
        const { horizons, lookbacks, paths } = shape;
        const [h, l] = [pick % horizons.length, pick % lookbacks.length];
        const [path, lane] = [pick % paths, pick % LANES];
        const cell = { path, lane, horizon: horizons[h]!, lookback: lookbacks[l]! };
        const expected = ratioByDefinition(drawn, shape, cell);
        const ratios = createReferenceKernel(shape, drawn.indices)(drawn.block);
        const found = ratios[((h * lookbacks.length + l) * paths + path) * LANES + lane]!;
        const close = Math.abs(found - expected) <= 1e-3 * Math.max(1, Math.abs(expected));
        expect(Object.is(found, Math.fround(expected)) || close).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
