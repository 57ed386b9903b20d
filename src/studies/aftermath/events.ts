import type { IsoDate, Measure, Ruler } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { declusterFirst, rollingZ } from '../../stats/index.js';

/** Weeks of history that a record needs before it counts as one. */
const FEWEST_LOOKBACK_WEEKS = 156;
/** Of a run of events only the first within so many weeks counts. */
export const DECLUSTER_WEEKS = 13;
/** Fewer events give figures and no claim. */
export const FEWEST_EVENTS = 5;
export const DEFAULT_Z_THRESHOLD = 2;

const Z_WEEKS = 520;

export interface EventRule {
  readonly kind: 'records' | 'z520';
  readonly measure: Measure;
  readonly ruler: Ruler;
  /** Of rule z520; null for records. */
  readonly threshold: number | null;
}

/** The events of a series up to a period. Nothing but the flow is looked at. */
export interface EventWeeks {
  readonly rule: string;
  /** Periods, ascending, before and after declustering. */
  readonly found: Uint32Array;
  readonly kept: Uint32Array;
  readonly values: Float64Array;
  readonly unit: string;
  dateOf(period: number): IsoDate;
}

/** Periods whose value is above 0 and above each of the 156 or more values before it. */
function expandingRecords(values: Float64Array): number[] {
  const found: number[] = [];
  let largest = Number.NEGATIVE_INFINITY;
  let seen = 0;
  values.forEach((value, period) => {
    if (Number.isNaN(value)) return;
    if (seen >= FEWEST_LOOKBACK_WEEKS && value > largest && value > 0) found.push(period);
    largest = Math.max(largest, value);
    seen++;
  });
  return found;
}

function ruleText({ kind, measure, ruler, threshold }: EventRule): string {
  const what = `${measure} in ${ruler}`;
  const event =
    kind === 'records'
      ? `${what} above 0 and above all earlier weeks, at least ${FEWEST_LOOKBACK_WEEKS} of them`
      : `${what} more than ${threshold} standard deviations above the mean of the ${Z_WEEKS} weeks before`;
  return `${event}; the first in ${DECLUSTER_WEEKS} weeks`;
}

/**
 * Applies the rule to the weeks up to and with `last`. Each week is judged by the weeks before it alone (measures.md section 10), so
 * an event stays one whatever comes later.
 */
export function findEvents(flow: FlowSeries, rule: EventRule, last: number): EventWeeks {
  const ruler = flow.ruler(rule.measure, rule.ruler);
  const values = ruler.values.slice(0, last + 1);
  const { periodEnds } = flow.calendar;
  const found =
    rule.kind === 'records'
      ? expandingRecords(values)
      : Array.from(rollingZ(values, Z_WEEKS), (z, period) => (z > rule.threshold! ? period : -1)).filter(
          (period) => period >= 0,
        );
  return {
    rule: ruleText(rule),
    found: Uint32Array.from(found),
    kept: declusterFirst(found, DECLUSTER_WEEKS),
    values,
    unit: ruler.unit,
    dateOf: (period) => periodEnds[period]!,
  };
}
