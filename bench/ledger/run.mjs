// How fast is a ledger of a million executions imported and summed, and how much memory does that take?
// Build first, then: node bench/ledger/run.mjs [ROWS]     ROWS: one million if left out
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom, silentLog, silentProgress, tradingDays } from '../../dist/core/index.js';
import { readLedgerFlows } from '../../dist/flows/index.js';
import { importPaths } from '../../dist/ingest/index.js';
import { READERS } from '../../dist/sources/index.js';
import { openStore } from '../../dist/store/index.js';

const NOW = Date.UTC(2026, 5, 1);
const clock = { now: () => NOW };
const effects = { clock, progress: silentProgress, log: silentLog };
const CLASSES = ['hedge-fund', 'pension', 'asset-manager', 'retail', 'market-maker'];
const SIDES = ['buy', 'sell', 'sell-short', 'buy-to-cover'];
const SYMBOLS = Array.from({ length: 500 }, (_, i) => `S${i}`);

/** Ten years of executions in the order of time, in the middle of each session. */
function writeLedger(path, rows) {
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
  writeFileSync(path, `${lines.join('\n')}\n`);
}

async function importWith(readers, folder, name) {
  const store = await openStore(join(folder, name), { clock, create: true });
  const report = await importPaths([join(folder, 'ledger.csv')], {
    store,
    effects,
    readers,
    command: 'bench',
  });
  if (report.totals.rowsSetAside > 0) throw new Error('rows were set aside');
  return report.totals.rowsKept;
}

async function sumFlows(folder) {
  const store = await openStore(join(folder, 'engine'), { clock });
  const view = await store.view(NOW);
  const flows = await readLedgerFlows(view);
  view.close();
  return flows.length === 0 ? 0 : null;
}

/** The peer: DuckDB's own reader and writer, which judges no row, looks for no repetition and keeps no version. */
async function bareDuckDb(folder) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const [source, target] = [join(folder, 'ledger.csv'), join(folder, 'bare.parquet')];
  await connection.run(
    `COPY (SELECT * FROM read_csv('${source}')) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  const result = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM '${target}'`);
  return result.getRows()[0][0];
}

const rowByRow = READERS.map(({ bulk: _, ...reader }) => reader);
const CASES = {
  'import by the engine': (folder) => importWith(READERS, folder, 'engine'),
  'import row by row': (folder) => importWith(rowByRow, folder, 'reader'),
  'peer: bare DuckDB, the same file to Parquet': bareDuckDb,
  'weekly flows of every class and sector': sumFlows,
};

async function runCase(name, folder) {
  const before = process.cpuUsage();
  const start = performance.now();
  const rows = await CASES[name](folder);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ rows, seconds, processor: (user + system) / 1e6, peakMegabytes }));
}

function runAll(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    writeLedger(join(folder, 'ledger.csv'), rows);
    process.stdout.write(
      `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${rows} rows\n\n` +
        '| case | seconds | processor seconds | peak memory |\n| --- | --- | --- | --- |\n',
    );
    for (const name of Object.keys(CASES)) {
      const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--case', name, folder], {
        encoding: 'utf8',
      });
      if (run.status !== 0) throw new Error(run.stderr);
      const { seconds, processor, peakMegabytes } = JSON.parse(run.stdout);
      process.stdout.write(
        `| ${name} | ${seconds.toFixed(2)} | ${processor.toFixed(2)} | ${Math.round(peakMegabytes)} MB |\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, name, folder] = process.argv.slice(2);
if (first === '--case') await runCase(name, folder);
else runAll(Number(first ?? 1_000_000));
