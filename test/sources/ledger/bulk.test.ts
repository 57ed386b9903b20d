import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnMapping, FormatError } from '../../../src/core/index.js';
import { ledgerReader } from '../../../src/sources/ledger/index.js';
import { temporaryFolder } from '../../store/store-fixtures.js';
import { sourceFile } from '../text/read-all.js';
import { HEADER, ledgerText, lineOf, type RowSpec, storedBy } from './ledger-fixtures.js';

/** Reads a file both ways and expects the store to hold the same. @returns what the engine stored */
async function sameBothWays(content: string | Uint8Array, mapping?: ColumnMapping) {
  const context = mapping === undefined ? {} : { mapping };
  const [engine, reader] = [
    await storedBy('engine', content, context),
    await storedBy('reader', content, context),
  ];
  expect({ ...engine, fellBack: true, parts: reader.parts }).toEqual(reader);
  return engine;
}

const cell = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

const JUNK = ['', ' ', 'x', 'é', '-', '"q"', '"a ""b"""', ' padded ', '\u00a0', '0', 'NaN', '1e2'];

const dirtyRow = fc.record({
  time: cell(
    [
      '2026-04-14T14:30:00Z',
      '2026-04-13T00:30:00Z',
      '2026-01-13T00:59:59.9Z',
      '2026-07-02T20:00:00.123456-04:00',
      '2025-11-28 18:00:00+00',
    ],
    [
      ...JUNK,
      '2026-04-14T24:00:00Z',
      '2026-02-30T10:00:00Z',
      '2026-04-14T14:30:00',
      '2026-04-11T10:00:00Z',
      '2026-04-14T14:30:60Z',
      '2031-01-02T15:00:00Z',
      '2026-04-14T14:30:00+15:00',
    ],
  ),
  date: cell(['', '', '', '2026-04-14'], [...JUNK, '2026-04-03', '2026-4-14', '2026-07-02']),
  account: cell(['A1', 'A 2', 'ACC-3'], JUNK),
  class: cell(
    ['hedge-fund', 'pension', 'retail'],
    [...JUNK, 'Hedge Fund', 'asset_manager', 'institutions', 'a--b', '-a'],
  ),
  symbol: cell(['NVDA', 'BRK-B', 'A'], [...JUNK, 'brk.b', '^GSPC', 'BF/B', 'TOOLONGTOOLONGTOOLONGX']),
  side: cell(
    ['buy', 'sell', 'sell-short', 'buy-to-cover', 'B', 'SS', 'Sell Short', 'BUY_TO_COVER'],
    [...JUNK, 'SELL  SHORT', 'bought'],
  ),
  quantity: cell(
    ['100', '1', '0.5', '33.33333333', '2500.10'],
    [...JUNK, '-5', '1000000000', '99999999999', '0.123456789', '+7', '.5', '5.', '007'],
  ),
  price: cell(
    ['110.25', '5', '0.005', '10.005', '3.33333333', '123456.7891'],
    [...JUNK, '-1', '0.0', '9999999999', '1.000000001'],
  ),
  currency: cell(['', 'USD', 'usd'], [...JUNK, 'EUR', 'Usd']),
  id: cell(['E1', 'E2', 'fill 7'], JUNK),
  broker: cell(['', 'PB1', 'PB 2'], JUNK),
  before: cell(
    ['', '', '100', '-100', '33.33333333', '-0.5'],
    [...JUNK, '99999999999', '0.1234567891234567'],
  ),
});

const fuzzed = (runs: number) => ({ numRuns: runs, seed: 20260414 });

describe('the engine and the reader', () => {
  it('agree on plain rows, which the engine reads alone', async () => {
    const rows: RowSpec[] = Array.from({ length: 300 }, (_, i) => ({
      quantity: String(1 + (i % 7)),
      price: `${100 + i}.${String(i % 100).padStart(2, '0')}`,
      side: ['buy', 'S', 'SELL SHORT', 'cover'][i % 4]!,
    }));
    const engine = await sameBothWays(ledgerText(rows));
    expect(engine.fellBack).toBe(false);
    expect(engine.executions).toHaveLength(300);
    expect(engine.executions[299]).toMatchObject({ rowNumber: 301, executionId: 'E299' });
  });

  it.each<[string, (row: number) => RowSpec, number]>([
    ['in the order of days', (row) => ({ time: `2026-04-${14 + Math.floor(row / 200)}T14:30:00Z` }), 2],
    ['in no order', (row) => ({ time: `2026-04-${14 + (row % 2)}T14:30:00Z` }), 1],
    ['with rows for the reader', (row) => ({ class: row % 100 === 7 ? 'Hedge Fund' : 'pension' }), 3],
    ['with a repeated row', (row) => ({ id: `E${Math.max(row, 1)}` }), 1],
  ])(
    'agree on rows %s, and the files that the engine wrote are kept where they may be',
    async (_, spec, parts) => {
      const rows = Array.from({ length: 400 }, (_, row) => ({ id: `E${row}`, ...spec(row) }));
      expect((await sameBothWays(ledgerText(rows))).parts).toBe(parts);
    },
  );

  it('agree on dirty rows', async () => {
    const fallbacks: boolean[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(dirtyRow, { minLength: 60, maxLength: 120 }), async (rows) => {
        // Ids repeat on purpose; a quote that is never closed is a case of its own.
        const text = ledgerText(rows.map((row, i) => (i % 3 === 0 ? { ...row, id: `U${i}` } : row)));
        fallbacks.push((await sameBothWays(text)).fellBack);
      }),
      fuzzed(8),
    );
    expect(fallbacks).toContain(false);
  });

  it('agree on files of days alone, without ids', async () => {
    const header = 'trade_date,account,class,symbol,side,quantity,price,broker';
    const day = fc.constantFrom(
      '2026-04-14',
      '2025-11-28',
      '2026-03-06',
      '2026-03-09',
      '2025-11-03',
      '1990-01-02',
      '2030-12-31',
    );
    const row = fc.tuple(
      day,
      fc.constantFrom('A', 'B'),
      fc.constantFrom('10', '10.0', '7.25'),
      fc.constantFrom('5', '5.00'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 30, maxLength: 60 }),
        fc.boolean(),
        async (rows, spoilt) => {
          const lines = rows.map(
            ([date, account, quantity, price]) => `${date},${account},pension,SPY,buy,${quantity},${price},`,
          );
          const kept = spoilt ? lines : lines.filter((line) => !line.startsWith('2025-11-28'));
          const engine = await sameBothWays(`${[header, ...kept].join('\n')}\n`);
          expect(engine.executions).toHaveLength(kept.length);
          expect(engine.fellBack).toBe(false);
        },
      ),
      fuzzed(6),
    );
  });

  it.each<[string, (text: string) => string]>([
    ['lines that end with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['no end of the last line', (text) => text.trimEnd()],
    ['blank lines at the end', (text) => `${text}\n\n`],
    ['a blank line within', (text) => text.replace('\n', '\n\n')],
    ['a byte order mark', (text) => `\ufeff${text}`],
    [
      'all fields in quotes',
      (text) => text.replace(/[^,\n]*/g, (field) => (field === '' ? '' : `"${field}"`)),
    ],
    ['an end of line in quotes', (text) => text.replace('A1', '"A\n1"')],
    ['a quote that is never closed', (text) => text.replace('A1', '"A1')],
    ['a quote within a field', (text) => text.replace('A1', 'A"1')],
    ['blanks around separators', (text) => text.replaceAll(',', ' , ')],
    ['mixed ends of lines', (text) => text.replace('\n', '\r\n')],
    ['lone carriage returns', (text) => text.replaceAll('\n', '\r')],
    ['a row too long', (text) => text.replace('A1', 'A,1')],
    ['a row too short', (text) => text.replace('A1,', '')],
    ['a row with one separator more', (text) => text.replace('110.25,,E0,,', '110.25,,E0,,,')],
    ['Latin letters of one byte', (text) => text],
    ['a header alone', (text) => text.slice(0, text.indexOf('\n') + 1)],
  ])('agree on %s', async (what, change) => {
    const text = change(ledgerText([{}, { side: 'sell', account: 'Société' }, { price: '7' }]));
    await sameBothWays(what.startsWith('Latin') ? Buffer.from(text, 'latin1') : text);
  });

  it('agree where a mapping gives constants and signs', async () => {
    const text =
      'T,Acct,Sym,BS,Qty,Px\n2026-04-14T14:30:00Z,A,AAPL,B,10,200\n2026-04-14T14:31:00Z,A,AAPL,S,-4,201\n2026-04-14T14:32:00Z,A,AAPL,S,4,201\n';
    const mapping: ColumnMapping = {
      kind: 'ledger',
      columns: { executed_at: 'T', account: 'Acct', symbol: 'Sym', side: 'BS', quantity: 'Qty', price: 'Px' },
      constants: { class: 'pension', broker: "O'Neil", quantity_sign: 'signed' },
    };
    const engine = await sameBothWays(text, mapping);
    expect(engine).toMatchObject({ executions: { length: 2 }, setAside: { length: 1 }, fellBack: false });
    expect(engine.executions[1]).toMatchObject({ broker: "O'Neil", quantity: 4, class: 'pension' });
  });

  it('refuse the same files', async () => {
    const text = ledgerText([{}, { side: 'sell', quantity: '-1' }, { side: 'sell', quantity: '-2' }]);
    for (const way of ['engine', 'reader'] as const)
      await expect(storedBy(way, text)).rejects.toThrow('sales with a negative quantity');
  });

  it('agree on any damage', async () => {
    const valid = ledgerText([{}, { side: 'sell' }, { id: '' }, { time: '2026-04-15T10:00:00Z' }]);
    const edit = fc.tuple(
      fc.nat(),
      fc.nat(9),
      fc.constantFrom('', '"', ',', '\n', '\r', '\r\n', ' ', '\t', '\u0000', '""', '",', 'x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let text = valid;
        for (const [at, remove, insert] of edits) {
          const start = HEADER.length + 1 + (at % (text.length - HEADER.length));
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        if (ledgerReader.detect(sourceFile(text), {}) !== null) await sameBothWays(text);
      }),
      fuzzed(20),
    );
  });
});

async function parquetOf(select: string): Promise<Uint8Array> {
  const path = join(await temporaryFolder(), 'ledger.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return readFile(path);
}

const TYPED = `SELECT TIMESTAMPTZ '2026-04-14 14:30:00+00' + to_seconds(i) AS executed_at, 'A1' AS account, 'pension' AS class,
  'NVDA' AS symbol, ['buy', 'sell'][1 + i % 2] AS side, (i + 0.5)::DOUBLE AS quantity, 110.25::DECIMAL(18, 4) AS price,
  'E' || i AS execution_id FROM range(5) t(i)`;

describe('a Parquet file', () => {
  it('is read with the same columns, whatever their types', async () => {
    const stored = await storedBy('engine', await parquetOf(TYPED));
    expect(stored.setAside).toEqual([]);
    expect(stored.executions).toHaveLength(5);
    expect(stored.executions[3]).toMatchObject({
      rowNumber: 4,
      executionId: 'E3',
      side: 'sell',
      quantity: 3.5,
      amountCents: 38588,
      executedAt: Date.parse('2026-04-14T14:30:03Z'),
    });
  });

  it('gives back to the reader what is not plain, and sets aside times without a zone', async () => {
    const select = `${TYPED.replace("'pension'", "'Pension Fund'")} UNION ALL
      SELECT NULL, 'A1', 'pension', 'NVDA', 'buy', 1, 1, 'E9'`;
    const stored = await storedBy('engine', await parquetOf(select));
    expect(stored.executions.map((row) => row.class)).toEqual(Array(5).fill('pension-fund'));
    expect(stored.setAside).toMatchObject([{ rowNumber: 6, column: 'trade_date' }]);
    const naive = await parquetOf(TYPED.replace('TIMESTAMPTZ', 'TIMESTAMP').replace('+00', ''));
    expect((await storedBy('engine', naive)).setAside).toHaveLength(5);
  });

  it('that is cut off or damaged is refused or not recognised', async () => {
    const whole = await parquetOf(TYPED);
    expect(ledgerReader.detect(sourceFile(whole.subarray(0, whole.length - 5)), {})).toBeNull();
    const damaged = Uint8Array.from(whole).fill(255, 8, 120);
    await expect(storedBy('engine', damaged)).rejects.toThrow(FormatError);
  });

  it('of other columns, or with a footer of noise, is none of ours', async () => {
    const other = await parquetOf('SELECT 1 AS a, [1, 2] AS b');
    expect(ledgerReader.detect(sourceFile(other), {})).toBeNull();
    const mark = new TextEncoder().encode('PAR1');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(noise.length);
        const file = sourceFile(Buffer.concat([mark, noise, length, mark]));
        expect(ledgerReader.detect(file, {})).toBeNull();
      }),
    );
  });
});

describe('a large import', () => {
  it('twice, the second with a row more, keeps that row alone', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => lineOf({}, i));
    const text = `${[HEADER, ...lines].join('\n')}\n`;
    const stored = await storedBy('engine', text, {}, `${text}${lineOf({}, 50)}\n`);
    expect(stored.executions).toHaveLength(51);
  });
});
