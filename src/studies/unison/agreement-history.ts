import type { AgreementPoint, CotClass } from '../../core/index.js';
import type { CotContractSeries, FlowSeries } from '../../flows/index.js';
import { agreementRatio, jointTailCount } from '../../stats/index.js';
import { AGREEING_CLASSES } from './class-agreement.js';

/** Earlier weeks without which a decile is not told, as in the test of the week: a year. */
const FEWEST_EARLIER = 52;

/**
 * Agreement and joint tail of the three classes in every week up to one, each by what was known at its own end: the week's
 * figures among all others. The last point has the figures of `classAgreement`.
 *
 * @param period place of the last week in the contract's calendar
 * @returns one point for each week in which every class is known, one at least moved, and a year of such weeks went before
 */
export function agreementHistory(
  contract: CotContractSeries,
  flowOf: (name: CotClass) => FlowSeries,
  period: number,
): AgreementPoint[] {
  const series = AGREEING_CLASSES.map((name) => flowOf(name).ruler('net', 'contracts').values);
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
    const jointTail = jointTailCount(past.map((values) => values.subarray(0, known)));
    points.push({ periodEnd: contract.calendar.periodEnds[t]!, agreement, jointTail });
  }
  return points;
}
