import { type IsoDate, isIsoDate, type TapeReadContext } from '../../core/index.js';

const BY_SYMBOL_FIRST = /^([a-z][a-z0-9.]*)_(\d{8})_(?:trade|quote)/i;
const BY_DATE_FIRST = /^(\d{8})_([a-z][a-z0-9.]*)_(?:trade|quote)_tick/i;
const BY_FOLDER = /^(\d{8})_(?:trade|quote)/i;

/** Symbol and day of a LEAN file; null where neither the user nor the path tells them. */
export interface LeanPlace {
  readonly symbol: string | null;
  readonly date: IsoDate | null;
}

/**
 * Symbol and day as LEAN writes them into paths: 'tick/ibm/20131007_quote.zip', a member '20131007_ibm_Quote_Tick.csv', or
 * 'ibm_20131007_quote.csv'. What the user says goes before.
 */
export function leanPlace(name: string, context: TapeReadContext): LeanPlace {
  const found = fromPath(name.split(/[/\\]/));
  return { symbol: context.symbol ?? found.symbol, date: context.date ?? found.date };
}

function fromPath(parts: readonly string[]): LeanPlace {
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index]!;
    const byDate = BY_DATE_FIRST.exec(part);
    if (byDate !== null) return place(byDate[2]!, byDate[1]!);
    const bySymbol = BY_SYMBOL_FIRST.exec(part);
    if (bySymbol !== null) return place(bySymbol[1]!, bySymbol[2]!);
    const byFolder = BY_FOLDER.exec(part);
    if (byFolder !== null) return place(parts[index - 1] ?? '', byFolder[1]!);
  }
  return { symbol: null, date: null };
}

function place(symbol: string, day: string): LeanPlace {
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return {
    symbol: /^[a-z][a-z0-9.]*$/i.test(symbol) ? symbol.toUpperCase() : null,
    date: isIsoDate(date) ? date : null,
  };
}
