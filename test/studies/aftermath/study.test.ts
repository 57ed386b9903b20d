import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AftermathAnswerRow,
  cotReleaseInstant,
  type EpisodeRow,
  type EventRuleRow,
  endOfDayInNewYork,
  type Instant,
  type IsoDate,
  type OutcomeRow,
} from '../../../src/core/index.js';
import { studyAftermath } from '../../../src/studies/aftermath/index.js';
import { drawPlannedMarket, type Market, type MarketPlan, QUIET } from './market.js';

const RULE = { kind: 'records', measure: 'net', ruler: 'dollars', threshold: null } as const;

async function ask(market: Market, asOf: Instant, resamples = 99) {
  const flows = market.flows(asOf);
  const flow = flows.find(({ class: name }) => name === 'asset-manager')!;
  const period = flow.calendar.periodEnds.length - 1;
  return studyAftermath(market.view(asOf), flow, flows, { rule: RULE, period, resamples, seed: 1 });
}

const rowsOf = <Kind extends AftermathAnswerRow['kind']>(rows: readonly AftermathAnswerRow[], kind: Kind) =>
  rows.filter((row): row is Extract<AftermathAnswerRow, { kind: Kind }> => row.kind === kind);

const END = endOfDayInNewYork('2026-01-20' as IsoDate);

describe('what followed', () => {
  test('finds the planted weeks, and nothing else', async () => {
    const market = drawPlannedMarket(QUIET);
    const { rows } = await ask(market, END);
    const [rule] = rowsOf(rows, 'rule') as [EventRuleRow];
    expect(rule.events).toEqual(market.records.map((week) => market.weeks[week]));
    expect(rule.n).toBe(market.records.length);
  });

  test('an episode begins at the first close after the week was known, and its return is of the closes', async () => {
    const market = drawPlannedMarket(QUIET);
    const { rows } = await ask(market, END);
    for (const episode of rowsOf(rows, 'episode')) {
      expect(endOfDayInNewYork(episode.firstClose!)).toBeGreaterThan(Date.parse(episode.knownAt));
      expect(episode.knownAt).toBe(
        new Date(cotReleaseInstant(episode.periodEnd)).toISOString().replace('.000', ''),
      );
      expect(episode.sources).toHaveLength(1);
    }
  });

  test('mean, matched mean and difference agree; a horizon that is not over is not counted', async () => {
    const { rows } = await ask(drawPlannedMarket(QUIET), END);
    for (const row of rowsOf(rows, 'outcome')) {
      if (row.outcome.startsWith('weeks-to') || row.difference === null) continue;
      expect(row.mean! - row.matchedMean!).toBeCloseTo(row.difference, 10);
      const episodes = rowsOf(rows, 'episode').filter(
        ({ figures }) => figures[row.outcome]?.[row.horizonWeeks] != null,
      );
      expect(row.n).toBeLessThanOrEqual(episodes.length);
    }
  });

  test('fewer than five events: figures, no p, no verdict', async () => {
    const early = endOfDayInNewYork('2016-09-01' as IsoDate);
    const { rows } = await ask(drawPlannedMarket({ ...QUIET, recordsEvery: 60 }), early);
    const [rule] = rowsOf(rows, 'rule');
    expect(rule!.n).toBeGreaterThan(0);
    expect(rule!.n).toBeLessThan(5);
    expect(rule!.reason).toMatch(/figures and no claim/);
    for (const row of rowsOf(rows, 'outcome')) {
      expect(row.p).toBeNull();
      expect(row.verdict).toBeNull();
    }
    expect(rowsOf(rows, 'outcome').some(({ mean }) => mean !== null)).toBe(true);
  });

  test('a planted floor is found on the share of closes above it', async () => {
    const { rows } = await ask(drawPlannedMarket({ ...QUIET, floor: 1.5, recordsEvery: 40 }), END, 999);
    const row = rowsOf(rows, 'outcome').find(
      ({ outcome, horizonWeeks }) => outcome === 'floor-depth-below' && horizonWeeks === 13,
    )!;
    expect(row.difference!).toBeLessThan(0);
    expect(row.p!).toBeLessThan(0.05);
  });

  test('a planted cascade leads by two weeks, and not the other way', async () => {
    const { rows } = await ask(drawPlannedMarket({ ...QUIET, cascade: 0.6 }), END);
    const found = (leader: string, follower: string) =>
      rowsOf(rows, 'cascade').find((row) => row.leader === leader && row.follower === follower)!;
    expect(found('asset-manager', 'non-reportable')).toMatchObject({ verdict: 'leads', leadWeeks: 2 });
    expect(found('non-reportable', 'asset-manager').verdict).toBe('not shown');
  });

  test('a planted loop is found, a market without one has none', async () => {
    const verdicts = async (loop: number) =>
      rowsOf((await ask(drawPlannedMarket({ ...QUIET, loop }), END, 199)).rows, 'loop').map(
        ({ verdict }) => verdict,
      );
    expect(await verdicts(0.35)).toContain('loop');
    expect(await verdicts(0)).toEqual(['not shown', 'not shown']);
  });
});

describe('as of an earlier day', () => {
  const arbitraryPlan = fc.record({
    seed: fc.integer({ min: 1, max: 1000 }),
    recordsEvery: fc.integer({ min: 20, max: 70 }),
    weeks: fc.integer({ min: 320, max: 700 }),
  });

  test('what comes later changes nothing, and what was known of an episode stays', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan, async ({ seed, recordsEvery, weeks }) => {
        const plan: MarketPlan = { ...QUIET, seed, recordsEvery };
        const long = drawPlannedMarket(plan);
        const asOf = (cotReleaseInstant(long.weeks[weeks]!) + 3_600_000) as Instant;
        const short = drawPlannedMarket({ ...plan, to: long.weeks[weeks]! });
        const then = await ask(long, asOf, 20);
        expect(then).toEqual(await ask(short, asOf, 20));
        const later = new Map(
          rowsOf((await ask(long, END, 20)).rows, 'episode').map((row) => [row.periodEnd, row]),
        );
        for (const row of rowsOf(then.rows, 'episode')) expectKept(row, later.get(row.periodEnd)!);
      }),
      { seed: 20260414, numRuns: 4 },
    );
  });

  function expectKept(row: EpisodeRow, later: EpisodeRow): void {
    for (const outcome of ['return', 'maximum-drawdown', 'floor-days-above', 'profit-taking'] as const)
      for (const [horizon, value] of Object.entries(row.figures[outcome] ?? {}))
        if (value !== null) expect(later.figures[outcome]![horizon]).toBe(value);
  }

  test('nothing is said of weeks that have not happened', async () => {
    const market = drawPlannedMarket(QUIET);
    const week = market.records[5]!;
    const asOf = (cotReleaseInstant(market.weeks[week]!) + 4 * 3_600_000) as Instant;
    const { rows, foretold } = await ask(market, asOf, 20);
    const newest = rowsOf(rows, 'episode').at(-1)!;
    expect(newest.periodEnd).toBe(market.weeks[week]);
    for (const figures of Object.values(newest.figures))
      for (const value of Object.values(figures)) expect(value).toBeNull();
    expect(foretold.length).toBeGreaterThan(0);
    for (const { dueDate } of foretold) expect(endOfDayInNewYork(dueDate)).toBeGreaterThan(asOf);
    const n = (rowsNow: readonly AftermathAnswerRow[]) =>
      rowsOf(rowsNow, 'outcome').map(({ n: count }: OutcomeRow) => count);
    const before = n(rows);
    n((await ask(market, END, 20)).rows).forEach((count, i) => {
      expect(count).toBeGreaterThanOrEqual(before[i]!);
    });
  });
});
