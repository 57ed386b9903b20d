import {
  closeKnownAt,
  type Detection,
  EXCHANGE_CALENDAR_YEARS,
  type Instant,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { headerColumns, LineCursor, readCells, requireColumns, sniffHeader } from '../text/index.js';

const KIND = 'cboe-vix';
const SYMBOL = '^VIX';
const HEADER = ['DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE'];
/** The index is calculated for 15 minutes after stocks close, and is given away with the same delay as they are. */
const AFTER_STOCKS_MS = 15 * 60_000;

/** Closes that only this index had: the file names no index. */
const CLOSES_BY_DAY: ReadonlyMap<string, number> = new Map([
  ['1990-01-02', 17.24],
  ['1998-08-31', 44.28],
  ['2008-11-20', 80.86],
  ['2018-02-05', 37.32],
  ['2020-03-16', 82.69],
  ['2024-08-05', 38.57],
]);

/** Reads the history of the volatility index VIX as Cboe publishes it. See docs/sources/cboe.md. */
export const cboeReader: SourceReader = { source: 'cboe', detect: detectVix, read: readVix };

/** Cboe writes 01/02/1990, copies 1990-01-02. */
function dayOf(text: string): IsoDate | null {
  const day = text.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2');
  return isIsoDate(day) ? day : null;
}

function detectVix(file: SourceFile): Detection | null {
  const header = sniffHeader(file.bytes);
  if (header?.join() !== HEADER.join()) return null;
  const lines = new LineCursor(file.bytes);
  let matched: string | null = null;
  for (let text = lines.next(); text !== null; text = lines.next()) {
    const day = dayOf(text.slice(0, 10));
    const close = day === null ? undefined : CLOSES_BY_DAY.get(day);
    if (close === undefined) continue;
    if (Math.abs(Number(text.slice(text.lastIndexOf(',') + 1)) - close) > 0.005) return null;
    matched = `${close} on ${day}`;
  }
  return matched === null ? null : { kind: KIND, evidence: `its columns, and the VIX at ${matched}` };
}

function readVix(file: SourceFile): Iterable<ReadBatch> {
  const columns = requireColumns(headerColumns(file), file, 'cboe.md');
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  return readCells(file.bytes, columns, (cells, facts) => {
    cells.concern({ subject: SYMBOL });
    const date =
      dayOf(cells.text('date')) ??
      cells.refuse('date', 'a day as MM/DD/YYYY or YYYY-MM-DD', 'the date cannot be read');
    const year = Number(date.slice(0, 4));
    if (year < first || year > last)
      cells.refuse('date', `a day from ${first} to ${last}`, 'outside the exchange calendar');
    const knownAt = (closeKnownAt(date) + AFTER_STOCKS_MS) as Instant;
    cells.concern({ periodEnd: date, knownAt });
    const close = cells.number('close');
    if (close <= 0) cells.refuse('close', 'a number above 0', 'no level of an index');
    facts.push({
      table: 'levels',
      row: { symbol: SYMBOL, date, close },
      periodStart: date,
      periodEnd: date,
      knownAt,
      knownAtKind: 'rule',
      rowNumber: cells.line,
    });
  });
}
