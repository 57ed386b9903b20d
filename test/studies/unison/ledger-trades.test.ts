import { expect, test } from 'vitest';
import type { IsoDate } from '../../../src/core/index.js';
import type { AsOfView } from '../../../src/store/index.js';
import { ledgerTrades } from '../../../src/studies/unison/index.js';

test('a ledger of more accounts than a call has arguments', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => ({
    account: `A${i}`,
    class: 'retail',
    symbol: 'AAA',
    net: 1,
    knownAt: i,
  }));
  const view = {
    query: async (sql: string) => (sql.includes('FROM executions') ? rows : []),
  } as unknown as AsOfView;
  const found = await ledgerTrades(view, { from: '2026-04-06' as IsoDate, to: '2026-04-10' as IsoDate });
  expect(found!.managers).toHaveLength(rows.length);
  expect(found!.knownAt).toBe('1970-01-01T00:03:19.999Z');
});
