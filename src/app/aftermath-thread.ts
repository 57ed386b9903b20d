import type { Worker } from 'node:worker_threads';
import type { AftermathAnswerRow, Answer, Instant } from '../core/index.js';
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

/** Answers what followed. */
export type ShowAftermath = (question: AftermathAnswerQuestion) => Promise<Answer<AftermathAnswerRow>>;

const WORKER = new URL('./aftermath.worker.js', import.meta.url);

/** Questions to one thread; each is answered with null once the thread is gone or the user stops. */
function questionsTo(worker: Worker, signal: AbortSignal | undefined) {
  const waiting = new Map<number, (told: AftermathTold['answer']) => void>();
  let isGone = false;
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
  signal?.addEventListener('abort', end, { once: true });
  return (id: number, question: AftermathAnswerQuestion): Promise<AftermathTold['answer']> =>
    new Promise((resolve) => {
      if (isGone) return resolve(null);
      waiting.set(id, resolve);
      worker.postMessage({ id, question } satisfies AftermathAsked);
    });
}

/**
 * Answers what followed on another thread, begun at once, while records, drivers and pictures are made on this one. Whatever has no answer there, or one
 * from a newer snapshot than the view's, is asked here, and told from here.
 */
export function aftermathOnThread(
  context: AppContext,
  view: AsOfView,
  futures: AftermathOrder['futures'],
): ShowAftermath {
  const here: ShowAftermath = (question) => showAftermath({ ...context, view }, question);
  const { storeDirectory, asOf, effects, signal, threads } = context;
  const order: AftermathOrder = { storeDirectory, asOf, now: effects.clock.now(), futures };
  const worker = threads?.start(WORKER, order) ?? null;
  if (worker === null) return here;
  const ask = questionsTo(worker, signal);
  let asked = 0;
  return async (question) => {
    asked += 1;
    const answer = await ask(asked, question);
    signal?.throwIfAborted();
    return answer !== null && answer.store.id === view.snapshotId ? answer : here(question);
  };
}
