import type { SetAsideRow, TapeBatch, TapeCancel, TapeReadContext } from '../../src/core/index.js';
import { cut, detectTape, type TapeReadingOptions } from '../sources/text/tape/read-tape.js';

/** A tape file row by row, with the initiator: '<time> <symbol> <price> x <size> ...', all whole numbers. */
export interface TapeRows {
  readonly format: string;
  readonly trades: string[];
  readonly quotes: string[];
  readonly cancels: TapeCancel[];
  readonly setAside: SetAsideRow[];
  otherRows: number;
  rowsRead: number;
}

const letter = (code: number): string => (code === 0 ? '-' : String.fromCharCode(code));

/** Reads a file with the one reader that takes it. */
export async function readRows(
  bytes: Uint8Array,
  options: TapeReadingOptions & { readonly context?: TapeReadContext } = {},
): Promise<TapeRows> {
  const { reader, format } = detectTape(bytes, options);
  const file = { name: options.name ?? 'file', head: bytes.subarray(0, 65_536) };
  const rows: TapeRows = {
    ...{ format: format.name, trades: [], quotes: [], cancels: [], setAside: [] },
    ...{ otherRows: 0, rowsRead: 0 },
  };
  for await (const batch of reader.read(
    file,
    format,
    cut(bytes, options.cuts ?? []),
    options.context ?? {},
  )) {
    add(rows, batch);
  }
  return rows;
}

function add(rows: TapeRows, { trades, quotes, ...batch }: TapeBatch): void {
  for (let i = 0; trades !== null && i < trades.rows; i += 1) {
    const set = trades.conditionSets[trades.conditions[i]!]!;
    const id = trades.tradeId === null ? '' : ` id ${trades.tradeId[i]}`;
    rows.trades.push(
      `${trades.epochNanos[i]} ${trades.symbols[trades.symbol[i]!]} ${trades.priceMicros[i]} x ${trades.sizeMicros[i]} ${letter(trades.venue[i]!)} '${set}' by ${trades.aggressor[i]} #${trades.sequence[i]} row ${trades.rowNumber[i]}${id}`,
    );
  }
  for (let i = 0; quotes !== null && i < quotes.rows; i += 1) {
    rows.quotes.push(
      `${quotes.epochNanos[i]} ${quotes.symbols[quotes.symbol[i]!]} ${quotes.bidMicros[i]} x ${quotes.bidSizeMicros[i]} / ${quotes.askMicros[i]} x ${quotes.askSizeMicros[i]} ${letter(quotes.venue[i]!)} eligible ${quotes.eligible[i]} #${quotes.sequence[i]} row ${quotes.rowNumber[i]}`,
    );
  }
  rows.cancels.push(...batch.cancels);
  rows.setAside.push(...batch.setAside);
  rows.otherRows += batch.otherRows;
  rows.rowsRead += batch.rowsRead;
}
