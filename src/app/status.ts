import {
  type Answer,
  cotReportDateOfWeek,
  dayNumber,
  formatInstant,
  type Instant,
  InvalidRequest,
  type IsoDate,
  newYorkDate,
  type StatusRow,
  storeName,
  TABLES,
  tradingDays,
  weekNumber,
} from '../core/index.js';
import { readTapeDays, type TapeDayCover } from '../flows/index.js';
import { READERS } from '../sources/index.js';
import type { AsOfView } from '../store/index.js';
import { abilities } from './abilities.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { type FilingsStatus, filingsNote, readFilingsStatus } from './status-filings.js';
import { marketValueNote } from './status-market-value.js';
import { countSetAside, type SetAsideCount } from './status-set-aside.js';
import { TAPE_SOURCE } from './tape/tape-store.js';

/** Source name of Form 13F. */
const FILINGS_SOURCE = 'edgar';

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

/** What the tape covers, as far as it can be told in one line. */
async function tapeNote(view: AsOfView): Promise<string> {
  const days = await readTapeDays(view);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    return "flows of basis tape: no, run 'tidemark tape import' on files of trades and quotes";
  const sum = (of: (day: TapeDayCover) => number): number => days.reduce((total, day) => total + of(day), 0);
  const names = days.map((day) => day.names);
  const [fewest, most] = [Math.min(...names), Math.max(...names)];
  const signable = sum((day) => day.signable);
  const unsigned = signable === 0 ? 'none' : `${((100 * sum((day) => day.byNone)) / signable).toFixed(2)} %`;
  const missing = tradingDays(first.date, last.date).length - days.length;
  return [
    `flows of basis tape: yes, ${days.length} days from ${first.date} to ${last.date}`,
    ...(missing > 0 ? [`${missing} trading days between them missing`] : []),
    `${fewest === most ? most : `${fewest} to ${most}`} names a day`,
    `${unsigned} of the prints that can be signed are not`,
  ].join(', ');
}

/** The answer to 'what is in the store?'; `filings` where Form 13F is asked for by name. */
export interface StatusAnswer extends Answer<StatusRow> {
  readonly filings: FilingsStatus | null;
}

/** Names that users know a source by. */
const SOURCE_ALIASES: Readonly<Record<string, string>> = { '13f': FILINGS_SOURCE };

/** Every source that a store can hold. */
const SOURCES: readonly string[] = [...new Set(READERS.map(({ source }) => source)), TAPE_SOURCE];

/**
 * The name that the store has for a source, whatever a user calls it; null for all.
 * @throws {InvalidRequest} naming the value and the choices
 */
export function sourceNamed(source: string | undefined): string | null {
  if (source === undefined) return null;
  const name = SOURCE_ALIASES[source] ?? source;
  if (!SOURCES.includes(name))
    throw new InvalidRequest(`source '${source}' is unknown; one of ${SOURCES.join(', ')}`);
  return name;
}

export async function showStatus(
  context: AppContext,
  question: { readonly source?: string },
): Promise<StatusAnswer> {
  const source = sourceNamed(question.source);
  return withView(context, async (view) => {
    const all = await readStatus(view);
    const filings = source === FILINGS_SOURCE ? await readFilingsStatus(view) : null;
    const able = [...(await abilities(view, all)), await marketValueNote(view), await tapeNote(view)];
    const notes = filings === null ? able : [filingsNote(filings), ...able];
    const data = source === null ? all : all.filter((row) => row.source === source);
    const answer = makeAnswer('status', context, storeOf(view), { query: { source }, data, notes });
    return { ...answer, filings };
  });
}
