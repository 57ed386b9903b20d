// The signing kernel alone, on columns in memory: npm run build && node bench/tape/kernel.mjs [rule...]
// 500 symbol-dates of 120,000 quotes and 12,000 prints each: 60 million quotes, 6 million prints. Reported: CPU of one thread.
import { seededRandom } from '../../dist/core/index.js';
import { SessionSums, SIGNING_RULES, sessionHours, TapeSigner, TapeSums } from '../../dist/tape/index.js';

const names = 500;
const prints = 12_000;
const quotes = 120_000;
const batch = 65_536;
const date = '2024-01-02';
const hours = sessionHours(date);
const random = seededRandom(1).next;
const spread = (length) =>
  Float64Array.from({ length }, () =>
    Math.floor(hours.openNanos + random() * (hours.closeNanos - hours.openNanos)),
  ).sort();

// A pool larger than the caches stands for the tape, so that every symbol-date comes from memory.
const pool = Array.from({ length: 16 }, () => makeSession());
for (const rule of process.argv.length > 2 ? process.argv.slice(2) : SIGNING_RULES) {
  for (const quoteKind of ['nbbo', 'venue']) {
    const runs = Array.from({ length: 3 }, () => run({ rule, quoteKind }));
    const best = runs.reduce((a, b) => (a.cpuSeconds <= b.cpuSeconds ? a : b));
    const { cpuSeconds, buys, megabytes } = best;
    process.stdout.write(
      `${rule.padEnd(13)} ${quoteKind.padEnd(6)} ${cpuSeconds.toFixed(3)} s CPU, ${buys} signed buys, ${megabytes.toFixed(0)} MB\n`,
    );
  }
}

function run(settings) {
  const session = new SessionSums('day');
  const sums = new TapeSums('day');
  let buys = 0;
  const signer = new TapeSigner(settings, (signed) => {
    session.add(signed);
  });
  const before = process.cpuUsage();
  for (let name = 0; name < names; name++) {
    const { tradeBatches, quoteBatches } = pool[name % pool.length];
    let next = 0;
    signer.start(hours);
    for (const trades of tradeBatches) signer.sign(trades, () => quoteBatches[next++] ?? null);
    signer.finish();
    sums.addSession(`S${name}`, date, session);
  }
  const { user, system } = process.cpuUsage(before);
  for (const row of sums.rows()) buys += row.buy.prints;
  return { cpuSeconds: (user + system) / 1e6, buys, megabytes: process.memoryUsage().rss / 1e6 };
}

function makeSession() {
  const times = spread(quotes);
  const bids = Float64Array.from({ length: quotes }, () => 50_000_000 - Math.floor(random() * 3) * 10_000);
  const whole = {
    timeNanos: times,
    bidMicros: bids,
    askMicros: Float64Array.from({ length: quotes }, () => 50_010_000 + Math.floor(random() * 3) * 10_000),
    venue: Uint8Array.from({ length: quotes }, () => 65 + Math.floor(random() * 16)),
    eligible: new Uint8Array(quotes).fill(1),
  };
  const quoteBatches = [];
  for (let from = 0; from < quotes; from += batch) {
    const part = Object.entries(whole).map(([name, column]) => [name, column.subarray(from, from + batch)]);
    quoteBatches.push({ length: Math.min(batch, quotes - from), ...Object.fromEntries(part) });
  }
  const trades = {
    length: prints,
    timeNanos: spread(prints),
    priceMicros: Float64Array.from({ length: prints }, () => 49_990_000 + Math.floor(random() * 12) * 2_500),
    sizeMicros: Float64Array.from({ length: prints }, () => Math.ceil(random() * 300) * 1e6),
    venue: Uint8Array.from({ length: prints }, () => (random() < 0.3 ? 68 : 78)),
    conditions: Uint16Array.from({ length: prints }, () => Math.floor(random() * 3)),
    conditionSets: ['', 'F', 'FI', '4'],
    tape: new Uint8Array(prints).fill(65),
    correction: new Uint8Array(prints),
    suspicious: new Uint8Array(prints),
    aggressor: new Int8Array(prints),
  };
  return { tradeBatches: [trades], quoteBatches };
}
