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
  newYorkDate,
  type OutcomeRow,
} from '../../../src/core/index.js';
import { AFTERMATH_WORLDS, simulateAftermathMarket } from '../../../src/simulate/index.js';
import { studyAftermath } from '../../../src/studies/aftermath/index.js';
import { type MarketInMemory, marketInMemory } from './in-memory.js';

const RULE = { kind: 'records', measure: 'net', ruler: 'dollars', threshold: null } as const;

async function ask(market: MarketInMemory, asOf: Instant, resamples = 99) {
  const flows = market.flows(asOf);
  const flow = flows.find(({ class: name }) => name === 'asset-manager')!;
  const period = flow.calendar.periodEnds.length - 1;
  return studyAftermath(market.view(asOf), flow, flows, { rule: RULE, period, resamples, seed: 1 });
}

const rowsOf = <Kind extends AftermathAnswerRow['kind']>(rows: readonly AftermathAnswerRow[], kind: Kind) =>
  rows.filter((row): row is Extract<AftermathAnswerRow, { kind: Kind }> => row.kind === kind);

const END = endOfDayInNewYork('2026-11-06' as IsoDate);
const quiet = simulateAftermathMarket({ seed: 1, world: 'none' });
const QUIET = marketInMemory(quiet);

describe('what followed', () => {
  test('finds the planted weeks, and nothing else', async () => {
    const { rows } = await ask(QUIET, END);
    const [rule] = rowsOf(rows, 'rule') as [EventRuleRow];
    expect(rule.events).toEqual(quiet.truth.records.map(({ periodEnd }) => periodEnd));
    expect(rule.n).toBe(quiet.records.length);
  });

  test('an episode begins at the first close after the week was known, and its return is of the closes', async () => {
    const { rows } = await ask(QUIET, END);
    for (const episode of rowsOf(rows, 'episode')) {
      expect(endOfDayInNewYork(episode.firstClose!)).toBeGreaterThan(Date.parse(episode.knownAt));
      expect(episode.knownAt).toBe(
        new Date(cotReleaseInstant(episode.periodEnd)).toISOString().replace('.000', ''),
      );
      expect(episode.sources).toHaveLength(1);
    }
  });

  test('mean, matched mean and difference agree; a horizon that is not over is not counted', async () => {
    const { rows } = await ask(QUIET, END);
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
    const early = endOfDayInNewYork('2019-01-10' as IsoDate);
    const { rows } = await ask(QUIET, early);
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

  test('the anchored price and the first close are the planted ones', async () => {
    const { rows } = await ask(QUIET, END);
    rowsOf(rows, 'episode').forEach((episode, i) => {
      const { anchoredPrice, firstClose } = quiet.truth.records[i]!;
      expect(episode.firstClose).toBe(firstClose);
      // The fund's cents, forty points to a dollar.
      expect(Math.abs(40 * episode.anchorPrice! - anchoredPrice)).toBeLessThan(0.3);
    });
  });
});

describe('as of an earlier day', () => {
  const arbitraryMarket = fc.record({
    seed: fc.integer({ min: 1, max: 1000 }),
    world: fc.constantFrom(...AFTERMATH_WORLDS),
    week: fc.integer({ min: 320, max: quiet.weeks.length - 1 }),
  });

  test('what comes later changes nothing, and what was known of an episode stays', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMarket, async ({ seed, world, week }) => {
        const market = simulateAftermathMarket({ seed, world });
        const release = cotReleaseInstant(market.weeks[week]!.periodEnd);
        const long = marketInMemory(market);
        const asOf = (release + 3_600_000) as Instant;
        const then = await ask(long, asOf, 20);
        expect(then).toEqual(await ask(marketInMemory(market, newYorkDate(release)), asOf, 20));
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
    const { periodEnd } = quiet.truth.records[5]!;
    const asOf = (cotReleaseInstant(periodEnd) + 4 * 3_600_000) as Instant;
    const { rows, foretold } = await ask(QUIET, asOf, 20);
    const newest = rowsOf(rows, 'episode').at(-1)!;
    expect(newest.periodEnd).toBe(periodEnd);
    for (const figures of Object.values(newest.figures))
      for (const value of Object.values(figures)) expect(value).toBeNull();
    expect(foretold.length).toBeGreaterThan(0);
    for (const { dueDate } of foretold) expect(endOfDayInNewYork(dueDate)).toBeGreaterThan(asOf);
    const n = (rowsNow: readonly AftermathAnswerRow[]) =>
      rowsOf(rowsNow, 'outcome').map(({ n: count }: OutcomeRow) => count);
    const before = n(rows);
    n((await ask(QUIET, END, 20)).rows).forEach((count, i) => {
      expect(count).toBeGreaterThanOrEqual(before[i]!);
    });
  });
});
