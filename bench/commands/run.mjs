// Times the commands of a user as whole processes: wall and CPU seconds, peak memory. Five runs each, the median told.
// Usage: npm run bench -- [DATA_DIRECTORY]   (default ../shared/data)
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const main = join(root, 'dist', 'cli', 'main.js');
const data = resolve(process.argv[2] ?? join(root, '..', 'shared', 'data'));
const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const store = join(folder, 'store');

/** One run of a process; memory from /proc, so on Linux only. */
function runOnce(args) {
  return new Promise((done, fail) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
    let errors = '';
    let peakMiB = 0;
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const watch = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peakMiB = Math.max(peakMiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      } catch {
        // the process has ended
      }
    }, 10);
    child.on('error', fail);
    child.on('close', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) done({ seconds, peakMiB });
      else fail(new Error(`${args.join(' ')} exited with ${code}: ${errors}`));
    });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(name, args, { runs = 5, before } = {}) {
  const all = [];
  for (let i = 0; i < runs; i++) {
    before?.();
    all.push(await runOnce(args));
  }
  const seconds = all.map((one) => one.seconds);
  const row = {
    case: name,
    medianSeconds: median(seconds),
    minSeconds: Math.min(...seconds),
    peakMiB: Math.max(...all.map((one) => one.peakMiB)),
  };
  process.stdout.write(
    `${name.padEnd(58)} ${row.medianSeconds.toFixed(3)} s median, ${row.minSeconds.toFixed(3)} s least, ${row.peakMiB.toFixed(0)} MiB peak\n`,
  );
  return row;
}

process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}\n`,
);
const bare = await measure('bare node', ['-e', '0'], { runs: 11 });
const version = await measure('tidemark --version', [main, '--version'], { runs: 11 });
process.stdout.write(`  over bare node: ${(version.medianSeconds - bare.medianSeconds).toFixed(3)} s\n`);
if (!existsSync(join(data, 'cftc'))) {
  process.stdout.write(`no data in ${data}: import, records and report are not measured\n`);
} else {
  const folders = ['cftc', 'prices', 'macro'].map((name) => join(data, name));
  const clear = () => rmSync(store, { recursive: true, force: true });
  await measure(
    'import of all CFTC, price and macro files',
    [main, 'import', ...folders, '--store', store, '--quiet'],
    { runs: 3, before: clear },
  );
  const common = ['--store', store, '--quiet'];
  const forget = () => rmSync(join(store, 'cache'), { recursive: true, force: true });
  await measure('records, all contracts, classes, 10,000 resamples', [main, 'records', ...common], {
    runs: 3,
    before: forget,
  });
  const week = ['--contract', '20974+', '--class', 'asset-manager', '--week', '2026-04-14'];
  await measure('records, one week, 10,000 resamples', [main, 'records', ...week, ...common], {
    runs: 3,
    before: forget,
  });
  const report = [main, 'report', ...week, ...common, '--out', join(folder, 'report')];
  await measure('report of a week not asked before', report, { runs: 3, before: forget });
  await measure('report of a week asked before', report, { runs: 5 });
}
rmSync(folder, { recursive: true, force: true });
