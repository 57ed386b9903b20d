import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, ReportInput } from '../core/index.js';
import { readTapeSpan } from '../flows/index.js';
import { renderReport } from '../report/index.js';
import type { AsOfView } from '../store/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { requireSector } from './records.js';
import { cotReportInput } from './report-cot.js';
import type { ReportAsked } from './report-parts.js';
import { seriesReportInput } from './report-series.js';

/** Bases whose headline a report can be written of. */
export const REPORT_BASES = ['cot', '13f', 'ledger', 'etf'] as const;
export type ReportBasis = (typeof REPORT_BASES)[number];

export interface ReportQuestion extends ReportAsked {
  readonly basis: ReportBasis;
  readonly directory: string;
}

/** A file of the report. */
export interface ReportFile {
  readonly file: string;
  readonly bytes: number;
}

function inputOf(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked & { readonly basis: ReportBasis },
): Promise<ReportInput> {
  const { basis } = question;
  return basis === 'cot'
    ? cotReportInput(context, view, question)
    : seriesReportInput(context, view, { ...question, basis });
}

/** Adds what the tape says of the headline's days, where the store has a tape. */
async function withTapeOf(view: AsOfView, input: ReportInput): Promise<ReportInput> {
  const { periodStart, periodEnd } = input.record;
  const tape = await readTapeSpan(view, periodStart, periodEnd);
  return tape === null ? input : { ...input, tape };
}

/** Writes a file under its final name only once it is whole. */
async function writeWhole(path: string, content: string): Promise<number> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return Buffer.byteLength(content);
}

/** Writes the report of a week or quarter as HTML, Markdown and JSON. */
export async function writeReport(
  context: AppContext,
  question: ReportQuestion,
): Promise<Answer<ReportFile>> {
  requireSector(question.sector);
  const { directory, ...asked } = question;
  return withView(context, async (view) => {
    const input = await withTapeOf(view, await inputOf(context, view, asked));
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
    return makeAnswer('report', context, storeOf(view), { query: input.query, data: files, notes: [] });
  });
}
