import { addDays, basisSpans, groupBy, type IsoDate, tradingDays, type VendorSplit } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

const PRICE_KINDS = [
  'mean-daily-close',
  'mean-weekly-close',
  'filed-value-per-share',
  'rounded-value-per-share',
  'value-per-share-before',
] as const;
/**
 * What a reference price is: the mean of the quarter's closes, daily or weekly; else the median over managers of value /
 * shares at the quarter's end, exact from filings or rounded from a brought list; else that of the quarter before.
 */
export type PriceKind = (typeof PRICE_KINDS)[number];

/** A symbol's closes over a quarter, in dollars a share in the split basis of the quarter's end. */
export interface QuarterCloses {
  readonly kind: 'mean-daily-close' | 'mean-weekly-close';
  readonly mean: number;
  readonly last: number;
  readonly lastDate: IsoDate;
  readonly closes: number;
  /** Closes that a whole quarter has. */
  readonly of: number;
}

interface CloseRow {
  readonly symbol: string;
  readonly frequency: 'daily' | 'weekly';
  readonly closes: number;
  readonly mean: number;
  readonly last: number;
  readonly lastDate: IsoDate;
}

const CLOSES_SQL = `
WITH spans AS (
  SELECT unnest($symbols) AS symbol, unnest($froms)::DATE AS first, unnest($tos)::DATE AS last, unnest($factors)::DOUBLE AS factor
), closes AS (
  SELECT p.symbol, p.frequency, p.date, p.close * coalesce(s.factor, 1) AS close
  FROM prices p LEFT JOIN spans s ON s.symbol = p.symbol AND p.date BETWEEN s.first AND s.last
  WHERE p.price_basis = 'split-adjusted' AND p.close > 0 AND p.date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
)
SELECT symbol, frequency, count(*) AS closes, avg(close) AS mean, arg_max(close, date) AS last, max(date) AS last_date
FROM closes GROUP BY symbol, frequency ORDER BY symbol, frequency`;

/** Splits and all else that the vendor books as one, as far as the view knows them. */
export function readVendorSplits(view: AsOfView): Promise<VendorSplit[]> {
  return view.query<VendorSplit>(
    'SELECT symbol, date, split FROM corporate_actions WHERE split > 0 ORDER BY symbol, date',
  );
}

/**
 * Mean closes of a quarter by symbol. Vendors adjust closes for later splits and for spin-offs; that is undone for all that
 * the view knows, and only true splits up to the quarter's end are put back. A symbol with a ratio inside the quarter that is
 * on no checked list has none.
 */
export async function readQuarterCloses(
  view: AsOfView,
  quarter: { readonly start: IsoDate; readonly end: IsoDate },
  vendorSplits: readonly VendorSplit[],
): Promise<Map<string, QuarterCloses>> {
  const later = groupBy(
    vendorSplits.filter(({ date }) => date > quarter.start),
    ({ symbol }) => symbol,
  );
  const unclear = new Set<string>();
  const spans: { symbol: string; from: IsoDate; to: IsoDate; factor: number }[] = [];
  for (const [symbol, splits] of later) {
    const own = basisSpans(quarter.start, quarter.end, splits);
    if (own === null) unclear.add(symbol);
    else spans.push(...own.map((span) => ({ symbol, ...span })));
  }
  const none = { symbol: '', from: quarter.start, to: quarter.start, factor: 1.5 };
  const listed = [...spans, none];
  const rows = await view.query<CloseRow>(CLOSES_SQL, {
    from: quarter.start,
    to: quarter.end,
    symbols: listed.map(({ symbol }) => symbol),
    froms: listed.map(({ from }) => from),
    tos: listed.map(({ to }) => to),
    factors: listed.map(({ factor }) => factor),
  });
  const sessions = tradingDays(quarter.start, quarter.end).length;
  const weeks = fridays(quarter.start, quarter.end);
  const closes = new Map<string, QuarterCloses>();
  for (const row of rows) {
    if (unclear.has(row.symbol) || closes.has(row.symbol)) continue;
    const { mean, last, lastDate } = row;
    closes.set(row.symbol, {
      kind: row.frequency === 'daily' ? 'mean-daily-close' : 'mean-weekly-close',
      mean,
      last,
      lastDate,
      closes: row.closes,
      of: row.frequency === 'daily' ? sessions : weeks,
    });
  }
  return closes;
}

function fridays(from: IsoDate, to: IsoDate): number {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (new Date(`${day}T00:00Z`).getUTCDay() === 5) count++;
  }
  return count;
}

/** The closes of a quarter end agree with the filings' own value / shares within this. */
const SAME_BASIS = 1.1;
/** Where only the quarter before has a value, a price may have moved so far. */
const SAME_SECURITY = 2.5;
/** Mean of fewer sessions than this is no price of the quarter. */
const FEWEST_CLOSES = 2;
const DAYS_TO_QUARTER_END = 7;

export interface ReferencePrice {
  readonly price: number | null;
  readonly kind: PriceKind | null;
  readonly flags: readonly string[];
}

/**
 * The reference price of a security for a quarter: the mean close of its ticker if the filings' own values say that it is
 * the same security in the same split basis, else a value per share.
 * @param factor brings shares of the quarter before to those of its end; null where not known
 */
export function referencePrice(
  closes: QuarterCloses | undefined,
  filed: { readonly before: number | null; readonly now: number | null; readonly isRounded: boolean },
  factor: number | null,
  quarterEnd: IsoDate,
): ReferencePrice {
  const { before, now, isRounded } = filed;
  const flags: string[] = [];
  if (closes !== undefined && closes.closes >= FEWEST_CLOSES) {
    const dispute = disputed(closes, { before, now }, factor, quarterEnd);
    if (dispute === null) {
      if (closes.closes < 0.9 * closes.of) flags.push(`price: ${closes.closes} of ${closes.of} closes`);
      return { price: closes.mean, kind: closes.kind, flags };
    }
    flags.push(dispute);
  }
  if (now !== null)
    return { price: now, kind: isRounded ? 'rounded-value-per-share' : 'filed-value-per-share', flags };
  if (before !== null && factor !== null)
    return { price: before / factor, kind: 'value-per-share-before', flags };
  return { price: null, kind: null, flags };
}

function disputed(
  { last, lastDate, mean }: QuarterCloses,
  { before, now }: { readonly before: number | null; readonly now: number | null },
  factor: number | null,
  quarterEnd: IsoDate,
): string | null {
  const apart = (a: number, b: number, limit: number): boolean => a > b * limit || b > a * limit;
  if (now !== null) {
    if (lastDate < addDays(quarterEnd, -DAYS_TO_QUARTER_END)) return null;
    return apart(last, now, SAME_BASIS)
      ? `price: the close of ${lastDate}, ${figure(last)}, is not the filings' value per share, ${figure(now)}`
      : null;
  }
  if (before === null || factor === null || !apart(mean, before / factor, SAME_SECURITY)) return null;
  return `price: the mean close, ${figure(mean)}, is far from the value per share of the quarter before, ${figure(before / factor)}`;
}

const figure = (value: number): string => value.toPrecision(4);
