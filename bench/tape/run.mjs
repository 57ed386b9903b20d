// Signs and sums a day of trades and quotes in Parquet, against peers doing the same on the same files in the same run.
// Build first, then: npm run bench:tape -- [--rows QUOTES] [--rounds N] [--python PYTHON] [--write]
// Peers that are missing are left out: npm install --no-save chdb; pip install polars. --write saves docs/benchmarks/tape.md.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '60000000' },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
    write: { type: 'boolean', default: false },
  },
});
const quotes = Number(options.rows);
const trades = Math.round(quotes / 10);
const names = 500;

/** The data, made once; its folder is named by what it holds. */
function dataFolder() {
  const folder = join(tmpdir(), `tidemark-bench-tape-1-${trades}-${quotes}`);
  if (existsSync(join(folder, 'made.json'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  const question = JSON.stringify({ names, trades, quotes, seed: 1 });
  const { status } = spawnSync(process.execPath, [here('make.mjs'), folder, question], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the data could not be made');
  return folder;
}

const hasChdb = () => {
  try {
    createRequire(import.meta.url).resolve('chdb');
    return true;
  } catch {
    return false;
  }
};
const hasPolars = () => spawnSync(options.python, ['-c', 'import polars']).status === 0;

const CASES = [
  { name: 'tidemark', command: [process.execPath, here('ours.mjs')], isThere: () => true },
  { name: 'tidemark', command: [process.execPath, here('ours.mjs')], more: ['1'], isThere: () => true },
  { name: 'DuckDB, ASOF JOIN', command: [process.execPath, here('duckdb.mjs')], isThere: () => true },
  {
    name: 'ClickHouse (chdb), ASOF JOIN',
    command: [process.execPath, here('clickhouse.mjs')],
    isThere: hasChdb,
    hint: 'npm install --no-save chdb',
  },
  {
    name: 'polars, join_asof',
    command: [options.python, here('polars_asof.py')],
    isThere: hasPolars,
    hint: 'pip install polars',
  },
];

function runOnce({ name, command: [program, ...args], more = [] }, folder) {
  const { stdout, stderr, status } = spawnSync(program, [...args, folder, ...more], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}

const median = (values) => values.toSorted((left, right) => left - right)[values.length >> 1];

/** Names whose buy, sell or unsigned dollars are not the same to the micro-dollar. */
function differing(left, right) {
  const all = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...all].filter((name) => String(left[name]) !== String(right[name]));
}

function measure(folder) {
  const rounds = Number(options.rounds);
  const lines = [];
  let reference = null;
  for (const peer of CASES) {
    if (!peer.isThere()) {
      lines.push({ name: peer.name, missing: peer.hint });
      continue;
    }
    const runs = Array.from({ length: rounds }, () => runOnce(peer, folder));
    reference ??= runs[0].names;
    const wrong = runs.flatMap((run) => differing(reference, run.names));
    if (wrong.length > 0)
      throw new Error(`${peer.name} gives other sums for ${wrong.slice(0, 5).join(', ')}`);
    const figure = (key) => median(runs.map((run) => run[key]));
    lines.push({
      name: `${peer.name}, ${runs[0].version}`,
      seconds: figure('seconds'),
      least: Math.min(...runs.map((run) => run.seconds)),
      cpu: figure('cpuSeconds'),
      peak: figure('peakMegabytes'),
    });
    process.stderr.write(`${lines.at(-1).name}: ${lines.at(-1).seconds.toFixed(2)} s\n`);
  }
  return { lines, reference };
}

function table(lines) {
  const rows = lines.map(({ name, missing, seconds, least, cpu, peak }) =>
    missing
      ? `| ${name} | not there (${missing}) | | | | |`
      : `| ${name} | ${seconds.toFixed(2)} | ${least.toFixed(2)} | ${cpu.toFixed(2)} | ${Math.round(peak)} | ${((trades + quotes) / seconds / 1e6).toFixed(1)} |`,
  );
  return [
    '| engine | seconds (median) | best | seconds of CPU | peak MB | million rows a second |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

/** Reads the files once, so that every engine finds them in memory. A small buffer: processes begin with the memory of their parent. */
function warm(folder) {
  const buffer = Buffer.alloc(1 << 20);
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.parquet')) continue;
    const file = openSync(join(folder, name), 'r');
    for (let read = 1; read > 0; bytes += read) read = readSync(file, buffer);
    closeSync(file);
  }
  return bytes;
}

if (!existsSync(here('../../dist/tape/index.js')))
  throw new Error('there is nothing to run; npm run build first');
const folder = dataFolder();
const bytes = warm(folder);
const [load] = loadavg();
const { lines } = measure(folder);
const rows = (count) => count.toLocaleString('en');
const report = `# Benchmark of the tape

${rows(trades)} trades against ${rows(quotes)} quotes of ${names} names on one day, signed by Lee and Ready (lag 1 ns, tick test over
regular prints) and summed by name into buy, sell and unsigned dollars. Every engine reads the same two Parquet files of the
[tape layout](../concepts/tape-layout.md), ${(bytes / 2 ** 20).toFixed(0)} MB, which are in the page cache; each must give the same
dollars for every name, to the micro-dollar. Ours also tells retail, blocks and auctions apart and counts what decided.

${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; medians of ${options.rounds} processes
each. Seconds are those of the work, without the start of the runtime; CPU and memory are of the whole process.${
  load < 0.5
    ? ''
    : `

**Other work ran on the machine (load average ${load.toFixed(1)}), so that seconds are too long for all; seconds of CPU compare.**`
}

${table(lines)}

Made by \`npm run bench:tape\`, see bench/tape.
`;
process.stdout.write(report);
if (options.write) {
  const path = join(dirname(dirname(here('.'))), 'docs', 'benchmarks', 'tape.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, report);
}
