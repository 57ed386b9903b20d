import { availableParallelism } from 'node:os';
import { type Answer, type Effects, type FigureCache, formatInstant, type Instant } from '../core/index.js';
import { type AsOfView, openStore, type Store } from '../store/index.js';
import { storeFigureCache } from './figure-cache.js';
import type { ReadingThreads } from './reading-threads.js';
import { packageVersion } from './version.js';

/** What is kept beside the store, so that it need not be made again. Answers do not depend on it. */
export const cacheOf = (context: AppContext): FigureCache =>
  context.figures ?? storeFigureCache(context.storeDirectory);

/** How to resample: on every core, and not again what was resampled before. Answers depend on neither. */
export function resampling(context: AppContext): { readonly threads: number; readonly cache: FigureCache } {
  return { threads: Math.min(8, availableParallelism()), cache: cacheOf(context) };
}

/** What every use case works with: a store, a moment, and the world outside. */
export interface AppContext {
  readonly storeDirectory: string;
  readonly asOf: Instant;
  readonly effects: Effects;
  /** Where figures are kept; in the store if left out. */
  readonly figures?: FigureCache;
  /** A view that several questions share; each opens its own if left out. */
  readonly view?: AsOfView;
  /** Where threads of its own help a use case; without them it does all by itself. */
  readonly threads?: ReadingThreads;
  /** Ends long work between two steps; what is done stays done. */
  readonly signal?: AbortSignal;
}

export function openExistingStore(context: AppContext): Promise<Store> {
  return openStore(context.storeDirectory, { clock: context.effects.clock });
}

/** Runs a question on the as-of view of the store's newest snapshot, and closes the view whatever happens. */
export async function withView<Result>(
  context: AppContext,
  question: (view: AsOfView) => Promise<Result>,
): Promise<Result> {
  if (context.view !== undefined) return question(context.view);
  const store = await openExistingStore(context);
  const view = await store.view(context.asOf);
  try {
    return await question(view);
  } finally {
    view.close();
  }
}

/** What an answer asked of files alone, not of the store, says of the store. */
export const NO_STORE = { id: 'none', rows: 0 } as const;

/** The beginning of an answer whose rows are handed on one by one. */
export function answerHead(command: string, context: AppContext, query: Record<string, unknown>) {
  return {
    command,
    version: packageVersion(),
    asOf: formatInstant(context.asOf),
    store: NO_STORE,
    query,
  };
}

/** The envelope of cli.md. */
export function makeAnswer<Row>(
  command: string,
  context: AppContext,
  store: { readonly id: string; readonly rows: number },
  body: {
    readonly query: Record<string, unknown>;
    readonly data: readonly Row[];
    readonly notes: readonly string[];
  },
): Answer<Row> {
  return { command, version: packageVersion(), asOf: formatInstant(context.asOf), store, ...body };
}

export const storeOf = (view: AsOfView): { id: string; rows: number } => ({
  id: view.snapshotId,
  rows: view.rows,
});
