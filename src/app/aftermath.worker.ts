import { parentPort, workerData } from 'node:worker_threads';
import { silentLog, silentProgress } from '../core/index.js';
import { openStore } from '../store/index.js';
import { showAftermath } from './aftermath.js';
import type { AftermathAsked, AftermathOrder, AftermathTold } from './aftermath-thread.js';

const { storeDirectory, asOf, now } = workerData as AftermathOrder;
const clock = { now: () => now };
const effects = { clock, progress: silentProgress, log: silentLog };
const store = await openStore(storeDirectory, { clock });
const view = await store.view(asOf);

async function answerOf(question: AftermathAsked['question']): Promise<AftermathTold['answer']> {
  try {
    return await showAftermath({ storeDirectory, asOf, effects, view }, question);
  } catch {
    return null;
  }
}

parentPort!.on('message', async ({ id, question }: AftermathAsked) => {
  parentPort!.postMessage({ id, answer: await answerOf(question) } satisfies AftermathTold);
});
