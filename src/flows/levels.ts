import { type ContractEntry, dayNumber, type IsoDate, type SourceRef } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** A close is used for a later date for at most this many calendar days: the longest exchange closure since 1990 is 7. */
const MAXIMUM_AGE_DAYS = 7;

export interface PriceOnDate {
  readonly price: number;
  readonly priceDate: IsoDate;
  readonly priceKind: string;
  readonly source: SourceRef;
}

interface LevelSeries {
  readonly label: string;
  readonly days: number[];
  readonly closes: number[];
  readonly dates: IsoDate[];
  readonly sources: SourceRef[];
}

interface LevelRow {
  date: IsoDate;
  close: number;
  source: string;
  fileName: string;
  fileSha256: string;
  rowNumber: number;
}

const LEVEL_QUERIES = {
  levels: `SELECT date, close, source, file_name, file_sha256, row_number FROM levels
    WHERE symbol = $symbol AND close > 0 ORDER BY date, source, file_sha256, row_number`,
  macro: `SELECT date, value AS close, source, file_name, file_sha256, row_number FROM macro
    WHERE series_id = $symbol AND value > 0
    ORDER BY date, known_at DESC, vintage_date DESC NULLS LAST, file_sha256, row_number`,
} as const;

async function readSeries(view: AsOfView, table: 'levels' | 'macro', symbol: string): Promise<LevelSeries> {
  const rows = await view.query<LevelRow>(LEVEL_QUERIES[table], { symbol });
  const series: LevelSeries = { label: `close of ${symbol}`, days: [], closes: [], dates: [], sources: [] };
  for (const row of rows) {
    const day = dayNumber(row.date);
    if (series.days.at(-1) === day) continue;
    series.days.push(day);
    series.closes.push(row.close);
    series.dates.push(row.date);
    const { source, fileName, fileSha256, rowNumber } = row;
    series.sources.push({ source, fileName, fileSha256, rowNumber });
  }
  return series;
}

/** Index of the last element <= day, or -1. */
function lastAtOrBefore(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Closes of the indexes behind contracts, as far as a view knows them. */
export class IndexLevels {
  readonly #view: AsOfView;
  readonly #series = new Map<string, LevelSeries>();

  constructor(view: AsOfView) {
    this.#view = view;
  }

  /** Reads the series that the contracts need; call it before `on`. */
  async load(contracts: readonly ContractEntry[]): Promise<void> {
    for (const contract of contracts) {
      for (const { table, symbol } of contract.priceSeries) {
        const key = `${table}:${symbol}`;
        if (!this.#series.has(key)) this.#series.set(key, await readSeries(this.#view, table, symbol));
      }
    }
  }

  /**
   * The last close on or before the date. Of several series of one index the freshest counts, then their order in the
   * contract register.
   * @returns null, with the reason, where no close is at most seven days old
   */
  on(contract: ContractEntry, date: IsoDate): PriceOnDate | { readonly reason: string } {
    const day = dayNumber(date);
    let best: { series: LevelSeries; index: number } | null = null;
    for (const { table, symbol } of contract.priceSeries) {
      const series = this.#series.get(`${table}:${symbol}`);
      if (series === undefined) continue;
      const index = lastAtOrBefore(series.days, day);
      if (index < 0) continue;
      if (best === null || series.days[index]! > best.series.days[best.index]!) best = { series, index };
    }
    if (best === null)
      return { reason: `no level of the ${contract.index} index up to ${date} is in the store` };
    const { series, index } = best;
    if (day - series.days[index]! > MAXIMUM_AGE_DAYS)
      return {
        reason: `the last ${series.label} before ${date} is of ${series.dates[index]}, more than 7 days old`,
      };
    return {
      price: series.closes[index]!,
      priceDate: series.dates[index]!,
      priceKind: `${series.label} (${contract.index})`,
      source: series.sources[index]!,
    };
  }
}
