import { describe, expect, test } from 'vitest';
import { claimFlows } from '../../src/app/claim-flows.js';
import type { AppContext } from '../../src/app/context.js';
import { addDays, type FlowRow, type IsoDate } from '../../src/core/index.js';

const LAST = '2026-04-14' as IsoDate;
const context = { asOf: Date.parse('2026-04-20T00:00:00Z') } as AppContext;

/** Weeks before the last one that the rows lack. */
async function weeksOf(missing: readonly number[], weeks: number, week: string | null): Promise<number> {
  const rows = Array.from({ length: 120 }, (_, back) => 119 - back)
    .filter((back) => !missing.includes(back))
    .map((back) => ({
      periodStart: addDays(LAST, -7 * back - 6),
      periodEnd: addDays(LAST, -7 * back),
      net: 1,
      contracts: 1,
      buyRatio: null,
    })) as unknown as FlowRow[];
  const ask = {
    basis: 'cot',
    contract: '209742',
    sector: null,
    class: 'asset-manager',
    week,
    weeks,
  } as const;
  const answer = await claimFlows(context, ask, 'futures-only', (command) =>
    Promise.resolve({ command, rows }),
  );
  return 'missing' in answer ? -1 : answer.rows.length;
}

describe('the last weeks of a class', () => {
  test('are as many as asked where none is missing, with a week named or not', async () => {
    expect(await weeksOf([], 53, null)).toBe(53);
    expect(await weeksOf([], 53, LAST)).toBe(53);
    expect(await weeksOf([], 1, null)).toBe(1);
  });

  test('a missing week is missing, and no earlier one takes its place', async () => {
    expect(await weeksOf([3, 4, 5], 53, null)).toBe(50);
    expect(await weeksOf([3, 4, 5], 53, LAST)).toBe(50);
    expect(await weeksOf([52], 53, null)).toBe(52);
  });
});
