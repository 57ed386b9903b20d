import type { AsOfView } from '../../store/index.js';
import { lastAtOrBefore } from './price-series.js';

const SERIES = 'FEDFUNDS';
/** A month's rate stands for its days until the next is known, at most so many days after the month began. */
const LONGEST_AGE_DAYS = 92;

interface Rows extends Record<string, Int32Array | Float64Array> {
  day: Int32Array;
  rate: Float64Array;
}

const SQL = `SELECT (date - DATE '1970-01-01')::INTEGER AS day, value AS rate FROM macro
  WHERE series_id = $series AND value IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY date ORDER BY known_at DESC, vintage_date DESC NULLS LAST, file_sha256, row_number) = 1
  ORDER BY day`;

/**
 * Return of cash between two days: the monthly federal funds rate, compounded over actual days of 360.
 * @returns NaN where the rate of a day is not known
 */
export async function readCash(view: AsOfView): Promise<(fromDay: number, toDay: number) => number> {
  const { day, rate } = await view.columns<Rows>(SQL, { series: SERIES });
  return (fromDay, toDay) => {
    let growth = 1;
    for (let at = fromDay; at < toDay; ) {
      const month = lastAtOrBefore(day, at);
      if (month < 0 || at - day[month]! > LONGEST_AGE_DAYS) return Number.NaN;
      const next = Math.min(toDay, day[month + 1] ?? toDay);
      growth *= 1 + (rate[month]! / 100) * ((next - at) / 360);
      at = next;
    }
    return growth - 1;
  };
}
