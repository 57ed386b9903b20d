import {
  addDays,
  endOfDayInNewYork,
  type Fact,
  type Instant,
  type IsoDate,
  quarterEnd,
  type ReadBatch,
  readCusip,
  type SetAsideRow,
  thirteenFDeadline,
} from '../../core/index.js';
import {
  type DelimitedRecord,
  dataRecords,
  parseInteger,
  type RowProblem,
  setAsideRow,
  shapeProblem,
} from '../text/index.js';
import { FUND_HOLDINGS_COLUMNS } from './detect.js';

const BATCH_ROWS = 4096;
const SUFFIXES: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
const TOTAL = 'Total';

/** A text such as '29.27M': its value, and half of its last digit (two decimals of the suffix; trailing zeros are cut). */
interface RoundedValue {
  readonly usd: number;
  readonly halfDigit: number;
}

interface GroupStamp {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: Instant;
  readonly knownAtKind: 'rule';
}

interface Group {
  readonly stamp: GroupStamp;
  readonly fund: string;
  readonly quarterEnd: IsoDate;
  rows: number;
  sum: number;
  slack: number;
  total: {
    readonly value: RoundedValue;
    readonly text: string;
    readonly change: string;
    readonly line: number;
  } | null;
}

/**
 * Holdings by fund and quarter that a third party summed from 13F filings. A sold-out position is a row of 0 shares. The
 * values are rounded texts and never become money; the total rows are kept apart and the rows reconciled to them. Known at
 * the end of the quarter's filing deadline: when each filing was accepted is lost.
 */
export function* readFundHoldings(bytes: Uint8Array): Generator<ReadBatch> {
  const groups = new Map<string, Group>();
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  for (const record of dataRecords(bytes)) {
    const made = shapeProblem(record, FUND_HOLDINGS_COLUMNS.length) ?? readRecord(record, groups);
    if (made === null) continue;
    if ('table' in made) facts.push(made);
    else setAside.push(setAsideRow(record.line, made));
    if (facts.length + setAside.length >= BATCH_ROWS) {
      yield { facts, setAside, rowsRead: facts.length + setAside.length };
      [facts, setAside] = [[], []];
    }
  }
  for (const group of groups.values()) if (group.total !== null) facts.push(totalFact(group, group.total));
  yield { facts, setAside, rowsRead: facts.length + setAside.length };
}

/** @returns null for a total, which is told once the whole file is read */
function readRecord(
  { fields, line }: DelimitedRecord,
  groups: Map<string, Group>,
): Fact<'fundHoldings'> | RowProblem | null {
  const [quarterText, fund, cusipText, ticker, company, sharesText, deltaText, valueText, changeText] =
    fields as [string, string, string, string, string, string, string, string, string];
  const fault = (column: string, found: string, expected: string): RowProblem => ({
    column,
    found,
    expected,
    reason: `${column} is '${found}', not ${expected}`,
    subject: `${fund} ${quarterText} ${cusipText}`,
  });
  const end = readQuarter(quarterText);
  if (end === null) return fault('Quarter', quarterText, 'a quarter such as 2025Q4');
  if (fund === '') return fault('Fund', fund, 'a name');
  const value = readRounded(valueText);
  if (value === null) return fault('Value', valueText, "a rounded text such as '29.27M'");
  const group = groupOf(groups, fund, end);
  if (cusipText === TOTAL) {
    if (group.total !== null) return fault('CUSIP', cusipText, 'one total of a fund and quarter');
    group.total = { value, text: valueText, change: changeText, line };
    return null;
  }
  if (cusipText === '') return fault('CUSIP', cusipText, 'nine characters');
  const shares = parseInteger(sharesText);
  if (shares === null || shares < 0) return fault('Shares', sharesText, 'a whole number, not negative');
  const deltaShares = parseInteger(deltaText);
  if (deltaShares === null) return fault('Delta_Shares', deltaText, 'a whole number');
  group.rows += 1;
  group.sum += value.usd;
  group.slack += value.halfDigit;
  const { cusip, valid } = readCusip(cusipText);
  return {
    table: 'fundHoldings',
    row: {
      fund,
      quarterEnd: end,
      cusip,
      cusipValid: valid,
      ticker: ticker || null,
      issuerName: company || null,
      shares,
      deltaShares,
      roundedValueUsd: value.usd,
      valueText,
      changeText: changeText || null,
      grade: 'brought',
    },
    rowNumber: line,
    ...group.stamp,
  };
}

function totalFact(group: Group, total: NonNullable<Group['total']>): Fact<'fundTotals'> {
  const slack = group.slack + total.value.halfDigit;
  return {
    table: 'fundTotals',
    row: {
      fund: group.fund,
      quarterEnd: group.quarterEnd,
      roundedTotalUsd: total.value.usd,
      totalText: total.text,
      changeText: total.change || null,
      rowsRead: group.rows,
      sumOfRoundedUsd: group.sum,
      reconciled: Math.abs(group.sum - total.value.usd) <= slack,
    },
    rowNumber: total.line,
    ...group.stamp,
  };
}

function groupOf(groups: Map<string, Group>, fund: string, end: IsoDate): Group {
  const key = `${fund}\t${end}`;
  let group = groups.get(key);
  if (group === undefined) {
    group = { stamp: stampOf(end), fund, quarterEnd: end, rows: 0, sum: 0, slack: 0, total: null };
    groups.set(key, group);
  }
  return group;
}

function stampOf(end: IsoDate): GroupStamp {
  const quarter = Number(end.slice(5, 7)) / 3;
  const before =
    quarter === 1
      ? quarterEnd(Number(end.slice(0, 4)) - 1, 4)
      : quarterEnd(Number(end.slice(0, 4)), (quarter - 1) as 1);
  return {
    periodStart: addDays(before, 1),
    periodEnd: end,
    knownAt: endOfDayInNewYork(thirteenFDeadline(end)),
    knownAtKind: 'rule',
  };
}

function readQuarter(text: string): IsoDate | null {
  const match = /^(\d{4})Q([1-4])$/.exec(text);
  return match === null ? null : quarterEnd(Number(match[1]), Number(match[2]) as 1);
}

function readRounded(text: string): RoundedValue | null {
  const match = /^(\d+(?:\.\d{1,2})?)([KMBT]?)$/.exec(text);
  if (match === null) return null;
  const unit = SUFFIXES[match[2]!]!;
  return { usd: Number(match[1]) * unit, halfDigit: text === '0' ? 0 : unit * 0.005 };
}
