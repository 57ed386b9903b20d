import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageVersion } from '../../src/app/index.js';
import { REPOSITORY } from '../support/command-line.js';

const run = promisify(execFile);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program of a documentation page, and what the page says that it prints. */
function exampleOf(page: string): { program: string; prints: string } {
  const text = readFileSync(join(REPOSITORY, page), 'utf8');
  const [, program = '', prints = ''] = /```js\n(.*?)```.*?```text\n(.*?)```/s.exec(text) ?? [];
  return { program, prints };
}

test('the packed package, installed into an empty folder, runs its version, its demo and the documented program', async () => {
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: REPOSITORY });
  const archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!);
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', archive, '--prefer-offline', '--no-audit', '--no-fund'], { cwd: home });
  const installed = join(home, 'node_modules', 'tidemark');
  expect(existsSync(join(installed, 'src')), 'sources and tests are not packed').toBe(false);
  const version = await run('npx', ['tidemark', '--version'], { cwd: home });
  expect(version.stdout.trim()).toBe(packageVersion());
  const demo = await run('npx', ['tidemark', 'demo', '--quiet'], { cwd: home, maxBuffer: 1e8 });
  expect(demo.stdout).toContain('as planted');
  expect(demo.stdout).not.toContain('NOT AS PLANTED');
  expect(existsSync(join(home, 'tidemark-demo', 'report', 'report.html'))).toBe(true);
  const { program, prints } = exampleOf('docs/concepts/tape-library.md');
  writeFileSync(join(home, 'example.mjs'), program);
  const example = await run(process.execPath, ['example.mjs'], { cwd: home });
  expect(prints).not.toBe('');
  expect(example.stdout).toBe(prints);
}, 300_000);
