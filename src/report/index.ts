import type { ReportInput } from '../core/index.js';
import { reportContent } from './content.js';
import { renderHtml } from './html/render.js';

import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';

export { unescapeHtml } from './html/escape.js';
export { REPORT_HEAD_NAME } from './html/render.js';

/** One report in three forms, all of the same content. */
export interface Report {
  /** One file that works offline. */
  readonly html: string;
  readonly markdown: string;
  /** An `Answer`, see docs/concepts/report.md. */
  readonly json: string;
}

/**
 * Writes the report of one week. Every number printed is a value of the input; equal inputs give equal bytes.
 *
 * @throws {Error} where the input holds a number that is not finite: null is how a figure is not known
 */
export async function renderReport(input: ReportInput): Promise<Report> {
  const content = reportContent(input);
  return {
    html: await renderHtml(input, content),
    markdown: renderMarkdown(content),
    json: renderJson(input, content),
  };
}
