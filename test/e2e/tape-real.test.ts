import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, SHARED_DATA, tidemark } from '../support/command-line.js';

const TAPE = join(SHARED_DATA, 'tape');
const files = (folder: string, ...names: string[]): string[] => names.map((name) => join(TAPE, folder, name));

interface Row {
  readonly kind: string;
  readonly [field: string]: unknown;
}

const sumOf = async (...args: string[]): Promise<readonly Row[]> =>
  (await answerOf<Row>(['tape', 'sum', ...args])).data;
const sums = (rows: readonly Row[]) => rows.filter(({ kind }) => kind === 'sum');
const total = (rows: readonly Row[], field: string): number =>
  sums(rows).reduce((sum, row) => sum + (row[field] as number), 0);

const NYSE = files('highfrequency', 'sampleTDataRaw.csv.gz', 'sampleQDataRaw.csv.gz');

describe.skipIf(!existsSync(TAPE))('real tapes on the command line (needs ../shared/data)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-real-tapes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the two-day NYSE sample: sums add up, repeats of the closing print are counted once', async () => {
    const rows = await sumOf(...NYSE, '--by', 'class,period', '--lags', '0,1ns,5s');
    const byDay = await sumOf(...NYSE, '--by', 'period');
    for (const field of ['prints', 'unsignedPrints']) expect(total(rows, field)).toBe(total(byDay, field));
    expect(total(rows, 'total')).toBeCloseTo(total(byDay, 'total'), 2);
    const auction = sums(rows).find((row) => row.class === 'auction' && row.period === '2018-01-02');
    expect(auction).toMatchObject({ prints: 2, buy: 0, sell: 0 });
    expect(rows.filter(({ kind }) => kind === 'lag').map((row) => row.lag)).toEqual(['0', '1 ns', '5 s']);
    const [signing] = rows.filter(({ kind }) => kind === 'signing');
    expect(signing!.quoteKind).toBe('venue');
    // Other venues than N are thinned in this sample, so that the built NBBO is crossed, and said to be.
    expect(signing!.shareCrossed as number).toBeGreaterThan(0.4);
  });

  test('LEAN, LOBSTER, Databento, Polygon, Alpaca and IEX all run through', async () => {
    const runs: [string, string[]][] = [
      ['lean-trades', files('lean', 'ibm_20131007_trade.csv.gz', 'ibm_20131007_quote.csv.gz')],
      ['lobster', files('lobster', 'AAPL_2012-06-21_34200000_57600000_message_10.head999.csv.gz')],
      ['databento', files('databento', 'XNAS.ITCH.tbbo.dbn.zst')],
      ['alpaca', files('alpaca', 'v2_stocks_trades.json', 'v2_stocks_quotes.json')],
      ['polygon', files('polygon', 'v3_trades_AAPL_limit2.json')],
      ['iex', files('iex', 'TOPS16.pcap.gz')],
    ];
    for (const [name, paths] of runs) {
      const rows = await sumOf(...paths, '--by', 'symbol');
      const [signing] = rows.filter(({ kind }) => kind === 'signing');
      expect(String(signing!.tradeFormat)).toMatch(new RegExp(name.split('-')[0]!));
      expect(total(rows, 'prints')).toBeGreaterThan(0);
      for (const row of sums(rows)) {
        const { buy, sell, unsigned, total: all } = row.exact as Record<string, string>;
        const micros = (text: string) => {
          const [whole, fraction = ''] = text.split('.');
          return BigInt(whole!) * 10n ** 12n + BigInt(fraction.padEnd(12, '0'));
        };
        expect(micros(buy!) + micros(sell!) + micros(unsigned!)).toBe(micros(all!));
      }
    }
  });

  test('imported, the sample is in flows and status, once however often it is imported', async () => {
    const store = ['--store', join(folder, 'store')];
    await answerOf(['tape', 'import', ...NYSE, ...store]);
    const flows = async () => answerOf<Row>(['flows', '--basis', 'tape', '--every', 'day', ...store]);
    const first = await flows();
    const again = await answerOf<Row>(['tape', 'import', ...NYSE, ...store]);
    expect(again.data.filter(({ kind }) => kind === 'stored')).toMatchObject([
      { status: 'unchanged' },
      { status: 'unchanged' },
    ]);
    expect((await flows()).data).toEqual(first.data);
    const summed = await sumOf(...NYSE, '--by', 'class,period');
    for (const row of sums(summed)) {
      const flow = first.data.find(
        (one) => (one as Row).class === row.class && (one as Row).periodStart === row.period,
      ) as Row;
      expect(flow.turnover).toBe(row.total);
      expect(flow.unsigned).toBe(row.unsigned);
      if (flow.grossBuy !== null) expect([flow.grossBuy, flow.grossSell]).toEqual([row.buy, row.sell]);
    }
    const status = await answerOf<Row>(['status', ...store]);
    expect(status.notes.join('\n')).toMatch(/basis tape: yes, 2 days from 2018-01-02 to 2018-01-03/);
    const early = await tidemark(['flows', '--basis', 'tape', ...store, '--as-of', '2018-01-01']);
    expect(early.code).toBe(4);
  });

  test('bulk volume gives estimates in rows of their own', async () => {
    const rows = await sumOf(...NYSE, '--rule', 'bvc');
    expect(rows.filter(({ kind }) => kind === 'sum')).toEqual([]);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['bulk', 'vpin']));
    for (const row of rows) expect(row.isEstimate).toBe(true);
  });
});
