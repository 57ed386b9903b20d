import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Fact,
  type Instant,
  type IsoDate,
  KNOWN_AT_IMPORT,
  StoreError,
  type TableName,
} from '../../src/core/index.js';
import { type AsOfView, openStore } from '../../src/store/index.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  macroFact,
  newStore,
  queryAt,
  SetClock,
  temporaryFolder,
} from './store-fixtures.js';

const factOf = <Name extends TableName>(
  table: Name,
  row: Fact<Name>['row'],
  knownAt: Instant,
): Fact<Name> => ({
  table,
  row,
  periodStart: null,
  periodEnd: null,
  knownAt,
  knownAtKind: 'rule',
  rowNumber: 2,
});

describe('query', () => {
  it('gives plain values: days, milliseconds, numbers, null, lists, structs', async () => {
    const { store, clock } = await newStore();
    await importBatches(store, fileOf('a'), batchOf([macroFact(2, 'A', '2025-12-01', null)]));
    const [row] = await queryAt(
      store,
      clock.now(),
      `SELECT *, 3::BIGINT AS big_count, sum(2::BIGINT) OVER () AS huge, 1.25::DECIMAL(9, 2) AS exact, true AS yes,
         [date, NULL] AS days, {'first_day': date} AS pair, date + INTERVAL 1 HOUR AS later FROM macro`,
    );
    expect(row).toEqual({
      seriesId: 'A',
      date: '2025-12-01',
      vintageDate: null,
      value: null,
      periodStart: '2025-12-01',
      periodEnd: '2025-12-01',
      knownAt: at('2025-12-01'),
      knownAtKind: 'rule',
      storedAt: at('2026-01-05'),
      source: 'fred',
      fileName: 'a',
      fileSha256: fileOf('a').fileSha256,
      rowNumber: 2,
      revision: 0,
      bigCount: 3,
      huge: 2,
      exact: 1.25,
      yes: true,
      days: ['2025-12-01', null],
      pair: { firstDay: '2025-12-01' },
      later: Date.UTC(2025, 11, 1, 1),
    });
  });

  it('binds text, days, numbers, instants, nulls and lists', async () => {
    const { store, clock } = await newStore();
    const facts = [1, 2.5, 3].map((value, n) => macroFact(n + 2, `S${n}`, `2025-12-0${n + 1}`, value));
    await importBatches(store, fileOf('a'), batchOf(facts));
    const count = async (where: string, parameters: Record<string, unknown>) =>
      (
        await queryAt<{ n: number }>(
          store,
          clock.now(),
          `SELECT count(*) AS n FROM macro WHERE ${where}`,
          parameters,
        )
      )[0]?.n;
    expect(await count('series_id = $id', { id: 'S1' })).toBe(1);
    expect(await count('date >= $from', { from: '2025-12-02' })).toBe(2);
    expect(await count('value > $low AND row_number = $row', { low: 2, row: 3 })).toBe(1);
    expect(await count('value > $low', { low: 2.75 })).toBe(1);
    expect(await count('known_at <= epoch_ms($known)', { known: at('2025-12-02') })).toBe(2);
    expect(await count('list_contains($ids, series_id)', { ids: ['S0', 'S2'] })).toBe(2);
    expect(await count('list_contains($ids, series_id)', { ids: [] })).toBe(0);
    expect(await count('list_contains($values, value)', { values: [1, 2.5] })).toBe(2);
    expect(await count('$id IS NULL OR series_id = $id', { id: null })).toBe(3);
    expect(await count('true = $yes', { yes: true })).toBe(3);
    await expect(count('series_id = $id', { id: new Date(0) })).rejects.toThrow(/parameter 'id' is neither/);
  });

  it('gives numbers as columns, over more than one chunk; NULL is NaN, and where it cannot be, refused', async () => {
    const { store, clock } = await newStore();
    const view = await store.view(clock.now());
    const rows = 5000;
    const found = await view.columns<{ rowNumber: Int32Array; half: Float64Array }>(
      'SELECT i::INTEGER AS row_number, CASE WHEN i % 3 <> 0 THEN i / 2 END AS half FROM range($rows) t(i)',
      { rows },
    );
    const all = Array.from({ length: rows }, (_, i) => i);
    expect(found.rowNumber).toEqual(Int32Array.from(all));
    expect(found.half).toEqual(Float64Array.from(all, (i) => (i % 3 === 0 ? Number.NaN : i / 2)));
    const none = await view.columns('SELECT 1::INTEGER AS a, 1.5::DOUBLE AS b WHERE false');
    expect(none).toEqual({ a: new Int32Array(0), b: new Float64Array(0) });
    await expect(view.columns("SELECT 'x' AS name")).rejects.toThrow(/column 'name' is VARCHAR; cast it/);
    await expect(view.columns('SELECT NULL::INTEGER AS id')).rejects.toThrow(/column 'id' holds a NULL/);
    view.close();
  });

  it('refuses figures that would be wrong: beyond 2^53, infinite; a division by zero is null', async () => {
    const { store, clock } = await newStore();
    await expect(queryAt(store, clock.now(), 'SELECT 9007199254740993 AS n')).rejects.toThrow(
      /9007199254740993/,
    );
    await expect(queryAt(store, clock.now(), "SELECT 'nan'::DOUBLE AS n")).rejects.toThrow(/'n' holds NaN/);
    expect(await queryAt(store, clock.now(), 'SELECT 1.0 / 0 AS a, 0.0::DOUBLE / 0.0 AS b')).toEqual([
      { a: null, b: null },
    ]);
  });

  it('knows every table, even in an empty store', async () => {
    const { store, clock } = await newStore();
    for (const table of [
      'positions',
      'levels',
      'prices',
      'corporate_actions',
      'macro',
      'constituents',
      'memberships',
      'set_aside',
    ]) {
      expect(await queryAt(store, clock.now(), `SELECT * FROM ${table}`)).toEqual([]);
    }
  });

  it('says what happened where the files are gone', async () => {
    const { store, clock } = await newStore();
    await importBatches(store, fileOf('a'), batchOf([macroFact(2, 'A', '2025-12-01', 1)]));
    const view = await store.view(clock.now());
    await rm(join(store.directory, 'data'), { recursive: true });
    await expect(view.query('SELECT * FROM macro')).rejects.toThrow(StoreError);
    view.close();
    await expect(store.view(clock.now())).rejects.toThrow(/no longer has the files of snapshot/);
  });
});

describe('the moment', () => {
  it('hides ends of memberships and last sightings that were still to come', async () => {
    const { store } = await newStore('2026-06-01');
    const day = (text: string) => text as IsoDate;
    const member = { list: 'sp500', symbol: 'X', startDate: day('2020-01-02'), endDate: day('2024-03-15') };
    const seen = {
      list: 'sp500',
      symbol: 'X',
      name: 'X',
      gicsSector: 'Energy',
      gicsSubIndustry: null,
      sector: 'energy',
      cik: null,
      firstSeen: day('2020-01-02'),
      lastSeen: day('2024-03-15'),
    };
    await importBatches(
      store,
      fileOf('a'),
      batchOf([
        { ...factOf('memberships', member, at('2020-01-02')), periodEnd: day('2024-03-15') },
        factOf('constituents', seen, at('2020-01-02')),
      ]),
    );
    const endsAt = async (date: string, hour = 12) => [
      (await queryAt(store, at(date, hour), 'SELECT end_date FROM memberships'))[0]?.endDate,
      (await queryAt(store, at(date, hour), 'SELECT last_seen FROM constituents'))[0]?.lastSeen,
      (await queryAt(store, at(date, hour), 'SELECT period_end FROM memberships'))[0]?.periodEnd,
    ];
    expect(await endsAt('2024-03-14', 23)).toEqual([null, null, null]);
    expect(await endsAt('2024-03-15', 0)).toEqual(['2024-03-15', '2024-03-15', '2024-03-15']);
    expect(await endsAt('2019-12-31')).toEqual([undefined, undefined, undefined]);
  });

  it('hides a file that told no time until it was stored', async () => {
    const { store } = await newStore('2026-01-05');
    const fact = { ...macroFact(2, 'A', '2025-12-01', 1, KNOWN_AT_IMPORT), knownAtKind: 'import' as const };
    await importBatches(store, fileOf('a'), batchOf([fact]));
    expect(await queryAt(store, at('2026-01-04'), 'SELECT * FROM macro')).toEqual([]);
    expect(await queryAt(store, at('2026-01-05'), 'SELECT known_at FROM macro')).toEqual([
      { knownAt: at('2026-01-05') },
    ]);
  });

  it('counts rows and names imports that were known by then', async () => {
    const { store } = await newStore('2026-01-05');
    await importBatches(
      store,
      fileOf('a'),
      batchOf([macroFact(2, 'A', '2025-12-01', 1), macroFact(3, 'A', '2025-12-05', 1)]),
    );
    await importBatches(store, fileOf('b'), batchOf([macroFact(2, 'B', '2025-12-03', 1)]));
    const toldAt = async (date: string) => {
      const view = await store.view(at(date));
      view.close();
      return [view.rows, view.imports.map(({ fileName }) => fileName)];
    };
    expect(await toldAt('2025-11-30')).toEqual([0, []]);
    expect(await toldAt('2025-12-01')).toEqual([1, ['a']]);
    expect(await toldAt('2025-12-03')).toEqual([2, ['a', 'b']]);
    expect(await toldAt('2025-12-05')).toEqual([3, ['a', 'b']]);
  });
});

interface Revision {
  readonly series: number;
  readonly date: number;
  readonly value: number | null;
  readonly knownDay: number;
}

const revision: fc.Arbitrary<Revision> = fc.record({
  series: fc.nat(2),
  date: fc.nat(2),
  value: fc.option(fc.nat(3)),
  knownDay: fc.nat(9),
});

/** Imports on days 0, 1, 2 ... of January; each file holds some facts, known between December 30 and January 8. */
const history = fc.array(fc.array(revision, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

const dayOf = (n: number): Instant => at(`2026-01-${String(n + 1).padStart(2, '0')}`);
const toFact = ({ series, date, value, knownDay }: Revision, index: number) =>
  macroFact(
    index + 2,
    `S${series}`,
    `2025-12-0${date + 1}`,
    value,
    (dayOf(knownDay) - 2 * 86_400_000) as Instant,
  );

const QUESTIONS = [
  'SELECT * FROM macro ORDER BY series_id, date',
  'SELECT series_id, count(*) AS n, sum(value ORDER BY date) AS total FROM macro GROUP BY 1 ORDER BY 1',
  'SELECT * FROM set_aside ORDER BY file_name, row_number',
  'SELECT date, last(value ORDER BY known_at, series_id) AS last FROM macro GROUP BY 1 ORDER BY 1',
];

async function answers(view: AsOfView): Promise<unknown[]> {
  const rows: unknown[] = [view.rows, view.imports];
  for (const question of QUESTIONS) rows.push(await view.query(question));
  view.close();
  return rows;
}

/** What a store must answer, worked out plainly: the last version of each fact known by then. */
function expectedAt(files: readonly (readonly Revision[])[], asOf: Instant) {
  const versions = new Map<string, { value: number | null; knownAt: Instant }[]>();
  for (const [day, file] of files.entries()) {
    const seenHere = new Set<string>();
    for (const [index, row] of file.entries()) {
      const {
        row: { seriesId, date, value },
        knownAt,
      } = toFact(row, index);
      const key = `${seriesId} ${date}`;
      if (seenHere.has(key)) continue;
      seenHere.add(key);
      const told = versions.get(key) ?? [];
      const last = told.at(-1);
      versions.set(key, told);
      if (last === undefined) told.push({ value, knownAt });
      else if (last.value !== value)
        told.push({ value, knownAt: Math.max(knownAt, dayOf(day), last.knownAt) as Instant });
    }
  }
  return [...versions]
    .map(([key, told]) => ({ key, last: told.findLast(({ knownAt }) => knownAt <= asOf) }))
    .filter(({ last }) => last !== undefined)
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ key, last }) => ({ key, value: last!.value, knownAt: last!.knownAt }));
}

describe('over random histories', () => {
  it('shows the last version known, and a row known later changes no answer as of earlier', async () => {
    await fc.assert(
      fc.asyncProperty(history, revision, fc.nat(9), fc.nat(12), async (files, later, asOfDay, sinceDays) => {
        const clock = new SetClock(dayOf(0));
        const store = await openStore(join(await temporaryFolder(), 'store'), { clock, create: true });
        const session = await store.beginImport({ command: 'history' });
        for (const [day, file] of files.entries()) {
          clock.set(`2026-01-0${day + 1}`);
          await session.commitFile(fileOf(`f${day}`), [batchOf(file.map(toFact))]);
        }
        await session.close();
        const asOf = (dayOf(asOfDay) - 2 * 86_400_000) as Instant;
        const told = await queryAt(
          store,
          asOf,
          "SELECT series_id || ' ' || date AS key, value, known_at FROM macro ORDER BY 1",
        );
        expect(told).toEqual(expectedAt(files, asOf));
        const before = await answers(await store.view(asOf));
        clock.set(`2026-01-${String(Math.max(asOfDay, files.length) + 1).padStart(2, '0')}`);
        const future = (asOf + 1 + sinceDays * 86_400_000) as Instant;
        const unread = {
          rowNumber: 3,
          column: 'value',
          found: 'x',
          expected: 'y',
          reason: 'z',
          knownAt: future,
        };
        await importBatches(
          store,
          fileOf('later'),
          batchOf([{ ...toFact(later, 0), knownAt: future }], [unread]),
        );
        expect(await answers(await store.view(asOf))).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });
});

describe('questions at once', () => {
  it('are answered as if one waited for the other, streamed ones too, and none after the view is closed', async () => {
    const { store, clock } = await newStore();
    const view = await store.view(clock.now());
    const ask = (n: number) =>
      view.query<{ n: number }>(`SELECT ${n} AS n, sum(range) AS s FROM range(${n})`);
    const stream = (n: number) =>
      view.columns<{ n: Int32Array }>(`SELECT range::INTEGER AS n FROM range(${n * 10_000})`);
    const sizes = Array.from({ length: 8 }, (_, i) => i + 1);
    const [rows, columns] = await Promise.all([Promise.all(sizes.map(ask)), Promise.all(sizes.map(stream))]);
    expect(rows.map(([row]) => row!.n)).toEqual(sizes);
    expect(columns.map(({ n }) => n.length)).toEqual(sizes.map((n) => n * 10_000));
    const pending = ask(9);
    view.close();
    expect((await pending)[0]!.n).toBe(9);
    await expect(ask(10)).rejects.toThrow('the view is closed');
  });
});
