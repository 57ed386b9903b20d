import type { AgreementPoint, ClassAgreementRow } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { agreementRatio, jointTailCount } from '../../stats/index.js';

/** Earlier weeks without which a decile is not told, as in the test of the week: a year. */
const FEWEST_EARLIER = 52;

/**
 * Agreement and joint tail of the classes in every week up to one, each by what was known at its own end: the week's
 * figures among all others. The last point has the figures of `agreementRow`.
 *
 * @param flows  one series a class, of one place and calendar
 * @param period place of the last week in the calendar
 * @returns one point for each week in which every class is known, one at least moved, and a year of such weeks went before
 */
export function agreementHistory(
  flows: readonly FlowSeries[],
  ruler: ClassAgreementRow['ruler'],
  period: number,
): AgreementPoint[] {
  const { periodEnds } = flows[0]!.calendar;
  const series = flows.map((flow) => flow.ruler('net', ruler).values);
  const past = series.map(() => new Float64Array(period + 1));
  const points: AgreementPoint[] = [];
  let known = 0;
  for (let t = 0; t <= period; t++) {
    const nets = series.map((values) => values[t]!);
    if (nets.some(Number.isNaN)) continue;
    nets.forEach((net, index) => {
      past[index]![known] = net;
    });
    known++;
    const agreement = agreementRatio(nets);
    if (agreement === null || known <= FEWEST_EARLIER) continue;
    const held = past.map((values) => values.subarray(0, known));
    const jointTail = jointTailCount(held);
    const jointTailSold = jointTailCount(held.map((values) => values.map((value) => -value)));
    points.push({ periodEnd: periodEnds[t]!, agreement, jointTail, jointTailSold });
  }
  return points;
}
