import {
  addDays,
  cotReleaseInstant,
  cotReportDateOfWeek,
  type Fact,
  type Instant,
  type IsoDate,
  type SetAsideRow,
  type TableRow,
  weekNumber,
} from '../../core/index.js';
import { multiplierOfUnits } from './contract-units.js';
import { POSITION_COLUMNS } from './layout.js';
import type { BadRow, TffRow } from './row.js';

/** Names of our change columns, in the order of POSITION_COLUMNS. */
const CHANGE_NAMES = POSITION_COLUMNS.map(({ name }) => `change${name[0]!.toUpperCase()}${name.slice(1)}`);

/** The fact of a row: its week runs from the day after the report date before, and is known at the CFTC's release. */
export function positionsFact(row: TffRow, rowNumber: number): Fact<'positions'> {
  const values: Record<string, string | number | null> = {
    reportDate: row.reportDate,
    contractCode: row.contractCode,
    report: row.report,
    grade: 'published',
    contractName: row.contractName,
    contractUnits: row.contractUnits,
    multiplier: multiplierOfUnits(row.contractUnits),
    openInterest: row.openInterest,
    changeOpenInterest: row.changeOpenInterest,
  };
  for (let index = 0; index < POSITION_COLUMNS.length; index += 1) {
    values[POSITION_COLUMNS[index]!.name] = row.positions[index]!;
    values[CHANGE_NAMES[index]!] = row.changes[index]!;
  }
  return {
    table: 'positions',
    row: values as unknown as TableRow<'positions'>,
    ...timesOf(row.reportDate),
    periodEnd: row.reportDate,
    knownAtKind: 'calendar',
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
    ...(reportDate === null ? {} : { periodEnd: reportDate, knownAt: timesOf(reportDate).knownAt }),
  };
}

interface Times {
  readonly periodStart: IsoDate;
  readonly knownAt: Instant;
}

/** Worked out once a report date, not once a row: the calendars are the dearest part of reading. */
const timesByDate = new Map<IsoDate, Times>();

function timesOf(reportDate: IsoDate): Times {
  let times = timesByDate.get(reportDate);
  if (times === undefined) {
    times = {
      periodStart: addDays(cotReportDateOfWeek(weekNumber(reportDate) - 1), 1),
      knownAt: cotReleaseInstant(reportDate),
    };
    timesByDate.set(reportDate, times);
  }
  return times;
}
