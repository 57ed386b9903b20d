import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../../src/core/index.js';
import { addDays, normalDraw, seededRandom } from '../../../src/core/index.js';
import type { CotContractSeries, FlowSeries } from '../../../src/flows/index.js';
import { AGREEING_CLASSES, agreementHistory, classAgreement } from '../../../src/studies/unison/index.js';

const WEEKS = 140;
const periodEnds = Array.from({ length: WEEKS }, (_, week) => addDays('2020-01-07' as IsoDate, 7 * week));

/** Three classes with invented nets; only what the study reads of a contract. */
function market(change: (nets: Float64Array[]) => void = () => {}) {
  const random = seededRandom(11);
  const nets = AGREEING_CLASSES.map(() => Float64Array.from({ length: WEEKS }, () => normalDraw(random)));
  change(nets);
  const contract = { code: '20974+', entry: null, calendar: { periodEnds } } as unknown as CotContractSeries;
  const flowOf = (name: string): FlowSeries => {
    const values = nets[AGREEING_CLASSES.indexOf(name as (typeof AGREEING_CLASSES)[number])]!;
    const ruler = () => ({ values, unit: 'contracts' });
    return {
      basis: 'cot',
      class: name,
      contract: contract.code,
      sector: null,
      sectorIsProxy: false,
      calendar: contract.calendar,
      ruler,
    } as unknown as FlowSeries;
  };
  return { contract, flowOf, nets };
}

describe('the history of agreement', () => {
  it('has in its last week the figures that the test of that week has', () => {
    for (const period of [WEEKS - 1, WEEKS - 2, 80]) {
      const { contract, flowOf } = market();
      const last = agreementHistory(contract, flowOf, period).at(-1)!;
      const { agreement, jointTail, periodEnd } = classAgreement(contract, flowOf, period, {
        resamples: 19,
        seed: 1,
      });
      expect(last).toEqual({ periodEnd, agreement, jointTail });
    }
  });

  it('starts after a year of weeks and says nothing of a week with a class missing', () => {
    const { contract, flowOf } = market((nets) => {
      nets[1]![10] = Number.NaN;
      nets[2]![100] = Number.NaN;
    });
    const points = agreementHistory(contract, flowOf, WEEKS - 1);
    expect(points[0]!.periodEnd).toBe(periodEnds[53]);
    expect(points).toHaveLength(WEEKS - 54);
    expect(points.map((point) => point.periodEnd)).not.toContain(periodEnds[100]);
  });

  it('does not change when later weeks arrive', () => {
    const { contract, flowOf } = market();
    const before = agreementHistory(contract, flowOf, 90);
    const wild = market((nets) => {
      for (const values of nets) values.fill(1e6, 91);
    });
    expect(agreementHistory(wild.contract, wild.flowOf, 90)).toEqual(before);
    const longer = agreementHistory(contract, flowOf, WEEKS - 1);
    expect(longer.slice(0, before.length)).toEqual(before);
  });
});
