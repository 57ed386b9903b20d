import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, InvalidRequest } from '../../../src/core/index.js';
import {
  indexTapeDay,
  sumTape,
  tapeParquetInput,
  tapePath,
  writeTapeLayout,
} from '../../../src/tape/index.js';
import { temporaryFolder } from '../../store/store-fixtures.js';
import { DATES, inputsOf, quote, readFolder, trade } from './rows.js';

const date = DATES[0]!;

async function run(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

/** A day of our own, and the same rows as another program may write them: compressed, in another order. */
async function bothWays(seed: number, metadata = ", KV_METADATA {'tidemark.quote_kind': 'venue'}") {
  const [own, foreign] = [await temporaryFolder(), await temporaryFolder()];
  const day = <Row extends object>(rows: Row[]) => rows.map((row) => ({ ...row, date, sequence: 0 }));
  const prints = fc.sample(trade, { seed, numRuns: 200 });
  const ticks = fc.sample(quote, { seed, numRuns: 200 });
  await writeTapeLayout({ directory: own, inputs: inputsOf(day(prints), day(ticks), 50) });
  for (const kind of ['trades', 'quotes'] as const) {
    const target = tapePath(foreign, date, kind);
    mkdirSync(dirname(target), { recursive: true });
    await run(
      `COPY (SELECT * FROM '${tapePath(own, date, kind)}' ORDER BY symbol DESC)
       TO '${target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048${kind === 'quotes' ? metadata : ''})`,
    );
  }
  return { own, foreign };
}

describe('a file of the layout by another program', () => {
  it('is summed as our own, and leaves nothing behind', async () => {
    const { own, foreign } = await bothWays(1);
    const question = { bucket: 'minute', signing: { rule: 'emo' } } as const;
    const scratches = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tidemark-foreign-tape-'));
    const before = scratches();
    const { sums, parts } = await sumTape({ directory: foreign, ...question });
    expect(sums.rows()).toEqual((await sumTape({ directory: own, ...question })).sums.rows());
    expect(parts.at(-1)).toMatchObject({ quoteFormat: { name: 'tape-layout', quoteKind: 'venue' } });
    expect(scratches()).toEqual(before);
  });

  it('is brought into the layout row by row the same', async () => {
    const { own, foreign } = await bothWays(2);
    const directory = await temporaryFolder();
    const inputs = (['trades', 'quotes'] as const).map((kind) =>
      tapeParquetInput(tapePath(foreign, date, kind)),
    );
    const report = await writeTapeLayout({ directory, inputs });
    expect(report.trades.rows).toBe(200);
    expect(readFolder(directory)).toEqual(readFolder(own));
  });

  it('must say of what kind its quotes are', async () => {
    const { foreign } = await bothWays(3, '');
    const path = tapePath(foreign, date, 'quotes');
    expect(() => tapeParquetInput(path)).toThrow(InvalidRequest);
    expect(tapeParquetInput(path, 'nbbo').format.quoteKind).toBe('nbbo');
    await expect(sumTape({ directory: foreign, bucket: 'day' })).rejects.toThrow(
      'say --quote-kind nbbo or venue',
    );
    const signed = await sumTape({ directory: foreign, bucket: 'day', signing: { quoteKind: 'nbbo' } });
    expect(signed.parts.at(-1)).toMatchObject({ quoteFormat: { quoteKind: 'nbbo' } });
  });

  it('is not read by pages, and not added to', async () => {
    const { foreign } = await bothWays(4);
    expect(() => indexTapeDay(foreign, date)).toThrow(FormatError);
    const [prints] = inputsOf([{ ...fc.sample(trade, { seed: 1, numRuns: 1 })[0]!, date }], []);
    await expect(writeTapeLayout({ directory: foreign, inputs: [prints!] })).rejects.toThrow(
      'written by another program',
    );
  });

  it('needs the columns that a print or a quote cannot do without', async () => {
    const directory = await temporaryFolder();
    const write = (columns: string) =>
      run(`COPY (SELECT ${columns}) TO '${directory}/x.parquet' (FORMAT parquet)`);
    await write("'A' AS symbol, 5 AS price_micros");
    expect(() => tapeParquetInput(`${directory}/x.parquet`)).toThrow('has no column time, size_micros');
    const time = 'make_timestamp_ns(1709908200000000000) AS time';
    await write(`'A' AS symbol, ${time}, 5000000 AS price_micros, 100000000 AS size_micros`);
    await writeTapeLayout({ directory, inputs: [tapeParquetInput(`${directory}/x.parquet`)] });
    expect(readFolder(directory).trades).toMatchObject([
      { symbol: 'A', time: 34_200e9, price: 5e6, conditions: '', venue: 0 },
    ]);
    await write(`NULL::VARCHAR AS symbol, ${time}, 5 AS price_micros, 5 AS size_micros`);
    const nameless = writeTapeLayout({ directory, inputs: [tapeParquetInput(`${directory}/x.parquet`)] });
    await expect(nameless).rejects.toThrow('a row has no symbol');
  });
});
