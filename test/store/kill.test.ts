import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Instant, seededRandom } from '../../src/core/index.js';
import { openStore, type Store } from '../../src/store/index.js';
import { compileSource } from './compiled-source.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  integrityProblems,
  macroFact,
  queryAt,
  temporaryFolder,
} from './store-fixtures.js';

const FILES = 10;
const KILLS = 6;
const STORED_AT = at('2026-01-05');
const ROWS = 300;

/** File n holds a series of its own, restates some of file n - 1, and has a row to set aside. */
function fileNumber(n: number) {
  const facts = Array.from({ length: ROWS }, (_, row) => {
    const own = row % 10 !== 0;
    return macroFact(
      row + 2,
      `S${own ? n : Math.max(n - 1, 0)}`,
      `2020-${String((row % 12) + 1).padStart(2, '0')}-${String((Math.floor(row / 12) % 28) + 1).padStart(2, '0')}`,
      own ? row : n,
    );
  });
  const unread = { column: 'value', found: 'x', expected: 'a number', reason: 'no number' };
  return { file: fileOf(`file-${n}`), batch: batchOf(facts, [{ ...unread, rowNumber: ROWS + 2 }]) };
}

/** Imports what is missing of the files, file by file, as an import that is run again does. */
const CHILD = `
import { readFileSync } from 'node:fs';
import { openStore } from './store/index.js';
const [directory, inputs] = process.argv.slice(2);
const store = await openStore(directory, { clock: { now: () => ${STORED_AT} }, create: true });
const session = await store.beginImport({ command: 'child' });
process.stdout.write('begun');
for (const { file, batch } of JSON.parse(readFileSync(inputs, 'utf8'))) {
  if (session.findImports(file.fileSha256).length === 0) await session.commitFile(file, [batch]);
}
await session.close();
`;

const CONTENTS = `SELECT series_id, date, value, known_at, known_at_kind, revision, file_name, row_number
  FROM macro ORDER BY series_id, date`;

const contentsOf = async (store: Store) => [
  await queryAt(store, at('2027-01-01'), CONTENTS),
  await queryAt(store, at('2025-12-31'), CONTENTS),
  await queryAt(store, at('2027-01-01'), 'SELECT file_name, line, found FROM set_aside ORDER BY file_name'),
];

/** Runs the child and kills it so long after it began to write. @returns whether it came to its end before */
function runChild(
  script: string,
  directory: string,
  inputs: string,
  killAfterMs: number | null,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory, inputs], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', () => {
      if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.on('exit', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? resolve(code === 0) : reject(new Error(`exit ${code}`)),
    );
  });
}

it('is whole after kill -9 at any moment, and running again completes it', async () => {
  const source = await compileSource('core', 'store');
  const script = join(source, 'child.mjs');
  const inputs = join(source, 'inputs.json');
  const files = Array.from({ length: FILES }, (_, n) => fileNumber(n));
  await writeFile(script, CHILD);
  await writeFile(inputs, JSON.stringify(files));
  const folder = await temporaryFolder();
  const clock = { now: () => STORED_AT as Instant };
  const reference = await openStore(join(folder, 'reference'), { clock, create: true });
  for (const { file, batch } of files) await importBatches(reference, file, batch);
  const expected = await contentsOf(reference);
  const random = seededRandom(7);
  let killed = 0;
  let rounds = 0;
  for (let round = 0; killed < KILLS; round += 1) {
    const directory = join(folder, `store-${round}`);
    rounds += 1;
    for (let finished = false; !finished; ) {
      finished = await runChild(script, directory, inputs, killed < KILLS ? random.next() * 200 : null);
      if (!finished) killed += 1;
      const store = await openStore(directory, { clock });
      expect(await integrityProblems(store)).toEqual([]);
      const { imports } = await store.current();
      expect(imports.map(({ fileName }) => fileName)).toEqual(
        files.slice(0, imports.length).map(({ file }) => file.fileName),
      );
    }
    const store = await openStore(directory, { clock });
    expect(await contentsOf(store)).toEqual(expected);
    expect((await store.current()).id).toBe((await reference.current()).id);
  }
  expect(rounds).toBeGreaterThan(0);
});
