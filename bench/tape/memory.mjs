// Imports, signs and sums a generated tape of several hundred megabytes of text, and says how much memory that took at most.
// Build first, then: node bench/tape/memory.mjs [--rows PRINTS] [--main dist/cli/main.js]
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '6000000' },
    main: { type: 'string', default: fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)) },
  },
});
const LIMIT_MEGABYTES = 512;
const SYMBOLS = 200;
const SESSION_MILLIS = 6.5 * 3_600_000;

const two = (value) => String(value).padStart(2, '0');

function clock(millis) {
  const seconds = Math.floor(millis / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours}:${two(minutes)}:${two(seconds % 60)}.${String(millis % 1000).padStart(3, '0')}000000`;
}

/** Prints of all names in turn, in order of time. */
async function write(path, rows) {
  const file = createWriteStream(path);
  file.write(
    'DATE,TIME_M,EX,SYM_ROOT,SYM_SUFFIX,TR_SCOND,SIZE,PRICE,TR_STOPIND,TR_CORR,TR_SEQNUM,TR_SOURCE,TR_RF\n',
  );
  let piece = [];
  for (let row = 0; row < rows; row++) {
    const time = clock(9.5 * 3_600_000 + Math.floor((row / rows) * SESSION_MILLIS));
    const cents = 2400 + ((row * 7919) % 41);
    piece.push(
      `20240305,${time},N,S${two(row % SYMBOLS)},,@,${100 + (row % 900)},${(cents / 100).toFixed(2)},N,00,${row + 1},C,\n`,
    );
    if (piece.length < 20_000 && row + 1 < rows) continue;
    if (!file.write(piece.join(''))) await new Promise((resolve) => file.once('drain', resolve));
    piece = [];
  }
  file.end();
  await finished(file);
}

const folder = mkdtempSync(join(tmpdir(), 'tidemark-memory-'));
try {
  const path = join(folder, 'ctm_20240305.csv');
  await write(path, Number(options.rows));
  const args = ['tape', 'import', path, '--store', join(folder, 'store'), '--quiet', '--format', 'json'];
  const measure =
    "process.on('exit', () => require('node:fs').writeSync(2, '\\npeak ' + process.resourceUsage().maxRSS + '\\n'))";
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('/');${measure}`,
      options.main,
      ...args,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (run.status !== 0) throw new Error(run.stderr);
  const peak = Number(/peak (\d+)/.exec(run.stderr)[1]) / 1024;
  const size = statSync(path).size / 1e6;
  process.stdout.write(
    `${size.toFixed(0)} MB of text, ${options.rows} prints of ${SYMBOLS} names: ${peak.toFixed(0)} MB at most\n`,
  );
  if (peak > LIMIT_MEGABYTES) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
