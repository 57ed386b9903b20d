import { endOfDayInNewYork, type IsoDate, type OutcomeRow } from '../../../src/core/index.js';
import { studyAftermath } from '../../../src/studies/aftermath/index.js';
import { drawPlannedMarket, type MarketPlan, QUIET } from '../../studies/aftermath/market.js';

export interface AftermathWorld {
  readonly name: string;
  readonly plan: Partial<MarketPlan>;
}

export const NOTHING: AftermathWorld = { name: 'nothing planted', plan: {} };
export const FLOOR: AftermathWorld = { name: 'floor: +1.5 sd a day under the price', plan: { floor: 1.5 } };
export const LIFT: AftermathWorld = { name: 'lift: +0.25 sd a day for 4 weeks', plan: { lift: 0.25 } };
export const CASCADE: AftermathWorld = { name: 'cascade: 0.6 after 2 weeks', plan: { cascade: 0.6 } };
export const LOOP: AftermathWorld = { name: 'loop of 0.3', plan: { loop: 0.3 } };

export const AFTERMATH_WORLDS = [NOTHING, FLOOR, LIFT, CASCADE, LOOP] as const;

/** Shares of the drawn markets; p at 5 %, before and after Holm. */
export interface WorldShares {
  readonly events: number;
  readonly floor: number;
  readonly lift: number;
  /** Any outcome over any horizon with an adjusted p under 0.05. */
  readonly any: number;
  /** Asset managers before small traders, and any other pair. */
  readonly cascade: number;
  readonly otherPair: number;
  /** By the order return, sentiment, flow. */
  readonly loop: number;
}

const RULE = { kind: 'records', measure: 'net', ruler: 'dollars', threshold: null } as const;
const END = endOfDayInNewYork('2026-01-20' as IsoDate);

async function tryOne(world: AftermathWorld, seed: number, resamples: number) {
  const market = drawPlannedMarket({ ...QUIET, recordsEvery: 40, ...world.plan, seed });
  const flows = market.flows(END);
  const flow = flows.find(({ class: name }) => name === 'asset-manager')!;
  const period = flow.calendar.periodEnds.length - 1;
  const { rows } = await studyAftermath(market.view(END), flow, flows, {
    rule: RULE,
    period,
    resamples,
    seed,
  });
  const outcomes = rows.filter((row): row is OutcomeRow => row.kind === 'outcome');
  const rejects = (outcome: string, horizon: number) =>
    (outcomes.find((row) => row.outcome === outcome && row.horizonWeeks === horizon)?.p ?? 1) < 0.05;
  const pairs = rows.flatMap((row) => (row.kind === 'cascade' && row.verdict === 'leads' ? [row] : []));
  const isPlanted = ({ leader, follower }: (typeof pairs)[number]) =>
    leader === 'asset-manager' && follower === 'non-reportable';
  return {
    events: market.records.length,
    floor: rejects('floor-depth-below', 13),
    lift: rejects('return', 4),
    any: outcomes.some(({ adjustedP }) => adjustedP !== null && adjustedP < 0.05),
    cascade: pairs.some(isPlanted),
    otherPair: pairs.some((pair) => !isPlanted(pair)),
    loop: rows.some(
      (row) => row.kind === 'loop' && row.ordering.startsWith('return') && row.verdict === 'loop',
    ),
  };
}

/** Draws markets of a world and asks each what followed its records. */
export async function tryAftermath(
  world: AftermathWorld,
  {
    markets,
    resamples,
    seed,
  }: { readonly markets: number; readonly resamples: number; readonly seed: number },
): Promise<WorldShares> {
  const found: Awaited<ReturnType<typeof tryOne>>[] = [];
  for (let i = 0; i < markets; i++) found.push(await tryOne(world, seed + i, resamples));
  const share = (name: Exclude<keyof WorldShares, 'events'>) =>
    found.filter((each) => each[name]).length / markets;
  return {
    events: found.reduce((sum, { events }) => sum + events, 0) / markets,
    floor: share('floor'),
    lift: share('lift'),
    any: share('any'),
    cascade: share('cascade'),
    otherPair: share('otherPair'),
    loop: share('loop'),
  };
}
