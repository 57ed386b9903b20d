// How fast does a quarter of Form 13F of real size go in, what does it hold in memory, do many quarters stay linear, and what
// does a question to two quarters of real size cost the first time and again?
// Build first, then: node bench/thirteen-f/run.mjs [options]
//   --rows N, --filings N      the quarter of real size: 3400000 and 7500 if left out; 0 rows leave it out
//   --quarters N               so many quarters into one store, after it: 4 if left out
//   --quarter-rows N           entries of each of these: 500000 if left out
//   --repeats N                runs of each case, of which the best is told: 3 if left out
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
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
/** Entries a filing of real quarters has, on average. */
const ENTRIES_OF_FILING = 450;
const LAST_QUARTER = Date.UTC(2025, 12, 0);
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

const TEXT_COLUMNS = `all_varchar = true, header = true`;
/** As the published layout has them; the rest is text. */
const TYPED_COLUMNS = `header = true, columns = {ACCESSION_NUMBER: 'VARCHAR', INFOTABLE_SK: 'BIGINT', NAMEOFISSUER: 'VARCHAR',
  TITLEOFCLASS: 'VARCHAR', CUSIP: 'VARCHAR', FIGI: 'VARCHAR', VALUE: 'BIGINT', SSHPRNAMT: 'BIGINT', SSHPRNAMTTYPE: 'VARCHAR',
  PUTCALL: 'VARCHAR', INVESTMENTDISCRETION: 'VARCHAR', OTHERMANAGER: 'VARCHAR', VOTING_AUTH_SOLE: 'BIGINT',
  VOTING_AUTH_SHARED: 'BIGINT', VOTING_AUTH_NONE: 'BIGINT'}`;

const peer =
  (columns, sqlOf) =>
  async ({ data }) => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    const path = join(data, 'full', 'INFOTABLE.tsv');
    const scan = `read_csv('${path}', delim = '\t', quote = '', escape = '', ${columns})`;
    const start = performance.now();
    const result = await connection.runAndReadAll(sqlOf(scan, data));
    return { rows: Number(result.getRows()[0][0]), seconds: (performance.now() - start) / 1000 };
  };

const copyTo = (name) => (scan, data) =>
  `COPY (SELECT * FROM ${scan}) TO '${join(data, name)}' (FORMAT parquet, COMPRESSION zstd)`;

/**
 * The peers know nothing of filings: no unit, no totals, no CUSIP, no version. The bare scan is the one that reads every field of
 * every row: the greatest text of each column.
 */
const SCAN = 'peer: DuckDB reads every field as text (max of each column): the bare scan';
/** As much as an import does at least: whoever keeps every row has to write it. */
const COPY = 'peer: DuckDB writes all fields with their types to Parquet: the bare copy';
const PEERS = {
  'peer: DuckDB counts the rows of INFOTABLE.tsv': peer(
    TEXT_COLUMNS,
    (scan) => `SELECT count(*) FROM ${scan}`,
  ),
  [SCAN]: peer(TEXT_COLUMNS, (scan) => `SELECT count(*), max(COLUMNS(*)) FROM ${scan}`),
  'peer: DuckDB reads every field with its type (max of each column)': peer(
    TYPED_COLUMNS,
    (scan) => `SELECT count(*), max(COLUMNS(*)) FROM ${scan}`,
  ),
  'peer: DuckDB writes all fields as text to Parquet': peer(TEXT_COLUMNS, copyTo('text.parquet')),
  [COPY]: peer(TYPED_COLUMNS, copyTo('typed.parquet')),
};

const WORK = {
  async generate({ data, rows, filings }) {
    await writeQuarterAtScale(sinkInto(join(data, 'full')), { rows, filings, seed: 13 });
    const members = MEMBERS.map((name) => [`${name}.tsv`, readFileSync(join(data, 'full', `${name}.tsv`))]);
    writeFileSync(join(data, 'quarter.zip'), zipOf(members, '2026-08-20'));
    const [periodEnd] = FULL_QUARTERS;
    await writeQuarterAtScale(sinkInto(join(data, 'before')), { rows, filings, seed: 13, periodEnd });
  },
  async generateQuarter({ data, rows, periodEnd }) {
    const filings = Math.ceil(rows / ENTRIES_OF_FILING);
    await writeQuarterAtScale(sinkInto(join(data, 'quarter')), { rows, filings, seed: 13, periodEnd });
    spoilRow(join(data, 'quarter', 'INFOTABLE.tsv'));
  },
  quarter: ({ data }) => importInto(join(data, 'store-many'), join(data, 'quarter')),
  folder: ({ data }) => importInto(join(data, 'store-folder'), join(data, 'full')),
  zip: ({ data }) => importInto(join(data, 'store-zip'), join(data, 'quarter.zip')),
  before: ({ data }) => importInto(join(data, 'store-folder'), join(data, 'before')),
  summary: ({ data }) => summaryOf(join(data, 'store-folder')),
};

/** Real quarters have rows that cannot be read; each costs a look at what the store has of its quarter. */
function spoilRow(path) {
  const bytes = readFileSync(path);
  const start = bytes.indexOf(10) + 1;
  const fields = bytes.toString('latin1', start, bytes.indexOf(10, start)).split('\t');
  fields[6] = 'many';
  const row = Buffer.from(`${fields.join('\t')}\n`);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, start), row, bytes.subarray(start)]));
}

async function runCase(name, question) {
  const start = performance.now();
  const before = process.cpuUsage();
  const done = await (PEERS[name] ?? WORK[name])(question);
  const { user, system } = process.cpuUsage(before);
  const whole = (performance.now() - start) / 1000;
  const { rows, seconds } = typeof done === 'object' ? done : { rows: done, seconds: whole };
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
  return child.stdout === '' ? null : JSON.parse(child.stdout);
}

/** Least of each figure. @param forget path that each run begins without */
function best(name, question, repeats, forget) {
  const runs = Array.from({ length: repeats }, () => {
    if (forget !== undefined) rmSync(forget, { recursive: true, force: true });
    return measure(name, question);
  });
  const least = (figure) => Math.min(...runs.map((run) => run[figure]));
  return {
    rows: runs[0].rows,
    seconds: least('seconds'),
    cpuSeconds: least('cpuSeconds'),
    megabytes: least('megabytes'),
  };
}

const print = (...cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const head = (...cells) => {
  print(...cells);
  print(...cells.map(() => '---'));
};

function runFull(data, { rows, filings, repeats }) {
  const question = { data, rows, filings };
  measure('generate', question);
  const bytes = statSync(join(data, 'full', 'INFOTABLE.tsv')).size;
  process.stdout.write(
    `\n${filings} filings, ${rows} entries, INFOTABLE of ${Math.round(bytes / 1e6)} MB, best of ${repeats}\n\n`,
  );
  // The first reading of a file just written pays for the disk; it is not told.
  measure(SCAN, question);
  const figures = new Map(Object.keys(PEERS).map((name) => [name, best(name, question, repeats)]));
  figures.set(
    'import of the folder of TSV files',
    best('folder', question, repeats, join(data, 'store-folder')),
  );
  figures.set('import of the zip', best('zip', question, repeats, join(data, 'store-zip')));
  measure('before', question);
  figures.set(
    'what questions ask of a quarter with one before it, the first time',
    measure('summary', question),
  );
  figures.set('the same again, from what was kept', measure('summary', question));
  const [scan, copy] = [figures.get(SCAN), figures.get(COPY)];
  const times = (figure, one, other) => (one[figure] / other[figure]).toFixed(1);
  head(
    'case',
    'seconds',
    'CPU seconds',
    'rows a second',
    'peak memory',
    'seconds / scan',
    'CPU / scan',
    'seconds / copy',
    'CPU / copy',
  );
  for (const [name, figure] of figures)
    print(
      name,
      figure.seconds.toFixed(2),
      figure.cpuSeconds.toFixed(2),
      Math.round(figure.rows / figure.seconds).toLocaleString('en'),
      `${Math.round(figure.megabytes)} MB`,
      times('seconds', figure, scan),
      times('cpuSeconds', figure, scan),
      times('seconds', figure, copy),
      times('cpuSeconds', figure, copy),
    );
}

function quarterEnds(count) {
  return Array.from({ length: count }, (_, index) => {
    const end = new Date(LAST_QUARTER);
    return new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1 - 3 * (count - 1 - index), 0));
  }).map((end) => end.toISOString().slice(0, 10));
}

function runQuarters(data, { quarters, quarterRows }) {
  process.stdout.write(
    `\n${quarters} quarters of ${quarterRows} entries into one store, each with a row set aside\n\n`,
  );
  head('quarter', 'seconds', 'CPU seconds', 'peak memory');
  const all = quarterEnds(quarters).map((periodEnd) => {
    measure('generateQuarter', { data, rows: quarterRows, periodEnd });
    const figures = measure('quarter', { data });
    print(
      periodEnd,
      figures.seconds.toFixed(2),
      figures.cpuSeconds.toFixed(2),
      `${Math.round(figures.megabytes)} MB`,
    );
    return figures;
  });
  const mean = (some, figure) => some.reduce((sum, one) => sum + one[figure], 0) / some.length;
  const part = Math.max(1, Math.floor(quarters / 4));
  for (const figure of ['seconds', 'cpuSeconds']) {
    const [early, late] = [mean(all.slice(0, part), figure), mean(all.slice(-part), figure)];
    process.stdout.write(
      `\n${figure}: first ${part} ${early.toFixed(2)}, last ${part} ${late.toFixed(2)} a quarter, ${(late / early).toFixed(2)} times\n`,
    );
  }
}

function runAll(options) {
  const data = mkdtempSync(join(tmpdir(), 'tidemark-13f-bench-'));
  try {
    process.stdout.write(
      `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`,
    );
    if (options.rows > 0) runFull(data, options);
    for (const name of ['full', 'before', 'store-folder', 'store-zip'])
      rmSync(join(data, name), { recursive: true, force: true });
    if (options.quarters > 0) runQuarters(data, options);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--case') await runCase(process.argv[3], JSON.parse(process.argv[4]));
else {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { rows: text, filings: text, quarters: text, 'quarter-rows': text, repeats: text },
  });
  runAll({
    rows: Number(values.rows ?? 3_400_000),
    filings: Number(values.filings ?? 7_500),
    quarters: Number(values.quarters ?? 4),
    quarterRows: Number(values['quarter-rows'] ?? 500_000),
    repeats: Number(values.repeats ?? 3),
  });
}
