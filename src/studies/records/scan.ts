import type { IsoDate, Lookback, Measure } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { recordStanding } from '../../stats/index.js';
import { ownLookbackPeriods } from './family.js';
import { kindOf, normalisedRecords } from './grid.js';

/** A period in which a series set a record or nominal record, found without any test. */
export interface FoundRecord {
  readonly flow: FlowSeries;
  readonly periodEnd: IsoDate;
  readonly value: number;
  readonly kind: 'record' | 'nominal record';
}

export interface ScanQuestion {
  readonly measure: Measure;
  readonly lookback: Lookback;
  /** Newest periods looked at. */
  readonly periods: number;
}

/** A full look-back of data before a period is needed for it to be called a record of that look-back. */
const MINIMUM_COVERAGE = 0.95;

function scanSeries(flow: FlowSeries, { measure, lookback, periods }: ScanQuestion): FoundRecord[] {
  const series = flow.ruler(measure, flow.mainRuler);
  const { values } = series;
  const found: FoundRecord[] = [];
  for (let period = Math.max(1, values.length - periods); period < values.length; period++) {
    const standing = recordStanding(
      values.subarray(0, period + 1),
      ownLookbackPeriods(flow, series, lookback, period),
    );
    if (standing.isRecord !== true || standing.coverage < MINIMUM_COVERAGE) continue;
    const kind = kindOf(true, normalisedRecords(flow, period, { measure, lookback }));
    if (kind === 'none') continue;
    found.push({ flow, periodEnd: flow.calendar.periodEnds[period]!, value: values[period]!, kind });
  }
  return found;
}

/** Every record and nominal record of the newest periods, oldest first. */
export function scanRecords(flows: readonly FlowSeries[], question: ScanQuestion): FoundRecord[] {
  return flows
    .flatMap((flow) => scanSeries(flow, question))
    .sort((a, b) => a.periodEnd.localeCompare(b.periodEnd));
}
