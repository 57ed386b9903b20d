import { describe, expect, test } from 'vitest';
import { checkClaims, compileNote } from '../../src/claims/index.js';
import type { ClaimRow, ClassAgreementRow } from '../../src/core/index.js';
import { answersOf } from './fixture.js';

function agreement(over: Partial<ClassAgreementRow> = {}): ClassAgreementRow {
  return {
    kind: 'class-agreement',
    basis: 'ledger',
    contract: null,
    sector: 'technology',
    sectorIsProxy: false,
    periodEnd: '2026-04-17',
    classes: ['hedge-fund', 'asset-manager', 'pension'],
    nets: [3e9, 2e9, 1e9],
    unit: 'US dollars',
    ruler: 'dollars',
    agreement: 1,
    agreementP: 0.2,
    jointTail: 3,
    jointTailP: 0.01,
    jointTailSold: 0,
    jointTailSoldP: 1,
    direction: 'bought',
    lags: 1,
    draws: 999,
    reason: null,
    ...over,
  } as ClassAgreementRow;
}

const NOTE = 'Hedge funds, asset managers and pensions moved together in technology.';

async function check(row: ClassAgreementRow, note = NOTE): Promise<ClaimRow> {
  const question = { basis: 'ledger', sector: 'technology' } as const;
  const { rows } = await checkClaims(
    compileNote(note),
    question,
    answersOf({ unison: [row] }),
    '2026-04-20T00:00:00Z',
  );
  return rows[0] as ClaimRow;
}

describe('classes that moved together', () => {
  test('bought together more than they do by themselves', async () => {
    const row = await check(agreement());
    expect(row).toMatchObject({ verdict: 'supported', subject: 'hedge funds, asset managers and pensions' });
    expect(row.explanation).toMatch(/^All bought on balance: .* 3 in their own top decile, p 0.01/);
  });

  test('selling together is held against the tail of selling', async () => {
    const sold = { nets: [-3e9, -2e9, -1e9], direction: 'sold' } as const;
    const alone = await check(agreement({ ...sold }));
    expect(alone.verdict).toBe('not distinguishable from chance');
    const rare = await check(
      agreement({ ...sold, jointTail: 0, jointTailP: 1, jointTailSold: 3, jointTailSoldP: 0.01 }),
    );
    expect(rare.verdict).toBe('supported');
    expect(rare.explanation).toMatch(/^All sold on balance: .* 3 in their own bottom decile/);
  });

  test('a net of 0 is neither side: who did not trade is named, and is no opposite', async () => {
    const still = await check(agreement({ nets: [3e9, 2e9, 0] }));
    expect(still.verdict).toBe('contradicted');
    expect(still.explanation).toMatch(
      /^They did not all move: hedge funds \$3.00 bn and asset managers \$2.00 bn; pensions did not trade on balance/,
    );
    expect(still.explanation).not.toMatch(/opposite|\$0/);
    const opposed = await check(agreement({ nets: [3e9, -2e9, 0] }));
    expect(opposed.explanation).toMatch(
      /^They went opposite ways: hedge funds \$3.00 bn and asset managers -\$2.00 bn; pensions did not trade on balance/,
    );
    const none = await check(agreement({ nets: [0, 0, 0] }));
    expect(none.explanation).toMatch(/^None of them moved: /);
  });

  test('a class without data is said to have none', async () => {
    const row = await check(agreement({ nets: [3e9, 2e9, null] }));
    expect(row).toMatchObject({ verdict: 'not measurable', effect: null });
    expect(row.explanation).toBe('No data of pensions in the period.');
  });

  test('institutions are a sum, not a class that could move with others', async () => {
    const row = await check(agreement(), 'Institutions and retail moved together.');
    expect(row.verdict).toBe('not measurable');
    expect(row.explanation).toMatch(/sum of several classes/);
  });
});
