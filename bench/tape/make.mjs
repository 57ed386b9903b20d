// node bench/tape/make.mjs FOLDER JSON: writes the market's day in the tape layout and notes how long that took.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTapeLayout } from '../../dist/tape/index.js';
import { marketInputs } from './market.mjs';

const [directory, question] = process.argv.slice(2);
const start = performance.now();
const { days } = await writeTapeLayout({ directory, inputs: marketInputs(JSON.parse(question)) });
const seconds = (performance.now() - start) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
const made = { seconds, cpuSeconds, peakMegabytes: maxRSS / 1024, days };
writeFileSync(join(directory, 'made.json'), JSON.stringify(made));
process.stderr.write(`data made in ${seconds.toFixed(1)} s\n`);
