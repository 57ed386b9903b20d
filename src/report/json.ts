import type { Answer, ReportInput, SourceRef } from '../core/index.js';
import { type ReportData, reportData } from './figures.js';
import type { Figure, ReportContent, Unit } from './model.js';

/** A printed figure: `id` is its JSON Pointer into this row of data. */
interface FigureRow {
  readonly id: string;
  readonly value: Figure['value'];
  readonly unit: Unit;
  readonly text: string;
  readonly reason: string | null;
  /** The rows behind it, or the part of the report that lists them: `#series`, `#looks`, `#store`, `#week-...`. */
  readonly evidence: readonly SourceRef[] | string;
}

type ReportRow = ReportData & { readonly figures: readonly FigureRow[] };

/** The report as the answer of the command line, with the input whole and every figure as printed. */
export function renderJson(input: ReportInput, content: ReportContent): string {
  const figures = content.figures.map(({ id, value, unit, text, reason, evidence }) => ({
    id,
    value,
    unit,
    text,
    reason,
    evidence: evidence.sources ?? `#${evidence.anchor}`,
  }));
  const answer: Answer<ReportRow> = {
    command: 'report',
    version: input.version,
    asOf: input.asOf,
    store: input.store,
    query: input.query,
    data: [{ ...reportData(input), figures }],
    notes: input.notes,
  };
  return `${JSON.stringify(answer, null, 1)}\n`;
}
