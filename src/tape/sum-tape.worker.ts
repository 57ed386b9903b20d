import { parentPort } from 'node:worker_threads';
import { type SumJob, type SumTask, SymbolSummer } from './sum-symbols.js';

/** What a thread is told: the job, all tasks, and the number of the next task that nobody has taken. */
export interface SumOrder {
  readonly job: SumJob;
  readonly tasks: readonly SumTask[];
  readonly next: Int32Array<SharedArrayBuffer>;
}

parentPort!.on('message', ({ job, tasks, next }: SumOrder) => {
  const summer = new SymbolSummer(job);
  for (;;) {
    const task = tasks[Atomics.add(next, 0, 1)];
    if (task === undefined) break;
    summer.run(task);
  }
  summer.close();
  parentPort!.postMessage(summer.result());
});
