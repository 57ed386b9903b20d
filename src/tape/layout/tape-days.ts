import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type IsoDate, isIsoDate } from '../../core/index.js';
import type { TapeKind } from './columns.js';

/** Where a day's rows of a kind stand: 'date=2024-01-02/trades.parquet'. */
export function tapePath(directory: string, date: IsoDate, kind: TapeKind): string {
  return join(directory, `date=${date}`, `${kind}.parquet`);
}

/** Days that have a file of trades or quotes, in order; none where the folder is missing. */
export function listTapeDays(directory: string): IsoDate[] {
  if (!existsSync(directory)) return [];
  const days: IsoDate[] = [];
  for (const name of readdirSync(directory)) {
    const date = name.replace(/^date=/, '');
    if (name === date || !isIsoDate(date)) continue;
    if (existsSync(tapePath(directory, date, 'trades')) || existsSync(tapePath(directory, date, 'quotes')))
      days.push(date);
  }
  return days.sort();
}
