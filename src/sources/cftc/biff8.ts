import type { Buffer } from 'node:buffer';
import { readStringTable } from './biff8-strings.js';

/** Records of [MS-XLS] that a sheet of plain values is made of; sections 2.4.x of that document give their layouts. */
const BOF = 0x0809;
const EOF = 0x000a;
const CONTINUE = 0x003c;
const FILE_PASS = 0x002f;
const DATE_1904 = 0x0022;
const SHARED_STRINGS = 0x00fc;
const DIMENSIONS = 0x0200;
const FORMULA = 0x0006;
const NUMBER = 0x0203;
const RK = 0x027e;
const MULTIPLE_RK = 0x00bd;
const LABEL = 0x0204;
const LABEL_SST = 0x00fd;
const BOOLEAN_OR_ERROR = 0x0205;

const BIFF8 = 0x0600;
const WORKSHEET = 0x0010;
/** Columns that BIFF8 can address. */
const MAX_COLUMNS = 256;

/** Contents of a fixed size, in bytes: where one has another, the chain of records has come apart. */
const FIXED_SIZES: ReadonlyMap<number, number> = new Map([
  [EOF, 0],
  [NUMBER, 14],
  [RK, 10],
  [LABEL_SST, 10],
  [BOOLEAN_OR_ERROR, 8],
  [DIMENSIONS, 14],
]);

interface BiffRecord {
  readonly type: number;
  readonly content: Buffer;
}

/** The first sheet of a workbook. */
export interface Sheet {
  /** Cells as trimmed text, by row and column from 0; empty cells are ''. */
  readonly rows: readonly (readonly string[])[];
  /** True where dates count from 1904-01-01, not from 1899-12-30. */
  readonly date1904: boolean;
}

/**
 * Reads the values of the first sheet from a BIFF8 stream. Formulas are not computed: such a cell reads `formula`.
 * @throws {Error} where the chain of records is broken, or a record does not hold what it should
 */
export function readFirstSheet(stream: Buffer): Sheet {
  const [globals, sheet] = substreams(recordsOf(stream));
  if (globals.some(({ type }) => type === FILE_PASS)) throw new Error('it is protected by a password');
  const strings = sharedStrings(globals);
  const rows: string[][] = [];
  let rowLimit = 0;
  for (const { type, content } of sheet) {
    if (type === DIMENSIONS) rowLimit = content.readUInt32LE(4);
    for (const { row, column, text } of cellsOf(type, content, strings)) {
      if (row >= rowLimit || column >= MAX_COLUMNS)
        throw new Error(`a cell stands outside the sheet, in row ${row + 1}`);
      rows[row] ??= [];
      if (rows[row][column] !== undefined) throw new Error(`row ${row + 1} has two values in one cell`);
      rows[row][column] = text;
    }
  }
  if (rows.length !== rowLimit)
    throw new Error(`it declares ${rowLimit} rows and the last with a value is row ${rows.length}`);
  const dateMode = globals.find(({ type }) => type === DATE_1904);
  return {
    rows: Array.from(rows, (row) => Array.from(row ?? [], (text) => text ?? '')),
    date1904: dateMode?.content[0] === 1,
  };
}

/** All records up to the last EOF ([MS-XLS] 2.1.4: type and length, two bytes each, then the content). */
function recordsOf(stream: Buffer): BiffRecord[] {
  const records: BiffRecord[] = [];
  let depth = 0;
  let position = 0;
  while (position + 4 <= stream.length) {
    const type = stream.readUInt16LE(position);
    const end = position + 4 + stream.readUInt16LE(position + 2);
    if (depth === 0 && type !== BOF) break;
    if (end > stream.length) throw new Error('its last record is cut short');
    if (end - position - 4 !== (FIXED_SIZES.get(type) ?? end - position - 4))
      throw new Error(`a record of type ${type} has another size than it should`);
    if (type === BOF) depth += 1;
    if (type === EOF) depth -= 1;
    records.push({ type, content: stream.subarray(position + 4, end) });
    position = end;
  }
  const rest = stream.subarray(position);
  if (depth !== 0 || rest.some((byte) => byte !== 0))
    throw new Error('its records do not end where they should');
  return records;
}

/** The records of the workbook itself, and those of its first worksheet. */
function substreams(records: readonly BiffRecord[]): [BiffRecord[], BiffRecord[]] {
  const first = records[0];
  if (first === undefined || first.content.length < 4 || first.content.readUInt16LE(0) !== BIFF8)
    throw new Error('it is not in the BIFF8 format of Excel 97 to 2003');
  const start = records.findIndex(
    ({ type, content }) => type === BOF && content.length >= 4 && content.readUInt16LE(2) === WORKSHEET,
  );
  if (start < 0) throw new Error('it holds no sheet');
  const length = records.slice(start).findIndex(({ type }) => type === EOF);
  return [records.slice(0, start), records.slice(start, start + length)];
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

function cellsOf(type: number, content: Buffer, strings: readonly string[]): Cell[] {
  switch (type) {
    case NUMBER:
      return [cell(content, String(content.readDoubleLE(6)))];
    case RK:
      return [cell(content, String(rkNumber(content.readInt32LE(6))))];
    case MULTIPLE_RK:
      return multipleRk(content);
    case LABEL_SST: {
      const text = strings[content.readUInt32LE(6)];
      if (text === undefined) throw new Error('a cell points to a text that is not there');
      return [cell(content, text)];
    }
    case LABEL:
      return [cell(content, textOf(content.subarray(9), content.readUInt16LE(6), content[8]!))];
    case BOOLEAN_OR_ERROR:
      return [cell(content, content[7] === 0 ? `boolean ${content[6]}` : `error ${content[6]}`)];
    case FORMULA:
      return [cell(content, 'formula')];
    default:
      return [];
  }
}

function cell(content: Buffer, text: string): Cell {
  return { row: content.readUInt16LE(0), column: content.readUInt16LE(2), text: text.trim() };
}

function multipleRk(content: Buffer): Cell[] {
  const cells: Cell[] = [];
  const column = content.readUInt16LE(2);
  for (let at = 4; at + 6 <= content.length - 2; at += 6) {
    const text = String(rkNumber(content.readInt32LE(at + 2)));
    cells.push({ row: content.readUInt16LE(0), column: column + cells.length, text });
  }
  return cells;
}

/** A number in 30 bits: an integer or the upper half of a double, either perhaps times 100 ([MS-XLS] 2.5.217). */
function rkNumber(rk: number): number {
  const value = (rk & 2) !== 0 ? rk >> 2 : upperHalfDouble(rk & ~3);
  return (rk & 1) !== 0 ? value / 100 : value;
}

function upperHalfDouble(upper: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, upper);
  return view.getFloat64(0);
}

function textOf(bytes: Buffer, characters: number, flags: number): string {
  const wide = (flags & 1) !== 0;
  const size = wide ? 2 * characters : characters;
  if (bytes.length < size) throw new Error('a text is cut short');
  return bytes.toString(wide ? 'utf16le' : 'latin1', 0, size);
}

function sharedStrings(globals: readonly BiffRecord[]): string[] {
  const start = globals.findIndex(({ type }) => type === SHARED_STRINGS);
  if (start < 0) return [];
  const parts = [globals[start]!.content];
  for (let index = start + 1; globals[index]?.type === CONTINUE; index += 1)
    parts.push(globals[index]!.content);
  return readStringTable(parts);
}
