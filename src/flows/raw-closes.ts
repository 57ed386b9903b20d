import {
  bookedRatio,
  checkedActions,
  dateOfDayNumber,
  dayNumber,
  type IsoDate,
  newYorkDate,
  type VendorSplit,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** A close in dollars a share as it was paid, in the split basis of its own day. */
export type RawClose =
  | { readonly close: number; readonly date: IsoDate; readonly reason: null }
  | { readonly close: null; readonly date: null; readonly reason: string };

/** A close is used for a later day for at most this many calendar days, as closes of indexes are. */
const OLDEST_CLOSE_DAYS = 7;

interface Closes extends Record<string, Int32Array | Float64Array> {
  name: Int32Array;
  place: Int32Array;
  date: Int32Array;
  close: Float64Array;
  fileEnd: Int32Array;
  storedOn: Int32Array;
}

/** The last close of each name before each day, and the last day of the file that it stands in. */
const CLOSES_SQL = `
WITH names AS (SELECT unnest($symbols) AS symbol, unnest(range(len($symbols)))::INTEGER AS name),
days AS (SELECT unnest($days)::DATE AS day, unnest(range(len($days)))::INTEGER AS place),
ends AS (
  SELECT file_sha256, max(date) AS file_end FROM prices WHERE price_basis = 'split-adjusted' GROUP BY file_sha256
),
closes AS (
  SELECT name, date, close, file_sha256, stored_at FROM prices JOIN names USING (symbol)
  WHERE price_basis = 'split-adjusted' AND close > 0
  QUALIFY row_number() OVER (PARTITION BY name, date ORDER BY frequency) = 1
),
met AS (
  SELECT w.name, w.place, c.date, c.close, c.file_sha256, c.stored_at
  FROM (SELECT name, place, day FROM names CROSS JOIN days) w ASOF JOIN closes c ON w.name = c.name AND w.day > c.date
)
SELECT name, place, (date - DATE '1970-01-01')::INTEGER AS date, close,
  (file_end - DATE '1970-01-01')::INTEGER AS file_end, (stored_at::DATE - DATE '1970-01-01')::INTEGER AS stored_on
FROM met JOIN ends USING (file_sha256) ORDER BY name, place`;

/**
 * Raw closes of names before days. A vendor adjusts closes for all splits up to the day its file ends; that is undone.
 * Where the file was stored after the view's moment and may end after it, and a split came in between, it cannot be told
 * whether the close has been adjusted for it, and there is none.
 */
export async function readRawCloses(
  view: AsOfView,
  symbols: readonly string[],
  days: readonly IsoDate[],
  vendor: ReadonlyMap<string, readonly VendorSplit[]>,
): Promise<(symbol: string, day: IsoDate) => RawClose> {
  const found = new Map<string, RawClose>();
  if (symbols.length > 0 && days.length > 0) {
    const rows = await view.columns<Closes>(CLOSES_SQL, { symbols: [...symbols], days: [...days] });
    const today = dayNumber(newYorkDate(view.asOf));
    for (let i = 0; i < rows.name.length; i++) {
      const symbol = symbols[rows.name[i]!]!;
      const day = days[rows.place[i]!]!;
      const date = dateOfDayNumber(rows.date[i]!);
      const row = {
        close: rows.close[i]!,
        date,
        fileEnd: rows.fileEnd[i]!,
        storedOn: rows.storedOn[i]!,
      };
      found.set(
        `${symbol} ${day}`,
        dayNumber(day) - rows.date[i]! > OLDEST_CLOSE_DAYS
          ? { close: null, date: null, reason: `the last close of ${symbol} before ${day} is of ${date}` }
          : unadjusted(symbol, row, vendor.get(symbol) ?? [], today),
      );
    }
  }
  return (symbol, day) =>
    found.get(`${symbol} ${day}`) ?? {
      close: null,
      date: null,
      reason: `no raw close of ${symbol} is known before ${day}`,
    };
}

function unadjusted(
  symbol: string,
  row: {
    readonly close: number;
    readonly date: IsoDate;
    readonly fileEnd: number;
    readonly storedOn: number;
  },
  vendor: readonly VendorSplit[],
  today: number,
): RawClose {
  const fileEnd = dateOfDayNumber(row.fileEnd);
  const mayEndLater = row.storedOn > today && today - row.fileEnd <= OLDEST_CLOSE_DAYS;
  const later = mayEndLater ? checkedActions(symbol, fileEnd, dateOfDayNumber(row.storedOn))[0] : undefined;
  if (later !== undefined)
    return {
      close: null,
      date: null,
      reason: `the closes of ${symbol} were stored after ${later.exDate} and may be adjusted for what it booked then as a split (${later.evidence})`,
    };
  return { close: row.close * bookedRatio(symbol, row.date, fileEnd, vendor), date: row.date, reason: null };
}
