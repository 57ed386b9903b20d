import {
  addDays,
  addMonths,
  type Detection,
  endOfDayInNewYork,
  type Instant,
  type IsoDate,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { hasColumns, headerColumns, readCells, requireColumns } from '../text/index.js';
import { RELEASE_LAGS, type ReleaseLag, SERIES } from './layout.js';

const KIND = 'shiller-monthly';
const COLUMNS = ['date', ...SERIES.map(({ column }) => column)];
/** Months from 1871 on, written as their first day. */
const MONTH = /^(18|19|20|21)\d\d-(0[1-9]|1[0-2])-01$/;

/** Reads Robert Shiller's monthly data of the United States stock market. See docs/sources/shiller.md. */
export const shillerReader: SourceReader = {
  source: 'shiller',
  detect: detectShiller,
  read: readShiller,
};

function detectShiller(file: SourceFile): Detection | null {
  const columns = headerColumns(file);
  if (columns === null || !hasColumns(columns, COLUMNS)) return null;
  return { kind: KIND, evidence: `header with ${COLUMNS.join(', ')}` };
}

function knownAtOf(lag: ReleaseLag, month: IsoDate): Instant {
  const { months, day } = RELEASE_LAGS[lag];
  return endOfDayInNewYork(addDays(addMonths(month, months), day - 1));
}

function readShiller(file: SourceFile): Iterable<ReadBatch> {
  const columns = requireColumns(headerColumns(file), file, 'shiller.md');
  return readCells(file.bytes, columns, (cells, facts) => {
    const text = cells.text('date');
    if (!MONTH.test(text)) cells.refuse('date', 'the first day of a month', 'the month cannot be read');
    const date = text as IsoDate;
    const periodEnd = addDays(addMonths(date, 1), -1);
    cells.concern({ periodEnd, knownAt: knownAtOf('earnings', date) });
    for (const { column, seriesId, lag } of SERIES) {
      const value = cells.optionalNumber(column);
      if (value !== null && value < 0) cells.refuse(column, 'a number above 0', 'a value below 0');
      facts.push({
        table: 'macro',
        // None of these can be 0: a zero stands where the file has nothing.
        row: { seriesId, date, vintageDate: null, value: value === 0 ? null : value },
        periodStart: date,
        periodEnd,
        knownAt: knownAtOf(lag, date),
        knownAtKind: 'rule',
        rowNumber: cells.line,
      });
    }
  });
}
