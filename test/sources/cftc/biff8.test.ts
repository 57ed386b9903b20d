import { describe, expect, test } from 'vitest';
import { readFirstSheet } from '../../../src/sources/cftc/biff8.js';

const u8 = (...values: number[]) => Buffer.from(values);
const u16 = (...values: number[]) => Buffer.concat(values.map((value) => u8(value & 255, value >> 8)));
const u32 = (...values: number[]) => Buffer.concat(values.map((value) => u16(value & 0xffff, value >>> 16)));
const record = (type: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([u16(type, content.length), content]);
};
const beginning = (kind: number) => record(0x0809, u16(0x0600, kind, 0, 0), u32(0, 0));
const end = record(0x000a);

/** A workbook stream of one sheet; records go into the workbook's own part and into the sheet. */
function workbook(globals: Buffer[], rows: number, cells: Buffer[]): Buffer {
  const dimensions = record(0x0200, u32(0, rows), u16(0, 256, 0));
  return Buffer.concat([beginning(0x0005), ...globals, end, beginning(0x0010), dimensions, ...cells, end]);
}

const at = (row: number, column: number) => u16(row, column, 0);
const double = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

describe('readFirstSheet', () => {
  test('reads numbers in every form', () => {
    const cells = [
      record(0x0203, at(0, 0), double(-12.5)),
      record(0x027e, at(0, 1), u32((123 << 2) | 2)),
      record(0x027e, at(0, 2), u32((-7 << 2) | 2)),
      record(0x027e, at(0, 3), u32((1250 << 2) | 3)),
      record(0x027e, at(0, 4), u32(0x40590000)),
      record(0x00bd, u16(1, 1), u16(0), u32((5 << 2) | 2), u16(0), u32((6 << 2) | 2), u16(2)),
    ];
    expect(readFirstSheet(workbook([], 2, cells)).rows).toEqual([
      ['-12.5', '123', '-7', '12.5', '100'],
      ['', '5', '6'],
    ]);
  });

  test('reads texts, trimmed, and says what a cell holds that is neither text nor number', () => {
    const strings = record(
      0x00fc,
      u32(2, 2),
      u16(5),
      u8(0),
      Buffer.from('CME  '),
      u16(2),
      u8(1),
      u16(0x41, 0x20ac),
    );
    const cells = [
      record(0x00fd, at(0, 0), u32(1)),
      record(0x00fd, at(0, 1), u32(0)),
      record(0x0204, at(0, 2), u16(3), u8(0), Buffer.from('abc')),
      record(0x0205, at(0, 3), u8(42, 1)),
      record(0x0205, at(0, 4), u8(1, 0)),
      record(0x0006, at(0, 5), double(3), u16(0, 0, 0, 0)),
      record(0x0201, at(0, 6)),
    ];
    expect(readFirstSheet(workbook([strings], 1, cells)).rows).toEqual([
      ['A€', 'CME', 'abc', 'error 42', 'boolean 1', 'formula'],
    ]);
  });

  test('a table of texts runs on in further records, also in the middle of a text and in another width', () => {
    const first = record(0x00fc, u32(3, 3), u16(4), u8(0), Buffer.from('ab'));
    const second = record(
      0x003c,
      u8(1),
      u16(0x63, 0x64),
      u16(2),
      u8(0x0c),
      u16(1),
      u32(3),
      Buffer.from('ef'),
      u32(0),
    );
    const third = record(0x003c, u8(1, 2, 3), u16(1), u8(0), Buffer.from('g'));
    const cells = [0, 1, 2].map((index) => record(0x00fd, at(0, index), u32(index)));
    expect(readFirstSheet(workbook([first, second, third], 1, cells)).rows).toEqual([['abcd', 'ef', 'g']]);
  });

  test('says which epoch the dates count from', () => {
    const cells = [record(0x0203, at(0, 0), double(1))];
    expect(readFirstSheet(workbook([record(0x0022, u16(1))], 1, cells)).date1904).toBe(true);
    expect(readFirstSheet(workbook([record(0x0022, u16(0))], 1, cells)).date1904).toBe(false);
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'not in the BIFF8 format'],
    ['no sheet', Buffer.concat([beginning(0x0005), end]), 'holds no sheet'],
    ['an older format', Buffer.concat([record(0x0809, u16(0x0500, 5)), end]), 'not in the BIFF8 format'],
    ['a password', workbook([record(0x002f, u16(0))], 0, []), 'protected by a password'],
    ['a cut record', workbook([], 0, []).subarray(0, -6), 'cut short'],
    ['no end', workbook([], 0, []).subarray(0, -4), 'do not end where they should'],
    ['a cell of another size', workbook([], 1, [record(0x0203, at(0, 0), u32(1))]), 'another size'],
    ['a cell outside', workbook([], 1, [record(0x0203, at(3, 0), double(1))]), 'outside the sheet, in row 4'],
    ['rows that are not there', workbook([], 9, [record(0x0203, at(0, 0), double(1))]), 'declares 9 rows'],
    [
      'a text that is not there',
      workbook([], 1, [record(0x00fd, at(0, 0), u32(0))]),
      'a text that is not there',
    ],
    ['a table without end', workbook([record(0x00fc, u32(9, 9), u16(5), u8(0))], 0, []), 'cut short'],
    [
      'two values in a cell',
      workbook([], 1, [record(0x0203, at(0, 0), double(1)), record(0x0203, at(0, 0), double(2))]),
      'two values in one cell',
    ],
  ])('refuses %s', (_, stream, message) => {
    expect(() => readFirstSheet(stream)).toThrow(message);
  });
});
