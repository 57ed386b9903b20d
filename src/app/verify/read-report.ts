import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Answer, FormatError, InvalidRequest } from '../../core/index.js';
import { REPORT_HEAD_NAME, unescapeHtml } from '../../report/index.js';

/** What a report says of itself: enough to make it again. */
type ReportHead = Pick<Answer<unknown>, 'version' | 'asOf' | 'store' | 'query'>;

/** The forms of one report that are there to be verified. */
export interface WrittenReport {
  readonly head: ReportHead;
  readonly directory: string;
  readonly texts: Readonly<Partial<Record<ReportForm, string>>>;
}

export const REPORT_FORMS = { json: 'report.json', html: 'report.html', markdown: 'report.md' } as const;
export type ReportForm = keyof typeof REPORT_FORMS;

const HEAD = new RegExp(`<meta name="${REPORT_HEAD_NAME}" content="([^"]*)">`);

function isHead(value: unknown): value is ReportHead {
  const head = value as Partial<ReportHead> | null;
  return (
    typeof head?.asOf === 'string' &&
    typeof head.version === 'string' &&
    typeof head.query === 'object' &&
    typeof head.store?.id === 'string'
  );
}

function headOf(text: string, form: ReportForm, path: string): ReportHead {
  const json = form === 'json' ? text : unescapeHtml(HEAD.exec(text)?.[1] ?? '');
  try {
    const head: unknown = JSON.parse(json);
    if (isHead(head)) return head;
  } catch {}
  throw new FormatError(
    `'${path}' is no report of Tidemark; give the report.json or report.html that 'tidemark report' wrote, or their folder`,
    { place: { file: path } },
  );
}

async function textIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new InvalidRequest(`'${path}' cannot be read (${error.code}); look at its rights`);
  });
}

async function readFolder(directory: string): Promise<WrittenReport> {
  const texts: Partial<Record<ReportForm, string>> = {};
  for (const form of Object.keys(REPORT_FORMS) as ReportForm[]) {
    const text = await textIfThere(join(directory, REPORT_FORMS[form]));
    if (text !== null) texts[form] = text;
  }
  const form = texts.json === undefined ? 'html' : 'json';
  const text = texts[form];
  if (text === undefined)
    throw new InvalidRequest(`folder '${directory}' holds no report.json and no report.html; name a report`);
  return { head: headOf(text, form, join(directory, REPORT_FORMS[form])), directory, texts };
}

/**
 * Reads a report, in one of its forms or, given a folder, in all.
 * @throws {InvalidRequest} where there is none; {FormatError} where it is no report
 */
export async function readReport(path: string): Promise<WrittenReport> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new InvalidRequest(`there is no report '${path}'; check the spelling`);
  if (stats.isDirectory()) return readFolder(path);
  const text = await textIfThere(path);
  const form = text?.trimStart().startsWith('{') === true ? 'json' : 'html';
  return { head: headOf(text ?? '', form, path), directory: dirname(path), texts: { [form]: text ?? '' } };
}
