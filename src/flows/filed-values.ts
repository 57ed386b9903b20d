import { addDays, groupBy, type IsoDate } from '../core/index.js';
import { quantileOfSorted } from '../stats/index.js';
import type { AsOfView } from '../store/index.js';
import { quarterBefore, readPanelLists } from './thirteen-f-panel.js';
import { readQuarterCloses } from './thirteen-f-prices.js';

/** A Form 13F filing's values held against the market's closes at its quarter's end. */
export interface FiledValues {
  /** Median of (value as filed / shares) / close: near 1 in dollars, near 0.001 in thousands. */
  readonly medianOverClose: number;
  /** Rows of shares whose close is known. */
  readonly rows: number;
}

interface FiledRow {
  readonly accessionNumber: string;
  readonly periodOfReport: IsoDate;
  readonly cusip: string;
  readonly perShare: number;
}

const FILED_SQL = `
  SELECT accession_number, period_of_report, cusip, value_reported / amount AS per_share FROM holdings
  WHERE list_contains($filings, accession_number) AND amount_type = 'SH' AND put_call IS NULL AND cusip_valid
    AND value_reported > 0 AND amount > 0 AND period_of_report = last_day(make_date(year(period_of_report), 3 * quarter(period_of_report), 1))
  ORDER BY period_of_report, accession_number, entry`;

/** A close of a day further from the quarter's end is none of it. */
const DAYS_TO_QUARTER_END = 7;

/** Closes at a quarter's end by CUSIP; null where the view has none. */
async function closesAt(
  view: AsOfView,
  end: IsoDate,
  { register, vendorSplits }: Awaited<ReturnType<typeof readPanelLists>>,
): Promise<(cusip: string) => number | null> {
  const closes = await readQuarterCloses(view, { start: addDays(quarterBefore(end), 1), end }, vendorSplits);
  return (cusip) => {
    const ticker = register.tickers(cusip, end).find((symbol) => closes.has(symbol));
    const own = ticker === undefined ? undefined : closes.get(ticker);
    return own === undefined || own.lastDate < addDays(end, -DAYS_TO_QUARTER_END) ? null : own.last;
  };
}

/** What closes of the view say of filings' units, by accession number; filings without a priced row are left out. */
export async function readFiledValues(
  view: AsOfView,
  filings: readonly string[],
): Promise<Map<string, FiledValues>> {
  const rows = await view.query<FiledRow & Record<string, unknown>>(FILED_SQL, { filings: [...filings] });
  const found = new Map<string, FiledValues>();
  if (rows.length === 0) return found;
  const lists = await readPanelLists(view);
  for (const [end, ofQuarter] of groupBy(rows, ({ periodOfReport }) => periodOfReport)) {
    const closeOf = await closesAt(view, end, lists);
    for (const [filing, own] of groupBy(ofQuarter, ({ accessionNumber }) => accessionNumber)) {
      const ratios = own.flatMap(({ cusip, perShare }) => {
        const close = closeOf(cusip);
        return close === null ? [] : [perShare / close];
      });
      if (ratios.length > 0)
        found.set(filing, {
          medianOverClose: quantileOfSorted(Float64Array.from(ratios).sort(), 0.5),
          rows: ratios.length,
        });
    }
  }
  return found;
}
