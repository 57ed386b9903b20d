import { type PathSummary, summarisePaths } from './path-summary.kernel.js';
import type { PlanBlock } from './record-family-plan.js';
import { createReferenceKernel, type KernelShape } from './record-paths.kernel.js';
import type { WasmKernel } from './record-paths.wasm.js';
import { createWasmKernel } from './wasm-kernel.js';

/** Blocks of a family to resample, as plain data that a worker thread can be sent. */
export interface BlockJob {
  readonly shape: KernelShape;
  /** Null takes the reference kernel. */
  readonly wasm: WasmKernel | null;
  readonly indices: Uint16Array;
  readonly blocks: readonly PlanBlock[];
  readonly keep: number;
  readonly graded: number;
}

/** What `summariseBlocks` works with; each stands alone, so that its source text can be run elsewhere. */
export const KERNEL_TOOLS = { createWasmKernel, createReferenceKernel, summarisePaths };

/** One summary a block. The function stands alone: its source text is also run inside worker threads. */
export function summariseBlocks(job: BlockJob, tools: typeof KERNEL_TOOLS): PathSummary[] {
  const { shape, wasm, indices, blocks, keep, graded } = job;
  const kernel =
    (wasm === null ? null : tools.createWasmKernel(wasm, shape, indices)) ??
    tools.createReferenceKernel(shape, indices);
  return blocks.map((block) =>
    tools.summarisePaths({
      ratios: kernel(block),
      observed: block.observed,
      paths: shape.paths,
      keep,
      graded,
    }),
  );
}
