import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../../src/core/index.js';
import { passText } from '../../../src/ingest/large-text.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';
import { at, newStore, queryAt, temporaryFolder } from '../../store/store-fixtures.js';
import { dataSetFiles, SAMPLE, type TsvRows } from './data-set-support.js';

interface Stored {
  readonly records: readonly object[];
  readonly filings: readonly object[];
  readonly holdings: readonly object[];
  readonly setAside: readonly object[];
}

interface ReadBack extends Stored {
  /** Rows of INFOTABLE that the reader was asked for; null where it had to read the whole file. */
  readonly rest: number | null;
}

type Change = (infoTable: string) => string | Uint8Array;

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text;

async function* blocksOf(bytes: Uint8Array): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1000) yield Buffer.from(bytes.subarray(at, at + 1000));
}

/** Stores data sets one after the other, INFOTABLE read by the engine or by the reader. */
async function storedBy(
  way: 'engine' | 'reader',
  sets: readonly TsvRows[],
  change: Change = (text) => text,
): Promise<ReadBack> {
  const { store } = await newStore('2026-06-01');
  const folder = await temporaryFolder();
  const session = await store.beginImport({ command: 'test' });
  let rest: number | null = 0;
  const records: object[] = [];
  for (const rows of sets) {
    const members = await Promise.all(
      dataSetFiles(rows).map(async (file) => {
        const isTable = file.name.endsWith('INFOTABLE.tsv');
        const text = new TextDecoder().decode(file.bytes);
        const bytes = isTable ? bytesOf(change(text)) : file.bytes;
        const detection = edgarReader.detect({ ...file, bytes }, {}) ?? edgarReader.detect(file, {})!;
        const { watchRows } = detection;
        if (watchRows === undefined) return { file, detection };
        const path = join(await mkdtemp(join(folder, 'set-')), 'INFOTABLE');
        const passed = await passText(blocksOf(bytes), { bytes: bytes.length, path, watchRows });
        const large: SourceFile = { ...file, bytes, large: passed.text };
        return { file: way === 'engine' ? large : { ...file, bytes }, detection };
      }),
    );
    const plan = edgarReader.bulkGroup!(members, {});
    function* batches() {
      rest = null;
      yield* edgarReader.readGroup!(members, {});
    }
    const counted = plan && {
      ...plan,
      readRest(left: Parameters<typeof plan.readRest>[0]) {
        rest = (rest ?? 0) + left.length;
        return plan.readRest(left);
      },
    };
    const files = members.map(({ file, detection }) => ({
      fileName: file.name,
      fileSha256: file.sha256,
      source: 'edgar',
      kind: detection.kind,
      bytes: file.bytes.length,
    }));
    const text = members.find(({ file }) => file.large !== undefined)?.file.large;
    const grouped = counted && text !== undefined ? { plan: counted, text } : null;
    records.push(...(await session.commitUnit([{ files, batches: batches(), grouped }])));
  }
  await session.close();
  const all = (table: string) =>
    queryAt<object>(store, at('2031-06-01'), `SELECT * FROM ${table} ORDER BY ALL`);
  const [filings, holdings, setAside] = [await all('filings'), await all('holdings'), await all('set_aside')];
  return { records, filings, holdings, setAside, rest };
}

async function sameBothWays(sets: readonly TsvRows[], change?: Change): Promise<ReadBack> {
  const engine = await storedBy('engine', sets, change);
  const { rest: _, ...byReader } = await storedBy('reader', sets, change);
  const { rest, ...byEngine } = engine;
  expect(byEngine).toEqual(byReader);
  return engine;
}

const cell = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof(
    { weight: 400, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

const JUNK = [
  '',
  ' ',
  'x',
  'é',
  '-1',
  '"',
  '"q"',
  ' padded ',
  '\u00a0nbsp',
  'nbsp\u00a0',
  '1e3',
  '0x1F',
  'NaN',
  "'",
];
const NUMBERS = ['1', '0', '1000', '52000', '250000000', '999999999999999', '007', '12345'];
const ODD_NUMBERS = [
  ...JUNK,
  '1,234',
  '$5',
  '12.5',
  '9007199254740993',
  '1000000000000000',
  '+5',
  '1_000',
  '5.',
  '.5',
];
const CUSIPS = [
  '037833100',
  '594918104',
  '88579Y101',
  '37833100',
  '78462f103',
  '20825C 10 4',
  '0-37833100',
  '00080010',
];
const ODD_CUSIPS = [...JUNK, '000000000', '037833101', '1234567890', '03783310O', 'ABC', '*@#*@#*@4'];

const infoRow = fc.record({
  NAMEOFISSUER: cell(['APPLE INC', 'SIMON & CO', '"QUOTED', "O'NEIL"], [...JUNK, 'NESTLÉ SA', 'ÉCOLE']),
  TITLEOFCLASS: cell(['COM', 'CL A'], JUNK),
  CUSIP: cell(CUSIPS, ODD_CUSIPS),
  FIGI: cell(['', 'BBG000B9XRY4'], JUNK),
  VALUE: cell(NUMBERS, ODD_NUMBERS),
  SSHPRNAMT: cell(NUMBERS, ODD_NUMBERS),
  SSHPRNAMTTYPE: cell(['SH', 'SH', 'SH', 'PRN', 'sh'], [...JUNK, 'SHARES']),
  PUTCALL: cell(['', '', '', 'Put', 'CALL'], [...JUNK, 'straddle']),
  INVESTMENTDISCRETION: cell(['SOLE', 'DFND', 'Otr', '', ' sole'], [...JUNK, 'SHARED-DEFINED']),
  OTHERMANAGER: cell(['', '1', '1,2'], JUNK),
  VOTING_AUTH_SOLE: cell(['', ...NUMBERS], ODD_NUMBERS),
  VOTING_AUTH_SHARED: cell(['', '0'], ODD_NUMBERS),
  VOTING_AUTH_NONE: cell(['', '0'], ODD_NUMBERS),
});

const filing = fc.record({
  form: fc.constantFrom('13F-HR', '13F-HR', '13F-HR/A', '13F-NT'),
  filed: fc.constantFrom('14-FEB-2024', '14-NOV-2019', '03-JAN-2023', 'never'),
  amendment: fc.constantFrom('', 'RESTATEMENT', 'NEW HOLDINGS'),
  declared: fc.constantFrom('', '3', '52000'),
  rows: fc.array(infoRow, { maxLength: 12 }),
});

const dataSet = fc.record({
  filings: fc.array(filing, { minLength: 1, maxLength: 12 }),
  /** Rows of the table that change places. */
  swaps: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 1 }),
  order: fc.constantFrom('up', 'down'),
  strays: fc.nat({ max: 1 }),
});

function rowsOf({
  filings,
  swaps,
  order,
  strays,
}: typeof dataSet extends fc.Arbitrary<infer Value> ? Value : never): TsvRows {
  const accession = (index: number): string =>
    `0000000001-24-${String(order === 'up' ? index : 900 - index).padStart(6, '0')}`;
  const table = filings.flatMap(({ rows }, index) =>
    rows.map((row) => ({ ACCESSION_NUMBER: accession(index), ...row })),
  );
  for (const [left, right] of swaps) {
    const [a, b] = [left % (table.length || 1), right % (table.length || 1)];
    if (table.length > 0) [table[a], table[b]] = [table[b]!, table[a]!];
  }
  for (let stray = 0; stray < strays; stray += 1) {
    if (table.length > 0) table.push({ ...table[0]!, ACCESSION_NUMBER: `0000000009-24-00000${stray}` });
  }
  return {
    SUBMISSION: filings.map(({ form, filed }, index) => ({
      ACCESSION_NUMBER: accession(index),
      FILING_DATE: filed,
      SUBMISSIONTYPE: form,
      CIK: String(11 + index),
      PERIODOFREPORT: '31-DEC-2023',
    })),
    COVERPAGE: filings.map(({ form, amendment }, index) => ({
      ACCESSION_NUMBER: accession(index),
      FILINGMANAGER_NAME: `MANAGER ${index}`,
      AMENDMENTTYPE: amendment,
      REPORTTYPE: form === '13F-NT' ? '13F NOTICE' : '13F HOLDINGS REPORT',
    })),
    SUMMARYPAGE: filings.map(({ rows, declared }, index) => ({
      ACCESSION_NUMBER: accession(index),
      TABLEENTRYTOTAL: String(rows.length),
      TABLEVALUETOTAL: declared,
    })),
    INFOTABLE: table,
  };
}

const entries = (set: TsvRows): number => set.INFOTABLE!.length;
/** The sample without the stray row and the two entries that cannot be read as they stand, one filing after the other. */
const CLEAN: TsvRows = {
  ...SAMPLE,
  INFOTABLE: SAMPLE.INFOTABLE.filter(
    ({ SSHPRNAMT, ACCESSION_NUMBER }) => SSHPRNAMT !== 'many' && ACCESSION_NUMBER !== '0000000009-24-000009',
  ).toSorted((a, b) => (a.ACCESSION_NUMBER! < b.ACCESSION_NUMBER! ? -1 : 1)),
};

describe('a large data set', () => {
  test('is stored by the engine as by the reader, dirty rows included', async () => {
    let byEngine = 0;
    await fc.assert(
      fc.asyncProperty(dataSet, async (spec) => {
        const set = rowsOf(spec);
        const { rest } = await sameBothWays([set]);
        if (rest !== null) byEngine += entries(set) - rest;
      }),
      { numRuns: 25, seed: 13 },
    );
    expect(byEngine).toBeGreaterThan(100);
  }, 120_000);

  test('in order is read by the engine alone', async () => {
    const { rest, holdings } = await sameBothWays([CLEAN]);
    expect(rest).toBe(0);
    expect(holdings).toHaveLength(entries(CLEAN));
  });

  test.each<[string, Change, number | null]>([
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n'), 0],
    ['without a last end of line', (text) => text.slice(0, -1), 0],
    ['with blank lines at the end', (text) => `${text}\n\n`, 0],
    ['with a column that is not known', (text) => text.replaceAll('\n', '\tX\n'), 0],
    ['with a blank line inside', (text) => text.replace('\n', '\n\n'), 0],
    ['with a row of too few fields', (text) => `${text}0000000001-24-000001\t9\n`, 5],
    ['with a row of too many fields', (text) => `${text.slice(0, -1)}\tmore\n`, 2],
    ['with mixed ends of lines', (text) => text.replace('\n', '\r\n'), null],
    ['with a lone CR', (text) => text.replace('APPLE', 'AP\rPLE'), null],
    ['with a form feed', (text) => text.replace('APPLE INC', '\fAPPLE INC'), 4],
    ['with a byte order mark', (text) => `\ufeff${text}`, null],
    [
      'with a byte that is no UTF-8',
      (text) => Buffer.from(text.replace('APPLE INC', 'APPL\u00c9 INC'), 'latin1'),
      4,
    ],
    ['with a NUL', (text) => text.replace('APPLE', 'AP\0PLE'), 4],
    ['of a header alone', (text) => text.slice(0, text.indexOf('\n') + 1), 0],
  ])('%s', async (_, change, rest) => {
    expect((await sameBothWays([CLEAN], change)).rest).toBe(rest);
  });

  test('that restates filings of the store goes to the reader where it does', async () => {
    const restated: TsvRows = {
      ...CLEAN,
      INFOTABLE: CLEAN.INFOTABLE!.map((row, index) => (index === 0 ? { ...row, SSHPRNAMT: '10001' } : row)),
    };
    const { records, rest } = await sameBothWays([CLEAN, restated]);
    expect(rest).toBe(entries(CLEAN));
    expect(records.at(-1)).toMatchObject({ rowsRevised: 1, rowsUnchanged: entries(CLEAN) - 1 });
  });
});
