import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  type FigureCache,
  type FileRef,
  InvalidRequest,
  parseInstant,
  type ReportInput,
} from '../../core/index.js';
import { renderReport } from '../../report/index.js';
import { type AppContext, makeAnswer, openExistingStore, storeOf, withView } from '../context.js';
import { EXTRACT_FOLDER, reportInputOf, reportQuestionOf } from '../report.js';
import { packageVersion } from '../version.js';
import { countFigures, type DifferenceRow, jsonDifferences, textDifferences } from './differences.js';
import { REPORT_FORMS, type ReportForm, readReport, type WrittenReport } from './read-report.js';
import { compareSourceFiles, type SourceFileRow } from './source-files.js';

export interface VerifyQuestion {
  /** A report, or the folder of one. */
  readonly path: string;
  /** `extract`: the rows that the report brought along; `store`: those of the context. */
  readonly from: 'extract' | 'store';
  /** Where the source files lie, to be hashed too. */
  readonly filesDirectory?: string;
}

/** One form of the report, and how it came out. */
interface VerifiedRow {
  readonly kind: 'verified';
  readonly file: string;
  /** Figures compared. */
  readonly figures: number;
  readonly differences: number;
}

export type VerifyRow = VerifiedRow | DifferenceRow | SourceFileRow;

/** True of an answer that found anything to differ. */
export function differs({ data }: Answer<VerifyRow>): boolean {
  return data.some(
    (row) => row.kind === 'difference' || (row.kind === 'source-file' && row.status === 'changed'),
  );
}

/** The folder of rows beside a report, if there is one. */
export function extractBeside(reportPath: string): string | null {
  const candidates = [join(reportPath, EXTRACT_FOLDER), join(reportPath, '..', EXTRACT_FOLDER)];
  return candidates.find((path) => existsSync(join(path, 'current'))) ?? null;
}

/** Nothing is taken over from earlier answers, and nothing is written beside the rows. */
const NO_FIGURES_KEPT: FigureCache = {
  read: async () => null,
  write: async () => {},
  readText: async () => null,
  writeText: async () => {},
};

function sourceContext(
  context: AppContext,
  { path, from }: VerifyQuestion,
  report: WrittenReport,
): AppContext {
  const asOf = parseInstant(report.head.asOf, 'asOf of the report');
  const fresh = { ...context, asOf, figures: NO_FIGURES_KEPT };
  if (from === 'store') return fresh;
  const extract = extractBeside(path);
  if (extract === null)
    throw new InvalidRequest(
      `no '${EXTRACT_FOLDER}' lies beside '${path}'; verify from a store with --store DIR, or write the report again`,
    );
  return { ...fresh, storeDirectory: extract };
}

/** Parquet files of the extract whose bytes are not those that its snapshot lists. */
async function damagedRows(context: AppContext): Promise<DifferenceRow[]> {
  const store = await openExistingStore(context);
  return (await store.damagedParts()).map(({ path, expected, found }) => ({
    kind: 'difference',
    file: path,
    at: 'sha256',
    printed: found,
    recomputed: expected,
  }));
}

function compare(
  form: ReportForm,
  printed: string,
  recomputed: Readonly<Record<ReportForm, string>>,
  isSameVersion: boolean,
): { readonly row: VerifiedRow; readonly differences: readonly DifferenceRow[] } {
  const file = REPORT_FORMS[form];
  const differences =
    form === 'json'
      ? jsonDifferences(file, printed, recomputed.json)
      : textDifferences(file, printed, recomputed[form], isSameVersion);
  const figures = form === 'markdown' ? 0 : countFigures(form === 'html' ? printed : recomputed.html);
  return { row: { kind: 'verified', file, figures, differences: differences.length }, differences };
}

/** Makes the report of a head again, from what the context's store knew then. */
async function recompute(
  context: AppContext,
  report: WrittenReport,
): Promise<{ readonly input: ReportInput; readonly storeId: string }> {
  return withView(context, async (view) => {
    const input = await reportInputOf(context, view, reportQuestionOf(report.head.query));
    const { version, store } = report.head;
    // A store that has grown since has another id; the figures as of then must be the same.
    return { input: { ...input, version, store }, storeId: storeOf(view).id };
  });
}

/**
 * Recomputes every number of a report and compares it with what is printed, in the JSON value by value, in HTML and Markdown
 * figure by figure and then byte by byte.
 * @throws {InvalidRequest} where there is no report or no extract; {FormatError} for a file that is no report
 */
export async function verifyReport(
  context: AppContext,
  question: VerifyQuestion,
): Promise<Answer<VerifyRow>> {
  const report = await readReport(question.path);
  const { head, texts } = report;
  const source = sourceContext(context, question, report);
  const damaged = question.from === 'extract' ? await damagedRows(source) : [];
  const data: VerifyRow[] = [...damaged];
  const notes: string[] = [];
  const isSameVersion = head.version === packageVersion();
  let files: readonly FileRef[] = [];
  if (damaged.length === 0) {
    const { input, storeId } = await recompute(source, report);
    const recomputed = await renderReport(input);
    files = input.files;
    for (const form of Object.keys(texts) as ReportForm[]) {
      const { row, differences } = compare(form, texts[form]!, recomputed, isSameVersion);
      data.push(row, ...differences);
    }
    if (storeId !== head.store.id)
      notes.push(
        `The report was made from snapshot ${head.store.id}; this ${question.from} is at ${storeId}. Rows known later change nothing, but earlier rows that were brought since may.`,
      );
  } else
    notes.push(
      'The rows that the report brought along were changed, so that nothing was recomputed from them.',
    );
  if (!isSameVersion)
    notes.push(
      `The report was written by version ${head.version}, this is ${packageVersion()}: figures were compared, words were not.`,
    );
  if (question.filesDirectory !== undefined)
    data.push(...(await compareSourceFiles(files, question.filesDirectory)));
  const query = { report: question.path, from: question.from, files: question.filesDirectory ?? null };
  return makeAnswer('verify', source, head.store, { query, data, notes });
}
