import { existsSync } from 'node:fs';
import { cp, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimAnswers } from '../claims/index.js';
import { type Answer, FormatError, type ManagerOverride, type ReportInput } from '../core/index.js';
import { readTapeSpan } from '../flows/index.js';
import { renderReport } from '../report/index.js';
import type { AsOfView } from '../store/index.js';
import { aftermathOnThread } from './aftermath-thread.js';
import { type AppContext, makeAnswer, openExistingStore, storeOf, withView } from './context.js';
import { forecastsFolder } from './forecasts.js';
import { ReadingThreads } from './reading-threads.js';
import { requireSector } from './records.js';
import { cotReport } from './report-cot.js';
import { type HeadlinePlace, type NoteParts, noteAnswers, noteParts } from './report-note.js';
import { begun, type ReportAsked, type ReportInHand } from './report-parts.js';
import { seriesReportInput } from './report-series.js';

/** Bases whose headline a report can be written of. */
export const REPORT_BASES = ['cot', '13f', 'ledger', 'etf', 'tape'] as const;
type ReportBasis = (typeof REPORT_BASES)[number];

interface ReportQuestion extends ReportAsked {
  readonly basis: ReportBasis;
  readonly directory: string;
  /** Puts the rows behind the report beside it, so that it can be recomputed without the store. */
  readonly bringsRows: boolean;
}

/** A file of the report. */
export interface ReportFile {
  readonly file: string;
  readonly bytes: number;
}

/** Folder beside a report with the rows that it rests on; see docs/concepts/verify.md. */
export const EXTRACT_FOLDER = 'extract';

async function reportInHand(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked & { readonly basis: ReportBasis },
  expect: (headline: HeadlinePlace) => void,
): Promise<ReportInHand> {
  const { basis } = question;
  if (basis === 'cot') return cotReport(context, view, question, expect);
  const input = await seriesReportInput(context, view, { ...question, basis });
  return { record: input.record, input: Promise.resolve(input) };
}

/** Everything that the report of a question prints. */
export async function reportInputOf(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked & { readonly basis: ReportBasis },
): Promise<ReportInput> {
  const { basis, report, contracts = [] } = question;
  const threads = new ReadingThreads();
  const helped = { ...context, threads };
  try {
    const show = aftermathOnThread(helped, view, basis === 'cot' ? { report, contracts } : null);
    const work = gathered(helped, view, question, noteAnswers({ ...helped, view }, question, show));
    return await unlessStopped(work, context.signal);
  } finally {
    await threads.rest();
  }
}

/** The work, or the end of waiting for it as soon as the user stops. */
function unlessStopped<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function gathered(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked & { readonly basis: ReportBasis },
  answers: ClaimAnswers,
): Promise<ReportInput> {
  let early: Promise<NoteParts> | undefined;
  const { record, input } = await reportInHand(context, view, question, (headline) => {
    early = begun(noteParts(context, answers, question, headline));
  });
  const tape = begun(readTapeSpan(view, record.periodStart, record.periodEnd));
  const parts = await (early ?? noteParts(context, answers, question, record));
  const onTape = await tape;
  return { ...(await input), ...(onTape === null ? {} : { tape: onTape }), ...parts };
}

/** The question that a report's query tells. What is null was not asked. */
export function reportQuestionOf(
  query: Readonly<Record<string, unknown>>,
): ReportAsked & { readonly basis: ReportBasis } {
  const { managers, ...plain } = query;
  const asked = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null));
  const overrides = (managers ?? []) as readonly ManagerOverride[];
  const question = {
    report: 'futures-only',
    ...asked,
    ...(overrides.length === 0 ? {} : { overrides: new Map(overrides.map((one) => [one.cik, one])) }),
  } as unknown as ReportAsked & { readonly basis: ReportBasis };
  if (!REPORT_BASES.includes(question.basis))
    throw new FormatError(`the report's basis '${question.basis}' is none of ${REPORT_BASES.join(', ')}`);
  return question;
}

/** Writes a file under its final name only once it is whole. */
async function writeWhole(path: string, content: string): Promise<number> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return Buffer.byteLength(content);
}

/** The ledger of forecasts goes with the rows: the report prints how earlier ones did. */
async function bringForecasts(storeDirectory: string, extract: string): Promise<void> {
  const ledger = forecastsFolder(storeDirectory);
  if (existsSync(ledger)) await cp(ledger, forecastsFolder(extract), { recursive: true });
}

/** Writes the report of a week or quarter as HTML, Markdown and JSON, with the rows behind it. */
export async function writeReport(
  context: AppContext,
  question: ReportQuestion,
): Promise<Answer<ReportFile>> {
  requireSector(question.sector);
  const { directory, bringsRows, ...asked } = question;
  return withView(context, async (view) => {
    const input = await reportInputOf(context, view, asked);
    const report = await renderReport(input);
    await mkdir(directory, { recursive: true });
    const files: ReportFile[] = [];
    for (const [name, content] of [
      ['report.html', report.html],
      ['report.md', report.markdown],
      ['report.json', report.json],
    ] as const) {
      const file = join(directory, name);
      files.push({ file, bytes: await writeWhole(file, content) });
    }
    if (bringsRows) {
      const store = await openExistingStore(context);
      const extract = await store.extract(view, join(directory, EXTRACT_FOLDER));
      await bringForecasts(context.storeDirectory, join(directory, EXTRACT_FOLDER));
      files.push({ file: join(directory, EXTRACT_FOLDER), bytes: extract.bytes });
    }
    return makeAnswer('report', context, storeOf(view), { query: input.query, data: files, notes: [] });
  });
}
