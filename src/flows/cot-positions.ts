import {
  COT_CLASSES,
  dayNumber,
  type Instant,
  type IsoDate,
  type KnownAtKind,
  type PositionGrade,
  type SourceRef,
  weekNumber,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';

export type CotReport = 'futures-only' | 'combined';

/** One week of one contract: positions in contracts of the row's own multiplier, by class in the order of COT_CLASSES. */
export interface PositionPoint {
  readonly reportDate: IsoDate;
  readonly week: number;
  readonly grade: PositionGrade;
  readonly knownAt: Instant;
  readonly knownAtKind: KnownAtKind;
  readonly contractName: string;
  readonly contractUnits: string | null;
  readonly multiplier: number | null;
  readonly openInterest: number | null;
  readonly long: readonly number[];
  readonly short: readonly number[];
  readonly sources: readonly SourceRef[];
  /** The publisher's own changes on the week; null where it reports none. */
  readonly change: {
    readonly long: readonly number[];
    readonly short: readonly number[];
    readonly openInterest: number | null;
  } | null;
}

/** The weeks of one contract as far as the view knows them, by week number. */
export interface PositionHistory {
  readonly code: string;
  readonly report: CotReport;
  readonly points: ReadonlyMap<number, PositionPoint>;
}

const CLASS_COLUMNS = [
  'dealer',
  'asset_manager',
  'leveraged_fund',
  'other_reportable',
  'non_reportable',
] as const;

type RawRow = Record<string, unknown>;

function columnList(): string {
  const sides = CLASS_COLUMNS.flatMap((name) => [`${name}_long`, `${name}_short`]);
  return [
    'contract_code, report_date, grade, contract_name, contract_units, multiplier, open_interest, change_open_interest',
    'known_at, known_at_kind, source, file_name, file_sha256, row_number',
    ...sides,
    ...sides.map((side) => `change_${side}`),
  ].join(', ');
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const LONG = CLASS_COLUMNS.map((name) => camel(`${name}_long`));
const SHORT = CLASS_COLUMNS.map((name) => camel(`${name}_short`));
const CHANGE_LONG = CLASS_COLUMNS.map((name) => camel(`change_${name}_long`));
const CHANGE_SHORT = CLASS_COLUMNS.map((name) => camel(`change_${name}_short`));

/** All values of the columns as numbers, or null if one is missing. */
function allNumbers(row: RawRow, columns: readonly string[]): number[] | null {
  const values = columns.map((column) => row[column]);
  return values.every((value) => typeof value === 'number') ? (values as number[]) : null;
}

function changeOf(row: RawRow): PositionPoint['change'] {
  const long = allNumbers(row, CHANGE_LONG);
  const short = allNumbers(row, CHANGE_SHORT);
  if (long === null || short === null) return null;
  return { long, short, openInterest: row.changeOpenInterest as number | null };
}

function pointOf(row: RawRow): PositionPoint | null {
  const long = allNumbers(row, LONG);
  const short = allNumbers(row, SHORT);
  if (long === null || short === null) return null;
  const reportDate = row.reportDate as IsoDate;
  return {
    reportDate,
    week: weekNumber(reportDate),
    grade: row.grade as PositionGrade,
    knownAt: row.knownAt as Instant,
    knownAtKind: row.knownAtKind as KnownAtKind,
    contractName: (row.contractName as string | null) ?? '',
    contractUnits: row.contractUnits as string | null,
    multiplier: row.multiplier as number | null,
    openInterest: row.openInterest as number | null,
    long,
    short,
    sources: [
      {
        source: row.source as string,
        fileName: row.fileName as string,
        fileSha256: row.fileSha256 as string,
        rowNumber: row.rowNumber as number,
      },
    ],
    change: changeOf(row),
  };
}

/**
 * The missing week before `next`, from the publisher's own changes: position(t-1) = position(t) - change(t).
 * Null where the publisher reports no change (the market was absent), or where the contract's multiplier is not the
 * same on both sides of the hole, since changes are then differences of unlike contracts.
 */
function rebuildBefore(
  next: PositionPoint,
  last: PositionPoint | undefined,
  reportDate: IsoDate,
): PositionPoint | null {
  if (next.change === null || next.grade === 'rebuilt') return null;
  if (last !== undefined && last.multiplier !== next.multiplier) return null;
  const long = next.long.map((value, i) => value - next.change!.long[i]!);
  const short = next.short.map((value, i) => value - next.change!.short[i]!);
  if ([...long, ...short].some((value) => value < 0)) return null;
  const { change } = next;
  const openInterest =
    next.openInterest === null || change.openInterest === null
      ? null
      : next.openInterest - change.openInterest;
  return {
    ...next,
    reportDate,
    week: next.week - 1,
    grade: 'rebuilt',
    long,
    short,
    openInterest,
    change: null,
  };
}

/** Fills each hole's last week from the row after it, where that row states its changes. */
function rebuildHoles(points: Map<number, PositionPoint>, reportDateOfWeek: (week: number) => IsoDate): void {
  const present = [...points.values()].sort((a, b) => a.week - b.week);
  for (let i = 1; i < present.length; i++) {
    const next = present[i]!;
    const last = present[i - 1]!;
    if (next.week === last.week + 1) continue;
    const rebuilt = rebuildBefore(next, last, reportDateOfWeek(next.week - 1));
    if (rebuilt !== null) points.set(rebuilt.week, rebuilt);
  }
}

const GRADE_ORDER: Readonly<Record<PositionGrade, number>> = { published: 0, brought: 1, rebuilt: 2 };

function bestByWeek(rows: readonly RawRow[]): Map<string, Map<number, PositionPoint>> {
  const byCode = new Map<string, Map<number, PositionPoint>>();
  for (const row of rows) {
    const point = pointOf(row);
    if (point === null) continue;
    const code = row.contractCode as string;
    const points = byCode.get(code) ?? new Map<number, PositionPoint>();
    byCode.set(code, points);
    const held = points.get(point.week);
    if (held === undefined || GRADE_ORDER[point.grade] < GRADE_ORDER[held.grade])
      points.set(point.week, point);
  }
  return byCode;
}

/**
 * Reads the positions that the view knows, one row a contract and week: published rows first, brought rows in their
 * holes, and each hole's last week rebuilt from the next row's changes where nothing else is known of it.
 * @param codes contract market codes; all of the view if left out
 */
export async function readPositionHistories(
  view: AsOfView,
  question: { readonly report: CotReport; readonly codes?: readonly string[] },
  reportDateOfWeek: (week: number) => IsoDate,
): Promise<PositionHistory[]> {
  const { report, codes } = question;
  const filter = codes === undefined ? '' : 'AND list_contains($codes, contract_code)';
  const rows = await view.query<RawRow>(
    `SELECT ${columnList()} FROM positions WHERE report = $report ${filter} ORDER BY contract_code, report_date, grade`,
    codes === undefined ? { report } : { report, codes: [...codes] },
  );
  const histories: PositionHistory[] = [];
  for (const [code, points] of bestByWeek(rows)) {
    rebuildHoles(points, reportDateOfWeek);
    histories.push({ code, report, points: new Map([...points].sort(([a], [b]) => a - b)) });
  }
  return histories;
}

/** Days between two report dates; a flow is defined over at most eight. */
export function daysBetween(earlier: IsoDate, later: IsoDate): number {
  return dayNumber(later) - dayNumber(earlier);
}

export const CLASS_COUNT = COT_CLASSES.length;
