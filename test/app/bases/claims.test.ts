import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showFlows } from '../../../src/app/flows.js';
import { checkClaimText } from '../../../src/app/index.js';
import type { ClaimBasis, ClaimsQuestion } from '../../../src/claims/index.js';
import type { ClaimRow, FlowRow, IsoDate } from '../../../src/core/index.js';
import { simulateMarket } from '../../../src/simulate/index.js';
import { BasisWorld, filesOf, fundShares } from './basis-world.js';

const DRAWS = { report: 'futures-only', resamples: 49, seed: 1 } as const;

describe('a note on each basis', () => {
  let world: BasisWorld;

  async function check(note: string, basis: ClaimBasis, more: ClaimsQuestion = {}): Promise<ClaimRow[]> {
    const question = { ...DRAWS, basis, sector: 'technology', ...more };
    const { rows } = await checkClaimText(world.context(), note, 'note.txt', question);
    expect(rows.filter((row) => row.kind === 'unread')).toEqual([]);
    return rows as ClaimRow[];
  }

  beforeAll(async () => {
    world = new BasisWorld(
      await filesOf(simulateMarket({ seed: 5 })),
      /^(universe|ledger|thirteen-f\/01(mar|jun)2026|thirteen-f\/cusip)|index-daily/,
    );
    world.keepFrom('market/ledger/executions.csv', '2025-06-02');
    world.write(
      'market/etf/shares.csv',
      fundShares(['XLK', 'XLE'], ['2026-03-02' as IsoDate, '2026-11-06' as IsoDate]),
    );
    await world.import('market');
  });
  afterAll(() => world.remove());

  test('ledger: without a week every claim is of the newest week, and its figures are those of the flows', async () => {
    const { data } = await showFlows(world.context(), {
      basis: 'ledger',
      report: 'futures-only',
      sector: 'technology',
      classes: ['hedge-fund'],
    });
    const row = (data as FlowRow[]).findLast(({ net }) => net !== null)!;
    const rows = await check(
      `Hedge funds bought $${row.grossBuy} of technology last week, the largest on record. Hedge funds ${row.net! > 0 ? 'bought' : 'sold'} tech. Hedge funds' short covers of tech came to $${row.shortCover}. Retail and hedge funds moved together.`,
      'ledger',
    );
    const [amount, record, side, covers, unison] = rows;
    expect(amount).toMatchObject({ verdict: 'supported', effect: row.grossBuy });
    expect(record!.effect).toBe(row.grossBuy);
    expect(record!.verdict).not.toBe('not measurable');
    expect(side).toMatchObject({ verdict: 'supported', effect: row.net });
    expect(covers).toMatchObject({ verdict: 'supported', effect: row.shortCover });
    expect(covers!.explanation).toMatch(/^Short covers of hedge funds/);
    for (const one of [amount, record, side]) expect(one!.explanation).toContain(row.periodEnd);
    expect(unison!.evidence.map(({ label }) => label)).toContain('net of retail');
    for (const { explanation } of rows) expect(explanation).not.toMatch(/one leg|\bnet short covers/i);
  });

  test('the whole market cannot have bought more than it sold, on any basis', async () => {
    for (const basis of ['ledger', '13f', 'etf'] as const) {
      const [row] = await check(
        'Notional buying of tech by the whole market was the largest in ten years. Hedge funds led the buying.',
        basis,
      );
      expect(row).toMatchObject({ verdict: 'not measurable', effect: null });
      expect(row!.explanation).toMatch(/^In the whole market purchases equal sales/);
    }
  });

  test('13f: speaks of quarters, and does not count weeks', async () => {
    const [side, weeks, record, floor] = await check(
      'Pensions bought tech. Pensions bought tech in 3 of the last 4 weeks. Net buying of tech by pensions was the largest in ten years. Such buying puts a floor under prices.',
      '13f',
    );
    expect(side!.explanation).toMatch(/in the quarter to 2026-06-30$|in the quarter to 2026-06-30[.;]/);
    expect(weeks!.verdict).toBe('not measurable');
    expect(weeks!.explanation).toMatch(/tells quarters/);
    expect(record!.explanation).not.toMatch(/\bin the week\b|of \d+ weeks/);
    expect(floor!.verdict).toBe('not measurable');
    expect(floor!.explanation).toMatch(/tells quarters/);
  });

  test('etf: tells the net of fund investors and nobody else', async () => {
    const [net, hedge, legs] = await check(
      'Fund investors bought tech. Hedge funds bought tech. Long buys of tech by fund investors came to $1 bn.',
      'etf',
    );
    expect(net!.effect).not.toBeNull();
    expect(['supported', 'contradicted']).toContain(net!.verdict);
    expect(hedge!.verdict).toBe('not measurable');
    expect(hedge!.explanation).toMatch(/name no investor/);
    expect(legs!.verdict).toBe('not measurable');
  });
});
