import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { endOnceIdle, type FigureCache, type Instant } from '../core/index.js';
import { type AppContext, cacheOf } from './context.js';
import type { ManagersQuestion } from './report-managers.js';

/** What the thread is told: the store, the moment and the question. */
export interface ManagersOrder {
  readonly storeDirectory: string;
  readonly asOf: Instant;
  readonly now: Instant;
  readonly question: ManagersQuestion;
}

/** What the thread answers: the figures that it made, by key. */
export type ManagersMade = ReadonlyMap<string, string>;

const WORKER = new URL('./managers.worker.js', import.meta.url);

/** A run from sources, as under a test runner, has no compiled worker and makes the figures itself. */
const hasThread = (): boolean => availableParallelism() > 1 && existsSync(fileURLToPath(WORKER));

const NONE: ManagersMade = new Map();

/** Whatever goes wrong on the thread goes wrong again where its figures are missing, and is told from there. */
function madeOnThread(order: ManagersOrder, signal: AbortSignal | undefined): Promise<ManagersMade> {
  return new Promise((resolve) => {
    const worker = new Worker(WORKER);
    worker.postMessage(order);
    const stop = (): void => {
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (made: ManagersMade) => {
      signal?.removeEventListener('abort', stop);
      resolve(made);
      endOnceIdle(worker);
    });
    worker.once('error', () => resolve(NONE));
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      resolve(NONE);
    });
  });
}

/**
 * A cache of figures about managers that are all made on another thread as soon as one is found missing: reading quarters of Form
 * 13F takes as long as all else in a report. Keys are of contents, so a figure from there is the figure from here.
 */
export function figuresFromThread(context: AppContext, question: ManagersQuestion): FigureCache {
  const kept = cacheOf(context);
  if (context.figures !== undefined || !hasThread()) return kept;
  const { storeDirectory, asOf, effects, signal } = context;
  let made: Promise<ManagersMade> | undefined;
  return {
    ...kept,
    async readText(key) {
      const text = await kept.readText(key);
      if (text !== null) return text;
      made ??= madeOnThread({ storeDirectory, asOf, now: effects.clock.now(), question }, signal);
      return (await made).get(key) ?? null;
    },
  };
}
