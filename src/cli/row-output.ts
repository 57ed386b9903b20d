import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { type Answer, InvalidRequest } from '../core/index.js';
import type { CommonOptions, Format } from './options.js';
import { chosenFormat } from './output.js';
import { csvOf } from './table.js';

/** An answer of more rows than memory should hold. */
interface RowAnswer<Row extends object> {
  readonly head: Omit<Answer<Row>, 'data' | 'notes'>;
  /** Read once. */
  readonly rows: Iterable<Row>;
  readonly notes: readonly string[];
}

/** Rows in one piece of text. */
const ROWS_OF_PIECE = 4096;

function* pieces<Row extends object>(rows: Iterable<Row>): Generator<Row[]> {
  let piece: Row[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < ROWS_OF_PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function* jsonText<Row extends object>({ head, rows, notes }: RowAnswer<Row>): Generator<string> {
  yield `${JSON.stringify(head, null, 1).replace(/\n\}$/, '')},\n "data": [`;
  let isFirst = true;
  for (const piece of pieces(rows)) {
    yield `${isFirst ? '' : ','}\n  ${piece.map((row) => JSON.stringify(row)).join(',\n  ')}`;
    isFirst = false;
  }
  yield `\n ],\n "notes": ${JSON.stringify(notes)}\n}\n`;
}

function* linesText<Row extends object>({ rows }: RowAnswer<Row>): Generator<string> {
  for (const piece of pieces(rows)) yield piece.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function* csvText<Row extends object>({ rows }: RowAnswer<Row>): Generator<string> {
  let isFirst = true;
  for (const piece of pieces(rows)) {
    const text = csvOf(piece);
    yield isFirst ? text : text.slice(text.indexOf('\n') + 1);
    isFirst = false;
  }
}

const TEXTS = { json: jsonText, ndjson: linesText, csv: csvText } as const;

/** Streams to stdout, which stays open, or to a file that gets its name once it is whole. */
async function write(text: Iterable<string>, out: string | undefined): Promise<void> {
  if (out === undefined) {
    const stdout: Writable = process.stdout;
    for (const piece of text)
      if (!stdout.write(piece)) await new Promise((resolve) => stdout.once('drain', resolve));
    return;
  }
  const part = `${out}.part`;
  try {
    await pipeline(Readable.from(text), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writeParquet<Row extends object>(answer: RowAnswer<Row>, out: string): Promise<void> {
  const { parquetOfLines } = await import('../app/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-'));
  try {
    await writeFile(`${out}.part`, '');
    const lines = join(folder, 'rows.ndjson');
    const file = createWriteStream(lines);
    await pipeline(Readable.from(linesText(answer)), file);
    await finished(file);
    await parquetOfLines(lines, out);
  } finally {
    await rm(`${out}.part`, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Formats that can be written row by row; a terminal gets CSV. */
function rowFormat(options: CommonOptions): Exclude<Format, 'table' | 'md'> {
  const format = chosenFormat(options);
  if (format === 'md')
    throw new InvalidRequest("format 'md' is for short answers; use csv, ndjson, json or parquet");
  return format === 'table' ? 'csv' : format;
}

/** Prints rows as they come, in memory that does not grow with them. */
export async function printRows<Row extends object>(
  answer: RowAnswer<Row>,
  options: CommonOptions,
): Promise<void> {
  const format = rowFormat(options);
  if (format === 'parquet') {
    if (options.out === undefined) throw new InvalidRequest("format 'parquet' is binary; add --out FILE");
    await writeParquet(answer, options.out);
  } else await write(TEXTS[format](answer), options.out);
  if (!options.quiet && format !== 'json')
    for (const note of answer.notes) process.stderr.write(`note: ${note}\n`);
}
