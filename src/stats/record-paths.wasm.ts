import type { KernelShape } from './record-paths.kernel.js';
import {
  addF32x4,
  addI32,
  advance,
  assembleModule,
  atLeastI32,
  type Code,
  divideF32x4,
  get,
  i32,
  loadU16,
  loadV128,
  multiplyF32x4,
  pseudoMaximumF32x4,
  repeatWhile,
  set,
  shiftLeftI32,
  storeV128,
  tee,
  zeroV128,
} from './wasm-assembler.js';

/** Byte offsets in the kernel's memory, and the kernel. */
export interface WasmKernel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly residualsAt: number;
  readonly scaleAt: number;
  readonly ratiosAt: number;
  readonly indicesAt: number;
}

const VECTOR_BYTES = 16;

/**
 * The path kernel of record-paths.kernel.ts in WebAssembly SIMD, one series a lane, specialised to a shape: same sums in
 * the same order, so the same bits.
 *
 * A path is walked once, from its last period backwards. At each start j the sums over j .. j + 2^p - 1 are formed from
 * x(j) and sums formed before, then the sums over each horizon, then their running maxima. Where the walk reaches the
 * end of a (horizon, look-back) window the ratio is written; between such points runs a loop of one and the same body.
 */
export function buildWasmKernel(shape: KernelShape): WasmKernel {
  const layout = layOut(shape);
  const locals = nameLocals(shape);
  const body = [
    ...[...i32(layout.indicesAt), ...set(locals.index)],
    ...[...i32(layout.ratiosAt), ...set(locals.out)],
    ...repeatWhile([
      ...onePath(shape, layout, locals),
      ...advance(locals.index, 2 * shape.periods),
      ...advance(locals.out, VECTOR_BYTES),
      ...[...get(locals.paths), ...i32(-1), ...addI32, ...tee(locals.paths)],
    ]),
  ];
  const bytes = assembleModule(
    { parameters: 1, integers: 4, vectors: locals.vectors, memoryBytes: layout.memoryBytes },
    body,
  );
  const { residualsAt, scaleAt, ratiosAt, indicesAt } = layout;
  return { bytes, residualsAt, scaleAt, ratiosAt, indicesAt };
}

type Layout = ReturnType<typeof layOut>;

function powersOf({ horizons }: KernelShape): number {
  return Math.floor(Math.log2(Math.max(...horizons))) + 1;
}

function layOut(shape: KernelShape) {
  const { periods, paths, horizons, lookbacks } = shape;
  const longest = Math.max(...horizons);
  const residualsAt = 0;
  const scaleAt = residualsAt + (periods - 1) * VECTOR_BYTES;
  const sumsAt = scaleAt + periods * VECTOR_BYTES;
  const sumStride = (periods + longest) * VECTOR_BYTES;
  const ratiosAt = sumsAt + powersOf(shape) * sumStride;
  const indicesAt = ratiosAt + horizons.length * lookbacks.length * paths * VECTOR_BYTES;
  return {
    residualsAt,
    scaleAt,
    sumsAt,
    sumStride,
    ratiosAt,
    indicesAt,
    memoryBytes: indicesAt + paths * periods * 2,
  };
}

function nameLocals(shape: KernelShape) {
  const firstVector = 5;
  const powers = powersOf(shape);
  const count = shape.horizons.length;
  return {
    /** Paths left. */
    paths: 0,
    /** Address of the first index of the path. */
    index: 1,
    /** Address of the path's ratio in slot 0. */
    out: 2,
    /** 16 j: the offset of start j in every array of vectors. */
    start: 3,
    /** Address of the index of period j. */
    cursor: 4,
    sum: (power: number) => firstVector + power,
    largest: (h: number) => firstVector + powers + h,
    current: (h: number) => firstVector + powers + count + h,
    vectors: powers + 2 * count,
  };
}

type Locals = ReturnType<typeof nameLocals>;

function onePath(shape: KernelShape, layout: Layout, locals: Locals): Code {
  const { periods, horizons } = shape;
  const last = periods - 1;
  const code: number[] = [
    ...[...i32(last * VECTOR_BYTES), ...set(locals.start)],
    ...[...get(locals.index), ...i32(2 * last), ...addI32, ...set(locals.cursor)],
    ...horizons.flatMap((_, h) => [...zeroV128, ...set(locals.largest(h))]),
  ];
  const stops = stopsOf(shape, locals);
  const firstLooped = last - Math.max(...horizons);
  for (let start = last; start > firstLooped; start--) {
    code.push(...oneStep(shape, layout, locals, start), ...(stops.get(start) ?? []));
  }
  const step = oneStep(shape, layout, locals, firstLooped);
  for (const stop of [...stops.keys()].sort((a, b) => b - a)) {
    if (stop > firstLooped) continue;
    code.push(...repeatWhile([...step, ...get(locals.start), ...i32(stop * VECTOR_BYTES), ...atLeastI32]));
    code.push(...stops.get(stop)!);
  }
  return code;
}

/** One period backwards: x(j), the sums from j over powers of two, and the horizon sums from j. */
function oneStep(shape: KernelShape, layout: Layout, locals: Locals, start: number): Code {
  const { horizons, periods } = shape;
  const sumAt = (power: number) => layout.sumsAt + power * layout.sumStride;
  const powers = powersOf(shape);
  const code: number[] = [
    ...[...get(locals.cursor), ...loadU16(0), ...i32(4), ...shiftLeftI32, ...loadV128(layout.residualsAt)],
    ...[...get(locals.start), ...loadV128(layout.scaleAt), ...multiplyF32x4, ...set(locals.sum(0))],
  ];
  for (let power = 0; power < powers - 1; power++) {
    code.push(
      ...[...get(locals.start), ...get(locals.sum(power)), ...storeV128(sumAt(power))],
      ...[...get(locals.sum(power)), ...get(locals.start)],
      ...[...loadV128(sumAt(power) + (VECTOR_BYTES << power)), ...addF32x4, ...set(locals.sum(power + 1))],
    );
  }
  horizons.forEach((horizon, h) => {
    const lastStart = periods - horizon;
    if (start > lastStart) return;
    const value = horizonSum(horizon, layout, locals, powers);
    if (start === lastStart) code.push(...value, ...set(locals.current(h)));
    else code.push(...get(locals.largest(h)), ...value, ...pseudoMaximumF32x4, ...set(locals.largest(h)));
  });
  return [...code, ...advance(locals.start, -VECTOR_BYTES), ...advance(locals.cursor, -2)];
}

/** Sum over a horizon from the present start: its powers of two, longest first, the later ones read back. */
function horizonSum(horizon: number, layout: Layout, locals: Locals, powers: number): Code {
  const code: number[] = [];
  let offset = 0;
  for (let power = powers - 1; power >= 0; power--) {
    if ((horizon & (1 << power)) === 0) continue;
    if (offset === 0) code.push(...get(locals.sum(power)));
    else {
      const from = layout.sumsAt + power * layout.sumStride + offset * VECTOR_BYTES;
      code.push(...get(locals.start), ...loadV128(from), ...addF32x4);
    }
    offset += 1 << power;
  }
  return code;
}

/** Ratios to write once a start has been worked in, by start. */
function stopsOf({ periods, paths, horizons, lookbacks }: KernelShape, locals: Locals): Map<number, Code> {
  const stops = new Map<number, Code>();
  horizons.forEach((horizon, h) => {
    lookbacks.forEach((lookback, l) => {
      const start = Math.max(0, periods - lookback - horizon);
      const write = [
        ...[...get(locals.out), ...get(locals.current(h)), ...get(locals.largest(h)), ...divideF32x4],
        ...storeV128((h * lookbacks.length + l) * paths * VECTOR_BYTES),
      ];
      stops.set(start, [...(stops.get(start) ?? []), ...write]);
    });
  });
  return stops;
}
