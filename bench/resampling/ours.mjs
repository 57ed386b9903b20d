// One run of our kernel in a process of its own, so that its peak memory is its own: node ours.mjs '{"series":48,...}'
import { resampleRecordFamily } from '../../dist/stats/index.js';
import { drawSeries } from './series.mjs';

const job = JSON.parse(process.argv[2]);
const series = drawSeries(job);
const before = process.cpuUsage();
const began = performance.now();
const family = await resampleRecordFamily({ ...job, series });
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
const dependent = series.flatMap((_, s) =>
  job.horizons
    .flatMap((_, h) => job.lookbacks.map((_, l) => family.figures(s, l, h)?.dependent ?? []))
    .flat(),
);
const meanDependent = dependent.reduce((sum, p) => sum + p, 0) / dependent.length;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes, meanDependent }),
);
