import { describe, expect, test } from 'vitest';
import { checkClaims, compileNote, STANDARD_NOTE } from '../../src/claims/index.js';
import type { ClaimRow } from '../../src/core/index.js';
import { answersOf } from './fixture.js';

async function rowsOf(note: string): Promise<ClaimRow[]> {
  const { rows } = await checkClaims(compileNote(note), { contract: '20974+' }, answersOf({}), '2026-04-20');
  return rows as ClaimRow[];
}

describe('what a claim is about', () => {
  test('tells the statements of one sentence apart', async () => {
    const rows = await rowsOf(STANDARD_NOTE);
    const subjects = rows.map(({ text, subject }) => `${text} ${subject}`);
    expect(new Set(subjects).size).toBe(rows.length);
    expect(rows.map(({ subject }) => subject)).toEqual([
      'notional buying of technology',
      'significance of notional buying of technology',
      'institutions',
      'retail',
      'speculators',
      'hedge funds and asset managers',
      'pensions and sovereign funds',
      'artificial intelligence',
      'earnings',
      'rates and policy',
      'state of policy',
      'sensitivity to rates',
      'money leaving cyclicals',
      'floor under prices',
      'smaller institutions',
      'retail after smaller institutions',
      'prices, mood and money',
      'drawdown beyond 5 %',
      'profit taking',
      'long-run trend',
    ]);
  });

  test('names the class, the leg and the figure that is asked for', async () => {
    const rows = await rowsOf(
      "Hedge funds' net buying of tech came to $2 bn. Hedge funds bought tech in 3 of the last 4 weeks. Retail sold energy on balance.",
    );
    expect(rows.map(({ subject }) => subject)).toEqual([
      'amount of net flow of technology by hedge funds',
      'hedge funds, week by week',
      'retail',
    ]);
  });
});
