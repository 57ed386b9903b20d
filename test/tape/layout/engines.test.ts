import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/core/index.js';
import {
  indexTapeDay,
  listTapeDays,
  openTapeDay,
  tapePath,
  writeTapeLayout,
} from '../../../src/tape/layout/index.js';
import { temporaryFolder } from '../../store/store-fixtures.js';
import { DATES, expectedRows, inputsOf, type Quote, quote, readFolder, type Trade, trade } from './rows.js';

async function queryRows(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const letter = (code: number) => (code === 0 ? '' : String.fromCharCode(code));

describe('a file of the tape layout', () => {
  it('holds for another engine what was written, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(trade, { minLength: 1, maxLength: 40 }),
        fc.array(quote, { minLength: 1, maxLength: 40 }),
        async (prints, ticks) => {
          const directory = await temporaryFolder();
          await writeTapeLayout({ directory, inputs: inputsOf(prints, ticks), rowGroupRows: 16 });
          const read = (kind: string) =>
            queryRows(`SELECT *, epoch_ns(time)::VARCHAR AS nanos, strftime(timezone('America/New_York', timezone('UTC', time)), '%Y-%m-%d') AS "day"
            FROM read_parquet('${directory}/date=*/${kind}.parquet', hive_partitioning = false, filename = true)`);
          const foundTrades = (await read('trades')).map((row) => ({
            symbol: row.symbol,
            date: row.day,
            sequence: Number(row.sequence),
            price: Number(row.price_micros),
            size: Number(row.size_micros),
            venue: row.exchange,
            conditions: row.conditions,
            tape: row.tape,
            correction: row.correction,
            suspicious: row.suspicious,
            aggressor: row.aggressor,
          }));
          const plainTrade = ({ time, ...row }: Trade) => ({
            ...row,
            venue: letter(row.venue),
            tape: letter(row.tape),
          });
          expect(foundTrades).toEqual(expectedRows(prints).map(plainTrade));
          const foundQuotes = (await read('quotes')).map((row) => ({
            symbol: row.symbol,
            date: row.day,
            sequence: Number(row.sequence),
            bid: Number(row.bid_micros),
            ask: Number(row.ask_micros),
            bidSize: Number(row.bid_size_micros),
            askSize: Number(row.ask_size_micros),
            venue: row.exchange,
            eligible: row.eligible,
          }));
          const plainQuote = ({ time, ...row }: Quote) => ({ ...row, venue: letter(row.venue) });
          expect(foundQuotes).toEqual(expectedRows(ticks).map(plainQuote));
        },
      ),
      { seed: 21, numRuns: 8 },
    );
  });

  it('keeps the nanosecond, and lets engines skip row groups by symbol, time and price', async () => {
    const directory = await temporaryFolder();
    const [first] = fc.sample(trade, { seed: 3, numRuns: 1 });
    const row = { ...first!, symbol: 'A', date: DATES[0]!, time: 34_200_123_456_789, price: -5 };
    await writeTapeLayout({
      directory,
      inputs: inputsOf([row, { ...row, symbol: 'SPY', price: 7 }], []),
      rowGroupRows: 1,
    });
    const path = tapePath(directory, DATES[0]!, 'trades');
    const [{ nanos }] = (await queryRows(
      `SELECT epoch_ns(time)::VARCHAR AS nanos FROM '${path}' LIMIT 1`,
    )) as [{ nanos: string }];
    expect(nanos).toBe('1709908200123456789');
    const bounds = await queryRows(
      `SELECT path_in_schema AS "column", stats_min_value AS least, stats_max_value AS greatest FROM parquet_metadata('${path}')
       WHERE path_in_schema IN ('symbol', 'price_micros') ORDER BY row_group_id, column_id`,
    );
    expect(bounds.map(({ least, greatest }) => [least, greatest])).toEqual([
      ['A', 'A'],
      ['-5', '-5'],
      ['SPY', 'SPY'],
      ['7', '7'],
    ]);
  });
});

describe('a damaged file', () => {
  it('is refused in one line or read as it was', async () => {
    const directory = await temporaryFolder();
    const prints = fc.sample(trade, { seed: 4, numRuns: 300 }).map((row) => ({ ...row, date: DATES[0]! }));
    await writeTapeLayout({ directory, inputs: inputsOf(prints, []), rowGroupRows: 100 });
    const path = tapePath(directory, DATES[0]!, 'trades');
    const whole = readFileSync(path);
    const damage = fc.record({
      length: fc.oneof(fc.constant(whole.length), fc.nat(whole.length - 1)),
      at: fc.nat(whole.length - 1),
      byte: fc.nat(255),
    });
    let refused = 0;
    fc.assert(
      fc.property(damage, ({ length, at, byte }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        writeFileSync(path, bytes.subarray(0, length));
        try {
          for (const date of listTapeDays(directory)) {
            const day = openTapeDay(indexTapeDay(directory, date));
            for (const { symbol } of day.symbols)
              for (const batch of day.trades(symbol)) expect(batch.length).toBeGreaterThan(0);
            day.close();
          }
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(error.message).toContain(path);
          refused += 1;
        }
      }),
      { seed: 22, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
    writeFileSync(path, whole);
    expect(readFolder(directory).trades).toHaveLength(expectedRows(prints).length);
  });
});
