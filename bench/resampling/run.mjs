// The resampling kernel against numpy doing the same: npm run build && node bench/resampling/run.mjs [python]
// An element is one value of one resampled path of one series. The full size is ours alone; numpy would take many minutes.
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { drawSeries } from './series.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const python = process.argv[2] ?? 'python3';
const small = {
  series: 96,
  periods: 841,
  horizons: [1, 2, 4, 13],
  lookbacks: [52, 157, 261, 522, 840],
  resamples: 10_000,
  seed: 1,
};

function ours(job) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [here('ours.mjs'), JSON.stringify(job)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function numpy(job) {
  const header = Buffer.from(`${JSON.stringify({ ...job, meanBlockLength: 1.5 })}\n`);
  const input = Buffer.concat([header, ...drawSeries(job).map((values) => Buffer.from(values.buffer))]);
  const { stdout, stderr, status } = spawnSync(python, [here('numpy_resampling.py')], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function line(name, job, { seconds, cpuSeconds, peakMegabytes, meanDependent }) {
  const elements = job.series * job.periods * job.resamples;
  const columns = [
    name.padEnd(30),
    `${job.series} series`.padStart(12),
    `${seconds.toFixed(2)} s`.padStart(10),
    `${cpuSeconds.toFixed(2)} s of CPU`.padStart(18),
    `${(elements / seconds / 1e6).toFixed(0)} M elements/s`.padStart(20),
    `${peakMegabytes.toFixed(0)} MB peak`.padStart(14),
    `mean p ${meanDependent.toFixed(3)}`.padStart(14),
  ];
  process.stdout.write(`${columns.join('')}\n`);
}

process.stdout.write(
  `${cpus()[0].model.trim()}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB; node ${process.version}\n`,
);
process.stdout.write('841 weeks, 4 horizons, 5 look-backs, 10,000 paths; step-down adjusted p included\n');
const theirs = numpy(small);
line(`numpy ${theirs.numpy}`, small, theirs);
const single = ours({ ...small, threads: 1 });
line('ours, 1 thread', small, single);
const double = ours({ ...small, threads: 2 });
line('ours, 2 threads', small, double);
const full = { ...small, series: 1500, threads: 2 };
line('ours, 2 threads, full size', full, ours(full));
process.stdout.write(
  `CPU time, which other work on the machine hardly changes: numpy / ours ${(theirs.cpuSeconds / single.cpuSeconds).toFixed(1)}\n`,
);
process.stdout.write(
  `Wall clock: numpy / ours ${(theirs.seconds / single.seconds).toFixed(1)} on one thread, ${(theirs.seconds / double.seconds).toFixed(1)} on two\n`,
);
