// A seeded day of trades and quotes: names of very different size, bursts, a tick grid, sub-penny and midpoint prints.
const DAY = '2024-03-05';
/** 09:30 in New York on that day, nanoseconds since 1970. */
const OPEN = BigInt(Date.UTC(2024, 2, 5, 14, 30)) * 1_000_000n;
const SESSION_SECONDS = 23_400;
const BATCH = 1 << 16;

const FORMAT = {
  quoteSizeUnit: 'shares',
  clock: 'nanoseconds since 1970, UTC',
  hasSubPennyPrices: true,
  evidence: 'made by the benchmark',
};
const QUOTES = { ...FORMAT, name: 'bench-quotes', holds: 'quotes', quoteKind: 'nbbo' };
const TRADES = { ...FORMAT, name: 'bench-trades', holds: 'trades', quoteKind: null, quoteSizeUnit: null };

export const day = DAY;

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rows of each name: the k-th in proportion to 1 / (k + 5), so that the first ten of 500 hold a quarter. */
function rowsOfNames(names, rows) {
  const weights = Array.from({ length: names }, (_, name) => 1 / (name + 5));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const counts = weights.map((weight) => Math.floor((rows * weight) / sum));
  counts[0] += rows - counts.reduce((total, count) => total + count, 0);
  return counts;
}

const symbolOf = (name) =>
  [676, 26, 1].map((scale) => String.fromCharCode(65 + (Math.floor((name * 37) / scale) % 26))).join('');

/** Nanoseconds of the session, each later than the one before: half the rows come within bursts. Ties are left out, since engines break them each their own way. */
function drawTimes(rows, draw) {
  const times = new Float64Array(rows);
  let burst = 0;
  for (let row = 0; row < rows; row += 1) {
    if (draw() < 0.5 || row === 0) burst = draw() * SESSION_SECONDS * 1e9;
    else burst += draw() * 2e6;
    times[row] = Math.floor(burst);
  }
  times.sort();
  for (let row = 1; row < rows; row += 1) times[row] = Math.max(times[row], times[row - 1] + 1);
  return times;
}

class Market {
  constructor(name, symbols, seed) {
    this.draw = random(seed * 1000 + name);
    this.name = name;
    this.symbols = symbols;
    this.priceCents = Math.floor(1000 + 40_000 * this.draw() ** 2);
    this.spreadCents = 1 + Math.floor(this.draw() ** 3 * 12);
  }

  /** The bid in cents at a time: a smooth walk that trades and quotes agree on. */
  bidCents(nanos) {
    const hours = nanos / 3.6e12;
    const waves = Math.sin(hours * 3.1) + 0.5 * Math.sin(hours * 41) + 0.2 * Math.sin(hours * 400);
    return this.priceCents + Math.floor(waves * this.priceCents * 0.01);
  }
}

const pick = (draw, choices) => choices[Math.floor(draw() * choices.length)];

function emptyBatch(rows, market) {
  return {
    rows,
    epochNanos: new BigInt64Array(rows),
    symbol: new Uint32Array(rows).fill(market.name),
    symbols: market.symbols,
    sequence: new Float64Array(rows),
    rowNumber: new Float64Array(rows),
    venue: new Uint8Array(rows),
  };
}

function quoteBatch(market, times, from, to, done) {
  const { draw } = market;
  const rows = to - from;
  const doubles = () => new Float64Array(rows);
  const batch = {
    kind: 'quotes',
    ...emptyBatch(rows, market),
    bidMicros: doubles(),
    askMicros: doubles(),
    bidSizeMicros: doubles(),
    askSizeMicros: doubles(),
    eligible: new Uint8Array(rows).fill(1),
  };
  for (let row = 0; row < rows; row += 1) {
    const nanos = times[from + row];
    const bid = market.bidCents(nanos) + Math.floor(draw() * 3) - 1;
    const spread =
      draw() < 0.003 ? -1 + Math.floor(draw() * 2) : market.spreadCents + Math.floor(draw() ** 2 * 2);
    batch.epochNanos[row] = OPEN + BigInt(nanos);
    batch.bidMicros[row] = bid * 10_000;
    batch.askMicros[row] = (bid + spread) * 10_000;
    batch.bidSizeMicros[row] = (1 + Math.floor(draw() ** 3 * 30)) * 100e6;
    batch.askSizeMicros[row] = (1 + Math.floor(draw() ** 3 * 30)) * 100e6;
    batch.venue[row] = 'NQPZK'.charCodeAt(Math.floor(draw() * 5));
    batch.sequence[row] = from + row + 1;
    batch.rowNumber[row] = done + row + 1;
  }
  return batch;
}

function tradeBatch(market, times, from, to, done) {
  const { draw } = market;
  const rows = to - from;
  const batch = {
    kind: 'trades',
    ...emptyBatch(rows, market),
    priceMicros: new Float64Array(rows),
    sizeMicros: new Float64Array(rows),
    conditions: new Uint16Array(rows),
    conditionSets: ['', 'F', 'I', 'FI', 'T', '4'],
    tape: new Uint8Array(rows).fill(67),
    correction: new Uint8Array(rows),
    suspicious: new Uint8Array(rows),
    aggressor: new Int8Array(rows),
    tradeId: null,
  };
  for (let row = 0; row < rows; row += 1) {
    const nanos = times[from + row];
    const bid = market.bidCents(nanos) * 10_000;
    const spread = market.spreadCents * 10_000;
    const where = draw();
    const isOffExchange = draw() < 0.4;
    let price = where < 0.4 ? bid : where < 0.8 ? bid + spread : bid + spread / 2;
    if (isOffExchange && draw() < 0.5) price += Math.floor(draw() * 100) * 100 - 5_000;
    batch.epochNanos[row] = OPEN + BigInt(nanos);
    batch.priceMicros[row] = Math.max(100, price);
    batch.sizeMicros[row] =
      (draw() < 0.5 ? 1 + Math.floor(draw() * 99) : pick(draw, [100, 200, 300, 1000])) * 1e6;
    batch.conditions[row] = draw() < 0.01 ? 5 : Math.floor(draw() * 4);
    batch.venue[row] = isOffExchange ? 68 : 'NQPZK'.charCodeAt(Math.floor(draw() * 5));
    batch.sequence[row] = from + row + 1;
    batch.rowNumber[row] = done + row + 1;
  }
  return batch;
}

async function* batchesOf(kind, names, rows, seed) {
  let done = 0;
  const symbols = Array.from({ length: names }, (_, name) => symbolOf(name));
  for (const [name, count] of rowsOfNames(names, rows).entries()) {
    const market = new Market(name, symbols, seed + (kind === 'trades' ? 0 : 7_000_000));
    const prices = new Market(name, symbols, seed);
    market.priceCents = prices.priceCents;
    market.spreadCents = prices.spreadCents;
    const times = drawTimes(count, market.draw);
    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(count, from + BATCH);
      const batch = (kind === 'trades' ? tradeBatch : quoteBatch)(market, times, from, to, done);
      done += to - from;
      yield {
        trades: kind === 'trades' ? batch : null,
        quotes: kind === 'quotes' ? batch : null,
        cancels: [],
        setAside: [],
        otherRows: 0,
        rowsRead: to - from,
      };
    }
  }
}

/** Inputs for `writeTapeLayout`: the market's trades and quotes. */
export function marketInputs({ names, trades, quotes, seed }) {
  return [
    { name: 'trades', format: TRADES, batches: batchesOf('trades', names, trades, seed) },
    { name: 'quotes', format: QUOTES, batches: batchesOf('quotes', names, quotes, seed) },
  ];
}
