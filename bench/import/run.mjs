// How fast does an import go, what does it hold in memory, and how long until a view of a full store is open?
// Build first, then: node bench/import/run.mjs [DATA]     DATA: folder with cftc/, prices/ and macro/; else ../shared/data
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { silentLog, silentProgress } from '../../dist/core/index.js';
import { importPaths } from '../../dist/ingest/index.js';
import { READERS } from '../../dist/sources/index.js';
import { openStore } from '../../dist/store/index.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const clock = { now: () => Date.now() };
const effects = { clock, progress: silentProgress, log: silentLog };
const LARGEST = 'prices/sp500-daily-2016-2026.csv.gz';

async function importInto(directory, paths) {
  const store = await openStore(directory, { clock, create: true });
  const report = await importPaths(paths, { store, effects, readers: READERS, command: 'bench' });
  return report.totals.rowsRead;
}

async function openViews(directory) {
  const store = await openStore(directory, { clock });
  const times = [];
  for (let round = 0; round < 11; round += 1) {
    const start = performance.now();
    const view = await store.view(clock.now());
    times.push(performance.now() - start);
    view.close();
  }
  return { seconds: times.sort((left, right) => left - right)[5] / 1000 };
}

/** The peer: DuckDB's own reader and writer, which detects no kind, judges no row and keeps no version. */
async function bareDuckDb(file, target) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const result = await connection.run(
    `COPY (SELECT * FROM read_csv('${file}') ORDER BY symbol, date) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  return Number(result.rowsChanged) || Number((await result.getRows())[0][0]);
}

const CASES = {
  'import of all CFTC, price and macro files': ({ data, folder }) =>
    importInto(
      join(folder, 'all'),
      ['cftc', 'prices', 'macro'].map((name) => join(data, name)),
    ),
  'the same again, nothing new': ({ data, folder }) =>
    importInto(
      join(folder, 'all'),
      ['cftc', 'prices', 'macro'].map((name) => join(data, name)),
    ).then(() => null),
  'opening a view of that store (median of 11)': ({ folder }) => openViews(join(folder, 'all')),
  'import of the largest price file': ({ data, folder }) =>
    importInto(join(folder, 'one'), [join(data, LARGEST)]),
  'peer: bare DuckDB, the same file to sorted Parquet': ({ data, folder }) =>
    bareDuckDb(join(data, LARGEST), join(folder, 'bare.parquet')),
};

async function runCase(name, places) {
  const start = performance.now();
  const outcome = await CASES[name](places);
  const seconds = outcome?.seconds ?? (performance.now() - start) / 1000;
  const rows = outcome?.seconds === undefined ? outcome : null;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ rows, seconds, peakMegabytes }));
}

function runAll(data) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const [{ model }] = cpus();
  process.stdout.write(
    `${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n\n| case | rows | seconds | rows a second | peak memory |\n| --- | --- | --- | --- | --- |\n`,
  );
  for (const name of Object.keys(CASES)) {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), data, folder, name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.status !== 0) throw new Error(`case '${name}' failed`);
    const { rows, seconds, peakMegabytes } = JSON.parse(child.stdout);
    const speed = rows === null ? '' : Math.round(rows / seconds).toLocaleString('en');
    process.stdout.write(
      `| ${name} | ${rows?.toLocaleString('en') ?? ''} | ${seconds.toFixed(2)} | ${speed} | ${Math.round(peakMegabytes)} MB |\n`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

const [data = join(root, '..', 'shared', 'data'), folder, name] = process.argv.slice(2);
if (!existsSync(data) || !statSync(data).isDirectory())
  throw new Error(`'${data}' is no folder; give one with cftc/, prices/ and macro/`);
if (name === undefined) runAll(data);
else await runCase(name, { data, folder });
