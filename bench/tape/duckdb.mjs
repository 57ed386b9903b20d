// node bench/tape/duckdb.mjs FOLDER: the same by DuckDB's ASOF JOIN.
import { DuckDBInstance } from '@duckdb/node-api';

const [directory] = process.argv.slice(2);
const files = (kind) => `read_parquet('${directory}/date=*/${kind}.parquet', hive_partitioning = false)`;
const start = performance.now();
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  WITH trades AS (
    SELECT symbol, time, sequence, price_micros AS price, price_micros * (size_micros // 1000000) AS micros,
      conditions <> '4' AS regular
    FROM ${files('trades')}),
  quotes AS (SELECT symbol, time, bid_micros AS bid, ask_micros AS ask FROM ${files('quotes')}),
  matched AS (
    SELECT trades.*, bid, ask FROM trades ASOF LEFT JOIN quotes
      ON trades.symbol = quotes.symbol AND trades.time > quotes.time
    WHERE regular),
  changed AS (
    SELECT *, nullif(sign(price - lag(price) OVER (PARTITION BY symbol ORDER BY time, sequence)), 0) AS change FROM matched),
  signed AS (
    SELECT symbol, micros,
      CASE WHEN bid > 0 AND ask > bid AND 2 * price <> bid + ask THEN sign(2 * price - bid - ask)
        ELSE coalesce(last_value(change IGNORE NULLS) OVER (PARTITION BY symbol ORDER BY time, sequence ROWS UNBOUNDED PRECEDING), 0)
      END AS side
    FROM changed
    UNION ALL SELECT symbol, micros, 0 FROM trades WHERE NOT regular)
  SELECT symbol,
    coalesce(sum(micros) FILTER (side = 1), 0)::VARCHAR,
    coalesce(sum(micros) FILTER (side = -1), 0)::VARCHAR,
    coalesce(sum(micros) FILTER (side = 0), 0)::VARCHAR
  FROM signed GROUP BY symbol`);
const names = Object.fromEntries(reader.getRows().map(([symbol, ...sums]) => [symbol, sums]));
const seconds = (performance.now() - start) / 1000;
const version = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
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
