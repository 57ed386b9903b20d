import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../../src/core/index.js';
import { addDays, normalDraw, seededRandom } from '../../../src/core/index.js';
import type { CotContractSeries, FlowSeries } from '../../../src/flows/index.js';
import {
  AGREEING_CLASSES,
  agreeingFlows,
  agreementHistory,
  agreementRuler,
  classAgreement,
} from '../../../src/studies/unison/index.js';

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
      const last = agreementHistory(agreeingFlows(flowOf), 'contracts', period).at(-1)!;
      const { agreement, jointTail, jointTailSold, periodEnd } = classAgreement(contract, flowOf, period, {
        resamples: 19,
        seed: 1,
      });
      expect(last).toEqual({ periodEnd, agreement, jointTail, jointTailSold });
    }
  });

  it('starts after a year of weeks and says nothing of a week with a class missing', () => {
    const { flowOf } = market((nets) => {
      nets[1]![10] = Number.NaN;
      nets[2]![100] = Number.NaN;
    });
    const points = agreementHistory(agreeingFlows(flowOf), 'contracts', WEEKS - 1);
    expect(points[0]!.periodEnd).toBe(periodEnds[53]);
    expect(points).toHaveLength(WEEKS - 54);
    expect(points.map((point) => point.periodEnd)).not.toContain(periodEnds[100]);
  });

  it('does not change when later weeks arrive', () => {
    const { flowOf } = market();
    const before = agreementHistory(agreeingFlows(flowOf), 'contracts', 90);
    const wild = market((nets) => {
      for (const values of nets) values.fill(1e6, 91);
    });
    expect(agreementHistory(agreeingFlows(wild.flowOf), 'contracts', 90)).toEqual(before);
    const longer = agreementHistory(agreeingFlows(flowOf), 'contracts', WEEKS - 1);
    expect(longer.slice(0, before.length)).toEqual(before);
  });
});

describe('the scale of agreement', () => {
  /** Flows known in contracts throughout, as a share of open interest where `knows` says so. */
  const flowsOf = (knows: (week: number) => boolean): FlowSeries[] => {
    const { flowOf } = market();
    return agreeingFlows(flowOf).map((flow) => ({
      ...flow,
      ruler: (measure, ruler) => {
        const series = flow.ruler(measure, ruler);
        if (ruler !== 'pctOi') return series;
        const values = series.values.map((value, week) => (knows(week) ? value / 1000 : Number.NaN));
        return { ...series, values };
      },
    }));
  };

  it('is the share of open interest, and contracts where that is missing now or too often', () => {
    const last = WEEKS - 1;
    expect(
      agreementRuler(
        flowsOf(() => true),
        last,
      ),
    ).toBe('pctOi');
    expect(
      agreementRuler(
        flowsOf((week) => week > 4),
        last,
      ),
    ).toBe('pctOi');
    expect(
      agreementRuler(
        flowsOf((week) => week > 20),
        last,
      ),
    ).toBe('contracts');
    expect(
      agreementRuler(
        flowsOf((week) => week !== last),
        last,
      ),
    ).toBe('contracts');
  });

  it('is that of the test, while nets are told in contracts', () => {
    const { contract, flowOf, nets } = market();
    const growing = (name: string): FlowSeries => {
      const flow = flowOf(name);
      return {
        ...flow,
        ruler: (measure, ruler) => {
          const series = flow.ruler(measure, ruler);
          const scaled = series.values.map((value, week) => (ruler === 'pctOi' ? value / (1 + week) : value));
          return { ...series, values: scaled };
        },
      };
    };
    const asked = { resamples: 19, seed: 1 };
    const row = classAgreement(contract, growing, WEEKS - 1, asked);
    expect(row).toMatchObject({ ruler: 'pctOi', unit: 'contracts of the latest multiplier' });
    expect(row.nets).toEqual(nets.map((values) => values[WEEKS - 1]));
    expect(row.agreement).toBeCloseTo(classAgreement(contract, flowOf, WEEKS - 1, asked).agreement!, 12);
  });
});
