import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passText, wholeText } from '../../../src/ingest/large-text.js';
import { summariesOf } from '../../../src/sources/edgar/data-set.js';
import { tsvRows } from '../../../src/sources/edgar/data-set-rows.js';
import { DATA_SET_COLUMNS } from '../../../src/sources/edgar/layout.js';
import { TableWatch } from '../../../src/sources/edgar/table-watch.js';
import { temporaryFolder } from '../../store/store-fixtures.js';

const HEADER = DATA_SET_COLUMNS.INFOTABLE;
const DIGITS = '[0-9]{1,15}';
const PLAIN: Readonly<Record<string, string>> = {
  CUSIP: ' *[!-~][ -~]*',
  VALUE: DIGITS,
  SSHPRNAMT: DIGITS,
  SSHPRNAMTTYPE: ' *([Ss][Hh]|[Pp][Rr][Nn]) *',
  INVESTMENTDISCRETION: ' *([Ss][Oo][Ll][Ee]|DFND|Dfnd|OTR)? *',
  PUTCALL: '( *([Pp][Uu][Tt]|[Cc][Aa][Ll][Ll]) *)?',
  VOTING_AUTH_SOLE: '[0-9]{0,15}',
  VOTING_AUTH_SHARED: '[0-9]{0,15}',
  VOTING_AUTH_NONE: '[0-9]{0,15}',
};
/** What a plain row is, said once more. */
const PLAIN_ROW = new RegExp(`^${HEADER.map((name) => PLAIN[name] ?? '[ -~]*').join('\\t')}$`);

const mostly = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
const figure = mostly(
  ['0', '1', '07', '999999999999999', '52000', '1234', '77'],
  ['', ' 1', '1.5', '1e3', '-1', 'x', '1'.repeat(16)],
);
const words = mostly(['', 'A', 'A B', ' A', 'A ', '~'], ['\u007f', 'é', '\u0000', '\u001f']);
const FIELDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ACCESSION_NUMBER: mostly(['1', '2', '12'], ['', '1 ', ' 2', 'é']),
  CUSIP: mostly(['037833100', '594918104', ' 8 ', 'a'], ['', ' ', 'é']),
  VALUE: figure,
  SSHPRNAMT: figure,
  SSHPRNAMTTYPE: mostly(['SH', 'SH', 'PRN', 'sh', ' Prn '], ['', 'S', 'SHH', 'PRN H']),
  PUTCALL: mostly(['', '', 'Put', ' CALL', 'put '], [' ', 'PUTS', 'puT all']),
  INVESTMENTDISCRETION: mostly(
    ['SOLE', 'SOLE', 'DFND', 'Dfnd', '', ' OTR'],
    ['SOL', 'SOLEX', 'DEFINED', 'é'],
  ),
  VOTING_AUTH_SOLE: fc.oneof(figure, fc.constant('')),
  VOTING_AUTH_SHARED: fc.constantFrom('', '0', '7'),
  VOTING_AUTH_NONE: fc.constantFrom('', '0', '7'),
};
const row = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.tuple(...HEADER.map((name) => FIELDS[name] ?? words)).map((fields) => fields.join('\t')),
  },
  fc.constantFrom('', 'x', '\t'.repeat(HEADER.length), '1\t'.repeat(HEADER.length - 1)),
);

/** Rows of few groups, as a table has them. */
const table = fc
  .array(row, { maxLength: 30 })
  .chain((rows) => fc.boolean().map((inOrder) => (inOrder ? rows.toSorted() : rows)));

function watched(text: string, sizes: Iterator<number>) {
  const watch = new TableWatch(HEADER, '\n');
  const lines = text.split('\n').slice(0, -1);
  const disk: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const some = lines.slice(at, at + 1 + (sizes.next().value as number));
    const block = Buffer.from(some.map((line) => `${line}\n`).join(''), 'latin1');
    let from = 0;
    for (const odd of watch.add(block)) {
      disk.push(block.toString('latin1', from, odd.from), Buffer.from(watch.blankRow).toString('latin1'));
      from = odd.to;
    }
    disk.push(block.toString('latin1', from));
    at += some.length;
  }
  return { seen: watch.end(), disk: disk.join('') };
}

describe('rows of a table in passing', () => {
  test('are told odd, summed and placed as the readers would', () => {
    let plain = 0;
    fc.assert(
      fc.property(table, fc.infiniteStream(fc.nat(8)), (rows, sizes) => {
        const text = rows.map((line) => `${line}\n`).join('');
        const { seen, disk } = watched(text, sizes);
        const odd = rows.flatMap((line, index) =>
          PLAIN_ROW.test(line) ? [] : [{ row: index + 1, text: line }],
        );
        expect(seen.rows).toBe(rows.length);
        expect(seen.odd.map(({ row, text }) => ({ row, text }))).toEqual(odd);
        const fields = (line: string) => line.split('\t');
        const isOdd = new Set(odd.map(({ row }) => row));
        const runs: { key: string; firstRow: number; rows: string[] }[] = [];
        for (const [index, line] of rows.entries()) {
          if (isOdd.has(index + 1)) continue;
          plain += 1;
          const key = fields(line)[0]!.trim();
          const last = runs.at(-1);
          if (last?.key === key && last.firstRow + last.rows.length === index + 1) last.rows.push(line);
          else runs.push({ key, firstRow: index + 1, rows: [line] });
        }
        expect(seen.runs!.map(({ key, firstRow, rows }) => ({ key, firstRow, rows }))).toEqual(
          runs.map((run) => ({ ...run, rows: run.rows.length })),
        );
        for (const [index, { start, end, figures }] of seen.runs!.entries()) {
          const { key, rows } = runs[index]!;
          const lines = rows.map((line) => `${line}\n`).join('');
          expect(disk.slice(start, end)).toBe(lines);
          const bytes = Buffer.from(`${HEADER.join('\t')}\n${lines}`);
          const all = summariesOf(tsvRows({ name: '', sha256: '', bytes }), new Map([[key, null]]));
          const { value, wholeThousands, unit } = all.get(key)!;
          expect(figures).toEqual({
            value,
            wholeThousands: wholeThousands ? 1 : 0,
            total: unit.total,
            shares_rows: unit.shares.rows,
            shares_median: unit.shares.median,
            options_rows: unit.options.rows,
            options_median: unit.options.median,
            principal_rows: unit.principal.rows,
            principal_median: unit.principal.median,
          });
        }
        const plainRows = runs.flatMap((run) => run.rows.map(fields));
        expect(new Set(seen.labels)).toEqual(new Set(plainRows.map((row) => row[4]!.trim())));
        for (const [column] of HEADER.entries()) {
          const isPadded = plainRows.some((row) => row[column] !== row[column]!.trim());
          if (isPadded && PLAIN[HEADER[column]!] === undefined) expect(seen.padded.has(column)).toBe(true);
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  test.each(['\n', '\r\n'] as const)('ending in %j come back as they came', async (newLine) => {
    const folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 400 }), fc.boolean(), async (rows, size, ends) => {
        const text = `${HEADER.join('\t')}${newLine}${rows.join(newLine)}${ends ? newLine : ''}`;
        const bytes = Buffer.from(text, 'latin1');
        async function* blocks() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        }
        const path = join(await mkdtemp(join(folder, 'text-')), 'rows');
        const watchRows = (end: '\n' | '\r\n') => new TableWatch(HEADER, end);
        const { head, text: large } = await passText(blocks(), { bytes: bytes.length, path, watchRows });
        const back = Buffer.from(wholeText(head, large)).toString('latin1');
        expect(back.replace(/\n$/, '')).toBe(text.replace(/\n$/, ''));
        for (const [index, { path, firstRow, firstByte }] of large.pieces.entries()) {
          const before = await Promise.all(large.pieces.slice(0, index).map((piece) => readFile(piece.path)));
          const all = Buffer.concat(before).toString('latin1');
          expect(firstByte).toBe(all.length);
          expect(firstRow).toBe(all.split('\n').length);
          expect(await readFile(path)).toBeDefined();
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});
