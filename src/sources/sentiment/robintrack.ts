import {
  dateOfDayNumber,
  type Fact,
  FormatError,
  type Instant,
  type IsoDate,
  isIsoDate,
  parseInstant,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Cells, type Columns, parseInteger, readCells, yahooSymbol } from '../text/index.js';

const DAY_MS = 86_400_000;
/** Robintrack asked for the counts about once an hour and showed them at once. */
const SHOWN_AFTER_MS = 3_600_000;
const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

function instantOf(cells: Cells, column: string): Instant {
  const text = cells.text(column);
  const [day, clock] = text.split(' ');
  if (!TIMESTAMP.test(text) || !isIsoDate(day!) || !/^([01]\d|2[0-3])(:[0-5]\d){2}$/.test(clock!))
    cells.refuse(column, 'a moment in UTC as YYYY-MM-DD HH:MM:SS', `${column} cannot be read`);
  return parseInstant(`${text}Z`);
}

function holdersOf(cells: Cells): number {
  const holders = parseInteger(cells.text('users_holding'));
  if (holders !== null && holders >= 0) return holders;
  return cells.refuse('users_holding', 'a whole number', 'no count of accounts');
}

interface Count {
  readonly symbol: string;
  readonly observedAt: Instant;
  readonly frequency: 'daily' | 'observed';
  readonly holders: number;
  readonly knownAt: Instant;
  readonly rowNumber: number;
}

function countFact({
  symbol,
  observedAt,
  frequency,
  holders,
  knownAt,
  rowNumber,
}: Count): Fact<'holderCounts'> {
  const date = utcDay(observedAt);
  return {
    table: 'holderCounts',
    row: { symbol, observedAt, date, frequency, holders },
    periodStart: date,
    periodEnd: date,
    knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

const utcDay = (instant: Instant): IsoDate => dateOfDayNumber(Math.floor(instant / DAY_MS));

/** Reads the last count of each UTC day. Which one that is, is known when the day is over. */
export function readDailyCounts(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const symbol = cells.symbol('ticker');
    cells.concern({ subject: symbol });
    const date = cells.date('date');
    const observedAt = instantOf(cells, 'last_timestamp_utc');
    const dayEnd = Date.parse(`${date}T00:00:00Z`) + DAY_MS;
    const knownAt = Math.max(dayEnd, observedAt + SHOWN_AFTER_MS) as Instant;
    cells.concern({ periodEnd: date, knownAt });
    if (utcDay(observedAt) !== date)
      cells.refuse('last_timestamp_utc', `a moment of ${date}`, 'the moment is not of the day of the row');
    const holders = holdersOf(cells);
    facts.push(
      countFact({ symbol, observedAt, frequency: 'daily', holders, knownAt, rowNumber: cells.line }),
    );
  });
}

/**
 * Reads all counts of one security. The file does not name it inside; Robintrack named its files after it, 'XLK.csv'.
 * @throws {FormatError} where the file's name holds no ticker
 */
export function readObservedCounts(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const symbol = symbolOfName(file.name);
  if (symbol === null) {
    throw new FormatError(
      `${file.name} does not say whose holders it counts; name it after the ticker, as Robintrack did: XLK.csv`,
      { place: { file: file.name } },
    );
  }
  return readCells(file.bytes, columns, (cells, facts) => {
    cells.concern({ subject: symbol });
    const observedAt = instantOf(cells, 'timestamp');
    const knownAt = (observedAt + SHOWN_AFTER_MS) as Instant;
    cells.concern({ periodEnd: utcDay(observedAt), knownAt });
    const holders = holdersOf(cells);
    facts.push(
      countFact({ symbol, observedAt, frequency: 'observed', holders, knownAt, rowNumber: cells.line }),
    );
  });
}

/** 'XLK.csv', 'robintrack-xlk-hourly.csv.gz' */
function symbolOfName(name: string): string | null {
  const stem = name.slice(name.lastIndexOf('/') + 1).replace(/\.(csv|txt|gz)\b/gi, '');
  const inName = /^robintrack-([a-z0-9.]+)-/i.exec(stem)?.[1] ?? stem;
  return /^[A-Za-z0-9.]{1,7}$/.test(inName) ? yahooSymbol(inName) : null;
}
