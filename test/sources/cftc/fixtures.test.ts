import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatInstant, type Instant } from '../../../src/core/index.js';
import { readAll, sourceFile } from './read-files.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/cftc');
const FILES = readdirSync(FOLDER).filter((name) => /\.(txt|csv)$/.test(name));

/** Each file of test/fixtures/cftc stands beside what must be read from it. */
describe('quirks of the published files', () => {
  test.each(FILES)('%s', async (name) => {
    const result = readAll(sourceFile(readFileSync(join(FOLDER, name)), name));
    const lines = [
      JSON.stringify({ kind: result.kind, rowsRead: result.rowsRead }),
      ...result.facts.map(({ row, ...fact }) =>
        JSON.stringify({ ...readable(fact), row: withoutNulls(row) }),
      ),
      ...result.setAside.map((row) => JSON.stringify({ setAside: readable(row) })),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, `${name}.expected.ndjson`));
    expect(result.facts.length + result.setAside.length).toBe(result.rowsRead);
  });

  test('there are quirks to look at', () => expect(FILES.length).toBeGreaterThan(6));
});

function readable<Stamped extends { readonly knownAt?: Instant }>({ knownAt, ...rest }: Stamped) {
  return knownAt === undefined ? rest : { ...rest, knownAt: formatInstant(knownAt) };
}

function withoutNulls(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
