import { type FlowRow, type IsoDate, tickerSymbol } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { readMarketValues } from './market-value.js';

/** What the scale needs of a row, be it a flow or a sum of flows. */
type NamedRow = Pick<FlowRow, 'periodStart' | 'net' | 'reasons'> &
  Partial<Pick<FlowRow, 'symbol' | 'bpsCap' | 'coverage'>>;

/**
 * Flow rows of single names on the scale of the name's own market value at the period's start, in basis points. Rows of several
 * names stay as they are.
 * @param only the one name that all rows are of, where rows do not say it
 */
export async function onNameScale<Row extends NamedRow>(
  view: AsOfView,
  rows: readonly Row[],
  only?: string,
): Promise<Row[]> {
  const values = await readMarketValues(view);
  const company = (row: Row) => {
    const symbol = row.symbol ?? only;
    return symbol === undefined ? null : values.companies.companyOf(tickerSymbol(symbol), row.periodStart);
  };
  const asked = rows.map(company);
  const days = new Set<IsoDate>(rows.map(({ periodStart }) => periodStart));
  const valueOn = await values.read(
    asked.filter((one) => one !== null),
    [...days],
  );
  return rows.map((row, index) => {
    const of = asked[index];
    if (of == null) return row;
    const value = valueOn(of, row.periodStart);
    if (value.dollars === null) return { ...row, reasons: { ...row.reasons, bpsCap: value.reason } };
    if (row.net === null) return row;
    const rests = `market value of the company: shares counted on ${value.countedOn}, close of ${value.closeDate}`;
    return {
      ...row,
      bpsCap: (1e4 * row.net) / value.dollars,
      coverage: { ...row.coverage, bpsCap: rests },
    };
  });
}
