import { type HerdingRow, type IsoDate, seededRandom } from '../../../src/core/index.js';
import type { TradePanel } from '../../../src/stats/index.js';
import { herdingRow, type PeriodTrades, type TradeGroup } from '../../../src/studies/unison/index.js';
import type { HerdingWorld } from '../herding/worlds.js';

const SIZE = { securities: 120, managers: 50 };
export const WHOLE = { sector: null, class: null };
export const GROUP = { sector: 'technology', class: 'pension' };

/**
 * A panel as a store gives it: every pair of manager and security a position, half of the managers and of the securities in the
 * group asked about, and names in another order every period.
 */
function wired(panel: TradePanel, period: 0 | 1): PeriodTrades {
  const turn = (index: number, of: number): number => (period === 0 ? index : of - 1 - index);
  const managers = Array.from({ length: SIZE.managers }, (_, m) => turn(m, SIZE.managers));
  const securities = Array.from({ length: SIZE.securities }, (_, s) => turn(s, SIZE.securities));
  return {
    basis: '13f',
    periodStart: '2025-10-01' as IsoDate,
    periodEnd: '2025-12-31' as IsoDate,
    knownAt: '2026-02-17T17:00:00Z',
    managers: managers.map((m) => ({ key: `m${m}`, class: m % 2 === 0 ? 'pension' : 'bank', counts: true })),
    securities: securities.map((s) => ({ key: `s${s}`, sector: s % 2 === 0 ? 'technology' : 'energy' })),
    manager: panel.manager.map((m) => turn(m, SIZE.managers)),
    security: panel.security.map((s) => turn(s, SIZE.securities)),
    direction: panel.direction,
    heldNow: null,
    heldBefore: null,
  };
}

/** Shares of simulated markets in which a herding row rejects at 5 %. */
export function tryWorld(world: HerdingWorld, group: TradeGroup, markets: number) {
  const random = seededRandom(7);
  const rows: HerdingRow[] = Array.from({ length: markets }, (_, i) => {
    const { now, before } = world.draw(random, SIZE);
    return herdingRow(wired(now, 1), wired(before, 0), group, { resamples: 99, seed: i });
  });
  const share = (holds: (row: HerdingRow) => boolean): number => rows.filter(holds).length / markets;
  return {
    overdispersed: share((row) => row.overdispersionP! <= 0.05),
    followsOthers: share((row) => Math.abs(row.followingOthers!) > 1.96 * row.followingOthersStandardError!),
    lsv: rows.reduce((sum, row) => sum + row.lsv!, 0) / markets,
    tested: Math.min(...rows.map(({ tested }) => tested)),
  };
}
