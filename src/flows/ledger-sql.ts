import { EXECUTION_SIDES, INSTITUTIONS } from '../core/index.js';

/** Sector of symbols that no list of the view puts into one. */
export const UNCLASSIFIED = 'unclassified';

/** Monday..Sunday weeks counted like core's weekNumber. */
const WEEK_SQL = "((trade_date - DATE '1970-01-01' + 3) // 7)";

const LEGS = ['long_buy', 'long_sell', 'short_sell', 'short_cover'] as const;

const legSums = LEGS.map(
  (leg, i) => `coalesce(sum(amount_cents) FILTER (side = '${EXECUTION_SIDES[i]}'), 0)::BIGINT AS ${leg}`,
).join(', ');

/** What each measure is of the four legs. */
const MEASURE_SQL = {
  net: 'long_buy + short_cover - long_sell - short_sell',
  grossBuy: 'long_buy + short_cover',
  longBuy: 'long_buy',
} as const;

/**
 * Executions with the sector of their symbol: the one that the lists showed last up to the symbol's last execution of the
 * week, or else the first that they ever showed. `$not_institutions` are classes that the sum of institutions leaves out.
 */
const NAMES = `
spans AS (
  SELECT symbol, first_seen AS since, any_value(sector ORDER BY list, gics_sector) AS sector
  FROM constituents WHERE sector IS NOT NULL AND first_seen IS NOT NULL GROUP BY ALL
),
dated AS (
  SELECT symbol, CASE WHEN row_number() OVER (PARTITION BY symbol ORDER BY since) = 1 THEN DATE '1900-01-01' ELSE since END
    AS since, sector FROM spans
),
by_class AS (
  SELECT ${WEEK_SQL} AS week, "class", symbol, max(trade_date) AS last_date, ${legSums}, count(*) AS prints,
    max(known_at) AS known_at, count(*) FILTER (known_at_kind = 'import') AS revised,
    count(*) FILTER ((side = 'buy' AND position_before < 0) OR (side = 'sell-short' AND position_before > 0)) AS crossed
  FROM executions GROUP BY ALL
),
classified AS (
  SELECT b.*, coalesce(d.sector, '${UNCLASSIFIED}') AS sector
  FROM by_class b ASOF LEFT JOIN dated d ON b.symbol = d.symbol AND b.last_date >= d.since
),
names AS (
  SELECT week, "class", symbol, sector, long_buy, long_sell, short_sell, short_cover, prints, known_at, revised, crossed
  FROM classified
  UNION ALL
  SELECT week, '${INSTITUTIONS}', symbol, sector, ${LEGS.map((leg) => `sum(${leg})`).join(', ')}, sum(prints),
    max(known_at), sum(revised), sum(crossed)
  FROM classified WHERE NOT list_contains($not_institutions, "class") GROUP BY week, symbol, sector
)`;

const breadth = Object.entries(MEASURE_SQL)
  .map(([measure, sql]) => {
    const name = measure.toLowerCase();
    const value = `(${sql})::BIGINT`;
    return `max(${value}, 5) AS ${name}_largest`;
  })
  .join(', ');
const buyers = `count(*) FILTER ((${MEASURE_SQL.net})::BIGINT > 0) AS buyers`;

/** One row a week, class and sector, and one a week and class over all sectors (`sector` null). Money in whole cents. */
export const WEEKS_SQL = `
WITH ${NAMES}
SELECT week, "class", sector, ${LEGS.map((leg) => `sum(${leg})::BIGINT AS ${leg}`).join(', ')},
  count(*) AS names, sum(prints)::BIGINT AS prints, max(known_at) AS known_at, sum(revised)::BIGINT AS revised,
  sum(crossed)::BIGINT AS crossed, ${buyers}, ${breadth}
FROM names GROUP BY GROUPING SETS ((week, "class", sector), (week, "class")) ORDER BY ALL`;

/** First and last day of the ledger as far as the view knows it. */
export const SPAN_SQL = 'SELECT min(trade_date) AS first, max(trade_date) AS last FROM executions';

/** The first row of every file behind each week, class and sector. */
export const FILES_SQL = `
WITH ${NAMES}
SELECT e.week, e."class", c.sector, e.source, e.file_name, e.file_sha256, min(e.row_number) AS row_number
FROM (
  SELECT ${WEEK_SQL} AS week, "class", symbol, source, file_name, file_sha256, min(row_number) AS row_number
  FROM executions GROUP BY ALL
) e JOIN classified c ON c.week = e.week AND c."class" = e."class" AND c.symbol = e.symbol
GROUP BY ALL ORDER BY ALL`;

/**
 * Net, purchases and long purchases of the largest prints of asked cells: one in a hundred, at least one. The lists
 * `$weeks`, `$classes`, `$sectors` name the cells in step; '' stands for all sectors.
 */
export const LARGEST_PRINTS_SQL = `
WITH ${NAMES},
asked AS (SELECT unnest($weeks) AS week, unnest($classes) AS "class", unnest($sectors) AS sector),
prints AS (
  SELECT a.week, a."class", a.sector, e.side, e.amount_cents,
    row_number() OVER largest AS place, count(*) OVER (PARTITION BY a.week, a."class", a.sector) AS prints
  FROM asked a
  JOIN (SELECT *, ${WEEK_SQL} AS week FROM executions) e ON e.week = a.week AND
    (e."class" = a."class" OR (a."class" = '${INSTITUTIONS}' AND NOT list_contains($not_institutions, e."class")))
  JOIN classified c ON c.week = e.week AND c."class" = e."class" AND c.symbol = e.symbol
    AND (a.sector = '' OR a.sector = c.sector)
  WINDOW largest AS (PARTITION BY a.week, a."class", a.sector
    ORDER BY e.amount_cents DESC, e.account, e.execution_id, e.broker)
)
SELECT week, "class", sector, count(*) AS dropped, ${legSums}
FROM prints WHERE place <= ceil(prints / 100) GROUP BY week, "class", sector`;

/**
 * Pairs of account and symbol whose plain sales exceed their purchases so far, by class and the week in which that first
 * was so, and how many pairs there are by the week of their first execution.
 */
export const UNCOVERED_SALES_SQL = `
WITH daily AS (
  SELECT account, symbol, "class", trade_date, sum(CASE side WHEN 'buy' THEN quantity WHEN 'sell' THEN -quantity ELSE 0 END) AS change
  FROM executions GROUP BY ALL
), running AS (
  SELECT account, symbol, "class", trade_date,
    sum(change) OVER (PARTITION BY account, symbol, "class" ORDER BY trade_date) AS held FROM daily
), pairs AS (
  SELECT "class", min(${WEEK_SQL}) AS first_week, min(${WEEK_SQL}) FILTER (held < -1e-6) AS week
  FROM running GROUP BY account, symbol, "class"
)
SELECT "class", first_week, week, count(*) AS pairs FROM pairs GROUP BY ALL ORDER BY ALL`;

/** Rows of ledgers that were set aside and told their day. */
export const SET_ASIDE_SQL = `
SELECT (period_end - DATE '1970-01-01' + 3) // 7 AS week, file_name, row_number, reason
FROM set_aside WHERE source = 'ledger' AND period_end IS NOT NULL ORDER BY ALL`;
