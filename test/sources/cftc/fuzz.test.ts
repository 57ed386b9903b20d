import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.js';
import { cftcReader } from '../../../src/sources/cftc/index.js';
import { type ReadResult, readAll, sourceFile } from './read-files.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/cftc');
const annual = readFileSync(join(FOLDER, '2011-spaces-after-quotes.txt'), 'latin1');
const weekly = readFileSync(join(FOLDER, 'week-without-header.txt'), 'latin1');
const [header, ...lines] = annual.trimEnd().split('\r\n') as [string, ...string[]];
const clean = readAll(sourceFile(annual));

/** Lines of a text that are not blank. */
function dataLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line !== '' && !/^[ \t]+$/.test(line));
}

function checkNothingIsLost(result: ReadResult, lineCount: number): void {
  expect(result.facts.length + result.setAside.length).toBe(result.rowsRead);
  expect(result.rowsRead).toBe(lineCount);
  const rowNumbers = [...result.facts, ...result.setAside].map((row) => row.rowNumber);
  expect(new Set(rowNumbers).size).toBe(rowNumbers.length);
  for (const row of result.setAside) {
    expect(row.reason).not.toBe('');
    expect(row.expected).not.toBe('');
  }
}

describe('damaged CFTC files', () => {
  test('arbitrary bytes never crash the reader', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, afterHeader) => {
        const file = sourceFile(afterHeader ? Buffer.concat([Buffer.from(`${header}\r\n`), bytes]) : bytes);
        const detection = cftcReader.detect(file, {});
        if (!afterHeader) expect(detection).toBeNull();
        if (detection === null) return;
        const result = readAll(file);
        expect(result.facts).toEqual([]);
        checkNothingIsLost(result, dataLines(Buffer.from(bytes).toString('latin1')).length);
      }),
      { numRuns: 300 },
    );
  });

  test('bytes changed in the rows: each line is a fact or set aside, and lines without a change read as before', () => {
    const change = fc.tuple(fc.nat(lines.length - 1), fc.nat(900), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), (changes, withHeader) => {
        const damaged = lines.map((line) => Buffer.from(line, 'latin1'));
        for (const [line, at, byte] of changes) damaged[line]![at % damaged[line]!.length] = byte;
        const text = `${withHeader ? `${header}\r\n` : ''}${damaged.map((line) => line.toString('latin1')).join('\r\n')}\r\n`;
        const file = sourceFile(Buffer.from(text, 'latin1'));
        if (cftcReader.detect(file, {}) === null) return;
        const result = readAll(file);
        checkNothingIsLost(result, dataLines(text).length - (withHeader ? 1 : 0));
        const touched = new Set(
          changes.map(([line]) => clean.facts[line]!.row.contractCode! + clean.facts[line]!.periodEnd),
        );
        for (const fact of clean.facts) {
          if (touched.has(fact.row.contractCode! + fact.periodEnd)) continue;
          expect(result.facts.map(({ row }) => row)).toContainEqual(fact.row);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a comma lost or put in, in any row: that row is set aside and the others stay', () => {
    const commas = lines.map((line) => [...line.matchAll(/,/g)].map((match) => match.index));
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(), fc.boolean(), (row, which, lost) => {
        const at = commas[row]![which % commas[row]!.length]!;
        const line = lines[row]!;
        // A comma inside a quoted text is part of the text.
        fc.pre((line.slice(0, at).split('"').length - 1) % 2 === 0);
        const damaged = lost
          ? line.slice(0, at) + line.slice(at + 1)
          : `${line.slice(0, at)},${line.slice(at)}`;
        const text = [header, ...lines.with(row, damaged)].join('\r\n');
        const result = readAll(sourceFile(text));
        checkNothingIsLost(result, lines.length);
        expect(result.setAside.map((bad) => bad.rowNumber)).toEqual([row + 2]);
        expect(result.facts).toEqual(clean.facts.filter((fact) => fact.rowNumber !== row + 2));
      }),
      { numRuns: 300 },
    );
  });

  test('two neighbouring columns change places: the row is set aside, or they are columns that are not kept', () => {
    const fields = lines[0]!.split(',');
    let setAside = 0;
    for (let at = 0; at < fields.length - 1; at += 1) {
      const swapped = fields
        .with(at, fields[at + 1]!)
        .with(at + 1, fields[at]!)
        .join(',');
      const result = readAll(sourceFile([header, swapped, ...lines.slice(1)].join('\r\n')));
      checkNothingIsLost(result, lines.length);
      for (const fact of result.facts) expect(clean.facts).toContainEqual(fact);
      setAside += result.setAside.length;
    }
    expect(setAside).toBeGreaterThan(30);
  });

  test('a file cut anywhere keeps its whole rows and sets the last aside', () => {
    fc.assert(
      fc.property(fc.integer({ min: header.length + 2, max: annual.length }), (length) => {
        const text = annual.slice(0, length);
        const result = readAll(sourceFile(text));
        checkNothingIsLost(result, dataLines(text).length - 1);
        expect(result.setAside.length).toBeLessThanOrEqual(1);
        for (const fact of result.facts) expect(clean.facts).toContainEqual(fact);
      }),
      { numRuns: 150 },
    );
  });

  test('a damaged header is refused naming a column, or read as rows without a header', () => {
    fc.assert(
      fc.property(fc.nat(header.length - 1), fc.integer({ min: 32, max: 126 }), (at, byte) => {
        const damaged = header.slice(0, at) + String.fromCharCode(byte) + header.slice(at + 1);
        const file = sourceFile([damaged, ...lines].join('\r\n'));
        if (cftcReader.detect(file, {}) === null) return;
        try {
          const result = readAll(file);
          const headerIsRow = result.kind === 'cftc-tff-week';
          checkNothingIsLost(result, lines.length + (headerIsRow ? 1 : 0));
          // A comma in a column that is not needed makes the header wider than every row.
          const facts = result.setAside.length < lines.length ? clean.facts : [];
          expect(result.facts.map(({ row }) => row)).toEqual(facts.map(({ row }) => row));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          expect((error as FormatError).place.column).toMatch(/^[A-Z]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the weekly file is known by any one of its rows', () => {
    const rows = weekly.trimEnd().split('\r\n');
    const result = readAll(sourceFile(`no row of any report\r\n${rows.join('\r\n')}`));
    expect(result).toMatchObject({ kind: 'cftc-tff-week', rowsRead: 3 });
    expect(result.setAside.map((row) => row.rowNumber)).toEqual([1]);
  });
});
