/**
 * As much of a WebAssembly assembler as one numeric kernel needs: one exported function over one exported memory.
 * Encoding: WebAssembly Core Specification 2.0, chapter 5, with the fixed-width SIMD instructions.
 */

/** A piece of code: opcodes and their operands, encoded. */
export type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY_BLOCK = 0x40;

/** Unsigned LEB128 of an integer below 2^32. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of an integer of at most 32 bits. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (opcode: number, ...operands: number[]): Code => [0xfd, ...unsigned(opcode), ...operands];
/** Alignment 0 promises nothing and costs nothing on the machines at hand. */
const at = (offset: number): number[] => [0, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const i32 = (value: number): Code => [0x41, ...signed(value)];
/** a >= b, signed. */
export const atLeastI32: Code = [0x4e];
export const addI32: Code = [0x6a];
export const shiftLeftI32: Code = [0x74];
export const loadU16 = (offset: number): Code => [0x2f, ...at(offset)];
export const loadV128 = (offset: number): Code => simd(0, ...at(offset));
export const storeV128 = (offset: number): Code => simd(11, ...at(offset));
export const zeroV128: Code = simd(12, ...new Array<number>(16).fill(0));
export const addF32x4: Code = simd(228);
export const multiplyF32x4: Code = simd(230);
export const divideF32x4: Code = simd(231);
/** pseudo-maximum: a < b ? b : a, so a NaN in b leaves a as it is. */
export const pseudoMaximumF32x4: Code = simd(235);

/** Runs `body` again and again while the i32 that it leaves is not 0. */
export const repeatWhile = (body: Code): Code => [0x03, EMPTY_BLOCK, ...body, 0x0d, 0, 0x0b];

/** i32 local += step. */
export const advance = (local: number, step: number): Code => [
  ...get(local),
  ...i32(step),
  ...addI32,
  ...set(local),
];

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

export interface FunctionShape {
  /** i32 parameters; locals 0 and up. */
  readonly parameters: number;
  /** i32 locals after them, then v128 locals. */
  readonly integers: number;
  readonly vectors: number;
  readonly memoryBytes: number;
}

/** A module that exports the function as `run` and its memory as `memory`. */
export function assembleModule(shape: FunctionShape, body: Code): Uint8Array<ArrayBuffer> {
  const parameters = new Array<number>(shape.parameters).fill(I32);
  const locals = [2, ...unsigned(shape.integers), I32, ...unsigned(shape.vectors), V128];
  const code = [...locals, ...body, 0x0b];
  const name = (text: string) => [text.length, ...[...text].map((letter) => letter.charCodeAt(0))];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters.length, ...parameters, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(Math.ceil(shape.memoryBytes / 65536))]),
    ...section(7, [2, ...name('run'), 0, 0, ...name('memory'), 2, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
