import { groupBy, type IsoDate } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { TAPE_SECTORS_SQL, UNKNOWN_SECTOR } from './tape-sql.js';

/** The sector of a symbol on a day, by the lists that a view knows; 'unknown' where none has it. */
export async function readTapeSectors(view: AsOfView): Promise<(symbol: string, date: IsoDate) => string> {
  const rows = await view.query<{ listed: string; since: IsoDate; sector: string }>(TAPE_SECTORS_SQL);
  const bySymbol = groupBy(rows, ({ listed }) => listed);
  return (symbol, date) => {
    const listed = symbol.replace(/[./ ]([A-Z])$/, '-$1');
    return bySymbol.get(listed)?.findLast(({ since }) => since <= date)?.sector ?? UNKNOWN_SECTOR;
  };
}
