import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  endOnceIdle,
  FormatError,
  InvalidRequest,
  type IsoDate,
  NotCovered,
  StoreError,
} from '../core/index.js';
import { listTapeDays, readableDays, type TapeDayIndex } from './layout/index.js';
import { type SigningSettings, signingSettings } from './settings.js';
import {
  mergeParts,
  type SumJob,
  type SumTask,
  SymbolSummer,
  symbolsOfJob,
  type TapePart,
  type TapeSymbolDay,
} from './sum-symbols.js';
import type { SumOrder } from './sum-tape.worker.js';
import { type PackedSums, type TapeBucket, TapeSums } from './sums.js';

export interface SumTapeOptions {
  /** A folder in the tape layout. */
  readonly directory: string;
  /** Days to sum; else all that the folder has. */
  readonly dates?: readonly IsoDate[];
  /** Symbols to sum; else all. */
  readonly symbols?: readonly string[];
  /** Choices of signing. Kind of quotes and sub-penny prices are as the formats declare unless chosen here. */
  readonly signing?: Partial<SigningSettings>;
  readonly bucket: TapeBucket;
  /** Threads, this one included; else as many as there are processors and the rows are worth. */
  readonly threads?: number;
  /** Rows that the kernel gets at once, at most; else a row group's. */
  readonly batchRows?: number;
  /** Keeps counts for every symbol and day too. */
  readonly bySymbol?: boolean;
  /** Called between pieces of work with rows done so far by this thread's count and rows in all. */
  readonly onProgress?: (rowsDone: number, rows: number) => void;
}

export interface SumTapeResult {
  readonly sums: TapeSums;
  readonly dates: readonly IsoDate[];
  /** Rows and counts by the formats that they came from. */
  readonly parts: readonly TapePart[];
  /** Ordered by day and symbol; empty unless asked for. */
  readonly symbolDays: readonly TapeSymbolDay[];
  readonly threads: number;
}

/** Below so many rows another thread costs more than it gives. */
const ROWS_WORTH_A_THREAD = 2_000_000;
const TASKS_PER_THREAD = 8;
/** A print costs about as much as so many quotes. */
const PRINT_WEIGHT = 15;

const WORKER = new URL('./sum-tape.worker.js', import.meta.url);

/**
 * Signs and sums the tape of a folder, whoever wrote it (see `readableDays`). Symbols are shared out over threads; the result does not depend on how.
 *
 * @throws {NotCovered} where the folder has no such day
 * @throws {InvalidRequest} for settings out of range
 * @throws {FormatError} for a damaged file
 */
export async function sumTape(options: SumTapeOptions): Promise<SumTapeResult> {
  const { directory, signing = {} } = options;
  signingSettings(signing);
  const dates = options.dates ?? listTapeDays(directory);
  if (dates.length === 0)
    throw new NotCovered(`'${directory}' has no tape; bring it there with tidemark tape import`);
  const { days, close } = await readableDays(directory, dates, signing.quoteKind);
  try {
    const job: SumJob = {
      days,
      signing,
      bucket: options.bucket,
      symbols: options.symbols ?? null,
      batchRows: options.batchRows ?? null,
      bySymbol: options.bySymbol ?? false,
    };
    const threads = threadsFor(job, options.threads);
    const results = await runOnThreads(job, threads, options.onProgress);
    const sums = new TapeSums(options.bucket);
    for (const result of results) sums.mergePacked(result.sums);
    const parts = mergeParts(results.flatMap((result) => result.parts));
    const symbolDays = results.flatMap((result) => result.symbolDays).sort(byDayAndSymbol);
    return { sums, dates, parts, symbolDays, threads };
  } finally {
    await close();
  }
}

interface SumPart {
  readonly sums: PackedSums;
  readonly parts: readonly TapePart[];
  readonly symbolDays: readonly TapeSymbolDay[];
}

function byDayAndSymbol(left: TapeSymbolDay, right: TapeSymbolDay): number {
  if (left.date !== right.date) return left.date < right.date ? -1 : 1;
  return left.symbol < right.symbol ? -1 : 1;
}

function rowsOf({ trades, quotes }: TapeDayIndex): number {
  return (trades?.symbolRows.at(-1) ?? 0) + (quotes?.symbolRows.at(-1) ?? 0);
}

/** A run from sources, as under a test runner, has no compiled worker and stays on one thread. */
function threadsFor({ days }: SumJob, wanted: number | undefined): number {
  if (!existsSync(fileURLToPath(WORKER))) return 1;
  if (wanted !== undefined) return Math.max(1, wanted);
  const rows = days.reduce((sum, day) => sum + rowsOf(day), 0);
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(rows / ROWS_WORTH_A_THREAD)));
}

type WeighedTask = SumTask & { readonly rows: number };

/** Shares symbols out into tasks of about equal work, large ones first, so that no thread is left with a large one at the end. */
function shareOut(job: SumJob, threads: number): WeighedTask[] {
  const tasks: { day: number; from: number; to: number; rows: number; weight: number }[] = [];
  const days = job.days.map((_, day) => symbolsOfJob(job, day));
  const weightOf = (row: { trades: number; quotes: number }) => PRINT_WEIGHT * row.trades + row.quotes;
  const total = days.flat().reduce((sum, symbol) => sum + weightOf(symbol), 0);
  const share = total / (threads * TASKS_PER_THREAD);
  for (const [day, symbols] of days.entries()) {
    let open: (typeof tasks)[number] | null = null;
    for (const [place, symbol] of symbols.entries()) {
      if (open === null || open.weight + weightOf(symbol) > share) {
        open = { day, from: place, to: place, rows: 0, weight: 0 };
        tasks.push(open);
      }
      open.to = place + 1;
      open.rows += symbol.trades + symbol.quotes;
      open.weight += weightOf(symbol);
    }
  }
  return tasks.sort((left, right) => right.weight - left.weight);
}

async function runOnThreads(
  job: SumJob,
  threads: number,
  onProgress: SumTapeOptions['onProgress'],
): Promise<SumPart[]> {
  const tasks = shareOut(job, threads);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const order: SumOrder = { job, tasks, next };
  const workers = Array.from({ length: threads - 1 }, () => new Worker(WORKER));
  try {
    const others = workers.map((worker) => resultOf(worker, order));
    // Settled later, together with this thread's own share.
    for (const other of others) other.catch(() => undefined);
    const own = await runHere(order, tasks, onProgress);
    return [own, ...(await Promise.all(others))];
  } finally {
    // Nothing is left to take, should one of them have failed.
    Atomics.store(next, 0, tasks.length);
    workers.forEach(endOnceIdle);
  }
}

async function runHere(
  { job, next }: SumOrder,
  tasks: readonly WeighedTask[],
  onProgress: SumTapeOptions['onProgress'],
): Promise<SumPart> {
  const summer = new SymbolSummer(job);
  const rows = tasks.reduce((sum, task) => sum + task.rows, 0);
  try {
    for (;;) {
      const taken = Atomics.add(next, 0, 1);
      const task = tasks[taken];
      if (task === undefined) break;
      summer.run(task);
      if (onProgress !== undefined) {
        onProgress(
          tasks.slice(0, taken + 1).reduce((sum, done) => sum + done.rows, 0),
          rows,
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return summer.result();
  } finally {
    summer.close();
  }
}

function resultOf(worker: Worker, order: SumOrder): Promise<SumPart> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(revived(error)));
    worker.once('exit', (code) => reject(new Error(`a thread of the tape ended with code ${code}`)));
    worker.postMessage(order);
  });
}

/** Errors lose their class between threads. */
function revived(error: Error): Error {
  for (const kind of [FormatError, InvalidRequest, NotCovered, StoreError])
    if (error.name === kind.name) return new kind(error.message, { cause: error });
  return error;
}
