import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { endOnceIdle } from '../core/index.js';

/** The message that sends a thread to rest, and the one by which it says that it rests. */
const REST = 'rest';

/**
 * Threads that read the store for one use case, which sends them to rest before it answers or fails. The engine's binding aborts the whole process
 * where a thread is torn down while it still reads.
 */
export class ReadingThreads {
  readonly #alive = new Set<Worker>();
  #isResting = false;

  /**
   * @param program the compiled module that calls `serveThread`
   * @returns null where it is not there, as in a run from sources under a test runner, where there is but one processor, and after `rest`
   */
  start(program: URL, workerData?: unknown): Worker | null {
    if (this.#isResting || availableParallelism() === 1 || !existsSync(fileURLToPath(program))) return null;
    const worker = new Worker(program, { workerData });
    this.#alive.add(worker);
    worker.once('error', () => this.#alive.delete(worker));
    worker.once('exit', () => this.#alive.delete(worker));
    return worker;
  }

  /** Stops what the threads are still at, waits until they stand still, and has them ended later. */
  async rest(): Promise<void> {
    this.#isResting = true;
    const workers = [...this.#alive];
    await Promise.all(workers.map(resting));
    workers.forEach(endOnceIdle);
  }
}

function resting(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.on('message', (message) => {
      if (message === REST) resolve();
    });
    worker.once('error', () => resolve());
    worker.once('exit', () => resolve());
    worker.postMessage(REST);
  });
}

/**
 * The life of a thread of `ReadingThreads`: hands messages on until it is sent to rest, and says so once everything that was begun is done.
 * @param handle its signal ends work between two steps once the thread is sent to rest
 * @param ahead work that was begun before any message came
 */
export function serveThread<Message>(
  handle: (message: Message, signal: AbortSignal) => Promise<void>,
  ahead: readonly Promise<unknown>[] = [],
): void {
  const port = parentPort!;
  const controller = new AbortController();
  const begun = [...ahead];
  port.on('message', (message: Message | typeof REST) => {
    if (message !== REST) {
      begun.push(handle(message, controller.signal));
      return;
    }
    controller.abort();
    void Promise.allSettled(begun).then(() => port.postMessage(REST));
  });
}
