import type { KernelShape, PathKernel } from './record-paths.kernel.js';
import type { WasmKernel } from './record-paths.wasm.js';

/** What the module exports. */
interface KernelExports {
  run(paths: number): void;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/**
 * A kernel in WebAssembly with its index paths in place, or null where this machine does not run it. The function stands
 * alone: its source text is also run inside worker threads.
 */
export function createWasmKernel(
  kernel: WasmKernel,
  { periods, paths, horizons, lookbacks }: KernelShape,
  indices: Uint16Array,
): PathKernel | null {
  const lanes = 4;
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(kernel.bytes)) return null;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernel.bytes));
  const { run, memory } = instance.exports as unknown as KernelExports;
  const floats = (at: number, length: number) => new Float32Array(memory.buffer, at, length);
  new Uint16Array(memory.buffer, kernel.indicesAt, indices.length).set(indices);
  const residuals = floats(kernel.residualsAt, (periods - 1) * lanes);
  const scale = floats(kernel.scaleAt, periods * lanes);
  const ratios = floats(kernel.ratiosAt, horizons.length * lookbacks.length * paths * lanes);
  return (block) => {
    residuals.set(block.residuals);
    scale.set(block.scale);
    run(paths);
    return ratios;
  };
}
