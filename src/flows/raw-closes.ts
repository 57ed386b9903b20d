import {
  addDays,
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

/**
 * The last close of each name in the days before each day, and the last day of the file that it stands in. Days are joined one
 * by one: an AsOf join takes a hundred times as long.
 */
const CLOSES_SQL = `
WITH names AS (SELECT unnest($symbols) AS symbol, unnest(range(len($symbols)))::INTEGER AS name),
days AS (SELECT unnest($days)::DATE AS day, unnest(range(len($days)))::INTEGER AS place),
before AS (SELECT place, day - ago::INTEGER AS date FROM days CROSS JOIN range(1, ${OLDEST_CLOSE_DAYS + 1}) t(ago)),
ends AS (
  SELECT file_sha256, (max(date) - DATE '1970-01-01')::INTEGER AS file_end FROM prices
  WHERE price_basis = 'split-adjusted' GROUP BY file_sha256
),
closes AS (
  SELECT name, date, close, file_end, (stored_at::DATE - DATE '1970-01-01')::INTEGER AS stored_on
  FROM prices JOIN names USING (symbol) JOIN ends USING (file_sha256)
  WHERE price_basis = 'split-adjusted' AND close > 0 AND date BETWEEN $first::DATE AND $last::DATE
  QUALIFY row_number() OVER (PARTITION BY name, date ORDER BY frequency) = 1
)
SELECT name, place, (max(date) - DATE '1970-01-01')::INTEGER AS date, arg_max(close, date) AS close,
  arg_max(file_end, date) AS file_end, arg_max(stored_on, date) AS stored_on
FROM closes JOIN before USING (date) GROUP BY name, place ORDER BY name, place`;

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
  const place = new Map(days.map((day, index) => [day, index]));
  const found = new Map(symbols.map((symbol) => [symbol, new Array<RawClose | undefined>(days.length)]));
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)];
  if (symbols.length > 0 && first !== undefined && last !== undefined) {
    const rows = await view.columns<Closes>(CLOSES_SQL, {
      symbols: [...symbols],
      days: [...days],
      first: addDays(first, -OLDEST_CLOSE_DAYS),
      last,
    });
    const today = dayNumber(newYorkDate(view.asOf));
    for (let i = 0; i < rows.name.length; i++) {
      const symbol = symbols[rows.name[i]!]!;
      const row = {
        close: rows.close[i]!,
        date: dateOfDayNumber(rows.date[i]!),
        fileEnd: rows.fileEnd[i]!,
        storedOn: rows.storedOn[i]!,
      };
      found.get(symbol)![rows.place[i]!] = unadjusted(symbol, row, vendor.get(symbol) ?? [], today);
    }
  }
  return (symbol, day) =>
    found.get(symbol)?.[place.get(day) ?? -1] ?? {
      close: null,
      date: null,
      reason: `no raw close of ${symbol} is known in the ${OLDEST_CLOSE_DAYS} days before ${day}`,
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
