import type { IsoDate } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** Monthly consumer prices (FRED CPIAUCSL) as far as a view knows them. */
export interface ConsumerPrices {
  readonly latestMonth: IsoDate;
  /** Factor that brings dollars of the date's month to dollars of the latest month known; 1 after that month. */
  factor(date: IsoDate): number | null;
}

/** @returns null where the view knows no month of the series */
export async function readConsumerPrices(view: AsOfView): Promise<ConsumerPrices | null> {
  const rows = await view.query<{ date: IsoDate; value: number }>(
    `SELECT date, value FROM macro WHERE series_id = 'CPIAUCSL' AND value > 0
     QUALIFY row_number() OVER (PARTITION BY date ORDER BY known_at DESC, vintage_date DESC NULLS LAST, file_sha256) = 1
     ORDER BY date`,
  );
  const last = rows.at(-1);
  if (last === undefined) return null;
  const byMonth = new Map(rows.map((row) => [row.date.slice(0, 7), row.value]));
  const months = [...byMonth.keys()];
  return {
    latestMonth: last.date,
    factor(date) {
      const month = date.slice(0, 7);
      const known =
        byMonth.get(month) ?? byMonth.get(months.findLast((candidate) => candidate < month) ?? '');
      return known === undefined ? null : last.value / known;
    },
  };
}
