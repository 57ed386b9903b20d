import {
  cotReportDateOfWeek,
  dayNumber,
  formatInstant,
  type Instant,
  type IsoDate,
  newYorkDate,
  type StatusRow,
  storeName,
  TABLES,
  tradingDays,
  weekNumber,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { countSetAside, type SetAsideCount } from './status-set-aside.js';

interface SourceSummary {
  source: string;
  tableName: string;
  files: number;
  rows: number;
  firstPeriod: IsoDate | null;
  lastPeriod: IsoDate | null;
  lastKnown: Instant | null;
}

const FACT_TABLES = (Object.keys(TABLES) as (keyof typeof TABLES)[]).filter((name) => name !== 'setAside');

function summarySql(table: string): string {
  return `SELECT source, '${table}' AS table_name, count(DISTINCT file_sha256) AS files, count(*) AS rows,
    min(period_start) AS first_period, max(period_end) AS last_period, max(known_at) AS last_known
    FROM ${storeName(table)} GROUP BY source`;
}

async function readSummaries(view: AsOfView): Promise<SourceSummary[]> {
  return view.query<SourceSummary & Record<string, unknown>>(
    `${FACT_TABLES.map(summarySql).join(' UNION ALL ')} ORDER BY source, table_name`,
  );
}

/** Runs of expected periods that are missing between the first and the last. */
function runsOf(missing: readonly IsoDate[], positionOf: (date: IsoDate) => number): StatusRow['gaps'] {
  const runs: { from: IsoDate; to: IsoDate; periods: number }[] = [];
  for (const date of missing) {
    const last = runs.at(-1);
    if (last !== undefined && positionOf(date) === positionOf(last.to) + 1) {
      last.to = date;
      last.periods++;
    } else runs.push({ from: date, to: date, periods: 1 });
  }
  return runs;
}

async function positionGaps(view: AsOfView, source: string): Promise<StatusRow['gaps']> {
  const rows = await view.query<{ reportDate: IsoDate }>(
    `SELECT DISTINCT report_date FROM positions WHERE source = $source AND report = 'futures-only' ORDER BY 1`,
    { source },
  );
  const weeks = new Set(rows.map((row) => weekNumber(row.reportDate)));
  if (weeks.size === 0) return [];
  const missing: IsoDate[] = [];
  for (let week = Math.min(...weeks); week <= Math.max(...weeks); week++)
    if (!weeks.has(week)) missing.push(cotReportDateOfWeek(week));
  return runsOf(missing, weekNumber);
}

async function priceGaps(view: AsOfView, source: string): Promise<StatusRow['gaps']> {
  const rows = await view.query<{ date: IsoDate }>(
    `SELECT DISTINCT date FROM prices WHERE source = $source AND frequency = 'daily' ORDER BY 1`,
    { source },
  );
  const [first, last] = [rows[0]?.date, rows.at(-1)?.date];
  if (first === undefined || last === undefined) return [];
  const held = new Set(rows.map((row) => row.date));
  const days = tradingDays(first, last);
  const position = new Map(days.map((day, index) => [day, index]));
  return runsOf(
    days.filter((day) => !held.has(day)),
    (date) => position.get(date) ?? -1,
  );
}

async function gapsOf(view: AsOfView, summary: SourceSummary): Promise<StatusRow['gaps']> {
  if (summary.tableName === 'positions') return positionGaps(view, summary.source);
  if (summary.tableName === 'prices') return priceGaps(view, summary.source);
  return [];
}

/** Rows set aside from files of which nothing could be read get a line of their own. */
function unreadRow({ source, format, rows }: SetAsideCount): StatusRow {
  return {
    source,
    kind: format,
    files: 0,
    rows: 0,
    firstPeriod: null,
    lastPeriod: null,
    lastKnown: null,
    ageDays: null,
    setAsideRows: rows,
    gaps: [],
  };
}

/** What the view holds, one row a source and table; set-aside rows are counted where the other rows of their file are. */
export async function readStatus(view: AsOfView): Promise<StatusRow[]> {
  const summaries = await readSummaries(view);
  const counts = await countSetAside(view);
  const today = dayNumber(newYorkDate(view.asOf));
  const rows: StatusRow[] = [];
  for (const summary of summaries) {
    const count = counts.find(
      ({ source, tableName }) => source === summary.source && tableName === summary.tableName,
    );
    rows.push({
      source: summary.source,
      kind: summary.tableName,
      files: summary.files,
      rows: summary.rows,
      firstPeriod: summary.firstPeriod,
      lastPeriod: summary.lastPeriod,
      lastKnown: summary.lastKnown === null ? null : formatInstant(summary.lastKnown),
      ageDays: summary.lastPeriod === null ? null : today - dayNumber(summary.lastPeriod),
      setAsideRows: count?.rows ?? 0,
      gaps: await gapsOf(view, summary),
    });
  }
  return [...rows, ...counts.filter(({ tableName }) => tableName === null).map(unreadRow)];
}
