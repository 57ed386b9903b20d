// How fast are text tapes read, against unpacking them? One core, the least CPU time of three runs.
// Build first, then: node bench/tape/formats.mjs [MEGABYTES] [LEAN_QUOTES.csv.gz]     MEGABYTES: 200 if left out
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, createGunzip, gunzipSync, gzipSync } from 'node:zlib';
import { TAPE_READERS } from '../../dist/sources/index.js';
import { GENERATED, generatedText } from './generated.mjs';

const megabytes = Number(process.argv[2] ?? 200);
const leanFile =
  process.argv[3] ??
  fileURLToPath(new URL('../../../shared/data/tape/lean/aig_20131007_quote.csv.gz', import.meta.url));
const CHUNK = 65_536;
const RUNS = 3;

/** Each row of the real file as often as the size asks, next to itself, so that time does not run back. */
function leanQuotes() {
  const lines = gunzipSync(readFileSync(leanFile)).toString('latin1').split('\n');
  const times = Math.ceil((megabytes * 1e6) / lines.reduce((sum, line) => sum + line.length + 1, 0));
  return Buffer.from(lines.flatMap((line) => Array(times).fill(line)).join('\n'), 'latin1');
}

async function* chunksOf(bytes) {
  for (let position = 0; position < bytes.length; position += CHUNK) {
    yield bytes.subarray(position, position + CHUNK);
  }
}

async function* unpacked(packed) {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  gunzip.end(packed);
  yield* gunzip;
}

async function readAll(name, head, chunks) {
  const found = TAPE_READERS.flatMap((reader) => {
    const format = reader.detect({ name, head }, {});
    return format === null ? [] : [[reader, format]];
  });
  if (found.length !== 1) throw new Error(`${found.length} readers say yes to ${name}`);
  const [[reader, format]] = found;
  let rows = 0;
  for await (const batch of reader.read({ name, head }, format, chunks, {})) {
    if (batch.setAside.length > 0) throw new Error(JSON.stringify(batch.setAside[0]));
    rows += batch.rowsRead;
  }
  return rows;
}

async function drain(chunks) {
  for await (const _ of chunks);
}

/** Seconds of CPU and by the clock, each the least of the runs. */
async function time(run) {
  let cpu = Number.POSITIVE_INFINITY;
  let wall = Number.POSITIVE_INFINITY;
  let result;
  for (let index = 0; index < RUNS; index += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    result = await run();
    const { user } = process.cpuUsage(before);
    wall = Math.min(wall, (performance.now() - start) / 1000);
    cpu = Math.min(cpu, user / 1e6);
  }
  return { cpu, wall, result };
}

async function measure(title, name, bytes) {
  const head = bytes.subarray(0, CHUNK);
  const read = await time(() => readAll(name, head, chunksOf(bytes)));
  const packed = gzipSync(bytes, { level: constants.Z_BEST_SPEED });
  const gunzip = await time(() => drain(unpacked(packed)));
  const both = await time(() => readAll(name, head, unpacked(packed)));
  const size = bytes.length / 1e6;
  const columns = [
    title.padEnd(26),
    size.toFixed(0).padStart(5),
    (read.result / 1e6).toFixed(2).padStart(7),
    (size / read.cpu).toFixed(0).padStart(9),
    (read.result / 1e6 / read.cpu).toFixed(1).padStart(9),
    (size / gunzip.cpu).toFixed(0).padStart(9),
    (size / both.wall).toFixed(0).padStart(9),
  ];
  process.stdout.write(`${columns.join('')}\n`);
}

process.stdout.write(
  `${'format'.padEnd(26)}${'MB'.padStart(5)}${'M rows'.padStart(7)}${'read MB/s'.padStart(10)}${'M rows/s'.padStart(9)}${'gunzip'.padStart(8)}${'both'.padStart(9)}\n`,
);
process.stdout.write('(MB/s of text; read and gunzip by CPU time, both by the clock)\n');
if (existsSync(leanFile)) await measure('lean quotes (real rows)', 'aig_20131007_quote.csv', leanQuotes());
for (const [title, format] of Object.entries(GENERATED)) {
  await measure(
    title,
    format.name ?? 'generated',
    Buffer.from([...generatedText(title, megabytes)].join(''), 'latin1'),
  );
}
