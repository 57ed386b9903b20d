import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeQuarterAtScale } from '../../src/simulate/index.js';
import { DATA_SET_COLUMNS } from '../../src/sources/edgar/layout.js';
import { zipOf } from '../ingest/ingest-fixtures.js';
import { answerOf, tidemark } from '../support/command-line.js';

const ONE_LINE = /^tidemark: [^\n]+\n$/;
const MEGABYTE = 1024 ** 2;
/** Large enough that INFOTABLE stays on disk. */
const QUARTER = { filings: 800, rows: 360_000, seed: 5 };

interface ImportRow {
  readonly fileName: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsSetAside: number;
}

describe('Form 13F at the front door', () => {
  let folder: string;
  let quarter: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-13f-door-'));
    quarter = join(folder, 'quarter');
    mkdirSync(quarter);
    await writeQuarterAtScale(
      {
        async open(path) {
          const file = await open(join(quarter, path.split('/').at(-1)!), 'w');
          return {
            write: async (bytes) => {
              await file.write(bytes);
            },
            close: () => file.close(),
          };
        },
      },
      QUARTER,
    );
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const store = (name: string): string => join(folder, `store-${name}`);
  const members = () =>
    readdirSync(quarter).map((name) => ({ name, contents: readFileSync(join(quarter, name)) }));
  const file = (name: string, contents: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, contents);
    return path;
  };
  const refusal = async (path: string): Promise<string> => {
    const run = await tidemark(['import', path, '--store', store('refused'), '--quiet', '--format', 'json']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(ONE_LINE);
    return run.stderr;
  };

  test('a quarter in a zip and in a folder give the same rows, and nothing is left beside them', async () => {
    const zip = file('quarter.zip', zipOf(...members()));
    const [packed, plain] = [store('zip'), store('folder')];
    const byZip = await answerOf<ImportRow>(['import', zip, '--store', packed]);
    const byFolder = await answerOf<ImportRow>(['import', quarter, '--store', plain]);
    const counts = ({ data }: typeof byZip) =>
      data.map(({ rowsRead, rowsKept, rowsSetAside }) => [rowsRead, rowsKept, rowsSetAside]).sort();
    expect(counts(byZip)).toEqual(counts(byFolder));
    const table = byZip.data.find(({ fileName }) => fileName === 'quarter.zip/INFOTABLE.tsv');
    expect(table).toMatchObject({ rowsRead: QUARTER.rows, rowsKept: QUARTER.rows, rowsSetAside: 0 });
    for (const directory of [packed, plain]) {
      expect(readdirSync(directory).sort()).toEqual(['current', 'data', 'snapshots']);
      const status = await answerOf(['status', '--source', '13f', '--store', directory]);
      expect(status).toMatchObject({ filings: { filings: QUARTER.filings, remarked: [] } });
    }
  }, 120_000);

  test('entities are not expanded', async () => {
    const bomb = `<!DOCTYPE informationTable [<!ENTITY a "${'x'.repeat(99)}"><!ENTITY b "${'&a;'.repeat(99)}">]>
      <informationTable><infoTable><nameOfIssuer>&b;</nameOfIssuer></infoTable></informationTable>`;
    expect(await refusal(file('entities.xml', bomb))).toMatch(/entities\.xml.*DOCTYPE/);
  });

  test('a zip bomb is refused with the limit before anything is written', async () => {
    const header = `${DATA_SET_COLUMNS.INFOTABLE.join('\t')}\n`;
    const zeros = Buffer.concat([Buffer.from(header), Buffer.alloc(48 * MEGABYTE, '0')]);
    const message = await refusal(file('bomb.zip', zipOf({ name: 'INFOTABLE.tsv', contents: zeros })));
    expect(message).toMatch(/bomb\.zip.*more than the 250 times that are allowed/);
  }, 30_000);

  test('a member that unpacks to more than it claims is refused', async () => {
    const infoTable = members().find(({ name }) => name === 'INFOTABLE.tsv')!;
    const lying = zipOf({ ...infoTable, claimedBytes: 33 * MEGABYTE });
    expect(await refusal(file('lying.zip', lying))).toMatch(/lying\.zip\/INFOTABLE\.tsv: .*damaged/);
  }, 30_000);

  test('truncated data sets are refused or lose no row', async () => {
    const whole = zipOf(...members());
    expect(await refusal(file('cut.zip', whole.subarray(0, whole.length >> 1)))).toContain('cut.zip');
    const lone = zipOf(...members().filter(({ name }) => name !== 'SUBMISSION.tsv'));
    expect(await refusal(file('lone.zip', lone))).toMatch(/without SUBMISSION\.tsv/);
    const cut = members().map((member) =>
      member.name === 'INFOTABLE.tsv' ? { ...member, contents: member.contents.subarray(0, -40) } : member,
    );
    const answer = await answerOf<ImportRow>([
      ...['import', file('cut-inside.zip', zipOf(...cut)), '--store', store('cut')],
    ]);
    const table = answer.data.find(({ fileName }) => fileName.endsWith('INFOTABLE.tsv'));
    expect(table).toMatchObject({ rowsRead: QUARTER.rows, rowsKept: QUARTER.rows - 1, rowsSetAside: 1 });
  }, 120_000);
});
