import { type IsoDate, isShareIssue } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { ManagerSelection } from './thirteen-f-managers.js';
import {
  gatherPositions,
  type HoldingRows,
  type RawSecurity,
  type RowOrigin,
} from './thirteen-f-positions.js';

/** What is left out since it is no stock held. */
export interface LeftOutRows {
  /** Rows of the quarter asked for that are options. */
  readonly options: number;
  /** Rows of it that count principal. */
  readonly principal: number;
  /** Positions of either quarter that are called shares but whose CUSIP is of debt. */
  readonly debt: number;
}

interface Ends {
  readonly now: IsoDate;
  readonly before: IsoDate;
}

interface Named {
  readonly cusip: string;
  readonly issuerName: string | null;
}

const FILED = `holdings h JOIN (SELECT unnest($accessions) AS accession_number, unnest($origins)::INTEGER AS origin) o
  USING (accession_number)`;
const FILED_SHARES = "h.amount_type = 'SH' AND h.put_call IS NULL";
const BROUGHT = `fund_holdings h JOIN (
  SELECT unnest($funds) AS fund, unnest($ends)::DATE AS quarter_end, unnest($origins)::INTEGER AS origin
) o USING (fund, quarter_end)`;
const SECURITIES = `JOIN (SELECT unnest($cusips) AS cusip, unnest(range(len($cusips)))::INTEGER AS security) s USING (cusip)`;

const namesSql = (from: string, amount: string, where: string): string =>
  `SELECT h.cusip, min(h.issuer_name) FILTER (${amount} > 0) AS issuer_name FROM ${from} WHERE ${where} GROUP BY h.cusip`;

const rowsSql = (from: string, amount: string, value: string, where: string): string =>
  `SELECT o.origin, s.security, coalesce(${amount}, 0)::DOUBLE AS amount, ${value}::DOUBLE AS value,
    h.row_number::INTEGER AS row_number FROM ${from} ${SECURITIES} WHERE ${where}`;

const LEFT_OUT_SQL = `
SELECT count(*) FILTER (put_call IS NOT NULL) AS options,
  count(*) FILTER (put_call IS NULL AND amount_type IS DISTINCT FROM 'SH') AS principal
FROM holdings WHERE (put_call IS NOT NULL OR amount_type IS DISTINCT FROM 'SH')
  AND accession_number IN (SELECT unnest($accessions))`;

/** A table of holdings: where its rows come from, and how they are asked for. */
interface Part {
  readonly origins: readonly RowOrigin[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly from: string;
  readonly amount: string;
  readonly value: string;
  readonly where: string;
}

function partsOf({ filings, funds }: ManagerSelection, ends: Ends): Part[] {
  const filed = filings.map(({ manager, isNow }, filing) => ({ manager, isNow, filing }));
  const brought = funds.flatMap(({ manager }) =>
    [true, false].map((isNow) => ({ manager, isNow, filing: null })),
  );
  const parts: Part[] = [
    {
      origins: filed,
      parameters: { accessions: filings.map(({ accessionNumber }) => accessionNumber) },
      from: FILED,
      amount: 'h.amount',
      value: 'h.value_usd',
      where: FILED_SHARES,
    },
    {
      origins: brought,
      parameters: {
        funds: funds.flatMap(({ fund }) => [fund, fund]),
        ends: brought.map(({ isNow }) => (isNow ? ends.now : ends.before)),
      },
      from: BROUGHT,
      amount: 'h.shares',
      value: 'h.rounded_value_usd',
      where: 'true',
    },
  ];
  return parts.filter(({ origins }) => origins.length > 0);
}

/** Numbers from `first` on, so that the origins of several parts do not meet. */
const numbersFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

function joinedRows(parts: readonly HoldingRows[]): HoldingRows {
  if (parts.length === 1) return parts[0]!;
  const rows = parts.reduce((sum, { origin }) => sum + origin.length, 0);
  const whole = (of: (part: HoldingRows) => Int32Array): Int32Array =>
    filled(new Int32Array(rows), parts.map(of));
  const real = (of: (part: HoldingRows) => Float64Array): Float64Array =>
    filled(new Float64Array(rows), parts.map(of));
  return {
    origin: whole(({ origin }) => origin),
    security: whole(({ security }) => security),
    amount: real(({ amount }) => amount),
    value: real(({ value }) => value),
    rowNumber: whole(({ rowNumber }) => rowNumber),
  };
}

function filled<Column extends Int32Array | Float64Array>(all: Column, parts: readonly Column[]): Column {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export interface RawHoldings {
  readonly securities: readonly RawSecurity[];
  readonly leftOut: LeftOutRows;
}

/** Shares held by the selected managers at both quarter ends, summed by manager and CUSIP, in CUSIP order. */
export async function readRawHoldings(
  view: AsOfView,
  ends: Ends,
  selection: ManagerSelection,
): Promise<RawHoldings> {
  const parts = partsOf(selection, ends);
  const names = new Map<string, string | null>();
  const origins: RowOrigin[] = [];
  const asked: Record<string, unknown>[] = [];
  for (const { from, amount, where, ...part } of parts) {
    const parameters = { ...part.parameters, origins: numbersFrom(origins.length, part.origins.length) };
    for (const one of part.origins) origins.push(one);
    asked.push(parameters);
    for (const { cusip, issuerName } of await view.query<Named>(namesSql(from, amount, where), parameters)) {
      const known = names.get(cusip) ?? null;
      names.set(cusip, known === null || (issuerName !== null && issuerName < known) ? issuerName : known);
    }
  }
  const cusips = [...names.keys()].sort();
  const rows: HoldingRows[] = [];
  for (const [i, { from, amount, value, where }] of parts.entries())
    rows.push(await view.columns(rowsSql(from, amount, value, where), { ...asked[i], cusips }));
  const gathered = rows.length === 0 ? [] : gatherPositions(joinedRows(rows), origins, cusips.length);
  const securities: RawSecurity[] = [];
  let debt = 0;
  for (const [i, cusip] of cusips.entries()) {
    const positions = gathered[i]!;
    if (!isShareIssue(cusip)) debt += positions.managers.length;
    else if (positions.managers.length > 0)
      securities.push({ cusip, issuerName: names.get(cusip) ?? null, ...positions });
  }
  return { securities, leftOut: { ...(await leftOutRows(view, selection)), debt } };
}

async function leftOutRows(
  view: AsOfView,
  { filings }: ManagerSelection,
): Promise<Pick<LeftOutRows, 'options' | 'principal'>> {
  const accessions = filings.filter(({ isNow }) => isNow).map(({ accessionNumber }) => accessionNumber);
  if (accessions.length === 0) return { options: 0, principal: 0 };
  const [counts] = await view.query<{ options: number; principal: number }>(LEFT_OUT_SQL, { accessions });
  return counts!;
}
