import { Worker } from 'node:worker_threads';
import { endOnceIdle } from '../core/index.js';
import type { PathSummary } from './path-summary.kernel.js';
import { type BlockJob, KERNEL_TOOLS, summariseBlocks } from './summarise-blocks.js';

/**
 * The worker's program is put together from the source text of functions that refer to nothing outside them, so it needs
 * no file and runs from a build, from a bundle and under a test runner alike.
 */
function workerSource(): string {
  const tools = Object.entries(KERNEL_TOOLS).map(([name, tool]) => `${name}: ${tool}`);
  return `
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', (job) => {
      const summaries = (${summariseBlocks})(job, { ${tools.join(', ')} });
      const buffers = summaries.flatMap((summary) => [summary.tailPaths.buffer, summary.tailGrades.buffer]);
      parentPort.postMessage(summaries, buffers);
    });
  `;
}

/** `summariseBlocks` on several threads at once, each with a run of neighbouring blocks; the same result. */
export async function summariseInWorkers(job: BlockJob, threads: number): Promise<PathSummary[]> {
  const source = workerSource();
  const share = Math.ceil(job.blocks.length / threads);
  const workers: Worker[] = [];
  const parts: Promise<PathSummary[]>[] = [];
  for (let from = 0; from < job.blocks.length; from += share) {
    const worker = new Worker(source, { eval: true });
    workers.push(worker);
    worker.postMessage({ ...job, blocks: job.blocks.slice(from, from + share) } satisfies BlockJob);
    parts.push(
      new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`a resampling thread ended with code ${code}`)));
      }),
    );
  }
  try {
    return (await Promise.all(parts)).flat();
  } finally {
    workers.forEach(endOnceIdle);
  }
}
