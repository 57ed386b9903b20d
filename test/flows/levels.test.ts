import { afterEach, beforeEach, expect, test } from 'vitest';
import { contractEntry, type Instant, type IsoDate, newYorkInstant } from '../../src/core/index.js';
import { IndexLevels } from '../../src/flows/levels.js';
import { macroFact, type TemporaryStore, temporaryStore } from '../support/positions.js';

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

const TUESDAY = '2024-04-02' as IsoDate;
const at = (date: string): Instant => newYorkInstant(date as IsoDate, 12);

test('of closes that restate each other the newest then known counts', async () => {
  const first = macroFact('SP500', TUESDAY, 5_000, at('2024-04-03'), 2);
  const later = macroFact('SP500', TUESDAY, 5_001, at('2024-05-01'), 3);
  await temporary.add([first, { ...later, row: { ...later.row, vintageDate: '2024-05-01' as IsoDate } }]);
  const entry = contractEntry('13874A')!;
  for (const [asOf, price] of [
    [at('2024-04-05'), 5_000],
    [at('2024-05-02'), 5_001],
  ] as const) {
    const view = await temporary.store.view(asOf);
    try {
      const levels = new IndexLevels(view);
      await levels.load([entry]);
      expect(levels.on(entry, TUESDAY)).toMatchObject({ price, priceDate: TUESDAY });
    } finally {
      view.close();
    }
  }
});
