import { parentPort } from 'node:worker_threads';
import { type FigureCache, silentLog, silentProgress } from '../core/index.js';
import { type AppContext, cacheOf, withView } from './context.js';
import type { ManagersMade, ManagersOrder } from './managers-thread.js';
import { Quarters } from './quarters.js';
import { serveThread } from './reading-threads.js';
import { managersAround } from './report-managers.js';

async function figuresFor(
  { storeDirectory, asOf, now, question }: ManagersOrder,
  signal: AbortSignal,
): Promise<ManagersMade> {
  const effects = { clock: { now: () => now }, progress: silentProgress, log: silentLog };
  const context: AppContext = { storeDirectory, asOf, effects, signal };
  const kept = cacheOf(context);
  const made = new Map<string, string>();
  const recording: FigureCache = {
    ...kept,
    async writeText(key, text) {
      made.set(key, text);
      await kept.writeText(key, text);
    },
  };
  await withView(context, async (view) =>
    managersAround(context, await Quarters.of(view, question, recording), question),
  );
  return made;
}

serveThread<ManagersOrder>(async (order, signal) => {
  parentPort!.postMessage(await figuresFor(order, signal));
});
