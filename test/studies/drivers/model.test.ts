import { describe, expect, it } from 'vitest';
import { type Driver, dayNumber, type IsoDate, normalDraw, seededRandom } from '../../../src/core/index.js';
import { fitDrivers, type ModelColumn, verdictOf } from '../../../src/studies/drivers/index.js';
import { policyState } from '../../../src/studies/drivers/policy.js';

const WEEKS = 301;
const random = seededRandom(5);
const draws = (): Float64Array => Float64Array.from({ length: WEEKS }, () => normalDraw(random));
const column = (driver: Driver | 'control', factor: string, values = draws()): ModelColumn => ({
  driver,
  factor,
  values,
});
const without = (values: Float64Array, weeks: number): Float64Array =>
  values.map((value, t) => (t < weeks ? Number.NaN : value));

const market = column('control', 'market-return');
const ai = column('ai', 'ai-basket-excess-return');
const earnings = column('earnings', 'earnings-surprise');
const beats = column('earnings', 'net-beats');
const rotation = column('rotation', 'cyclical-net-sold');
const flow = draws().map((value, t) => value + 0.5 * ai.values[t]!);
const options = { resamples: 0, seed: 1 };

describe('the declared regression', () => {
  it('leaves the week asked about out of the fit', () => {
    const columns = [market, ai, rotation];
    const one = fitDrivers({ flow, columns, ...options }).fit!;
    const other = fitDrivers({
      flow: flow.map((value, t) => (t === WEEKS - 1 ? value + 40 : value)),
      columns,
      ...options,
    }).fit!;
    expect(other.regression.coefficients).toEqual(one.regression.coefficients);
    expect(other.contributions.get('ai')).toEqual(one.contributions.get('ai'));
    expect(other.actual - one.actual).toBeCloseTo(40, 10);
    expect(one.rows).toHaveLength(WEEKS - 2);
  });

  it("gives a driver b x (factor - its mean up to then), and the week's parts add up to the fitted flow", () => {
    const fit = fitDrivers({ flow, columns: [market, ai, rotation], ...options }).fit!;
    const usual = ai.values.slice(1, -1).reduce((sum, value) => sum + value, 0) / (WEEKS - 2);
    const slope =
      fit.regression.coefficients[fit.columns.findIndex(({ factor }) => factor === ai.factor) + 1]!;
    expect(fit.contributions.get('ai')!.value).toBeCloseTo(slope * (ai.values.at(-1)! - usual), 12);
    const parts = [...fit.parts.values()].reduce((sum, part) => sum + part, 0);
    expect(fit.meanFlow + parts).toBeCloseTo(fit.fitted, 12);
    expect(fit.shares!.shares.map(({ name }) => name)).toEqual(['ai', 'rotation']);
  });

  it('drops what is not known in the week or in 156 weeks before, and says so', () => {
    const unknown = {
      ...rotation,
      values: rotation.values.map((value, t) => (t === WEEKS - 1 ? Number.NaN : value)),
    };
    const short = { ...earnings, values: without(earnings.values, 200) };
    const { fit, dropped } = fitDrivers({ flow, columns: [market, ai, unknown, short], ...options });
    expect(dropped.get('cyclical-net-sold')).toBe('not known in the week');
    expect(dropped.get('earnings-surprise')).toBe('known with the flow in 100 weeks before, 156 needed');
    expect(fit!.columns.map(({ factor }) => factor)).toEqual(['market-return', 'lagged-flow', ai.factor]);
  });

  it("drops a driver's second factor before any driver's only one", () => {
    const late = { ...rotation, values: without(rotation.values, 120) };
    const early = {
      ...beats,
      values: beats.values.map((value, t) => (t > 170 && t < WEEKS - 1 ? Number.NaN : value)),
    };
    const { fit, dropped } = fitDrivers({ flow, columns: [market, ai, earnings, early, late], ...options });
    expect([...dropped.keys()]).toEqual(['net-beats']);
    expect(fit!.rows.length).toBeGreaterThan(156);
  });

  it('drops what repeats another factor or does not vary', () => {
    const twice = column(
      'macro',
      'policy-path-change',
      ai.values.map((value) => 2 * value + 1),
    );
    const constant = column('earnings', 'guidance-tone', new Float64Array(WEEKS).fill(3));
    const { dropped, fit } = fitDrivers({ flow, columns: [market, ai, twice, constant], ...options });
    expect(dropped.get('policy-path-change')).toMatch(/a combination of the others/);
    expect(dropped.get('guidance-tone')).toMatch(/does not vary/);
    expect(fit!.contributions.size).toBe(1);
  });

  it('drops a factor that differs from another in a single week, which would decide its coefficient alone', () => {
    const path = column(
      'macro',
      'policy-path-change',
      ai.values.map((value, t) => (t === 150 ? value + 0.25 : value)),
    );
    const { dropped, fit } = fitDrivers({ flow, columns: [market, ai, path], ...options });
    expect(dropped.get('policy-path-change')).toMatch(
      /rests on 1.0 of the 299 weeks of the regression, 5 needed/,
    );
    expect(fit!.columns).toHaveLength(3);
  });

  it('is null with its reason where the week has no flow, a control is missing, or weeks are too few', () => {
    const reasonOf = (values: Float64Array, columns: readonly ModelColumn[]) =>
      fitDrivers({ flow: values, columns, ...options }).reason;
    expect(
      reasonOf(
        flow.map((value, t) => (t === WEEKS - 1 ? Number.NaN : value)),
        [market, ai],
      ),
    ).toMatch(/no volScaled net/);
    const noMarket = { ...market, values: new Float64Array(WEEKS).fill(Number.NaN) };
    expect(reasonOf(flow, [noMarket, ai])).toMatch(/control market-return is not known in the week/);
    expect(reasonOf(without(flow, 200), [market, ai])).toMatch(/156 needed/);
  });
});

describe('a verdict', () => {
  it('is not shown where the interval covers 0, and for only in the direction of the week and unfalsified', () => {
    expect(verdictOf({ low: -0.1, high: 2 }, 1, false)).toBe('not shown');
    expect(verdictOf({ low: 0, high: 2 }, 1, false)).toBe('not shown');
    expect(verdictOf({ low: 0.1, high: 2 }, 1, null)).toBe('for');
    expect(verdictOf({ low: 0.1, high: 2 }, 1, true)).toBe('against');
    expect(verdictOf({ low: 0.1, high: 2 }, -1, false)).toBe('against');
    expect(verdictOf({ low: -2, high: -0.1 }, -1, false)).toBe('for');
  });
});

describe('the state of policy', () => {
  const day = (date: string): number => dayNumber(date as IsoDate);
  /** 5.00, a rise to 5.25 dated 2024-02-01, cuts dated 2024-09-19 and 2024-12-19. */
  const targets = new Map<number, number>();
  for (let at = day('2024-01-01'); at <= day('2025-12-31'); at++)
    targets.set(
      at,
      at < day('2024-02-01') ? 5 : at < day('2024-09-19') ? 5.25 : at < day('2024-12-19') ? 4.75 : 4.5,
    );
  const decisions = [day('2024-01-31'), day('2024-09-18'), day('2024-12-18')];
  const on = (date: string) => policyState(targets, decisions, date as IsoDate);

  it.each([
    ['2024-02-01', 'tightening', 25, '2024-01-31'],
    ['2024-07-31', 'tightening', 25, '2024-01-31'],
    ['2024-08-01', 'plateau', 25, '2024-01-31'],
    ['2024-09-18', 'plateau', 25, '2024-01-31'],
    ['2024-09-19', 'easing', -50, '2024-09-18'],
    ['2025-06-18', 'easing', -25, '2024-12-18'],
    ['2025-06-19', 'hold', -25, '2024-12-18'],
  ])('on %s is %s', (date, state, basisPoints, lastMove) => {
    expect(on(date)).toMatchObject({ state, lastMoveBasisPoints: basisPoints, lastMove, reason: null });
  });

  it('is null where the target never moved, ended, or is not known', () => {
    expect(on('2024-01-15')).toMatchObject({ state: null, targetUpper: 5, lastMove: null });
    expect(on('2024-01-15').reason).toMatch(/has not moved/);
    expect(on('2026-02-01').reason).toMatch(/newest target range known is of 2025-12-31/);
    expect(on('2023-01-01').reason).toMatch(/no target range/);
  });
});
