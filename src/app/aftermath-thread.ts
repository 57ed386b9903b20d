import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type AftermathAnswerRow, type Answer, endOnceIdle, type Instant } from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { type AftermathAnswerQuestion, showAftermath } from './aftermath.js';
import type { AppContext } from './context.js';

/** What the thread is told when it begins: the store, the moment, and what it will be asked about, to read ahead. */
export interface AftermathOrder {
  readonly storeDirectory: string;
  readonly asOf: Instant;
  readonly now: Instant;
  /** Null where the questions are of another basis than cot. */
  readonly futures: { readonly report: CotReport; readonly contracts: readonly string[] } | null;
}

export interface AftermathAsked {
  readonly id: number;
  readonly question: AftermathAnswerQuestion;
}

/** Null where the question had no answer there. */
export interface AftermathTold {
  readonly id: number;
  readonly answer: Answer<AftermathAnswerRow> | null;
}

/** Answers what followed, and is closed when nothing more is asked. */
export interface AftermathAnswers {
  readonly show: (question: AftermathAnswerQuestion) => Promise<Answer<AftermathAnswerRow>>;
  readonly close: () => void;
}

const WORKER = new URL('./aftermath.worker.js', import.meta.url);

/** A run from sources, as under a test runner, has no compiled worker and answers by itself. */
const hasThread = (): boolean => availableParallelism() > 1 && existsSync(fileURLToPath(WORKER));

/** Questions to one thread; each is answered with null once the thread is gone. */
function startThread(order: AftermathOrder) {
  const waiting = new Map<number, (told: AftermathTold['answer']) => void>();
  let isGone = false;
  const worker = new Worker(WORKER, { workerData: order });
  const end = (): void => {
    isGone = true;
    for (const settle of waiting.values()) settle(null);
    waiting.clear();
  };
  worker.on('message', ({ id, answer }: AftermathTold) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  worker.once('error', end);
  worker.once('exit', end);
  return {
    ask: (id: number, question: AftermathAnswerQuestion): Promise<AftermathTold['answer']> =>
      new Promise((resolve) => {
        if (isGone) return resolve(null);
        waiting.set(id, resolve);
        worker.postMessage({ id, question } satisfies AftermathAsked);
      }),
    stop: (): void => void worker.terminate(),
    end: (): void => endOnceIdle(worker),
  };
}

/**
 * Answers what followed on another thread, begun at once, while records, drivers and pictures are made on this one. Whatever has no answer there, or one
 * from a newer snapshot than the view's, is asked here, and told from here.
 */
export function aftermathOnThread(
  context: AppContext,
  view: AsOfView,
  futures: AftermathOrder['futures'],
): AftermathAnswers {
  const here = (question: AftermathAnswerQuestion) => showAftermath({ ...context, view }, question);
  if (!hasThread()) return { show: here, close: () => undefined };
  const { storeDirectory, asOf, effects, signal } = context;
  const thread = startThread({ storeDirectory, asOf, now: effects.clock.now(), futures });
  let asked = 0;
  const { stop, end } = thread;
  signal?.addEventListener('abort', stop, { once: true });
  return {
    async show(question) {
      asked += 1;
      const answer = await thread.ask(asked, question);
      signal?.throwIfAborted();
      return answer !== null && answer.store.id === view.snapshotId ? answer : here(question);
    },
    close() {
      signal?.removeEventListener('abort', stop);
      end();
    },
  };
}
