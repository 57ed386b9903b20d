// node bench/tape/ours.mjs FOLDER [THREADS]: Lee-Ready sums by name, by this program.
import { sumTape } from '../../dist/tape/index.js';

const [directory, threads] = process.argv.slice(2);
const start = performance.now();
const { sums, threads: used } = await sumTape({
  directory,
  bucket: 'day',
  signing: { rule: 'lee-ready', lagNanos: 1 },
  ...(threads === undefined ? {} : { threads: Number(threads) }),
});
const names = {};
for (const { symbol, buy, sell, unsigned } of sums.rows()) {
  names[symbol] ??= [0n, 0n, 0n];
  for (const [place, side] of [buy, sell, unsigned].entries()) names[symbol][place] += side.notional;
}
const seconds = (performance.now() - start) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
for (const name of Object.keys(names))
  names[name] = names[name].map((notional) => String(notional / 1_000_000n));
process.stdout.write(
  JSON.stringify({
    version: `${used} ${used === 1 ? 'thread' : 'threads'}`,
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
    names,
  }),
);
