import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateOfDayNumber } from '../../src/core/index.js';
import { numberColumns } from '../../src/store/result-columns.js';
import { plainRows } from '../../src/store/result-rows.js';

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
});
afterAll(() => instance.closeSync());

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await instance.connect();
  try {
    return await plainRows(await connection.run(sql));
  } finally {
    connection.closeSync();
  }
}

const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const sqlOf = (value: string | number | null, write: (value: never) => string): string =>
  value === null ? 'NULL' : write(value as never);

const texts = fc.option(
  fc.oneof(
    fc.string({ maxLength: 14 }),
    fc.string({ unit: 'grapheme', maxLength: 14 }),
    fc.constantFrom('', 'twelve bytes', 'thirteen byte', 'é', '\ufeffmark', 'a\u00ff'),
  ),
  { nil: null },
);
const wholes = fc.option(fc.maxSafeInteger(), { nil: null });
const doubles = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
const days = fc.option(fc.integer({ min: -100_000, max: 100_000 }), { nil: null });

test('rows hold what was put in, NULL and all, over several chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: texts, whole: wholes, double: doubles, day: days, known: wholes }), {
        minLength: 1,
        maxLength: 70,
      }),
      async (some) => {
        const clean = some
          .filter(({ text }) => text?.includes('\0') !== true && text?.startsWith('\ufeff') !== true)
          .map((row) => ({ ...row, known: row.known === null ? null : row.known % 8e12 }));
        fc.pre(clean.length > 0);
        const values = clean.map(
          ({ text, whole, double, day, known }, i) =>
            `(${i}, ${sqlOf(text, sqlText)}::VARCHAR, ${sqlOf(whole, String)}::BIGINT, ${sqlOf(
              double,
              (value: number) => `'${value}'`,
            )}::DOUBLE, (DATE '1970-01-01' + ${sqlOf(day, String)}::INTEGER)::DATE, make_timestamp(${sqlOf(
              known,
              String,
            )}::BIGINT * 1000), ${day === null ? 'NULL' : day}::INTEGER)`,
        );
        const copies = Math.ceil(5000 / clean.length);
        const found = await rowsOf(
          `SELECT some_text, whole, double, day, known, number FROM (VALUES ${values.join(', ')}) v(i, some_text, whole, double, day, known, number), range(${copies}) c(copy) ORDER BY copy, i`,
        );
        const expected = clean.map(({ text, whole, double, day, known }) => ({
          someText: text,
          whole,
          double,
          day: day === null ? null : dateOfDayNumber(day),
          known,
          number: day,
        }));
        expect(found).toHaveLength(copies * clean.length);
        for (const [i, row] of found.entries()) {
          const wanted = expected[i % clean.length]!;
          if (JSON.stringify(row) !== JSON.stringify(wanted)) expect(row).toEqual(wanted);
        }
      },
    ),
    { seed: 215, numRuns: 40 },
  );
});

test('rows hold lists, structs, decimals and truths', async () => {
  expect(
    await rowsOf(
      "SELECT [1, NULL, 3] AS a_list, {'some_key': 'x'} AS s, 1.25::DECIMAL(9, 2) AS d, true AS t, NULL AS n",
    ),
  ).toEqual([{ aList: [1, null, 3], s: { someKey: 'x' }, d: 1.25, t: true, n: null }]);
});

test('rows refuse what is not finite and what a double cannot hold', async () => {
  await expect(rowsOf("SELECT 'NaN'::DOUBLE AS share")).rejects.toThrow("column 'share' holds NaN");
  await expect(rowsOf('SELECT 9007199254740993::BIGINT AS n')).rejects.toThrow('cannot hold exactly');
});

test('columns give NULL of a DOUBLE as NaN and refuse one of an INTEGER', async () => {
  const connection = await instance.connect();
  const columns = async (sql: string) => numberColumns(await connection.stream(sql));
  const found = await columns(
    'SELECT i::INTEGER AS n, CASE WHEN i % 7 = 0 THEN NULL ELSE i / 2 END::DOUBLE AS half FROM range(5000) r(i)',
  );
  expect(found.n).toEqual(Int32Array.from({ length: 5000 }, (_, i) => i));
  expect(found.half).toEqual(
    Float64Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 2)),
  );
  await expect(columns('SELECT NULL::INTEGER AS n')).rejects.toThrow("column 'n' holds a NULL");
  connection.closeSync();
});
