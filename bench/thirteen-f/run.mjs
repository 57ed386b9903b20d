// How fast does a quarter of Form 13F of real size go in, what does it hold in memory, do many quarters stay linear, and what
// does a question to two quarters of real size cost the first time and again?
// Build first, then: node bench/thirteen-f/run.mjs [ROWS] [FILINGS]     default 3400000 7500
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { storeFigureCache } from '../../dist/app/figure-cache.js';
import { silentLog, silentProgress } from '../../dist/core/index.js';
import { KeptQuarters } from '../../dist/flows/index.js';
import { importPaths } from '../../dist/ingest/index.js';
import { writeQuarterAtScale } from '../../dist/simulate/index.js';
import { zipOf } from '../../dist/simulate/zip-writer.js';
import { READERS } from '../../dist/sources/index.js';
import { openStore } from '../../dist/store/index.js';

const MEMBERS = [
  'SUBMISSION',
  'COVERPAGE',
  'OTHERMANAGER',
  'OTHERMANAGER2',
  'SIGNATURE',
  'SUMMARYPAGE',
  'INFOTABLE',
];
const FULL_QUARTERS = ['2026-03-31', '2026-06-30'];
const SMALL = { rows: 500_000, filings: 1100 };
const SMALL_QUARTERS = ['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31'];
const clock = { now: () => Date.now() };
const effects = { clock, progress: silentProgress, log: silentLog };

function sinkInto(folder) {
  mkdirSync(folder, { recursive: true });
  return {
    async open(path) {
      const file = await open(join(folder, path.split('/').at(-1)), 'w');
      return { write: (bytes) => file.write(bytes), close: () => file.close() };
    },
  };
}

async function importInto(store, path) {
  const opened = await openStore(store, { clock, create: true });
  const { files, totals } = await importPaths([path], {
    store: opened,
    effects,
    readers: READERS,
    command: 'bench',
  });
  const failed = files.find(({ status }) => status !== 'imported');
  if (failed !== undefined) throw new Error(`${failed.fileName}: ${failed.status} ${failed.message}`);
  return totals.rowsRead;
}

/** What bounds, records and the agreement check ask of a quarter: its panel summed, or what was kept of that. */
async function summaryOf(store) {
  const view = await (await openStore(store, { clock })).view(Date.now());
  try {
    const kept = new KeptQuarters(view, { cache: storeFigureCache(store) });
    const { managers } = await kept.summary(FULL_QUARTERS[1]);
    return managers;
  } finally {
    view.close();
  }
}

async function withDuckDb(work) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  return work(await instance.connect());
}

const scanOf = (folder) =>
  `read_csv('${join(folder, 'INFOTABLE.tsv')}', all_varchar = true, delim = '\t', quote = '', escape = '', header = true)`;

/** The peers know nothing of filings: no unit, no totals, no CUSIP, no version. */
const CASES = {
  generate: async ({ data, rows, filings }) => {
    await writeQuarterAtScale(sinkInto(join(data, 'full')), { rows, filings, seed: 13 });
    const [before] = FULL_QUARTERS;
    await writeQuarterAtScale(sinkInto(join(data, 'before')), { rows, filings, seed: 13, periodEnd: before });
    for (const periodEnd of SMALL_QUARTERS) {
      await writeQuarterAtScale(sinkInto(join(data, periodEnd)), { ...SMALL, seed: 13, periodEnd });
    }
  },
  pack: ({ data }) => {
    const members = MEMBERS.map((name) => [`${name}.tsv`, readFileSync(join(data, 'full', `${name}.tsv`))]);
    writeFileSync(join(data, 'quarter.zip'), zipOf(members, '2026-08-20'));
  },
  scan: ({ data }) =>
    withDuckDb(async (connection) => {
      const result = await connection.runAndReadAll(
        `SELECT count(*), count(COLUMNS(*)), min(COLUMNS(*)), max(COLUMNS(*)) FROM ${scanOf(join(data, 'full'))}`,
      );
      return Number(result.getRows()[0][0]);
    }),
  copy: ({ data }) =>
    withDuckDb(async (connection) => {
      const target = join(data, 'bare.parquet');
      const result = await connection.runAndReadAll(
        `COPY (SELECT * FROM ${scanOf(join(data, 'full'))}) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
      );
      return Number(result.getRows()[0][0]);
    }),
  folder: ({ data }) => importInto(join(data, 'store-folder'), join(data, 'full')),
  zip: ({ data }) => importInto(join(data, 'store-zip'), join(data, 'quarter.zip')),
  before: ({ data }) => importInto(join(data, 'store-folder'), join(data, 'before')),
  summary: ({ data }) => summaryOf(join(data, 'store-folder')),
  'summary-kept': ({ data }) => summaryOf(join(data, 'store-folder')),
  ...Object.fromEntries(
    SMALL_QUARTERS.map((quarter) => [
      quarter,
      ({ data }) => importInto(join(data, 'store-many'), join(data, quarter)),
    ]),
  ),
};

const TITLES = {
  scan: 'peer: DuckDB scans INFOTABLE.tsv (count, min, max of all columns)',
  copy: 'peer: DuckDB writes INFOTABLE.tsv as Parquet, unread',
  folder: 'import of the folder of TSV files',
  zip: 'import of the zip',
  before: 'import of the quarter before into the same store',
  summary: 'summary of the quarter by sector, class and manager, the first time (rows: managers)',
  'summary-kept': 'the same again',
};

async function runCase(name, question) {
  const wall = performance.now();
  const rows = await CASES[name](question);
  const { user, system } = process.cpuUsage();
  const seconds = (performance.now() - wall) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ rows, seconds, cpuSeconds: (user + system) / 1e6, megabytes }));
}

function measure(name, question) {
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [script, '--case', name, JSON.stringify(question)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`case '${name}' failed`);
  return JSON.parse(child.stdout);
}

function runAll(rows, filings) {
  const data = mkdtempSync(join(tmpdir(), 'tidemark-13f-bench-'));
  const question = { data, rows, filings };
  try {
    for (const name of ['generate', 'pack']) measure(name, question);
    process.stdout.write(
      `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ${filings} filings, ${rows} entries\n\n| case | rows | seconds | CPU seconds | rows a second | peak memory | wall / scan |\n| --- | --- | --- | --- | --- | --- | --- |\n`,
    );
    // The first reading of a file just written pays for the disk; it is not told.
    measure('scan', question);
    const scan = measure('scan', question);
    for (const name of [
      'scan',
      'copy',
      'folder',
      'zip',
      'before',
      'summary',
      'summary-kept',
      ...SMALL_QUARTERS,
    ]) {
      const figures = name === 'scan' ? scan : measure(name, question);
      const ratio = name in TITLES ? (figures.seconds / scan.seconds).toFixed(1) : '';
      process.stdout.write(
        `| ${TITLES[name] ?? `import of ${name}, ${SMALL.rows} entries, into one store`} | ${figures.rows.toLocaleString('en')} | ${figures.seconds.toFixed(2)} | ${figures.cpuSeconds.toFixed(2)} | ${Math.round(figures.rows / figures.seconds).toLocaleString('en')} | ${Math.round(figures.megabytes)} MB | ${ratio} |\n`,
      );
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const [first, second, third] = process.argv.slice(2);
if (first === '--case') await runCase(second, JSON.parse(third));
else runAll(Number(first ?? 3_400_000), Number(second ?? 7_500));
