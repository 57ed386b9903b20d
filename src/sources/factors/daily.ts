import {
  addDays,
  addMonths,
  endOfDayInNewYork,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Columns, type DelimitedRecord, readCells, readDelimited } from '../text/index.js';
import { DATE_HEADERS, type Edition, factorSet, MISSING_RETURNS } from './layout.js';

const DATE = 'date';
/** A preamble is no longer than this many lines. */
const MAX_PREAMBLE_LINES = 60;

interface FactorTable {
  readonly factors: readonly string[];
  readonly columns: Columns;
  /** Records below the header, the footer left out. */
  readonly records: Iterable<DelimitedRecord>;
}

/** Finds the header below the preamble; null where there is none. */
export function factorTable(bytes: Uint8Array): FactorTable | null {
  let lines = 0;
  for (const { line, fields } of readDelimited(bytes)) {
    lines += 1;
    if (lines > MAX_PREAMBLE_LINES) return null;
    const [first, ...factors] = fields;
    if (!DATE_HEADERS.includes(first!) || factors.length === 0 || !factors.every(isFactorName)) continue;
    const positions = new Map([DATE, ...factors].map((name, index) => [name, index]));
    const columns = { width: fields.length, positions, constants: new Map(), isMapped: false };
    return { factors, columns, records: recordsBelow(bytes, line) };
  }
  return null;
}

const isFactorName = (text: string): boolean => /^[A-Za-z][\w -]{0,30}$/.test(text);

function* recordsBelow(bytes: Uint8Array, headerLine: number): Generator<DelimitedRecord> {
  for (const record of readDelimited(bytes)) {
    if (record.line <= headerLine) continue;
    if (/^Copyright/i.test(record.fields[0]!)) return;
    yield record;
  }
}

/**
 * Reads daily returns of factors. All rows of a file are of its edition, which revises earlier ones, so all are known when
 * the edition is: by rule at the end of the second month after the month that it is named for.
 */
export function readDailyFactors(
  file: SourceFile,
  table: FactorTable,
  edition: Edition,
): Generator<ReadBatch> {
  const { factors, columns, records } = table;
  const set = factorSet(factors);
  const knownAt = endOfDayInNewYork(addDays(addMonths(edition.firstDay, 3), -1));
  const end = addDays(addMonths(edition.firstDay, 1), -1);
  return readCells(
    file.bytes,
    columns,
    (cells, facts) => {
      cells.concern({ subject: set, knownAt });
      const date = dayOf(cells.text(DATE)) ?? cells.refuse(DATE, 'a day as YYYYMMDD', 'the date is no day');
      cells.concern({ periodEnd: date });
      if (date > end)
        cells.refuse(DATE, `a day to ${end}`, `later than the edition ${edition.month} of the file`);
      for (const factor of factors) {
        const value = cells.number(factor);
        const returnPercent = MISSING_RETURNS.includes(value) ? null : value;
        facts.push({
          table: 'factorReturns',
          row: { edition: edition.month, factorSet: set, frequency: 'daily', date, factor, returnPercent },
          periodStart: date,
          periodEnd: date,
          knownAt,
          knownAtKind: 'rule',
          rowNumber: cells.line,
        });
      }
    },
    { records },
  );
}

function dayOf(text: string): IsoDate | null {
  const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isIsoDate(day) ? day : null;
}
