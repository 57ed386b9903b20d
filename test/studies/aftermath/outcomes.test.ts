import { describe, expect, test } from 'vitest';
import { cotReportDates, dayNumber, type IsoDate, tradingDays } from '../../../src/core/index.js';
import type { FlowSeries } from '../../../src/flows/index.js';
import { weekAnchors } from '../../../src/studies/aftermath/anchors.js';
import { findEvents } from '../../../src/studies/aftermath/events.js';
import { drawdownTimes, priceOutcomes } from '../../../src/studies/aftermath/outcomes.js';
import { weekPaths } from '../../../src/studies/aftermath/paths.js';
import type { DailyCloses } from '../../../src/studies/aftermath/price-series.js';
import { flowInMemory } from './in-memory.js';

const days = tradingDays('2024-01-02' as IsoDate, '2024-12-31' as IsoDate).map(dayNumber);

function closesOf(price: (i: number) => number, volume: (i: number) => number = () => 1): DailyCloses {
  return {
    label: 'X',
    table: 'prices',
    symbol: 'X',
    priceBasis: 'unstated',
    days: Int32Array.from(days),
    closes: Float64Array.from(days, (_, i) => price(i)),
    volumes: Float64Array.from(days, (_, i) => volume(i)),
  };
}

/** One flow with weeks to Tuesdays, known on the Friday after at 15:30 New York. */
const flow = flowInMemory('asset-manager', cotReportDates('2024-05-07' as IsoDate, '2024-07-30' as IsoDate));
const last = flow.calendar.periodEnds.length - 1;
/** Place of the first close after the first week (to 2024-05-07) was known: 2024-05-10. */
const entry = days.indexOf(dayNumber('2024-05-10' as IsoDate));

function outcomesOf(daily: DailyCloses, horizon: number) {
  const paths = weekPaths(flow, daily, last);
  const anchors = weekAnchors(flow, daily, last);
  return priceOutcomes({ paths, floor: { paths, anchors }, benchmark: () => 0.01 }, horizon);
}

describe('outcomes by hand', () => {
  test('return, excess and drawdown run from the first close after the week was known', () => {
    // 100 until the entry, then 110, 98, 104.5 and on.
    const path = [100, 110, 98, 104.5, 104.5, 104.5];
    const daily = closesOf((i) => (i <= entry ? 100 : (path[i - entry] ?? 104.5)));
    const found = outcomesOf(daily, 1);
    expect(found.return![0]).toBeCloseTo(0.045, 12);
    expect(found['excess-return']![0]).toBeCloseTo(0.035, 12);
    expect(found['maximum-drawdown']![0]).toBeCloseTo(12 / 110, 12);
    expect(found['drawdown-beyond-5']![0]).toBe(1);
    expect(found['drawdown-beyond-10']![0]).toBe(1);
    const times = drawdownTimes(weekPaths(flow, daily, last), 0.05, 52);
    // Friday to the Tuesday after.
    expect(times.weeks[0]).toBeCloseTo(4 / 7, 12);
    expect(times.happened[0]).toBe(1);
  });

  test('the floor is the volume-weighted price of the week itself', () => {
    const start = days.indexOf(dayNumber('2024-05-01' as IsoDate));
    const daily = closesOf(
      (i) => (i < start + 2 ? 90 : i <= entry ? 100 : i === entry + 1 ? 95 : 105),
      (i) => (i < start + 2 ? 3 : 1),
    );
    const anchors = weekAnchors(flow, daily, last);
    // 2024-05-01, 02 at 90 with volume 3, then 03, 06, 07 at 100 with volume 1.
    expect(anchors.prices[0]).toBeCloseTo((90 * 6 + 100 * 3) / 9, 12);
    const found = outcomesOf(daily, 1);
    expect(found['floor-days-above']![0]).toBe(1);
    expect(found['floor-depth-below']![0]).toBe(0);
  });

  test('a touch that turns is a rebound, one that goes through is none', () => {
    const wobble = (i: number) => (i % 2 === 0 ? 1 : 1.01);
    const path = (after: readonly number[]) =>
      closesOf((i) =>
        i <= entry - 4 ? 100 * wobble(i) : i <= entry ? 110 : 100 * (after[i - entry - 1] ?? after.at(-1)!),
      );
    const rebounds = (after: readonly number[]) => outcomesOf(path(after), 4)['floor-rebounds']![0];
    // The week's price is 102.4 and a day's volatility 1.5 %: 102 is a touch, 130 above it and 80 below.
    const [touch, high] = [1.02, 1.3];
    expect(rebounds([high, touch, high])).toBe(1);
    expect(rebounds([high, touch, touch, high, touch, 0.8, 0.8])).toBe(0.5);
    expect(rebounds([high, touch])).toBeNaN();
    expect(rebounds([high, 0.8, high])).toBe(0);
    expect(rebounds([high])).toBeNaN();
  });

  test('a horizon that is not over, and closes with a hole, give nothing', () => {
    const whole = closesOf((i) => 100 + i);
    const short = {
      ...whole,
      days: whole.days.slice(0, entry + 3),
      closes: whole.closes.slice(0, entry + 3),
    };
    expect(outcomesOf(short, 1).return![0]).toBeNaN();
    const keep = (i: number) => i < entry + 6 || i > entry + 14;
    const holed = {
      ...whole,
      days: whole.days.filter((_, i) => keep(i)),
      closes: whole.closes.filter((_, i) => keep(i)),
      volumes: whole.volumes!.filter((_, i) => keep(i)),
    };
    expect(outcomesOf(holed, 1).return![0]).not.toBeNaN();
    expect(outcomesOf(holed, 4).return![0]).toBeNaN();
  });
});

describe('the event rule', () => {
  const flowWith = (values: readonly number[]): FlowSeries =>
    ({
      ...flow,
      calendar: { ...flow.calendar, periodEnds: values.map((_, i) => `week ${i}` as IsoDate) },
      ruler: () => ({ values: Float64Array.from(values), unit: 'dollars', reasonAt: () => null }),
    }) as FlowSeries;
  const rule = { kind: 'records', measure: 'net', ruler: 'dollars', threshold: null } as const;
  const history = Array.from({ length: 156 }, (_, i) => (i % 7) + 1);

  test('needs 156 weeks before, takes the first of a run, and never an amount sold', () => {
    const values = [...history.slice(1), 9, 10, 11, ...Array.from({ length: 12 }, () => 1), 12];
    const { found, kept } = findEvents(flowWith(values), rule, values.length - 1);
    expect([...found]).toEqual([156, 157, 170]);
    expect([...kept]).toEqual([156, 170]);
    const sold = values.map((value) => value - 100);
    expect(findEvents(flowWith(sold), rule, sold.length - 1).found).toHaveLength(0);
  });

  test('an event stays one whatever comes later', () => {
    const values = [...history, 9, 3, 10, 2];
    const early = findEvents(flowWith(values), rule, 157);
    const late = findEvents(flowWith(values), rule, values.length - 1);
    expect([...late.found].filter((week) => week <= 157)).toEqual([...early.found]);
  });
});
