import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AftermathPlace,
  endOfDayInNewYork,
  type ForecastRow,
  type ForecastScoreRow,
  formatInstant,
  type Instant,
  type IsoDate,
  parseInstant,
  StoreError,
} from '../core/index.js';
import { brierScore, intervalCoverage } from '../stats/index.js';
import { type AsOfView, createFileOnce } from '../store/index.js';
import {
  type DailyCloses,
  type ForecastOutcome,
  type Foretold,
  readCloses,
  scoreForecast,
} from '../studies/aftermath/index.js';

/** A forecast as it stands in the ledger: written once, never again. */
interface RecordedForecast {
  readonly id: string;
  /** When it was written down, and what it was made from. */
  readonly madeAt: string;
  readonly knownUpTo: string;
  readonly place: AftermathPlace;
  readonly rule: string;
  readonly periodEnd: IsoDate;
  readonly foretold: Foretold;
  /** SHA-256 of all of the above: a number that was changed later is found. */
  readonly seal: string;
}

/** What a forecast is about, before it has an id and a time. */
export type Foretelling = Omit<RecordedForecast, 'id' | 'madeAt' | 'knownUpTo' | 'seal'>;

const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

/**
 * SHA-256 of what is foretold: market, rule, week, outcome, horizon and prices, not the number said. Whoever asks again
 * later, with newer data or other draws, finds the first word standing.
 */
export function forecastId({ place, rule, periodEnd, foretold }: Foretelling): string {
  const { basis, contract, sector, class: name, measure } = place;
  const { outcome, form, horizonWeeks, table, symbol, priceBasis, firstClose, dueDate } = foretold;
  const about = [basis, contract, sector, name, measure, rule, periodEnd];
  const what = [outcome, form, horizonWeeks, table, symbol, priceBasis, firstClose, dueDate];
  return createHash('sha256')
    .update(JSON.stringify([...about, ...what]))
    .digest('hex')
    .slice(0, 32);
}

/** Where the ledger of forecasts lies. */
export const forecastsFolder = (storeDirectory: string): string => join(storeDirectory, 'forecasts');

/** @throws {StoreError} for an entry that cannot be read */
function parseEntry(text: string, name: string): RecordedForecast {
  try {
    const entry = JSON.parse(text) as RecordedForecast;
    const { seal, ...content } = entry;
    if (`${entry.id}.json` === name && entry.id === forecastId(entry) && seal === hashOf(content))
      return entry;
  } catch {
    // Said below, like an entry that was changed.
  }
  throw new StoreError(
    `forecast '${name}' in the store is damaged or was changed; take it out of the folder 'forecasts' to go on without it`,
  );
}

/** The forecasts that were written down by an instant, oldest first. */
export async function readForecasts(storeDirectory: string, until: Instant): Promise<RecordedForecast[]> {
  const folder = forecastsFolder(storeDirectory);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const entries = await Promise.all(
    names.map(async (name) => parseEntry(await readFile(join(folder, name), 'utf8'), name)),
  );
  return entries
    .filter((entry) => parseInstant(entry.madeAt) <= until)
    .sort((a, b) => (a.madeAt === b.madeAt ? (a.id < b.id ? -1 : 1) : a.madeAt < b.madeAt ? -1 : 1));
}

interface RecordingResult {
  readonly added: number;
  readonly standing: number;
  /** Left out because their horizon is over: nobody foretells the past. */
  readonly over: number;
}

/** Writes down forecasts that are not in the ledger yet and whose horizon is not over. */
export async function recordForecasts(
  storeDirectory: string,
  foretellings: readonly Foretelling[],
  { now, asOf }: { readonly now: Instant; readonly asOf: Instant },
): Promise<RecordingResult> {
  const folder = forecastsFolder(storeDirectory);
  await mkdir(folder, { recursive: true });
  let [added, standing, over] = [0, 0, 0];
  for (const foretelling of foretellings) {
    if (endOfDayInNewYork(foretelling.foretold.dueDate) <= now) {
      over++;
      continue;
    }
    const content = {
      id: forecastId(foretelling),
      madeAt: formatInstant(now),
      knownUpTo: formatInstant(asOf < now ? asOf : now),
      ...foretelling,
    };
    const entry: RecordedForecast = { ...content, seal: hashOf(content) };
    if (await createFileOnce(join(folder, `${entry.id}.json`), `${JSON.stringify(entry)}\n`)) added++;
    else standing++;
  }
  return { added, standing, over };
}

/** A forecast as a row of an answer. */
export function forecastRow(
  entry: Foretelling & { readonly id: string; readonly madeAt: string },
  outcome: ForecastOutcome,
): ForecastRow {
  const { outcome: name, horizonWeeks, dueDate, probability, low, high, level, statement } = entry.foretold;
  return {
    kind: 'forecast',
    ...entry.place,
    id: entry.id,
    madeAt: entry.madeAt,
    periodEnd: entry.periodEnd,
    statement,
    outcome: name,
    horizonWeeks,
    dueDate,
    probability,
    low,
    high,
    level,
    ...outcome,
  };
}

/** Scores forecasts by the closes that the view knows. */
export async function scoreForecasts(
  view: AsOfView,
  entries: readonly RecordedForecast[],
): Promise<ForecastRow[]> {
  const held = new Map<string, Promise<readonly DailyCloses[]>>();
  const rows: ForecastRow[] = [];
  for (const entry of entries) {
    const { table, symbol, priceBasis } = entry.foretold;
    const key = `${table}|${symbol}`;
    const series = held.get(key) ?? readCloses(view, { table, symbol });
    held.set(key, series);
    const daily = (await series).find((closes) => closes.priceBasis === priceBasis) ?? null;
    rows.push(forecastRow(entry, scoreForecast(entry.foretold, daily)));
  }
  return rows;
}

/** How the forecasts that are due have done. Those of one week overlap, so bands are narrower than they should be. */
export function forecastScore(rows: readonly ForecastRow[]): ForecastScoreRow {
  const due = rows.filter(({ actual }) => actual !== null);
  const chances = due.filter(({ brier }) => brier !== null);
  const intervals = due.filter(({ covered }) => covered !== null);
  const brier =
    chances.length === 0
      ? null
      : brierScore(
          Float64Array.from(chances, ({ probability }) => probability!),
          Uint8Array.from(chances, ({ cameTrue }) => (cameTrue ? 1 : 0)),
        );
  const level = intervals[0]?.level ?? null;
  const coverage =
    level === null
      ? null
      : intervalCoverage(
          Float64Array.from(intervals, ({ low }) => low!),
          Float64Array.from(intervals, ({ high }) => high!),
          Float64Array.from(intervals, ({ actual }) => actual!),
          level,
        );
  return {
    kind: 'forecast-score',
    made: rows.length,
    due: due.length,
    brier: brier?.score ?? null,
    brierOfBaseRate: brier?.uncertainty ?? null,
    coverage: coverage?.coverage ?? null,
    coverageLow: coverage?.band[0] ?? null,
    coverageHigh: coverage?.band[1] ?? null,
    level,
  };
}
