import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Run, tidemark } from '../support/command-line.js';

const ONE_LINE = /^tidemark: [^\n]+\n$/;

describe('bad input gets one line, the right exit code, and leaves nothing half written', () => {
  let folder: string;
  let market: string;
  let count = 0;
  let store: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-bad-'));
    market = join(folder, 'market');
    expect((await tidemark(['simulate', '--out', market, '--quiet'])).code).toBe(0);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    store = join(folder, `store-${++count}`);
  });

  const importing = (...paths: string[]): Promise<Run> =>
    tidemark(['import', ...paths, '--store', store, '--quiet', '--format', 'json']);
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, `${count}-${name}`);
    writeFileSync(path, content);
    return path;
  };
  const zipName = (): string => readdirSync(join(market, 'cftc')).find((name) => name.endsWith('.zip'))!;

  test('a truncated zip', async () => {
    const whole = readFileSync(join(market, 'cftc', zipName()));
    const run = await importing(file('cut.zip', whole.subarray(0, whole.length / 2)));
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run.stderr).toContain('cut.zip');
  });

  test('a binary file', async () => {
    const run = await importing(
      file(
        'junk.bin',
        Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256),
      ),
    );
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run.stderr).toContain('junk.bin');
  });

  test('a good file beside bad ones is still imported, and the bad ones are named', async () => {
    const good = join(market, 'cftc', 'FinFut25.txt');
    const whole = readFileSync(join(market, 'cftc', zipName()));
    const bad = file('cut2.zip', whole.subarray(0, 1000));
    const run = await importing(good, bad);
    expect(run.code).toBe(0);
    const { data } = JSON.parse(run.stdout) as {
      data: { fileName: string; status: string; message: string }[];
    };
    expect(data.map((row) => row.status)).toEqual(['imported', 'failed']);
    expect(data[1]!.message).toContain('cut2.zip');
    expect(
      (await tidemark(['import', good, bad, '--store', `${store}-strict`, '--strict', '--quiet'])).code,
    ).toBe(3);
  });

  test('a TFF file with a shifted column: every row is set aside and counted', async () => {
    const text = readFileSync(join(market, 'cftc', 'FinFut25.txt'), 'latin1');
    const lines = text.split('\r\n');
    const shifted = lines.map((line, i) => {
      if (i === 0 || line === '') return line;
      const fields = line.split(',');
      const at = fields.length - 87;
      fields.splice(at + 8, 0, fields[at + 7]!);
      fields.splice(at + 60, 1);
      return fields.join(',');
    });
    const run = await importing(file('shifted.txt', shifted.join('\r\n')));
    const rows = lines.length - 2;
    if (run.code === 3) expect(run.stderr).toMatch(ONE_LINE);
    else {
      expect(run.code).toBe(0);
      const { data } = JSON.parse(run.stdout) as { data: { rowsRead: number; rowsSetAside: number }[] };
      expect(data[0]).toMatchObject({ rowsRead: rows, rowsSetAside: rows });
    }
  });

  test('a price file in cents for one stretch', async () => {
    const header = 'date,symbol,open,high,low,close,adj_close,volume';
    const days = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'];
    const rows = days.map((day, i) => {
      const price = (i >= 2 ? 100 : 1) * (150 + i);
      return `${day},AAA,${price},${price + 1},${price - 1},${price},${price},1000000`;
    });
    const run = await importing(file('cents.csv', [header, ...rows].join('\n')));
    expect(run.code, run.stderr).toBe(0);
    const { data } = JSON.parse(run.stdout) as {
      data: { rowsRead: number; rowsKept: number; rowsSetAside: number }[];
    };
    expect(data[0]!.rowsRead).toBe(5);
    expect(data[0]!.rowsKept + data[0]!.rowsSetAside).toBe(5);
    expect(data[0]!.rowsSetAside).toBeGreaterThan(0);
  });

  test('an empty folder, and a path that is not there', async () => {
    const empty = join(folder, `empty-${count}`);
    mkdirSync(empty);
    const run = await importing(empty);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(ONE_LINE);
    const missing = await importing(join(folder, 'nowhere'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(ONE_LINE);
    expect(missing.stderr).toContain('nowhere');
  });

  test('a store from a newer version', async () => {
    expect((await importing(join(market, 'cftc', 'FinFut25.txt'))).code).toBe(0);
    const id = readFileSync(join(store, 'current'), 'utf8').trim();
    const path = join(store, 'snapshots', `${id}.json`);
    const snapshot = JSON.parse(readFileSync(path, 'utf8')) as { schemaVersion: number };
    writeFileSync(path, JSON.stringify({ ...snapshot, schemaVersion: 999 }));
    const run = await tidemark(['status', '--store', store]);
    expect(run.code).toBe(6);
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run.stderr).toContain('999');
  });

  test('no store, an unknown option, a date that is none, a class that is none', async () => {
    const none = await tidemark(['status', '--store', join(folder, 'no-store')]);
    expect([none.code, none.stderr]).toEqual([expect.any(Number), expect.stringMatching(ONE_LINE)]);
    expect(none.code).toBe(4);
    for (const [args, word] of [
      [['records', '--weeks', '1'], '--weeks'],
      [['records', '--week', '2026-02-30'], '2026-02-30'],
      [['records', '--class', 'whale'], 'whale'],
      [['records', '--lookback', '7y'], '7y'],
      [['flows', '--by', 'colour'], 'colour'],
      [['flows', '--format', 'xml'], 'xml'],
      [['status', '--as-of', 'yesterday'], 'yesterday'],
      [['frobnicate'], 'frobnicate'],
      [['help', 'tape', 'frobnicate'], 'frobnicate'],
      [['records', '--resamples', '999999999'], '999999999'],
      [['drivers', '--resamples', '0'], '--resamples'],
      [['status', '--source', 'gossip', '--store', store], 'gossip'],
      [['status', '--set-aside', '--source', 'gossip', '--store', store], 'gossip'],
    ] as const) {
      const run = await tidemark([...args]);
      expect(run.code, args.join(' ')).toBe(2);
      expect(run.stderr, args.join(' ')).toMatch(ONE_LINE);
      expect(run.stderr).toContain(word);
    }
  });

  test('a place that cannot be written, a report that fails while threads of it read the store, and one that is stopped', async () => {
    expect((await importing(join(market, 'cftc'), join(market, 'prices'))).code).toBe(0);
    const away = await tidemark(['flows', '--store', store, '--out', join(folder, 'away', 'x.json')]);
    expect([away.code, away.stderr]).toEqual([2, expect.stringMatching(/^tidemark: --out [^\n]+\n$/)]);
    const report = ['report', '--contract', '20974+', '--class', 'asset-manager', '--store', store];
    const unknown = await tidemark([
      ...report,
      '--week',
      '2030-01-01',
      '--quiet',
      '--out',
      join(folder, 'no'),
    ]);
    expect([unknown.code, unknown.stderr]).toEqual([4, expect.stringMatching(ONE_LINE)]);
    const stopped = await tidemark([...report, '--out', join(folder, 'cut')], { stopAtFirstWord: true });
    expect([stopped.code, stopped.stderr]).toEqual([
      130,
      expect.stringMatching(/\ntidemark: stopped[^\n]+\n$/),
    ]);
  });
});
