import {
  addDays,
  type Detection,
  FormatError,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { looksBinary, readCells } from '../text/index.js';
import { IS_PARTIAL, type TrendsExport, trendsExport, WEEK, weekStartOf, windowOf } from './exports.js';

/** How an export writes a value between 0 and 1. */
const BELOW_ONE = '<1';
const MAX_INTEREST = 100;
const PARTIAL_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['True', true],
  ['False', false],
]);

/** Reads weekly search interest from Google Trends. See docs/sources/attention.md. */
export const attentionReader: SourceReader = {
  source: 'attention',
  detect: detectTrends,
  read: readTrends,
};

function detectTrends(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  const table = trendsExport(file.bytes.subarray(0, 65_536));
  if (table === null) return null;
  const terms = table.terms.map(({ term }) => term).join(', ');
  return { kind: `trends-${table.layout}`, evidence: `a column of weeks and the terms ${terms}` };
}

/** @throws {FormatError} where the file has no weeks */
function readTrends(file: SourceFile): Iterable<ReadBatch> {
  const table = trendsExport(file.bytes);
  const window = table === null ? null : windowOf(table);
  if (table === null || window === null) {
    throw new FormatError(`${file.name} has no week of search interest; see docs/sources/attention.md`, {
      place: { file: file.name },
    });
  }
  const { windowStart, windowEnd, knownAt } = window;
  const { records } = trendsExport(file.bytes)!;
  const comparedWith = table.terms.map(({ term }) => term).join('; ');
  return readCells(
    file.bytes,
    table.columns,
    (cells, facts) => {
      cells.concern({ knownAt });
      const weekStart =
        weekStartOf(cells.text(WEEK)) ??
        cells.refuse(WEEK, 'a Sunday as YYYY-MM-DD or M/D/YYYY', 'no first day of a week');
      const periodEnd = addDays(weekStart, 6);
      cells.concern({ periodEnd });
      const isPartial = partialOf(table, cells.text(IS_PARTIAL));
      if (isPartial === undefined) cells.refuse(IS_PARTIAL, 'True or False', 'neither whole nor partial');
      for (const { header, term, region } of table.terms) {
        const isBelowOne = cells.text(header) === BELOW_ONE;
        const interest = isBelowOne ? null : cells.number(header);
        if (interest !== null && (interest < 0 || interest > MAX_INTEREST))
          cells.refuse(header, `0 to ${MAX_INTEREST}`, 'no share of the highest interest');
        facts.push({
          table: 'searchInterest',
          row: {
            ...{ windowStart, windowEnd, comparedWith, region, term, weekStart },
            ...{ interest, isBelowOne, isPartial: isPartial ?? null },
          },
          periodStart: weekStart,
          periodEnd,
          knownAt,
          knownAtKind: 'rule',
          rowNumber: cells.line,
        });
      }
    },
    { records },
  );
}

/** Null where the layout does not say it, undefined where what it says cannot be read. */
function partialOf({ layout }: TrendsExport, text: string): boolean | null | undefined {
  return layout === 'google' ? null : PARTIAL_WORDS.get(text);
}
