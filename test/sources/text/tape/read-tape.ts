import type {
  SetAsideRow,
  TapeBatch,
  TapeCancel,
  TapeFormat,
  TapeReadContext,
  TapeReader,
} from '../../../../src/core/index.js';
import { TAPE_READERS } from '../../../../src/sources/index.js';

export interface ReadTrade {
  readonly time: bigint;
  readonly symbol: string;
  readonly price: number;
  readonly size: number;
  readonly venue: string;
  readonly conditions: string;
  readonly tape: string;
  readonly correction: number;
  readonly suspicious: number;
  readonly sequence: number;
  readonly row: number;
  readonly tradeId: bigint | null;
}

export interface ReadQuote {
  readonly time: bigint;
  readonly symbol: string;
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
  readonly venue: string;
  readonly eligible: number;
  readonly sequence: number;
  readonly row: number;
}

/** A whole tape file, row by row; prices in micro-dollars, sizes in millionths. */
export interface TapeReading {
  readonly format: TapeFormat;
  readonly trades: ReadTrade[];
  readonly quotes: ReadQuote[];
  readonly cancels: TapeCancel[];
  readonly setAside: SetAsideRow[];
  otherRows: number;
  rowsRead: number;
}

export interface TapeReadingOptions {
  readonly name?: string;
  readonly context?: TapeReadContext;
  /** Lengths of the chunks, used over and over; one chunk by default. */
  readonly cuts?: readonly number[];
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

/** The only reader that says yes, with its format. */
export function detectTape(
  content: string | Uint8Array,
  options: TapeReadingOptions = {},
): { readonly reader: TapeReader; readonly format: TapeFormat } {
  const file = { name: options.name ?? 'file', head: bytesOf(content).subarray(0, 65_536) };
  const found = TAPE_READERS.flatMap((reader) => {
    const format = reader.detect(file, options.context ?? {});
    return format === null ? [] : [{ reader, format }];
  });
  if (found.length !== 1)
    throw new Error(`${found.length} readers say yes: ${found.map((f) => f.format.name)}`);
  return found[0]!;
}

export async function* cut(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0;
  for (let index = 0; position < bytes.length; index += 1) {
    const length = Math.max(1, lengths[index % Math.max(1, lengths.length)] ?? bytes.length);
    yield bytes.slice(position, position + length);
    position += length;
  }
}

export async function readTape(
  content: string | Uint8Array,
  options: TapeReadingOptions = {},
): Promise<TapeReading> {
  const { reader, format } = detectTape(content, options);
  return readTapeAs(reader, format, content, options);
}

export async function readTapeAs(
  reader: TapeReader,
  format: TapeFormat,
  content: string | Uint8Array,
  options: TapeReadingOptions = {},
): Promise<TapeReading> {
  const bytes = bytesOf(content);
  const file = { name: options.name ?? 'file', head: bytes.subarray(0, 65_536) };
  const reading: TapeReading = {
    format,
    trades: [],
    quotes: [],
    cancels: [],
    setAside: [],
    otherRows: 0,
    rowsRead: 0,
  };
  for await (const batch of reader.read(
    file,
    format,
    cut(bytes, options.cuts ?? []),
    options.context ?? {},
  )) {
    addBatch(reading, batch);
  }
  return reading;
}

/** Rows that a reading accounts for; a correction of a live stream is a cancel and a trade of one row. */
export function accountedRows(reading: TapeReading): number {
  const rows = new Set([...reading.trades, ...reading.quotes].map(({ row }) => row));
  for (const { rowNumber } of [...reading.cancels, ...reading.setAside]) rows.add(rowNumber);
  return rows.size + reading.otherRows;
}

const letter = (code: number): string => (code === 0 ? '' : String.fromCharCode(code));

function addBatch(reading: TapeReading, batch: TapeBatch): void {
  const { trades, quotes } = batch;
  for (let row = 0; row < (trades?.rows ?? 0); row += 1) {
    reading.trades.push({
      time: trades!.epochNanos[row]!,
      symbol: trades!.symbols[trades!.symbol[row]!]!,
      price: trades!.priceMicros[row]!,
      size: trades!.sizeMicros[row]!,
      venue: letter(trades!.venue[row]!),
      conditions: trades!.conditionSets[trades!.conditions[row]!]!,
      tape: letter(trades!.tape[row]!),
      correction: trades!.correction[row]!,
      suspicious: trades!.suspicious[row]!,
      sequence: trades!.sequence[row]!,
      row: trades!.rowNumber[row]!,
      tradeId: trades!.tradeId?.[row] ?? null,
    });
  }
  for (let row = 0; row < (quotes?.rows ?? 0); row += 1) {
    reading.quotes.push({
      time: quotes!.epochNanos[row]!,
      symbol: quotes!.symbols[quotes!.symbol[row]!]!,
      bid: quotes!.bidMicros[row]!,
      bidSize: quotes!.bidSizeMicros[row]!,
      ask: quotes!.askMicros[row]!,
      askSize: quotes!.askSizeMicros[row]!,
      venue: letter(quotes!.venue[row]!),
      eligible: quotes!.eligible[row]!,
      sequence: quotes!.sequence[row]!,
      row: quotes!.rowNumber[row]!,
    });
  }
  reading.cancels.push(...batch.cancels);
  reading.setAside.push(...batch.setAside);
  reading.otherRows += batch.otherRows;
  reading.rowsRead += batch.rowsRead;
}

/** Nanoseconds since 1970 of an ISO instant with any decimals. */
export function nanosOf(instant: string): bigint {
  const [, seconds, decimals = ''] = /^(.*?)(?:\.(\d+))?(?:Z)$/.exec(instant)!;
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(decimals.padEnd(9, '0'));
}
