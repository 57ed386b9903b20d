// node bench/tape/clickhouse.mjs FOLDER: the same by ClickHouse's ASOF JOIN, in process.
// Wants the package chdb, which this repository does not depend on: npm install --no-save chdb
import { createRequire } from 'node:module';

const [directory] = process.argv.slice(2);
const { query } = createRequire(import.meta.url)('chdb');
const files = (kind) => `file('${directory}/date=*/${kind}.parquet', Parquet)`;
const start = performance.now();
const text = query(
  `
  WITH trades AS (
    SELECT symbol, time, sequence, price_micros AS price, price_micros * intDiv(size_micros, 1000000) AS micros,
      conditions != '4' AS regular
    FROM ${files('trades')}),
  quotes AS (SELECT symbol, time, bid_micros AS bid, ask_micros AS ask FROM ${files('quotes')}),
  matched AS (
    SELECT trades.symbol AS symbol, trades.time AS time, sequence, price, micros, bid, ask
    FROM trades ASOF LEFT JOIN quotes ON trades.symbol = quotes.symbol AND trades.time > quotes.time
    WHERE regular),
  changed AS (
    SELECT *, lagInFrame(toNullable(price), 1) OVER (PARTITION BY symbol ORDER BY time, sequence) AS before FROM matched),
  signed AS (
    SELECT symbol, micros,
      if(bid > 0 AND ask > bid AND 2 * price != bid + ask, sign(2 * price - bid - ask),
        ifNull(last_value(nullIf(sign(price - before), 0)) IGNORE NULLS
          OVER (PARTITION BY symbol ORDER BY time, sequence ROWS UNBOUNDED PRECEDING), 0)) AS side
    FROM changed
    UNION ALL SELECT symbol, micros, 0 AS side FROM trades WHERE NOT regular)
  SELECT symbol, toString(sumIf(micros, side = 1)), toString(sumIf(micros, side = -1)), toString(sumIf(micros, side = 0))
  FROM signed GROUP BY symbol`,
  'JSONCompactEachRow',
);
const rows = String(text.data ?? text)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const seconds = (performance.now() - start) / 1000;
const names = Object.fromEntries(rows.map(([symbol, ...sums]) => [symbol, sums]));
const version = String(query('SELECT version()', 'TSV')).trim();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    version,
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
    names,
  }),
);
