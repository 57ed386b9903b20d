// How much memory the ways of the tape take at most: each raw format into the layout, the layout into the store, signing, summing.
// Build first, then: node bench/tape/memory.mjs [--megabytes 150] [--names 500 --trades 6000000 --quotes 60000000] [--main dist/cli/main.js]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GENERATED, writeGenerated } from './generated.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: options } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '150' },
    names: { type: 'string', default: '500' },
    trades: { type: 'string', default: '6000000' },
    quotes: { type: 'string', default: '60000000' },
    main: { type: 'string', default: here('../../dist/cli/main.js') },
  },
});
const LIMIT_MEGABYTES = 512;
const PEAK = `data:text/javascript,${encodeURIComponent(`
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
const { writeSync } = createRequire('/')('node:fs');
if (isMainThread) process.on('exit', () => {
  const { maxRSS, userCPUTime } = process.resourceUsage();
  writeSync(2, '\\npeak ' + maxRSS + ' cpu ' + userCPUTime + '\\n');
});`)}`;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-memory-'));
const store = join(folder, 'store');
let isWithin = true;

/** Runs a command and prints what it took. */
function measure(title, args) {
  const all = ['--import', PEAK, options.main, ...args, '--quiet', '--format', 'json'];
  const run = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`${title}: ${run.stderr}`);
  const [, peak, cpu] = /peak (\d+) cpu (\d+)/.exec(run.stderr);
  const megabytes = Number(peak) / 1024;
  isWithin &&= megabytes <= LIMIT_MEGABYTES;
  process.stdout.write(`| ${title} | ${megabytes.toFixed(0)} | ${(Number(cpu) / 1e6).toFixed(1)} |\n`);
}

try {
  process.stdout.write('| way | peak MB | seconds of user CPU |\n| --- | ---: | ---: |\n');
  for (const title of Object.keys(GENERATED)) {
    const raw = join(folder, 'raw');
    mkdirSync(raw);
    const path = join(raw, GENERATED[title].name ?? 'generated');
    await writeGenerated(title, path, Number(options.megabytes));
    measure(`${title}, ${options.megabytes} MB, to the layout`, [
      'tape',
      'import',
      path,
      '--out',
      join(folder, 'out'),
    ]);
    rmSync(raw, { recursive: true });
    rmSync(join(folder, 'out'), { recursive: true });
  }
  const tape = join(folder, 'tape');
  mkdirSync(tape);
  const day = { names: options.names, trades: options.trades, quotes: options.quotes, seed: 1 };
  const question = JSON.stringify(
    Object.fromEntries(Object.entries(day).map(([name, value]) => [name, Number(value)])),
  );
  if (spawnSync(process.execPath, [here('make.mjs'), tape, question], { stdio: 'inherit' }).status !== 0)
    throw new Error('the day could not be made');
  const what = `${options.names} names, ${options.trades} trades, ${options.quotes} quotes`;
  measure(`${what}: import`, ['tape', 'import', tape, '--store', store]);
  measure('the same: sum by name', ['tape', 'sum', tape, '--by', 'symbol']);
  const signed = join(folder, 'signed.parquet');
  writeFileSync(signed, '');
  measure('the same: sign, to JSON', ['tape', 'sign', tape, '--out', signed]);
  if (!isWithin) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
