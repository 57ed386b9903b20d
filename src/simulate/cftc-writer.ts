import { COT_CLASSES, type IsoDate } from '../core/index.js';
import { contractNameOn } from './contracts.js';
import type { PositionHistory } from './positions.js';
import { type DateHeader, reportColumns } from './report-columns.js';
import { FEWEST_TRADERS, type TraderCounts, tradersBehind } from './trader-counts.js';
import type { ReportWeek } from './weeks.js';

/** A contract as it is published. */
export interface PublishedContract {
  readonly history: PositionHistory;
  readonly counts: TraderCounts;
  /** False in weeks when the market is left out of the report. */
  readonly published: readonly boolean[];
}

/** A digit too many in the asset managers' longs of one row. */
export interface PositionMisprint {
  readonly code: string;
  readonly week: number;
  readonly printed: number;
}

/** How the files of a year are laid out; all three were published. */
interface FileStyle {
  readonly dateHeader: DateHeader;
  /** A blank after each text field, as in the files of 2010 to 2014. */
  readonly isSpaced: boolean;
}

/** The date header changed with the file of 2013, the blank after text fields went with that of 2015. */
const FIRST_YEAR_OF_ISO_HEADER = 2013;
const FIRST_YEAR_WITHOUT_BLANKS = 2015;

/**
 * The CFTC's annual futures-only text file: markets in turn, newest report first, CRLF.
 * @param isOldest the market's oldest file is laid out as those of 2010 to 2012, whatever its year
 */
export function cftcAnnualText(
  year: number,
  market: {
    readonly weeks: readonly ReportWeek[];
    readonly contracts: readonly PublishedContract[];
    readonly misprint: PositionMisprint | null;
  },
  isOldest: boolean,
): string {
  const style: FileStyle = {
    dateHeader:
      isOldest || year < FIRST_YEAR_OF_ISO_HEADER ? 'Report_Date_as_MM_DD_YYYY' : 'Report_Date_as_YYYY-MM-DD',
    isSpaced: isOldest || year < FIRST_YEAR_WITHOUT_BLANKS,
  };
  const lines = [
    reportColumns(style.dateHeader)
      .map((name) => `"${name}"`)
      .join(','),
  ];
  for (const contract of market.contracts) {
    for (let week = market.weeks.length - 1; week >= 0; week--) {
      const date = market.weeks[week]!.periodEnd;
      if (!date.startsWith(`${year}-`) || !contract.published[week]!) continue;
      const { misprint } = market;
      const isMisprinted = misprint?.code === contract.history.contract.code && misprint.week === week;
      lines.push(
        cftcRow(contract, { week, date, style, misprinted: isMisprinted ? misprint.printed : null }),
      );
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

interface RowPlace {
  readonly week: number;
  readonly date: IsoDate;
  readonly style: FileStyle;
  /** What is printed for the asset managers' longs instead of the true number. */
  readonly misprinted: number | null;
}

const REPORTABLE = COT_CLASSES.slice(0, 4).map((_, c) => c);
const NON_REPORTABLE = 4;
/** Place of the asset managers' longs among the positions of a row. */
const ASSET_MANAGER_LONG = 3;

/** Positions of a week in the report's order: three sides a reportable class, two totals, two non-reportable sides. */
function positionsOf({ long, short, spread }: PositionHistory, week: number): number[] {
  const at = (side: readonly Int32Array[], c: number): number => side[c]![week]!;
  const total = (side: readonly Int32Array[]): number =>
    REPORTABLE.reduce((sum, c) => sum + at(side, c) + at(spread, c), 0);
  return [
    ...REPORTABLE.flatMap((c) => [at(long, c), at(short, c), at(spread, c)]),
    total(long),
    total(short),
    at(long, NON_REPORTABLE),
    at(short, NON_REPORTABLE),
  ];
}

function cftcRow(contract: PublishedContract, place: RowPlace): string {
  const { history, counts, published } = contract;
  const { week, date, style } = place;
  const specification = history.contract;
  const openInterest = history.openInterest[week]!;
  const positions = positionsOf(history, week);
  const before = week > 0 && published[week - 1]! ? positionsOf(history, week - 1) : null;
  const changes =
    before === null
      ? Array.from({ length: positions.length + 1 }, () => null)
      : [openInterest - history.openInterest[week - 1]!, ...positions.map((value, i) => value - before[i]!)];
  const printed = [...positions];
  if (place.misprinted !== null) printed[ASSET_MANAGER_LONG] = place.misprinted;
  const count = (value: number | null, width: number): string =>
    value === null ? (style.isSpaced ? '.'.padStart(width) : '.') : String(value).padStart(width);
  const text = (value: string, padded = value): string => (style.isSpaced ? `${value} ` : padded);
  const { code, exchange, commodity } = specification;
  const percent = (value: number, width: number): string => value.toFixed(1).padStart(width);
  return [
    text(`"${contractNameOn(specification, date)}"`),
    text(date.slice(2).replaceAll('-', '')),
    date,
    text(code),
    `${exchange} `,
    text('00'),
    `${commodity} `,
    ...[openInterest, ...printed].map((value) => count(value, 8)),
    ...changes.map((value) => count(value, 8)),
    ...[openInterest, ...positions].map((value) => percent((100 * value) / openInterest, 7)),
    ...traderColumns(positions, openInterest, counts.total[week]!).map((value) => count(value, 7)),
    ...concentrationColumns(counts, week).map((value) => percent(value, 8)),
    text(`"${history.units[week]!}"`),
    text(`"${code}"`),
    text(`"${exchange}"`, `"${exchange} "`),
    text(`"${commodity}"`, `"${commodity} "`),
    text('"F20"'),
    '"FutOnly"',
  ].join(',');
}

/** Total, then three sides a reportable class, then all long and all short; null where fewer than four traders. */
function traderColumns(positions: readonly number[], openInterest: number, total: number): (number | null)[] {
  const traders = Math.max(FEWEST_TRADERS, total);
  const behind = positions.slice(0, 14).map((position) => tradersBehind(position, openInterest, traders));
  const all = [12, 13].map((i) =>
    Math.min(traders, Math.round(traders * Math.sqrt(positions[i]! / openInterest) * 0.7)),
  );
  const shown = (value: number): number | null => (value > 0 && value < 4 ? null : value);
  return [traders, ...behind.slice(0, 12).map(shown), ...all];
}

/** Gross then net shares of the four and eight largest traders, long and short. */
function concentrationColumns(counts: TraderCounts, week: number): number[] {
  const long = Math.min(60, counts.largestFourLong[week]!);
  const short = Math.min(60, counts.largestFourShort[week]!);
  const gross = [long, short, long * 1.4, short * 1.4];
  return [...gross, ...gross.map((value) => value * 0.95)];
}
