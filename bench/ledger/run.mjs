// How fast is a ledger of a million executions imported and summed, and how much memory does that take?
// Build first, then: node bench/ledger/run.mjs [ROWS] [REPEATS]     one million and 3 if left out; the best of all is told
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NOW = Date.UTC(2026, 5, 1);
const clock = { now: () => NOW };
const CLASSES = ['hedge-fund', 'pension', 'asset-manager', 'retail', 'market-maker'];
const SIDES = ['buy', 'sell', 'sell-short', 'buy-to-cover'];
const SYMBOLS = Array.from({ length: 500 }, (_, i) => `S${i}`);
/** In the file of rows that are not plain, every so many is one. */
const ODD_EVERY = 1000;

/** Ten years of executions in the order of time, in the middle of each session. */
async function writeLedgers(folder, rows) {
  const { seededRandom, tradingDays } = await import('../../dist/core/index.js');
  const random = seededRandom(1);
  const pick = (list) => list[Math.floor(random.next() * list.length)];
  const days = tradingDays('2016-01-04', '2025-12-31').map((date) => Date.parse(date));
  const lines = ['executed_at,account,class,symbol,side,quantity,price,currency,execution_id,broker'];
  for (let row = 0; row < rows; row += 1) {
    const day = days[Math.floor((row / rows) * days.length)];
    const time = new Date(day + 15 * 3_600_000 + Math.floor(random.next() * 4 * 3_600_000)).toISOString();
    const account = Math.floor(random.next() * 300);
    const quantity = 1 + Math.floor(random.next() * 5000);
    const price = (5 + random.next() * 500).toFixed(2);
    lines.push(
      `${time},ACC${account},${CLASSES[account % 5]},${pick(SYMBOLS)},${pick(SIDES)},${quantity},${price},USD,E${row},PB${account % 3}`,
    );
  }
  const put = (name, text) => writeFileSync(join(folder, name), `${text}\n`);
  put('ledger.csv', lines.join('\n'));
  put('crlf.csv', lines.join('\r\n'));
  const odd = lines.map((line, i) => (i % ODD_EVERY === 7 ? line.replace('hedge-fund', 'Hedge Fund') : line));
  put('odd.csv', odd.join('\n'));
}

async function importWith(folder, { file, store: name, isRowByRow = false }) {
  const { silentLog, silentProgress } = await import('../../dist/core/index.js');
  const { importPaths } = await import('../../dist/ingest/index.js');
  const { READERS } = await import('../../dist/sources/index.js');
  const { openStore } = await import('../../dist/store/index.js');
  const store = await openStore(join(folder, name), { clock, create: true });
  const report = await importPaths([join(folder, file)], {
    store,
    effects: { clock, progress: silentProgress, log: silentLog },
    readers: isRowByRow ? READERS.map(({ bulk: _, ...reader }) => reader) : READERS,
    command: 'bench',
  });
  if (report.totals.rowsSetAside > 0) throw new Error('rows were set aside');
  return report.totals.rowsKept;
}

/** The command itself, its start included. */
async function runCommand(folder) {
  const { run } = await import('../../dist/cli/run.js');
  const args = ['import', join(folder, 'ledger.csv'), '--store', join(folder, 'command'), '--quiet'];
  const code = await run(['node', 'tidemark', ...args, '--out', join(folder, 'answer')]);
  if (code !== 0) throw new Error(`tidemark import ended with ${code}`);
  return null;
}

async function sumFlows(folder) {
  const { openStore } = await import('../../dist/store/index.js');
  const { readLedgerFlows } = await import('../../dist/flows/index.js');
  const store = await openStore(join(folder, 'engine'), { clock });
  const view = await store.view(NOW);
  const flows = await readLedgerFlows(view);
  view.close();
  return flows.length === 0 ? 0 : null;
}

/** The peer: DuckDB's own reader and writer, which judges no row, looks for no repetition and keeps no version. */
async function bareDuckDb(folder) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const [source, target] = [join(folder, 'ledger.csv'), join(folder, 'bare.parquet')];
  await connection.run(
    `COPY (SELECT * FROM read_csv('${source}')) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  const result = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM '${target}'`);
  return result.getRows()[0][0];
}

/** `isWhole` cases are timed from the start of their process to its end; others without the loading of modules. */
const CASES = {
  'tidemark import, from start to exit': { run: runCommand, isWhole: true, store: 'command' },
  import: { run: (folder) => importWith(folder, { file: 'ledger.csv', store: 'engine' }), store: 'engine' },
  'import, lines that end with CRLF': {
    run: (folder) => importWith(folder, { file: 'crlf.csv', store: 'crlf' }),
    store: 'crlf',
  },
  'import, one row of a thousand not plain': {
    run: (folder) => importWith(folder, { file: 'odd.csv', store: 'odd' }),
    store: 'odd',
  },
  'import row by row': {
    run: (folder) => importWith(folder, { file: 'ledger.csv', store: 'reader', isRowByRow: true }),
    store: 'reader',
    isSlow: true,
  },
  'peer: bare DuckDB, the same file to Parquet': { run: bareDuckDb },
  'weekly flows of every class and sector': { run: sumFlows },
};

async function runCase(name, folder) {
  const { run, isWhole } = CASES[name];
  // What every case but a whole one loads is loaded before.
  if (!isWhole)
    await Promise.all(
      ['ingest', 'sources', 'store', 'flows'].map((part) => import(`../../dist/${part}/index.js`)),
    );
  const before = isWhole ? { user: 0, system: 0 } : process.cpuUsage();
  const start = performance.now();
  await run(folder);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage();
  const processor = (user - before.user + system - before.system) / 1e6;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  writeFileSync(join(folder, 'figures'), JSON.stringify({ seconds, processor, peakMegabytes }));
}

function measure(name, folder) {
  const { store, isWhole } = CASES[name];
  if (store !== undefined) rmSync(join(folder, store), { recursive: true, force: true });
  const start = performance.now();
  const script = fileURLToPath(import.meta.url);
  const run = spawnSync(process.execPath, [script, '--case', name, folder], { encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0) throw new Error(run.stderr);
  const figures = JSON.parse(readFileSync(join(folder, 'figures'), 'utf8'));
  return isWhole ? { ...figures, seconds } : figures;
}

async function runAll(rows, repeats) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    await writeLedgers(folder, rows);
    process.stdout.write(
      `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${rows} rows, best of ${repeats}\n\n` +
        '| case | seconds | processor seconds | peak memory |\n| --- | --- | --- | --- |\n',
    );
    for (const name of Object.keys(CASES)) {
      const runs = Array.from({ length: CASES[name].isSlow ? 1 : repeats }, () => measure(name, folder));
      const least = (figure) => Math.min(...runs.map((run) => run[figure]));
      process.stdout.write(
        `| ${name} | ${least('seconds').toFixed(2)} | ${least('processor').toFixed(2)} | ${Math.round(least('peakMegabytes'))} MB |\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, second, folder] = process.argv.slice(2);
if (first === '--case') await runCase(second, folder);
else await runAll(Number(first ?? 1_000_000), Number(second ?? 3));
