import { type IsoDate, isShareIssue } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { ManagerSelection } from './thirteen-f-managers.js';

/** What the counted managers hold of one CUSIP at the two quarter ends, one position a manager. */
export interface RawSecurity {
  readonly cusip: string;
  /** As the filings or the list name it. */
  readonly issuerName: string | null;
  readonly managers: number[];
  readonly sharesBefore: number[];
  readonly sharesNow: number[];
  /** First row behind the position: index of the filing (or -1 for a brought list) and row in its file. */
  readonly filings: number[];
  readonly rowNumbers: number[];
  /** Median over managers of value / shares at the two quarter ends, in dollars; null where nobody reports both. */
  readonly valuePerShareBefore: number | null;
  readonly valuePerShareNow: number | null;
  readonly isRounded: boolean;
}

/** What is left out since it is no stock held: counts of rows of the quarter asked for. */
export interface LeftOutRows {
  readonly options: number;
  readonly principal: number;
  /** Rows that are called shares but whose CUSIP is of debt. */
  readonly debt: number;
}

interface SecurityRow {
  cusip: string;
  issuerName: string | null;
  managers: number[];
  sharesBefore: number[];
  sharesNow: number[];
  rowKeys: number[];
  valuePerShareBefore: number | null;
  valuePerShareNow: number | null;
}

/** Row numbers are below this, so that filing and row fit one exact number. */
const ROWS_OF_A_FILE = 2 ** 26;

const grouped = (positions: string): string => `
SELECT cusip, min(issuer_name) AS issuer_name, list(manager ORDER BY manager) AS managers,
  list(shares_before ORDER BY manager) AS shares_before, list(shares_now ORDER BY manager) AS shares_now,
  list(row_key ORDER BY manager) AS row_keys,
  median(value_before / shares_before) FILTER (shares_before > 0 AND value_before > 0) AS value_per_share_before,
  median(value_now / shares_now) FILTER (shares_now > 0 AND value_now > 0) AS value_per_share_now
FROM (${positions}) WHERE shares_before > 0 OR shares_now > 0
GROUP BY cusip ORDER BY cusip`;

const FILED_SQL = grouped(`
SELECT c.manager, h.cusip, min(h.issuer_name) AS issuer_name,
  coalesce(sum(h.amount) FILTER (NOT c.is_now), 0) AS shares_before,
  coalesce(sum(h.amount) FILTER (c.is_now), 0) AS shares_now,
  sum(h.value_usd::DOUBLE) FILTER (NOT c.is_now) AS value_before,
  sum(h.value_usd::DOUBLE) FILTER (c.is_now) AS value_now,
  min(c.filing * ${ROWS_OF_A_FILE}::DOUBLE + h.row_number) AS row_key
FROM holdings h JOIN (
  SELECT unnest($accessions) AS accession_number, unnest($managers)::INTEGER AS manager, unnest($isNow) AS is_now,
    unnest($filings)::INTEGER AS filing
) c USING (accession_number)
WHERE h.amount_type = 'SH' AND h.put_call IS NULL AND h.period_of_report IN (CAST($now AS DATE), CAST($before AS DATE))
GROUP BY c.manager, h.cusip`);

const BROUGHT_SQL = grouped(`
SELECT c.manager, h.cusip, min(h.issuer_name) AS issuer_name,
  coalesce(sum(h.shares) FILTER (h.quarter_end = CAST($before AS DATE)), 0) AS shares_before,
  coalesce(sum(h.shares) FILTER (h.quarter_end = CAST($now AS DATE)), 0) AS shares_now,
  sum(h.rounded_value_usd) FILTER (h.quarter_end = CAST($before AS DATE)) AS value_before,
  sum(h.rounded_value_usd) FILTER (h.quarter_end = CAST($now AS DATE)) AS value_now,
  coalesce(min(h.row_number) FILTER (h.quarter_end = CAST($now AS DATE)), min(h.row_number))::DOUBLE AS row_key
FROM fund_holdings h JOIN (SELECT unnest($funds) AS fund, unnest($managers)::INTEGER AS manager) c USING (fund)
WHERE h.quarter_end IN (CAST($now AS DATE), CAST($before AS DATE))
GROUP BY c.manager, h.cusip`);

const LEFT_OUT_SQL = `
SELECT count(*) FILTER (put_call IS NOT NULL) AS options,
  count(*) FILTER (put_call IS NULL AND amount_type IS DISTINCT FROM 'SH') AS principal
FROM holdings WHERE period_of_report = CAST($now AS DATE) AND accession_number IN (SELECT unnest($accessions))`;

export interface RawHoldings {
  readonly securities: readonly RawSecurity[];
  readonly leftOut: LeftOutRows;
}

/** Shares held by the selected managers at both quarter ends, summed by manager and CUSIP, in CUSIP order. */
export async function readRawHoldings(
  view: AsOfView,
  ends: { readonly now: IsoDate; readonly before: IsoDate },
  { filings, funds }: ManagerSelection,
): Promise<RawHoldings> {
  const byCusip = new Map<string, RawSecurity>();
  let [options, principal, debt] = [0, 0, 0];
  const add = (row: SecurityRow, isBrought: boolean): void => {
    if (!isShareIssue(row.cusip)) {
      debt += row.managers.length;
      return;
    }
    const made = rawSecurity(row, isBrought);
    const held = byCusip.get(row.cusip);
    byCusip.set(row.cusip, held === undefined ? made : joined(held, made));
  };
  if (filings.length > 0) {
    const accessions = filings.map(({ accessionNumber }) => accessionNumber);
    const rows = await view.query<SecurityRow>(FILED_SQL, {
      ...ends,
      accessions,
      managers: filings.map(({ manager }) => manager),
      isNow: filings.map(({ isNow }) => isNow),
      filings: filings.map((_, index) => index),
    });
    for (const row of rows) add(row, false);
    const counts = await view.query<{ options: number; principal: number }>(LEFT_OUT_SQL, {
      now: ends.now,
      accessions,
    });
    options = counts[0]!.options;
    principal = counts[0]!.principal;
  }
  if (funds.length > 0) {
    const rows = await view.query<SecurityRow>(BROUGHT_SQL, {
      ...ends,
      funds: funds.map(({ fund }) => fund),
      managers: funds.map(({ manager }) => manager),
    });
    for (const row of rows) add(row, true);
  }
  const securities = [...byCusip.values()].sort((a, b) => (a.cusip < b.cusip ? -1 : 1));
  return { securities, leftOut: { options, principal, debt } };
}

function rawSecurity({ rowKeys, ...row }: SecurityRow, isBrought: boolean): RawSecurity {
  return {
    ...row,
    filings: isBrought ? rowKeys.map(() => -1) : rowKeys.map((key) => Math.floor(key / ROWS_OF_A_FILE)),
    rowNumbers: isBrought ? rowKeys : rowKeys.map((key) => key % ROWS_OF_A_FILE),
    isRounded: isBrought,
  };
}

/** Filed positions first; their values are exact, so they give the value per share where they have one. */
function joined(filed: RawSecurity, brought: RawSecurity): RawSecurity {
  const isRounded = filed.valuePerShareNow === null;
  return {
    cusip: filed.cusip,
    issuerName: filed.issuerName ?? brought.issuerName,
    managers: [...filed.managers, ...brought.managers],
    sharesBefore: [...filed.sharesBefore, ...brought.sharesBefore],
    sharesNow: [...filed.sharesNow, ...brought.sharesNow],
    filings: [...filed.filings, ...brought.filings],
    rowNumbers: [...filed.rowNumbers, ...brought.rowNumbers],
    valuePerShareBefore: filed.valuePerShareBefore ?? brought.valuePerShareBefore,
    valuePerShareNow: filed.valuePerShareNow ?? brought.valuePerShareNow,
    isRounded,
  };
}
