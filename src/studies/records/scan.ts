import {
  CONTRACT_REGISTER,
  COT_CLASSES,
  type CotClass,
  type IsoDate,
  type Lookback,
  type Measure,
} from '../../core/index.js';
import { type CotReport, hasDollars, readCotSeries, readScaleContext } from '../../flows/index.js';
import { recordStanding } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';
import { lookbackPeriods } from './family.js';
import { definitionGrid, kindOf, normalisedRecords, RulerTable } from './grid.js';

/** A week in which a class set a record or nominal record, found without any test. */
export interface FoundRecord {
  readonly contract: string;
  readonly class: CotClass;
  readonly periodEnd: IsoDate;
  readonly value: number;
  readonly ruler: 'dollars' | 'contracts';
  readonly kind: 'record' | 'nominal record';
}

export interface ScanQuestion {
  readonly measure: Measure;
  readonly lookback: Lookback;
  readonly report: CotReport;
  /** Newest weeks looked at. */
  readonly weeks: number;
}

/** A full look-back of data before a week is needed for it to be called a record of that look-back. */
const MINIMUM_COVERAGE = 0.95;

/** Every record and nominal record of the newest weeks, over contracts that no consolidated series contains. */
export async function scanRecords(view: AsOfView, question: ScanQuestion): Promise<FoundRecord[]> {
  const codes = CONTRACT_REGISTER.filter((entry) => entry.consolidatedInto === null).map(
    (entry) => entry.code,
  );
  const series = await readCotSeries(view, { report: question.report, codes });
  const scales = await readScaleContext(view, series);
  const found: FoundRecord[] = [];
  for (const contract of series) {
    const ruler = hasDollars(contract) ? 'dollars' : 'contracts';
    for (const name of COT_CLASSES) {
      const table = new RulerTable(contract, name, scales);
      const { values } = table.of(question.measure, ruler);
      for (let period = Math.max(1, values.length - question.weeks); period < values.length; period++) {
        const standing = recordStanding(
          values.subarray(0, period + 1),
          lookbackPeriods(question.lookback, period),
        );
        if (standing.isRecord !== true || standing.coverage < MINIMUM_COVERAGE) continue;
        const grid = definitionGrid(table, period);
        const kind = kindOf(standing.isRecord, normalisedRecords(grid, question.measure, question.lookback));
        if (kind === 'none') continue;
        const periodEnd = contract.calendar.periodEnds[period]!;
        found.push({ contract: contract.code, class: name, periodEnd, value: values[period]!, ruler, kind });
      }
    }
  }
  return found.sort((a, b) => a.periodEnd.localeCompare(b.periodEnd) || a.contract.localeCompare(b.contract));
}
