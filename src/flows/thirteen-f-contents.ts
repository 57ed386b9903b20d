import { createHash } from 'node:crypto';
import type { IsoDate } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** Hash of all that a quarter's panel is made of, so that what was made of it can be kept; by the quarter's end. */
export interface QuarterContents {
  /** @param end last day of the quarter */
  hashOf(end: IsoDate): string;
}

interface Digest {
  /** Last day of the quarter; null = rows of no quarter. */
  readonly quarter: IsoDate | null;
  readonly digest: string;
}

/**
 * Digest of rows in any order. DuckDB joins the hashes of columns by exclusive or, so that the same change in an even number
 * of rows would leave an exclusive or of theirs as it was: each is hashed once more, and they are added up.
 */
const hashed = (columns: string): string =>
  `count(*)::VARCHAR || ' ' || coalesce(sum(hash(hash(${columns}))), 0)::VARCHAR`;

/**
 * What the view knows by quarter. Rows of holdings are named by the filing that they are of and by their number: facts are
 * only ever added or restated by a higher revision, so the count and the sum of revisions tell one state of a filing's
 * rows from any other.
 */
const BY_QUARTER = {
  filings: `SELECT period_of_report AS quarter, ${hashed(
    `accession_number, cik, manager_name, report_type, amendment_type, amendment_number, included_managers,
    confidential_omitted, entries_read, value_unit, reconciled, reconciliation, known_at, known_at_kind, source, file_name,
    file_sha256, row_number`,
  )} AS digest FROM filings GROUP BY 1`,
  holdings: `SELECT period_of_report AS quarter, count(*)::VARCHAR || ' ' || sum(revision)::VARCHAR AS digest
    FROM holdings GROUP BY 1`,
  brought: `SELECT quarter_end AS quarter, ${hashed(
    'fund, cusip, cusip_valid, issuer_name, ticker, shares, rounded_value_usd, known_at, source, file_name, file_sha256, row_number',
  )} AS digest FROM fund_holdings GROUP BY 1`,
  closes: `SELECT last_day(make_date(year(date), 3 * quarter(date), 1)) AS quarter, ${hashed(
    'symbol, frequency, date, close',
  )} AS digest FROM prices WHERE price_basis = 'split-adjusted' AND close > 0 GROUP BY 1`,
} as const;

/** Lists that hold for every quarter. The dated names of brought lists are looked up from other quarters too. */
const LISTS = [
  `SELECT ${hashed('cusip, ticker')} AS digest FROM security_names WHERE cusip_valid`,
  `SELECT ${hashed('cusip, ticker, issuer_name, quarter_end')} AS digest FROM fund_holdings WHERE cusip_valid`,
  `SELECT ${hashed('cik, ticker, title')} AS digest FROM issuers`,
  `SELECT ${hashed('list, symbol, name, sector, cik, first_seen, last_seen')} AS digest FROM constituents`,
  `SELECT ${hashed('fund, cik, legal_name')} AS digest FROM fund_managers`,
  `SELECT ${hashed('symbol, date, split')} AS digest FROM corporate_actions WHERE split > 0`,
];

export async function readQuarterContents(
  view: AsOfView,
  quarterBefore: (end: IsoDate) => IsoDate,
): Promise<QuarterContents> {
  const byTable: Record<string, ReadonlyMap<string | null, string>> = {};
  for (const [table, sql] of Object.entries(BY_QUARTER)) {
    const rows = await view.query<Digest>(sql);
    byTable[table] = new Map(rows.map(({ quarter, digest }) => [quarter, digest]));
  }
  const lists: string[] = [];
  for (const sql of LISTS) lists.push((await view.query<Digest>(sql))[0]!.digest);
  return {
    hashOf(end) {
      const of = (quarter: IsoDate | null) =>
        Object.values(byTable).map((table) => table.get(quarter) ?? null);
      const content = [end, of(end), of(quarterBefore(end)), of(null), lists];
      return createHash('sha256').update(JSON.stringify(content)).digest('hex');
    },
  };
}
