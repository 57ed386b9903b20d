import type { Worker } from 'node:worker_threads';
import type { FigureCache, Instant } from '../core/index.js';
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

const NONE: ManagersMade = new Map();

/** Whatever goes wrong on the thread goes wrong again where its figures are missing, and is told from there. */
function madeOn(
  worker: Worker,
  order: ManagersOrder,
  signal: AbortSignal | undefined,
): Promise<ManagersMade> {
  return new Promise((resolve) => {
    const none = (): void => resolve(NONE);
    worker.once('message', (made: unknown) => resolve(made instanceof Map ? made : NONE));
    worker.once('error', none);
    worker.once('exit', none);
    signal?.addEventListener('abort', none, { once: true });
    worker.postMessage(order);
  });
}

/**
 * A cache of figures about managers that are all made on another thread as soon as one is found missing: reading quarters of Form
 * 13F takes as long as all else in a report. Keys are of contents, so a figure from there is the figure from here.
 */
export function figuresFromThread(context: AppContext, question: ManagersQuestion): FigureCache {
  const kept = cacheOf(context);
  const { storeDirectory, asOf, effects, signal, threads } = context;
  if (context.figures !== undefined) return kept;
  let made: Promise<ManagersMade> | undefined;
  const begin = async (): Promise<ManagersMade> => {
    const worker = threads?.start(WORKER) ?? null;
    const order = { storeDirectory, asOf, now: effects.clock.now(), question };
    return worker === null ? NONE : madeOn(worker, order, signal);
  };
  return {
    ...kept,
    async readText(key) {
      const text = await kept.readText(key);
      if (text !== null) return text;
      made ??= begin();
      return (await made).get(key) ?? null;
    },
  };
}
