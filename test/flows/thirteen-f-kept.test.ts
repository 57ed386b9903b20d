import { describe, expect, test } from 'vitest';
import {
  endOfDayInNewYork,
  type Fact,
  type FigureCache,
  type ManagerClass,
  type ManagerOverride,
} from '../../src/core/index.js';
import { KeptQuarters, type QuarterSummary, readThirteenFFlows } from '../../src/flows/index.js';
import {
  AAPL,
  bothQuarters,
  closes,
  day,
  filed,
  holds,
  NFLX,
  named,
  OTHER,
  panelStore,
  Q3,
  Q4,
  sector,
} from './thirteen-f-world.js';

const store = panelStore();

class Kept implements FigureCache {
  readonly texts = new Map<string, string>();
  async read(): Promise<null> {
    return null;
  }
  async write(): Promise<void> {}
  async readText(key: string): Promise<string | null> {
    return this.texts.get(key) ?? null;
  }
  async writeText(key: string, text: string): Promise<void> {
    this.texts.set(key, text);
  }
}

const WORLD = [
  named(AAPL, 'AAPL'),
  named(NFLX, 'NFLX'),
  sector('AAPL', 'technology'),
  ...bothQuarters('11', [holds(AAPL, 100), holds(OTHER, 50)], [holds(AAPL, 140), holds(OTHER, 20)]),
  ...bothQuarters('12', [holds(NFLX, 10)], [holds(NFLX, 30)]),
];

async function summaryAt(asOf: string, cache: FigureCache | undefined, overrides?: ManagerOverride[]) {
  const view = await store.temporary.store.view(endOfDayInNewYork(day(asOf)));
  try {
    const kept = new KeptQuarters(view, {
      ...(cache && { cache }),
      ...(overrides && { overrides: new Map(overrides.map((one) => [one.cik, one])) }),
    });
    return await kept.summary(Q4);
  } finally {
    view.close();
  }
}

const LATE = '2026-10-01';

describe('summaries of quarters', () => {
  test('come back from where they are kept as they were made, day after day', async () => {
    await store.temporary.add(WORLD, 'edgar');
    const cache = new Kept();
    const fresh = await summaryAt(LATE, undefined);
    const first = await summaryAt(LATE, cache);
    expect(cache.texts.size).toBe(1);
    const [[key, text]] = [...cache.texts] as [[string, string]];
    cache.texts.set(key, text.replace('"managers":2', '"managers":77'));
    const again = await summaryAt('2026-11-30', cache);
    expect(first).toEqual(fresh);
    expect(again.managers, 'what is kept is not made again').toBe(77);
    expect(cache.texts.size).toBe(1);
    cache.texts.set(key, text.slice(0, 40));
    expect(await summaryAt(LATE, cache), 'what is damaged is').toEqual(fresh);
  });

  test('sum to the same series, with the same sources', async () => {
    await store.temporary.add(WORLD, 'edgar');
    const view = await store.temporary.store.view(endOfDayInNewYork(day(LATE)));
    const cache = new Kept();
    const told = async (options: { cache?: FigureCache }) =>
      (await readThirteenFFlows(view, options)).map((flow) => ({
        of: `${flow.sector} ${flow.class}`,
        net: [...flow.ruler('net', 'dollars').values],
        sources: flow.sources(0),
        quality: flow.quality(0),
        breadth: flow.breadth(0, 'net'),
        knownAt: flow.knownAt(0),
      }));
    const fresh = await told({});
    expect(fresh[0]!.sources.length).toBeGreaterThan(0);
    expect(await told({ cache })).toEqual(fresh);
    expect(await told({ cache })).toEqual(fresh);
    view.close();
  });

  test('are made anew where the same day changes in an even number of names', async () => {
    const listed = (last: string) =>
      ['AAPL', 'NFLX', 'XYZ', 'ABC'].map((symbol) => {
        const { row, ...stamp } = sector(symbol, 'technology');
        return { ...stamp, row: { ...row, lastSeen: day(last) } } as Fact;
      });
    await store.temporary.add([
      ...WORLD.filter(({ table }) => table !== 'constituents'),
      ...listed('2021-01-04'),
    ]);
    const cache = new Kept();
    const early = await summaryAt('2030-01-01', cache);
    await store.temporary.add(listed('2026-01-02'));
    const late = await summaryAt('2030-01-01', cache);
    expect(cache.texts.size).toBe(2);
    expect(early.groups['technology|other']).toBeUndefined();
    expect(late.groups['technology|other']).toBeDefined();
  });

  const makers: readonly [string, (cache: FigureCache) => Promise<QuarterSummary>][] = [
    [
      'a restated holding',
      async (cache) => {
        await store.temporary.add(
          filed({
            cik: '11',
            end: Q4,
            holdings: [holds(AAPL, 150), holds(OTHER, 20)],
            accepted: '2026-03-02',
            accession: 'restated',
            filing: { amendmentType: 'RESTATEMENT', amendmentNumber: 1 },
          }),
          'edgar',
        );
        return summaryAt(LATE, cache);
      },
    ],
    [
      'a corrected row of a filing known before',
      async (cache) => {
        await store.temporary.add(
          filed({ cik: '12', end: Q3, holdings: [holds(NFLX, 20)] }).filter(
            ({ table }) => table === 'holdings',
          ),
          'edgar',
        );
        return summaryAt('2030-01-01', cache);
      },
    ],
    [
      'a close of the quarter',
      async (cache) => {
        await store.temporary.add(
          closes('AAPL', '2025-10-01', Q4, () => 105),
          'prices',
        );
        return summaryAt(LATE, cache);
      },
    ],
    [
      'a sector',
      async (cache) => {
        await store.temporary.add([sector('NFLX', 'communication-services')], 'universe');
        return summaryAt(LATE, cache);
      },
    ],
    [
      'a class of the user’s',
      (cache) =>
        summaryAt(LATE, cache, [
          {
            cik: '0000000011',
            class: 'pension' satisfies ManagerClass,
            passive: false,
            marketMaking: false,
            reason: 'test',
          },
        ]),
    ],
    ['an earlier moment', (cache) => summaryAt('2026-01-15', cache)],
  ];
  test.each(makers)('are made anew for %s', async (_, ask) => {
    await store.temporary.add(WORLD, 'edgar');
    const cache = new Kept();
    const before = await summaryAt(LATE, cache);
    const after = await ask(cache);
    expect(cache.texts.size).toBe(2);
    expect(after).not.toEqual(before);
    expect(await summaryAt(LATE, undefined).then(({ managers }) => managers)).toBe(2);
  });
});
