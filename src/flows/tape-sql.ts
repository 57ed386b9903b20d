import { SIGNED_CLASSES } from '../tape/index.js';

/** Sector of symbols that no list of the view puts into one. */
export const UNKNOWN_SECTOR = 'unknown';

export const TAPE_KEYS = ['symbol', 'class', 'sector'] as const;
export type TapeKey = (typeof TAPE_KEYS)[number];

const TAPE_PERIODS = ['minute', 'day', 'week', 'month', 'quarter'] as const;
export type TapePeriod = (typeof TAPE_PERIODS)[number];

const SIDES = ['buy', 'sell', 'unsigned'] as const;
const TRILLION = '1000000000000::HUGEINT';

/** Exact dollars in 1e-12 dollars. */
const exact = (side: string): string =>
  `${side}_usd::HUGEINT * ${TRILLION} + ${side}_trillionths::HUGEINT AS ${side}`;
const exactSides = SIDES.map(exact).join(', ');

/** Sums of exact dollars as whole dollars and the rest, both of which a double holds. */
const split = (side: string): string =>
  `(sum(${side}) // ${TRILLION})::BIGINT AS ${side}_usd, (sum(${side}) % ${TRILLION})::BIGINT AS ${side}_trillionths`;
const splitSides = SIDES.map(split).join(', ');

/** Symbols as lists of names spell them: 'BRK.B' of the tape is 'BRK-B'. */
const LISTED = "regexp_replace(symbol, '[./ ]([A-Z])$', '-\\1')";

/**
 * Sectors of symbols by the day from which they count: the one that the lists showed last, or else the first that they ever
 * showed.
 */
const SECTORS = `
spans AS (
  SELECT ${LISTED} AS listed, first_seen AS since, any_value(sector ORDER BY list, gics_sector) AS sector
  FROM constituents WHERE sector IS NOT NULL AND first_seen IS NOT NULL GROUP BY ALL
),
dated AS (
  SELECT listed, CASE WHEN row_number() OVER (PARTITION BY listed ORDER BY since) = 1 THEN DATE '1900-01-01' ELSE since END
    AS since, sector FROM spans
)`;

/** Sectors by symbol as lists spell it and the day from which they count. */
export const TAPE_SECTORS_SQL = `WITH ${SECTORS} SELECT listed, since, sector FROM dated ORDER BY listed, since`;

/** Figures of symbols with their sector. @param columns of the table beside what both have */
const withSector = (table: string, columns: string): string => `
rows AS (
  SELECT date, symbol, ${LISTED} AS listed, print_class AS "class", ${columns}, ${exactSides},
    buy_prints + sell_prints + unsigned_prints AS prints, buy_prints, sell_prints, unsigned_prints, shares, share_millionths,
    known_at, known_at_kind = 'import' AS is_restated, source, file_name, file_sha256, row_number
  FROM ${table} WHERE date <= CAST($last AS DATE) AND buy_prints + sell_prints + unsigned_prints > 0
),
classified AS (
  SELECT r.* EXCLUDE (listed), coalesce(d.sector, '${UNKNOWN_SECTOR}') AS sector
  FROM rows r ASOF LEFT JOIN dated d ON r.listed = d.listed AND r.date >= d.since
)`;

/** First day of the period of a day. */
function startSql(every: TapePeriod | 'span'): string {
  if (every === 'span') return 'CAST($from AS DATE)';
  return every === 'minute' || every === 'day' ? 'date' : `date_trunc('${every}', date)::DATE`;
}

/**
 * Dollars by side and period, oldest first, told apart by the keys. Days are those up to `$last` and between `$from` and
 * `$to`, by the day that the period begins on and any of its days; lists of classes, symbols and sectors are filters, null = all.
 * @param every 'span' sums all days of the range
 */
export function tapeRowsSql(every: TapePeriod | 'span', keys: readonly TapeKey[]): string {
  const minute = every === 'minute' ? 'minute' : 'NULL::BIGINT';
  const names = keys.map((key) => `"${key}"`);
  const group = ['start', 'minute', ...names].join(', ');
  return `
WITH ${SECTORS}, ${withSector(every === 'minute' ? 'tape_minutes' : 'tape_sums', `${minute} AS minute`)},
asked AS (
  SELECT *, ${startSql(every)} AS start FROM classified
  WHERE ($classes IS NULL OR list_contains($classes, "class")) AND ($symbols IS NULL OR list_contains($symbols, symbol))
    AND ($sector IS NULL OR sector = $sector)
    AND ($from IS NULL OR date >= CAST($from AS DATE)) AND ($to IS NULL OR date <= CAST($to AS DATE))
),
by_file AS (
  SELECT ${group}, source, file_name, file_sha256, min(row_number) AS row_number, ${SIDES.map((side) => `sum(${side}) AS ${side}`).join(', ')},
    sum(prints) AS prints, sum(unsigned_prints) AS unsigned_prints, sum(shares) AS shares, sum(share_millionths) AS share_millionths,
    max(known_at) AS known_at, bool_or(is_restated) AS is_restated, list(DISTINCT date) AS days,
    list(DISTINCT symbol) AS symbols
  FROM asked GROUP BY ${group}, source, file_name, file_sha256
)
SELECT ${group}, ${splitSides}, sum(prints)::BIGINT AS prints, sum(unsigned_prints)::BIGINT AS unsigned_prints,
  sum(shares)::DOUBLE + sum(share_millionths)::DOUBLE / 1e6 AS shares, max(known_at) AS known_at,
  bool_or(is_restated) AS is_restated, list_sort(list_distinct(flatten(list(days)))) AS days,
  len(list_distinct(flatten(list(symbols)))) AS names,
  list({source: source, file_name: file_name, file_sha256: file_sha256, row_number: row_number} ORDER BY file_name) AS sources
FROM by_file GROUP BY ${group} ORDER BY ${group}`;
}

const signedList = SIGNED_CLASSES.map((name) => `'${name}'`).join(', ');
const net = '((buy - sell)::DOUBLE / 1e12)';
const bought = '(buy::DOUBLE / 1e12)';

/** One row a week, signed class and sector, and one a week and class over all sectors (`sector` null), with the spread over names. */
export const TAPE_WEEKS_SQL = `
WITH ${SECTORS}, ${withSector('tape_sums', 'odd_lot_prints')},
by_file AS (
  SELECT date_trunc('week', date)::DATE AS start, "class", symbol, sector, source, file_name, file_sha256,
    min(row_number) AS row_number, ${SIDES.map((side) => `sum(${side}) AS ${side}`).join(', ')}, max(known_at) AS known_at,
    bool_or(is_restated) AS is_restated
  FROM classified WHERE "class" IN (${signedList}) GROUP BY ALL
),
names AS (
  SELECT start, "class", symbol, sector, ${SIDES.map((side) => `sum(${side}) AS ${side}`).join(', ')}, max(known_at) AS known_at,
    bool_or(is_restated) AS is_restated
  FROM by_file GROUP BY ALL
),
files AS (
  SELECT start, "class", sector, list({source: source, file_name: file_name, file_sha256: file_sha256, row_number: row_number}
    ORDER BY file_name) AS sources
  FROM (
    SELECT start, "class", sector, source, file_name, file_sha256, min(row_number) AS row_number FROM by_file
    GROUP BY GROUPING SETS ((start, "class", sector, source, file_name, file_sha256), (start, "class", source, file_name, file_sha256))
  ) GROUP BY ALL
),
sums AS (
  SELECT start, "class", sector, ${splitSides}, count(*) AS names, max(known_at) AS known_at,
    count(*) FILTER (is_restated) AS restated, count(*) FILTER (${net} > 0) AS buyers, max(${net}, 5) AS net_largest,
    max(${bought}, 5) AS bought_largest
  FROM names GROUP BY GROUPING SETS ((start, "class", sector), (start, "class"))
)
SELECT s.*, f.sources FROM sums s JOIN files f
  ON f.start = s.start AND f."class" = s."class" AND f.sector IS NOT DISTINCT FROM s.sector
ORDER BY s.start, s."class", s.sector`;

/** What the tape covers of each day: names, and how their prints met quotes at the default lag. */
export const TAPE_DAYS_SQL = `
SELECT date, count(*) AS names, sum(signable)::BIGINT AS signable, sum(by_none)::BIGINT AS by_none,
  sum(met_no_quote)::BIGINT AS met_no_quote, sum(met_locked)::BIGINT AS met_locked, sum(met_crossed)::BIGINT AS met_crossed
FROM tape_signing WHERE lag_nanos = $lag AND trades > 0 AND date <= CAST($last AS DATE) GROUP BY date ORDER BY date`;

const SIGNING_SUMS = [
  'signable',
  'by_none',
  'by_tick',
  'by_quote',
  'by_aggressor',
  'by_retail',
  'met_no_quote',
  'met_locked',
  'met_crossed',
  'retail_asked',
  'bjzz_buys',
  'bjzz_sells',
  'bhjos_buys',
  'bhjos_sells',
];

const distinct = (column: string, name: string): string =>
  `list_sort(list(DISTINCT ${column}) FILTER (${column} IS NOT NULL)) AS ${name}`;

/** How prints of the days from `$from` to `$to` were signed, a row a lag; dollars are of the classes that are signed. */
export const TAPE_SIGNING_SQL = `
WITH rows AS (
  SELECT *, ${exactSides} FROM tape_signing
  WHERE trades > 0 AND date <= CAST($last AS DATE) AND date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
)
SELECT lag_nanos, ${splitSides}, ${SIGNING_SUMS.map((name) => `sum(${name})::BIGINT AS ${name}`).join(', ')},
  ${distinct('rule', 'rules')}, ${distinct('quote_kind', 'quote_kinds')}, ${distinct('condition_table', 'condition_tables')},
  list_sort(list_distinct(list_concat(list(trade_format), list(quote_format)))) AS formats,
  bool_or(has_sub_penny_prices) AS has_sub_penny_prices
FROM rows GROUP BY lag_nanos ORDER BY lag_nanos`;
