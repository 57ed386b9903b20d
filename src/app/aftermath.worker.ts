import { parentPort, workerData } from 'node:worker_threads';
import { silentLog, silentProgress } from '../core/index.js';
import { openStore } from '../store/index.js';
import { readCotWorld } from '../studies/records/index.js';
import { showAftermath } from './aftermath.js';
import type { AftermathAsked, AftermathOrder, AftermathTold } from './aftermath-thread.js';
import { serveThread } from './reading-threads.js';
import { begun } from './report-parts.js';

const { storeDirectory, asOf, now, futures } = workerData as AftermathOrder;
const clock = { now: () => now };
const effects = { clock, progress: silentProgress, log: silentLog };
const store = await openStore(storeDirectory, { clock });
const view = await store.view(asOf);
const ahead =
  futures === null ? [] : [begun(readCotWorld(view, { report: futures.report, more: futures.contracts }))];

async function answerOf(
  question: AftermathAsked['question'],
  signal: AbortSignal,
): Promise<AftermathTold['answer']> {
  try {
    return await showAftermath({ storeDirectory, asOf, effects, view, signal }, question);
  } catch {
    return null;
  }
}

serveThread<AftermathAsked>(async ({ id, question }, signal) => {
  parentPort!.postMessage({ id, answer: await answerOf(question, signal) } satisfies AftermathTold);
}, ahead);
