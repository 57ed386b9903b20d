// Times the commands of a user as whole processes: wall and CPU seconds, peak memory. Five runs each, the median told.
// Usage: npm run bench -- [DATA_DIRECTORY] [--whole]   (default ../shared/data; --whole measures the whole report alone)
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const main = join(root, 'dist', 'cli', 'main.js');
const [given] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const data = resolve(given ?? join(root, '..', 'shared', 'data'));
const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const store = join(folder, 'store');

const TICKS_A_SECOND = 100;

/** Processor seconds of a process so far, all threads, ended ones too: fields 14 and 15 of /proc/PID/stat. */
function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** One run of a process; memory and processor time from /proc every 10 ms, so on Linux only. */
function runOnce(args) {
  return new Promise((done, fail) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
    let errors = '';
    let peakMiB = 0;
    let cpu = 0;
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const watch = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peakMiB = Math.max(peakMiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        cpu = Math.max(cpu, cpuSeconds(child.pid));
      } catch {
        // the process has ended
      }
    }, 10);
    child.on('error', fail);
    child.on('close', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) done({ seconds, cpu, peakMiB });
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
    minCpuSeconds: Math.min(...all.map((one) => one.cpu)),
    peakMiB: Math.max(...all.map((one) => one.peakMiB)),
  };
  process.stdout.write(
    `${name.padEnd(58)} ${row.medianSeconds.toFixed(3)} s median, ${row.minSeconds.toFixed(3)} s least, ${row.minCpuSeconds.toFixed(2)} s CPU least, ${row.peakMiB.toFixed(0)} MiB peak, load ${loadavg()[0].toFixed(1)}\n`,
  );
  return row;
}

/** Folders of the data that a report of futures draws on. */
const WHOLE = [
  ...['cftc', 'prices', 'macro', 'earnings', 'factors', 'sentiment', 'attention'],
  ...['xbrl', 'filings', 'universe', 'finra', 'sec13f', 'etf'],
];

/** The whole report on all data: the first after an import, and again. */
async function measureWholeReport() {
  const full = join(folder, 'full');
  const folders = WHOLE.map((name) => join(data, name)).filter((path) => existsSync(path));
  await runOnce([main, 'import', ...folders, '--store', full, '--quiet']);
  const forget = () => rmSync(join(full, 'cache'), { recursive: true, force: true });
  const week = ['--contract', '20974+', '--class', 'asset-manager', '--week', '2026-04-14'];
  const known = [
    '--as-of',
    '2026-04-20T00:00:00Z',
    '--store',
    full,
    '--quiet',
    '--out',
    join(folder, 'whole'),
  ];
  const report = [main, 'report', ...week, ...known];
  for (const [words, draws] of [
    ['1,000 draws', ['--resamples', '1000']],
    ['10,000 draws', []],
  ]) {
    await measure(`whole report, ${words}, first`, [...report, ...draws], { runs: 3, before: forget });
    await measure(`whole report, ${words}, again`, [...report, ...draws], { runs: 3 });
  }
}

process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}\n`,
);
const bare = await measure('bare node', ['-e', '0'], { runs: 11 });
const version = await measure('tidemark --version', [main, '--version'], { runs: 11 });
process.stdout.write(`  over bare node: ${(version.medianSeconds - bare.medianSeconds).toFixed(3)} s\n`);
if (process.argv.includes('--whole')) {
  await measureWholeReport();
} else if (!existsSync(join(data, 'cftc'))) {
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
  await measureWholeReport();
}
rmSync(folder, { recursive: true, force: true });
