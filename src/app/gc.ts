import type { Answer } from '../core/index.js';
import type { GcResult } from '../store/index.js';
import { type AppContext, makeAnswer, openExistingStore } from './context.js';

/** Removes what no snapshot needs and compacts small files. */
export async function collectGarbage(context: AppContext): Promise<Answer<GcResult>> {
  const store = await openExistingStore(context);
  const result = await store.gc();
  const snapshot = await store.current();
  const rows = snapshot.files.reduce((total, file) => total + file.rows, 0);
  return makeAnswer('gc', context, { id: snapshot.id, rows }, { query: {}, data: [result], notes: [] });
}
