import { dateOfDayNumber, type IsoDate, type SourceRef } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';

/** Values by day number; days without one are absent. */
export type DayValues = ReadonlyMap<number, number>;

interface NumberedRows extends Record<string, Int32Array | Float64Array> {
  series: Int32Array;
  day: Int32Array;
  value: Float64Array;
}

const QUERIES = {
  macro: `SELECT list_position($names, series_id)::INTEGER AS series, (date - DATE '1970-01-01')::INTEGER AS day, value
    FROM macro WHERE list_contains($names, series_id) AND value IS NOT NULL AND date >= CAST($from AS DATE)
    QUALIFY row_number() OVER
      (PARTITION BY series_id, date ORDER BY known_at DESC, vintage_date DESC NULLS LAST, file_sha256, row_number) = 1
    ORDER BY series, day`,
  levels: `SELECT list_position($names, symbol)::INTEGER AS series, (date - DATE '1970-01-01')::INTEGER AS day, close AS value
    FROM levels WHERE list_contains($names, symbol) AND close > 0 AND date >= CAST($from AS DATE)
    QUALIFY row_number() OVER (PARTITION BY symbol, date ORDER BY source, file_sha256, row_number) = 1
    ORDER BY series, day`,
} as const;

/** Reads daily series of economic data or index levels from a day on, as far as the view knows them. */
export async function readDayValues<Name extends string>(
  view: AsOfView,
  table: keyof typeof QUERIES,
  names: readonly Name[],
  from: IsoDate,
): Promise<Readonly<Record<Name, DayValues>>> {
  const rows = await view.columns<NumberedRows>(QUERIES[table], { names, from });
  const series = names.map(() => new Map<number, number>());
  rows.series.forEach((number, i) => {
    series[number - 1]!.set(rows.day[i]!, rows.value[i]!);
  });
  return Object.fromEntries(names.map((name, i) => [name, series[i]!])) as unknown as Record<Name, DayValues>;
}

const REF_COLUMNS = 'source, file_name, file_sha256, row_number';
const NAME_COLUMNS = { macro: 'series_id', levels: 'symbol', prices: 'symbol' } as const;

/** The rows of some series on some days. */
export function dayValueSources(
  view: AsOfView,
  table: keyof typeof NAME_COLUMNS,
  names: readonly string[],
  days: readonly number[],
): Promise<SourceRef[]> {
  const daily = table === 'prices' ? "AND frequency = 'daily'" : '';
  return view.query<SourceRef>(
    `SELECT ${REF_COLUMNS} FROM ${table}
     WHERE list_contains($names, ${NAME_COLUMNS[table]}) AND list_contains($dates, date::VARCHAR) ${daily}
     ORDER BY source, file_name, row_number`,
    { names, dates: days.map(dateOfDayNumber) },
  );
}

/** value(t) less value(before); NaN where either is not known. */
export const changeOf = (values: DayValues, before: number, t: number): number =>
  (values.get(t) ?? Number.NaN) - (values.get(before) ?? Number.NaN);

/** value(t) / value(before) - 1; NaN where either is not known. */
export const returnOf = (values: DayValues, before: number, t: number): number =>
  (values.get(t) ?? Number.NaN) / (values.get(before) ?? Number.NaN) - 1;
