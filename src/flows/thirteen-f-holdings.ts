import { type IsoDate, isShareIssue } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { CountedFiling, ManagerSelection } from './thirteen-f-managers.js';

/** What the counted managers hold of one CUSIP at the two quarter ends, one position a manager. */
export interface RawSecurity {
  readonly cusip: string;
  /** As the filings or the list name it. */
  readonly issuerName: string | null;
  readonly managers: readonly number[];
  readonly sharesBefore: readonly number[];
  readonly sharesNow: readonly number[];
  /** The first row behind the position, see `rowOfKey`. */
  readonly rowKeys: readonly number[];
  /** Median over managers of value / shares at the two quarter ends, in dollars; null where nobody reports both. */
  readonly valuePerShareBefore: number | null;
  readonly valuePerShareNow: number | null;
  readonly isRounded: boolean;
}

/** What is left out since it is no stock held. */
export interface LeftOutRows {
  /** Rows of the quarter asked for that are options. */
  readonly options: number;
  /** Rows of it that count principal. */
  readonly principal: number;
  /** Positions of either quarter that are called shares but whose CUSIP is of debt. */
  readonly debt: number;
}

/** Row numbers are below this, so that filing and row fit one exact number. */
const ROWS_OF_A_FILE = 2 ** 26;

/** @returns index of the filing, -1 = the manager's brought list, and the row of its file */
export function rowOfKey(key: number): { readonly filing: number; readonly rowNumber: number } {
  return key < 0
    ? { filing: -1, rowNumber: -key }
    : { filing: Math.floor(key / ROWS_OF_A_FILE), rowNumber: key % ROWS_OF_A_FILE };
}

interface SecurityRow {
  cusip: string;
  issuerName: string | null;
  managers: number[];
  sharesBefore: number[];
  sharesNow: number[];
  rowKeys: number[];
  valuesBefore: (number | null)[];
  valuesNow: (number | null)[];
}

const grouped = (positions: string): string => `
SELECT cusip, min(issuer_name) AS issuer_name, list(manager) AS managers, list(shares_before) AS shares_before,
  list(shares_now) AS shares_now, list(row_key) AS row_keys,
  list(CASE WHEN shares_before > 0 AND value_before > 0 THEN value_before / shares_before END) AS values_before,
  list(CASE WHEN shares_now > 0 AND value_now > 0 THEN value_now / shares_now END) AS values_now
FROM (${positions}) WHERE shares_before > 0 OR shares_now > 0
GROUP BY cusip`;

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
WHERE h.amount_type = 'SH' AND h.put_call IS NULL
GROUP BY c.manager, h.cusip`);

const BROUGHT_SQL = grouped(`
SELECT c.manager, h.cusip, min(h.issuer_name) AS issuer_name,
  coalesce(sum(h.shares) FILTER (h.quarter_end = CAST($before AS DATE)), 0) AS shares_before,
  coalesce(sum(h.shares) FILTER (h.quarter_end = CAST($now AS DATE)), 0) AS shares_now,
  sum(h.rounded_value_usd) FILTER (h.quarter_end = CAST($before AS DATE)) AS value_before,
  sum(h.rounded_value_usd) FILTER (h.quarter_end = CAST($now AS DATE)) AS value_now,
  -coalesce(min(h.row_number) FILTER (h.quarter_end = CAST($now AS DATE)), min(h.row_number))::DOUBLE AS row_key
FROM fund_holdings h JOIN (SELECT unnest($funds) AS fund, unnest($managers)::INTEGER AS manager) c USING (fund)
WHERE h.quarter_end IN (CAST($now AS DATE), CAST($before AS DATE))
GROUP BY c.manager, h.cusip`);

const LEFT_OUT_SQL = `
SELECT count(*) FILTER (put_call IS NOT NULL) AS options,
  count(*) FILTER (put_call IS NULL AND amount_type IS DISTINCT FROM 'SH') AS principal
FROM holdings WHERE (put_call IS NOT NULL OR amount_type IS DISTINCT FROM 'SH')
  AND accession_number IN (SELECT unnest($accessions))`;

export interface RawHoldings {
  readonly securities: readonly RawSecurity[];
  readonly leftOut: LeftOutRows;
}

/** Rows of filings that one query sums; a view has a gigabyte for it. */
const ROWS_OF_A_QUERY = 600_000;

/** Shares held by the selected managers at both quarter ends, summed by manager and CUSIP, in CUSIP order. */
export async function readRawHoldings(
  view: AsOfView,
  ends: { readonly now: IsoDate; readonly before: IsoDate },
  { filings, funds }: ManagerSelection,
): Promise<RawHoldings> {
  const tally = new Tally();
  let leftOut = { options: 0, principal: 0 };
  for (const slice of slices(filings)) {
    const rows = await view.query<SecurityRow>(FILED_SQL, {
      accessions: slice.map(([{ accessionNumber }]) => accessionNumber),
      managers: slice.map(([{ manager }]) => manager),
      isNow: slice.map(([{ isNow }]) => isNow),
      filings: slice.map(([, index]) => index),
    });
    for (const row of rows) tally.add(row, false);
  }
  if (filings.length > 0) {
    const accessions = filings.filter(({ isNow }) => isNow).map(({ accessionNumber }) => accessionNumber);
    [leftOut] = (await view.query<typeof leftOut>(LEFT_OUT_SQL, { accessions })) as [typeof leftOut];
  }
  if (funds.length > 0) {
    const rows = await view.query<SecurityRow>(BROUGHT_SQL, {
      ...ends,
      funds: funds.map(({ fund }) => fund),
      managers: funds.map(({ manager }) => manager),
    });
    for (const row of rows) tally.add(row, true);
  }
  return { securities: tally.securities(), leftOut: { ...leftOut, debt: tally.debt } };
}

/** Filings with their index, managers whole, so many that their rows fit one query; in order of accession number. */
function* slices(filings: readonly CountedFiling[]): Generator<(readonly [CountedFiling, number])[]> {
  const byManager = new Map<number, (readonly [CountedFiling, number])[]>();
  const ordered = filings
    .map((filing, index) => [filing, index] as const)
    .sort(([a], [b]) => (a.accessionNumber < b.accessionNumber ? -1 : 1));
  for (const entry of ordered) {
    const own = byManager.get(entry[0].manager);
    if (own === undefined) byManager.set(entry[0].manager, [entry]);
    else own.push(entry);
  }
  let slice: (readonly [CountedFiling, number])[] = [];
  let rows = 0;
  for (const own of byManager.values()) {
    slice.push(...own);
    rows += own.reduce((sum, [{ entries }]) => sum + entries, 0);
    if (rows < ROWS_OF_A_QUERY) continue;
    yield slice;
    slice = [];
    rows = 0;
  }
  if (slice.length > 0) yield slice;
}

interface Gathered {
  issuerName: string | null;
  readonly managers: number[];
  readonly sharesBefore: number[];
  readonly sharesNow: number[];
  readonly rowKeys: number[];
  /** Values per share of filings, and of brought lists, which are rounded. */
  readonly exact: Values;
  readonly rounded: Values;
}

interface Values {
  readonly before: number[];
  readonly now: number[];
}

/** Puts the positions of one CUSIP from several queries together. */
class Tally {
  debt = 0;
  readonly #byCusip = new Map<string, Gathered>();

  add(row: SecurityRow, isBrought: boolean): void {
    if (!isShareIssue(row.cusip)) {
      this.debt += row.managers.length;
      return;
    }
    const gathered = this.#of(row.cusip);
    if (row.issuerName !== null && (gathered.issuerName === null || row.issuerName < gathered.issuerName))
      gathered.issuerName = row.issuerName;
    append(gathered.managers, row.managers);
    append(gathered.sharesBefore, row.sharesBefore);
    append(gathered.sharesNow, row.sharesNow);
    append(gathered.rowKeys, row.rowKeys);
    const values = isBrought ? gathered.rounded : gathered.exact;
    append(values.before, row.valuesBefore);
    append(values.now, row.valuesNow);
  }

  #of(cusip: string): Gathered {
    let gathered = this.#byCusip.get(cusip);
    if (gathered === undefined) {
      gathered = {
        issuerName: null,
        managers: [],
        sharesBefore: [],
        sharesNow: [],
        rowKeys: [],
        exact: { before: [], now: [] },
        rounded: { before: [], now: [] },
      };
      this.#byCusip.set(cusip, gathered);
    }
    return gathered;
  }

  /** In order of CUSIP, positions in order of manager. */
  securities(): RawSecurity[] {
    return [...this.#byCusip.keys()].sort().map((cusip) => rawSecurity(cusip, this.#byCusip.get(cusip)!));
  }
}

function append<Value>(to: Value[], values: readonly (Value | null)[]): void {
  for (const value of values) if (value !== null) to.push(value);
}

function rawSecurity(cusip: string, gathered: Gathered): RawSecurity {
  const order = gathered.managers.map((_, place) => place);
  order.sort((a, b) => gathered.managers[a]! - gathered.managers[b]!);
  const pick = (column: readonly number[]): number[] => order.map((place) => column[place]!);
  const { exact, rounded, issuerName } = gathered;
  return {
    cusip,
    issuerName,
    managers: pick(gathered.managers),
    sharesBefore: pick(gathered.sharesBefore),
    sharesNow: pick(gathered.sharesNow),
    rowKeys: pick(gathered.rowKeys),
    valuePerShareBefore: median(exact.before) ?? median(rounded.before),
    valuePerShareNow: median(exact.now) ?? median(rounded.now),
    isRounded: exact.now.length === 0,
  };
}

/** @returns null for no value; sorts in place */
function median(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
