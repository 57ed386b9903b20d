import { type IsoDate, isIsoDate, type TapeReadContext } from '../../core/index.js';

const FILE_NAME = /([A-Za-z][A-Za-z0-9.-]*)_(\d{4}-\d\d-\d\d)_\d+_\d+_(message|orderbook)_(\d+)/;

/** What LOBSTER writes into the names of its files: 'AAPL_2012-06-21_34200000_57600000_message_10.csv'. */
export interface LobsterName {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly holds: 'message' | 'orderbook';
}

/** @returns null where the name is not of that form */
export function lobsterName(name: string): LobsterName | null {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const [, symbol, date, holds] = FILE_NAME.exec(base) ?? [];
  if (symbol === undefined || !isIsoDate(date!)) return null;
  return { symbol: symbol.toUpperCase(), date, holds: holds as LobsterName['holds'] };
}

/**
 * Name of the other file of a pair, in the same folder.
 * @returns null where the name is not of LOBSTER's form
 */
export function lobsterPartner(name: string): string | null {
  const known = lobsterName(name);
  if (known === null) return null;
  const folderEnd = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
  const partner = known.holds === 'message' ? 'orderbook' : 'message';
  return name.slice(0, folderEnd) + name.slice(folderEnd).replace(`_${known.holds}_`, `_${partner}_`);
}

/** Symbol and day; what the user says goes before the name. */
export function lobsterPlace(
  name: string,
  context: TapeReadContext,
): { readonly symbol: string | null; readonly date: IsoDate | null } {
  const known = lobsterName(name);
  return { symbol: context.symbol ?? known?.symbol ?? null, date: context.date ?? known?.date ?? null };
}
