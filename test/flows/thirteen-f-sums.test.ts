import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfDayInNewYork, InvalidRequest } from '../../src/core/index.js';
import {
  quarterBefore,
  readThirteenFFlows,
  readThirteenFPanel,
  thirteenFFlowRows,
} from '../../src/flows/index.js';
import { temporaryStore } from '../support/positions.js';
import {
  AAPL,
  bothQuarters,
  day,
  filed,
  type HoldingSpec,
  holds,
  named,
  noon,
  OTHER,
  panelStore,
  Q2,
  Q3,
  Q4,
  sector,
} from './thirteen-f-world.js';

const store = panelStore();

describe('sums and series', () => {
  const world = [
    named(AAPL, 'AAPL'),
    sector('AAPL', 'technology'),
    ...filed({ cik: '11', end: Q2, holdings: [holds(AAPL, 100), holds(OTHER, 10)] }),
    ...filed({ cik: '11', end: Q3, holdings: [holds(AAPL, 150), holds(OTHER, 10)] }),
    ...filed({ cik: '11', end: Q4, holdings: [holds(AAPL, 130), holds(OTHER, 40)] }),
  ];

  test('add up over any keys', async () => {
    const cell = fc.tuple(fc.nat(3), fc.nat(4), fc.nat(500), fc.nat(500));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
        const own = await temporaryStore();
        try {
          const byManager = new Map<number, { before: HoldingSpec[]; now: HoldingSpec[] }>();
          for (const [manager, security, before, now] of cells) {
            const held = byManager.get(manager) ?? { before: [], now: [] };
            held.before.push(holds(`${700000 + security}101`, before, { price: 7 }));
            held.now.push(holds(`${700000 + security}101`, now, { price: 7 }));
            byManager.set(manager, held);
          }
          const facts = [...byManager].flatMap(([manager, { before, now }]) =>
            bothQuarters(String(20 + manager), before, now),
          );
          await own.add(facts, 'edgar');
          const view = await own.store.view(endOfDayInNewYork(day('2026-10-01')));
          const panel = await readThirteenFPanel(view, Q4);
          view.close();
          const net = (keys: Parameters<typeof thirteenFFlowRows>[1]) =>
            Math.round(thirteenFFlowRows(panel, keys).reduce((sum, row) => sum + (row.net ?? 0) * 100, 0));
          const whole = net([]);
          expect(net(['manager'])).toBe(whole);
          expect(net(['symbol', 'manager'])).toBe(whole);
          expect(net(['sector', 'class'])).toBe(whole);
          for (const row of thirteenFFlowRows(panel, ['symbol', 'manager'])) {
            if (row.net === null) continue;
            expect(Math.min(row.longBuy!, row.longSell!)).toBe(0);
            expect(row.net).toBeCloseTo(row.longBuy! - row.longSell!, 6);
          }
        } finally {
          own.remove();
        }
      }),
      { numRuns: 6 },
    );
  });

  test('run over quarters by sector and class, with what they rest on', async () => {
    await store.temporary.add(world, 'edgar');
    const view = await store.temporary.store.view(endOfDayInNewYork(day('2026-10-01')));
    const series = await readThirteenFFlows(view);
    view.close();
    expect(series.map((one) => [one.sector, one.class])).toEqual([
      [null, 'other'],
      ['technology', 'other'],
    ]);
    const technology = series[1]!;
    expect(technology.calendar.periodEnds).toEqual([Q3, Q4]);
    expect([...technology.ruler('net', 'dollars').values]).toEqual([5000, -2000]);
    expect([...technology.ruler('longBuy', 'dollars').values]).toEqual([5000, 0]);
    expect([...series[0]!.ruler('net', 'dollars').values]).toEqual([5000, 1000]);
    expect(technology.knownAt(1)).toBe(noon('2026-02-17'));
    expect(technology.sources(1)).toHaveLength(2);
    expect(series[0]!.breadth(1, 'net')).toEqual({
      buyers: 0.5,
      names: 2,
      topFive: 1,
      withoutLargest: -2000,
    });
    expect(technology.breadth(1, 'net')!.topFive).toBeNull();
    expect(technology.quality(1).faults).toEqual([]);
    expect(technology.ruler('net', 'contracts').reasonAt(0)).toContain('do not add');
    expect(technology.ruler('net', 'volScaled').reasonAt(0)).toContain('52 earlier quarters');
    expect(technology.ruler('net', 'dollars').reasonAt(0)).toBeNull();
  });

  test('before the deadline hold only who has filed, and say so', async () => {
    await store.temporary.add(
      [
        ...world.filter(({ periodEnd }) => periodEnd !== Q4),
        ...filed({ cik: '11', end: Q4, holdings: [holds(AAPL, 130)], accepted: '2026-01-20' }),
        ...filed({ cik: '12', end: Q3, holdings: [holds(AAPL, 5)] }),
        ...filed({ cik: '12', end: Q4, holdings: [holds(AAPL, 9)], accepted: '2026-02-13' }),
      ],
      'edgar',
    );
    const early = await store.panelAt('2026-01-31');
    expect(early.coverage).toMatchObject({ managers: 1, ofManagers: 2 });
    expect(early.knownAt).toBe(noon('2026-01-20'));
    const view = await store.temporary.store.view(endOfDayInNewYork(day('2026-01-31')));
    const [series] = await readThirteenFFlows(view);
    view.close();
    expect(series!.quality(1).faults[0]).toContain('1 of 2');
    expect((await store.panelAt('2026-02-13')).coverage).toMatchObject({ managers: 2, ofManagers: 2 });
  });

  test('an empty store gives no series and an empty panel', async () => {
    const panel = await store.panelAt('2026-10-01');
    expect(panel).toMatchObject({ managers: [], securities: [], knownAt: null });
    expect(panel.coverage.sectorShare).toBeNull();
    expect(thirteenFFlowRows(panel, ['class'])).toEqual([]);
    const view = await store.temporary.store.view(endOfDayInNewYork(day('2026-10-01')));
    expect(await readThirteenFFlows(view)).toEqual([]);
    view.close();
  });

  test('quarters are named by their last day', () => {
    expect(
      ['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31'].map((end) => quarterBefore(day(end))),
    ).toEqual(['2024-12-31', '2025-03-31', '2025-06-30', '2025-09-30']);
    expect(() => quarterBefore(day('2025-12-30'))).toThrow(InvalidRequest);
  });
});
