import { COT_CLASSES, type CotClass } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { knownAtOf, sourcesOf } from './cot.js';
import { hasDollars, rulerSeries, type ScaleContext } from './cot-rulers.js';
import type { CotContractSeries } from './cot-series.js';
import { cachedRulers, type DataQuality, type FlowSeries } from './flow-series.js';

/** A row of the store that was set aside, near the period asked about. */
interface SetAsideNear {
  subject: string;
  periodEnd: string;
  fileName: string;
  rowNumber: number;
  reason: string;
}

/** Rows set aside, by contract code and report date. */
type SetAsideRows = ReadonlyMap<string, readonly SetAsideNear[]>;

/** Reads the rows of CFTC and brought positions that were set aside and told their contract and date. */
export async function readSetAsidePositions(view: AsOfView): Promise<SetAsideRows> {
  const rows = await view.query<SetAsideNear & Record<string, unknown>>(
    `SELECT subject, period_end, file_name, row_number, reason FROM set_aside
     WHERE source IN ('cftc', 'positions') AND subject IS NOT NULL AND period_end IS NOT NULL
     ORDER BY subject, period_end, file_name, row_number`,
  );
  const byPlace = new Map<string, SetAsideNear[]>();
  for (const row of rows) {
    const key = `${row.subject}|${row.periodEnd}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), row]);
  }
  return byPlace;
}

function qualityOf(series: CotContractSeries, period: number, setAside: SetAsideRows): DataQuality {
  const faults: string[] = [];
  let broughtRows = 0;
  for (const at of [period, period - 1]) {
    const point = series.points[at];
    const end = series.calendar.periodEnds[at];
    if (point?.grade === 'rebuilt') faults.push(`${end} is rebuilt from the next report`);
    if (point?.grade === 'brought') broughtRows++;
    if (point?.knownAtKind === 'import') faults.push(`${end} was revised`);
    for (const row of setAside.get(`${series.code}|${end}`) ?? [])
      faults.push(`a row of ${end} was set aside (${row.fileName}, row ${row.rowNumber}: ${row.reason})`);
  }
  const price = series.prices[period];
  if (price && price.priceDate !== series.calendar.periodEnds[period])
    faults.push(`the price is of ${price.priceDate}`);
  const remark =
    broughtRows > 0
      ? `${broughtRows} of the two reports are brought from elsewhere, not the CFTC's own file`
      : '';
  return { faults, remark, broughtRows };
}

function seriesOfClass(
  contract: CotContractSeries,
  name: CotClass,
  scales: ScaleContext,
  setAside: SetAsideRows,
): FlowSeries {
  return {
    basis: 'cot',
    class: name,
    sector: contract.entry?.sector ?? null,
    sectorIsProxy: contract.entry?.sectorIsProxy ?? false,
    contract: contract.code,
    symbol: null,
    name: contract.name,
    inFamily: contract.entry !== null,
    calendar: contract.calendar,
    mainRuler: hasDollars(contract) ? 'dollars' : 'contracts',
    has: (period) => contract.points[period] != null,
    ruler: cachedRulers((measure, ruler) => rulerSeries(contract, { class: name, measure, ruler }, scales)),
    knownAt: (period) => knownAtOf(contract, period),
    sources: (period) => sourcesOf(contract, period),
    quality: (period) => qualityOf(contract, period, setAside),
    breadth: () => null,
  };
}

/** The five classes of one contract as series that the studies can ask. */
export function cotFlowSeries(
  contract: CotContractSeries,
  scales: ScaleContext,
  setAside: SetAsideRows,
): Record<CotClass, FlowSeries> {
  return Object.fromEntries(
    COT_CLASSES.map((name) => [name, seriesOfClass(contract, name, scales, setAside)]),
  ) as Record<CotClass, FlowSeries>;
}
