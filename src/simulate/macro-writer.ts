import type { IsoDate } from '../core/index.js';
import type { MacroSeries } from './macro.js';

/** The two headers and the two signs for a missing value that FRED's graph downloads have had. */
export interface FredStyle {
  readonly dateHeader: 'DATE' | 'observation_date';
  readonly missing: '.' | '';
}

export const OLD_FRED_STYLE: FredStyle = { dateHeader: 'DATE', missing: '.' };
export const NEW_FRED_STYLE: FredStyle = { dateHeader: 'observation_date', missing: '' };

/** One or several series side by side; a series without a row on a date is missing there. */
export function fredCsv(series: readonly MacroSeries[], style: FredStyle): string {
  const columns = series.map(({ dates, values }) => new Map(dates.map((date, i) => [date, values[i]!])));
  const dates = [...new Set<IsoDate>(series.flatMap((one) => one.dates))].sort();
  const lines = [`${style.dateHeader},${series.map(({ id }) => id).join(',')}`];
  for (const date of dates) {
    const cells = columns.map((column, i) => {
      const value = column.get(date) ?? null;
      return value === null ? style.missing : value.toFixed(series[i]!.decimals);
    });
    lines.push(`${date},${cells.join(',')}`);
  }
  return `${lines.join('\n')}\n`;
}
