import { describe, expect, it } from 'vitest';
import type {
  ColumnMapping,
  MemberBatch,
  ReadContext,
  SourceFile,
  SourceReader,
} from '../../src/core/index.js';
import { macroFact, queryAt } from '../store/store-fixtures.js';
import { newBench, seriesReader, zipOf } from './ingest-fixtures.js';

const lines = ({ bytes }: SourceFile) => Buffer.from(bytes).toString().trimEnd().split('\n');

/** Reads '#names' (series a line) together with '#values' (date,value a line): a value for every name. */
const setReader: SourceReader = {
  source: 'test-set',
  detect: (file) => {
    const kind = lines(file)[0]!.replace('#', 'set-');
    return kind === 'set-names' || kind === 'set-values'
      ? { kind, evidence: 'first line', group: 'set' }
      : null;
  },
  *read() {
    yield* [];
    throw new Error('a set is read together');
  },
  *readGroup(files): Generator<MemberBatch> {
    const at = (kind: string) => files.findIndex(({ detection }) => detection.kind === kind);
    const [names, values] = [at('set-names'), at('set-values')];
    const series = lines(files[names]!.file).slice(1);
    yield { member: names, facts: [], setAside: [], rowsRead: series.length };
    const rows = lines(files[values]!.file).slice(1);
    const facts = rows.flatMap((row, index) => {
      const [date, value] = row.split(',') as [string, string];
      return series.map((name) => macroFact(index + 2, name, date, Number(value)));
    });
    yield { member: values, facts, setAside: [], rowsRead: rows.length };
  },
};

const NAMES = '#names\nA\nB\n';
const VALUES = '#values\n2025-11-01,1\n2025-11-02,2\n';
const readers = [setReader, seriesReader];

describe('files that are read together', () => {
  it.each([
    [
      'an archive',
      { 'set.zip': zipOf({ name: 'NAMES', contents: NAMES }, { name: 'VALUES', contents: VALUES }) },
      'set.zip/',
    ],
    ['a folder', { 'set/NAMES': NAMES, 'set/OTHER': 'unknown', 'set/VALUES': VALUES }, 'set/'],
  ])('are found in %s and stored as one snapshot', async (_, contents, prefix) => {
    const { put, run, store, clock } = await newBench();
    for (const [name, bytes] of Object.entries(contents)) await put(name, bytes);
    const report = await run(undefined, { readers });
    expect(report.files.filter(({ status }) => status === 'imported')).toMatchObject([
      { fileName: `${prefix}NAMES`, kind: 'set-names', rowsRead: 2, rowsKept: 2 },
      { fileName: `${prefix}VALUES`, kind: 'set-values', rowsRead: 2, rowsKept: 2 },
    ]);
    expect(report.totals.files.failed).toBe(0);
    const { imports, parent } = await store.current();
    expect(imports.map(({ factsStored }) => factsStored)).toEqual([0, 4]);
    expect(parent).not.toBeNull();
    expect(await queryAt(store, clock.now(), 'SELECT count(*) AS n FROM macro')).toEqual([{ n: 4 }]);
    const again = await run(undefined, { readers });
    expect(again.totals.files).toMatchObject({ imported: 0, unchanged: 2 });
    expect((await store.current()).parent).toBe(parent);
  });

  it('are looked for in no other archive, so that each archive is opened once', async () => {
    const { put, run } = await newBench();
    const asked: string[] = [];
    const asking: SourceReader = {
      ...setReader,
      detect(file, context) {
        asked.push(file.name);
        return setReader.detect(file, context);
      },
    };
    for (const name of ['a', 'b', 'c']) {
      const values = `#values\n2025-11-01,${name.charCodeAt(0)}\n`;
      const names = `#names\n${name}\n`;
      await put(
        `${name}.zip`,
        zipOf({ name: 'NAMES', contents: names }, { name: 'VALUES', contents: values }),
      );
    }
    const report = await run(undefined, { readers: [asking] });
    expect(report.totals.files.imported).toBe(6);
    const timesAsked = (name: string) => asked.filter((other) => other === name).length;
    expect(timesAsked('c.zip/NAMES')).toBe(timesAsked('a.zip/NAMES'));
  });

  it('are read anew as a whole where one of them changed', async () => {
    const { put, run } = await newBench();
    await put('NAMES', NAMES);
    await put('VALUES', VALUES);
    await run(undefined, { readers });
    await put('VALUES', `${VALUES}2025-11-03,3\n`);
    const report = await run(undefined, { readers });
    expect(report.files).toMatchObject([
      { fileName: 'NAMES', status: 'imported' },
      { fileName: 'VALUES', status: 'imported', rowsUnchanged: 2, rowsKept: 1 },
    ]);
  });
});

/** Reads '#foreign' files: 'date,value' a line, for the series that a mapping names; without a mapping for nobody. */
const foreignReader: SourceReader = {
  source: 'test-foreign',
  detect: (file: SourceFile, { mapping }: ReadContext) =>
    lines(file)[0] === '#foreign' && mapping?.kind === 'levels'
      ? { kind: 'foreign', evidence: 'mapping' }
      : null,
  *read(file, _, { mapping }) {
    const facts = lines(file)
      .slice(1)
      .map((line, index) => {
        const [date, value] = line.split(',') as [string, string];
        return macroFact(index + 2, mapping!.constants.symbol!, date, Number(value));
      });
    yield { facts, setAside: [], rowsRead: facts.length };
  },
};

const mapping = (symbol: string): ColumnMapping => ({
  kind: 'levels',
  columns: { date: 'date', close: 'value' },
  constants: { symbol },
});

describe('mappings', () => {
  const SERIES = 'SELECT series_id FROM macro ORDER BY 1';

  it('beside a file apply to the files of their folder alone', async () => {
    const { put, run, store, clock } = await newBench();
    await put('a/data.csv', '#foreign\n2025-11-01,1\n');
    await put('a/data.mapping.json', JSON.stringify(mapping('MAPPED')));
    await put('b/data.csv', '#foreign\n2025-11-01,2\n');
    const warnings: string[] = [];
    const report = await run(undefined, { readers: [foreignReader], effects: effectsWith(warnings) });
    expect(report.files.map(({ fileName, status }) => [fileName, status])).toEqual([
      ['a/data.csv', 'imported'],
      ['b/data.csv', 'not-recognised'],
    ]);
    expect(await queryAt(store, clock.now(), SERIES)).toEqual([{ seriesId: 'MAPPED' }]);
    expect(warnings).toEqual([]);
    expect((await run(undefined, { readers: [foreignReader] })).files[0]?.status).toBe('unchanged');
  });

  it('that differ make different imports of one file', async () => {
    const { put, run, store, clock } = await newBench();
    await put('data.csv', '#foreign\n2025-11-01,1\n');
    await run(undefined, { readers: [foreignReader], mapping: mapping('X') });
    await run(undefined, { readers: [foreignReader], mapping: mapping('Y') });
    const report = await run(undefined, { readers: [foreignReader], mapping: mapping('X') });
    expect(report.files[0]?.status).toBe('unchanged');
    expect(await queryAt(store, clock.now(), SERIES)).toEqual([{ seriesId: 'X' }, { seriesId: 'Y' }]);
    const { imports } = await store.current();
    expect(new Set(imports.map(({ mappingSha256 }) => mappingSha256)).size).toBe(2);
  });

  it('of no use are told, and broken ones fail like a file', async () => {
    const { put, run } = await newBench();
    await put('a.txt', '#series\nA,2025-11-01,1\n');
    await put('b.mapping.json', JSON.stringify(mapping('X')));
    await put('c.mapping.json', '{');
    const warnings: string[] = [];
    const report = await run(undefined, { readers, effects: effectsWith(warnings) });
    expect(report.files.map(({ fileName, status }) => [fileName, status])).toEqual([
      ['c.mapping.json', 'failed'],
      ['a.txt', 'imported'],
    ]);
    expect(warnings).toEqual(['mapping b.mapping.json fits no file beside it']);
  });
});

function effectsWith(warnings: string[]) {
  return {
    clock: { now: () => Date.UTC(2026, 0, 5, 17) as never },
    progress: { start: () => ({ advance() {}, finish() {} }) },
    log: { info() {}, warn: (message: string) => void warnings.push(message) },
  };
}
