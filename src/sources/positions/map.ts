import {
  addDays,
  closeKnownAt,
  cotReleaseInstant,
  cotReportDateOfWeek,
  type Fact,
  type IsoDate,
  isTradingDay,
  previousTradingDay,
  type SetAsideRow,
  TABLES,
  type TableRow,
  weekNumber,
} from '../../core/index.js';
import { POSITIONS_COLUMNS } from './layout.js';
import type { BadRow, PositionsRow } from './parse.js';

/** The facts of a row: its positions, known when the CFTC published them, and the level of the index where it has one. */
export function factsOf(row: PositionsRow, rowNumber: number): Fact[] {
  const positions = positionsFact(row, rowNumber);
  const level = levelFact(row, rowNumber);
  return level === null ? [positions] : [positions, level];
}

function positionsFact(row: PositionsRow, rowNumber: number): Fact<'positions'> {
  const values: Record<string, string | number | null> = {};
  for (const name of Object.keys(TABLES.positions.columns)) values[name] = null;
  for (const { name, field } of POSITIONS_COLUMNS) if (field !== null) values[field] = row[name]!;
  const reportDate = row.report_date as IsoDate;
  return {
    table: 'positions',
    row: { ...values, grade: 'brought' } as unknown as TableRow<'positions'>,
    periodStart: addDays(cotReportDateOfWeek(weekNumber(reportDate) - 1), 1),
    periodEnd: reportDate,
    knownAt: cotReleaseInstant(reportDate),
    knownAtKind: 'calendar',
    rowNumber,
  };
}

/** A close can only be that of a session: beside a report date without one stands the close of the session before. */
function levelFact(row: PositionsRow, rowNumber: number): Fact<'levels'> | null {
  if (row.level === null || row.level_symbol === null) return null;
  const reportDate = row.report_date as IsoDate;
  const date = isTradingDay(reportDate) ? reportDate : previousTradingDay(reportDate);
  return {
    table: 'levels',
    row: { symbol: row.level_symbol as string, date, close: row.level as number },
    periodStart: date,
    periodEnd: date,
    knownAt: closeKnownAt(date),
    knownAtKind: 'rule',
    rowNumber,
  };
}

/** A bad row for the list of rows set aside, with what could be read of it. */
export function setAsideRow(bad: BadRow, rowNumber: number): SetAsideRow {
  const { contractCode, reportDate, ...fault } = bad;
  return {
    rowNumber,
    ...fault,
    ...(contractCode === null ? {} : { subject: contractCode }),
    ...(reportDate === null ? {} : { periodEnd: reportDate, knownAt: cotReleaseInstant(reportDate) }),
  };
}
