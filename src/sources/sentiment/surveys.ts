import {
  addBusinessDays,
  addDays,
  addMonths,
  endOfDayInNewYork,
  type Fact,
  type Instant,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Cells, type Columns, readCells } from '../text/index.js';

/** A measure of a survey: its column, the name it is stored under, its bounds. */
interface Measure {
  readonly column: string;
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
  readonly isOptional?: true;
}

interface SurveyRow {
  readonly survey: string;
  readonly unit: string;
  readonly date: IsoDate;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: Instant;
  readonly rowNumber: number;
}

function surveyFact(row: SurveyRow, measure: string, value: number | null): Fact<'sentiment'> {
  const { survey, date, unit, periodStart, periodEnd, knownAt, rowNumber } = row;
  return {
    table: 'sentiment',
    row: { survey, date, measure, value, unit },
    periodStart,
    periodEnd,
    knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

const SHARES: readonly Measure[] = ['bullish', 'neutral', 'bearish'].map((name) => ({
  column: name,
  name,
  least: 0,
  greatest: 1,
}));
/** The three shares are rounded to a tenth of a percent at worst, in some weeks of the first years to a percent. */
const SUM_TOLERANCE = 0.011;

/**
 * Reads the survey of the American Association of Individual Investors: shares of answers, as fractions. Dates are the day
 * of the report, or the eve of it, so it is known by the end of the next business day.
 */
export function readAaii(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const date = cells.date('reported_date');
    const knownAt = endOfDayInNewYork(addBusinessDays(date, 1));
    cells.concern({ subject: 'aaii', periodEnd: date, knownAt });
    const values = readMeasures(cells, SHARES);
    const sum = values.reduce<number>((total, { value }) => total + value!, 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      cells.refuse('bullish', 'three fractions that add up to 1', `the three add up to ${sum.toFixed(4)}`);
    const row = { survey: 'aaii', unit: 'fraction', date, knownAt, rowNumber: cells.line };
    const week = { periodStart: addDays(date, -6), periodEnd: date };
    for (const { name, value } of values) facts.push(surveyFact({ ...row, ...week }, name, value));
  });
}

const EXPOSURE = { least: -200, greatest: 200 };
/** Single managers have answered beyond the survey's own bounds: 210 in 2014. */
const EXTREME = { least: -400, greatest: 400 };
const EXPOSURES: readonly Measure[] = [
  { column: 'mean', name: 'mean', ...EXPOSURE },
  { column: 'most_bearish', name: 'most-bearish', ...EXTREME },
  { column: 'quartile_1', name: 'quartile-1', ...EXPOSURE },
  { column: 'median', name: 'median', ...EXPOSURE },
  { column: 'quartile_3', name: 'quartile-3', ...EXPOSURE },
  { column: 'most_bullish', name: 'most-bullish', ...EXTREME },
  { column: 'std_dev', name: 'standard-deviation', least: 0, greatest: 400, isOptional: true },
  { column: 'naaim_number', name: 'naaim-number', ...EXPOSURE },
];

/**
 * Reads exposures of the National Association of Active Investment Managers, in percent of a portfolio (-200 = twice short).
 * Answers are taken to Wednesday, the day of most dates, and published on Thursday; some dates are Tuesdays: known by the
 * end of the second business day after the date.
 */
export function readNaaim(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const date = cells.date('date');
    const knownAt = endOfDayInNewYork(addBusinessDays(date, 2));
    cells.concern({ subject: 'naaim', periodEnd: date, knownAt });
    const row = { survey: 'naaim', unit: 'percent', date, knownAt, rowNumber: cells.line };
    const week = { periodStart: addDays(date, -6), periodEnd: date };
    for (const { name, value } of readMeasures(cells, EXPOSURES))
      facts.push(surveyFact({ ...row, ...week }, name, value));
  });
}

/** Seven times the debits of 2026: thousands of dollars are beyond it in any year. */
const BALANCE = { least: 0, greatest: 1e7 };
const BALANCES: readonly Measure[] = [
  { column: 'debit_balances_musd', name: 'debit-balances', ...BALANCE },
  { column: 'free_credit_cash_accounts_musd', name: 'free-credit-cash-accounts', ...BALANCE },
  {
    column: 'free_credit_margin_accounts_musd',
    name: 'free-credit-margin-accounts',
    ...BALANCE,
    isOptional: true,
  },
];

/**
 * Reads FINRA's margin statistics, in millions of US dollars at the end of a month. They come out in the third week of the
 * next month; by rule they are known at its end.
 */
export function readMargin(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const text = `${cells.text('year_month')}-01`;
    const date = isIsoDate(text) ? text : cells.refuse('year_month', 'a month as YYYY-MM', 'no month');
    const periodEnd = addDays(addMonths(date, 1), -1);
    const knownAt = endOfDayInNewYork(addDays(addMonths(date, 2), -1));
    cells.concern({ subject: 'finra-margin', periodEnd, knownAt });
    const row = { survey: 'finra-margin', unit: 'millions of US dollars', date, knownAt };
    const month = { periodStart: date, periodEnd, rowNumber: cells.line };
    for (const { name, value } of readMeasures(cells, BALANCES))
      facts.push(surveyFact({ ...row, ...month }, name, value));
  });
}

function readMeasures(
  cells: Cells,
  measures: readonly Measure[],
): { readonly name: string; readonly value: number | null }[] {
  return measures.map(({ column, name, least, greatest, isOptional }) => {
    const value = isOptional === true ? cells.optionalNumber(column) : cells.number(column);
    if (value !== null && (value < least || value > greatest))
      cells.refuse(column, `a number from ${least} to ${greatest}`, `${column} is out of its range`);
    return { name, value };
  });
}
