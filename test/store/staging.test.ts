import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '../../src/core/index.js';
import { at, batchOf, fileOf, importBatches, macroFact, newStore, queryAt } from './store-fixtures.js';

const NEVER = at('2030-01-01');
const FIRST = '2000-01-01' as IsoDate;

/** More rows than two chunks of the engine hold: nulls in the first and third, none in the second. */
function factsOf(rows: number) {
  return Array.from({ length: rows }, (_, row) => {
    const isNull = Math.floor(row / 2048) !== 1 && row % 3 === 0;
    const series = `A SERIES OF MORE THAN TWELVE LETTERS ${row % 2}`;
    return macroFact(row + 1, series, addDays(FIRST, Math.floor(row / 2)), isNull ? null : row);
  });
}

describe('rows one by one', () => {
  it.each([
    ['in the order of their key', (a: string, b: string) => (a < b ? -1 : 1)],
    ['in another order', (a: string, b: string) => (a > b ? -1 : 1)],
  ])('%s keep values and nulls over chunks', async (_, compare) => {
    const { store } = await newStore('2026-01-05');
    const facts = factsOf(5000);
    const keyOf = (fact: (typeof facts)[number]) => `${fact.row.seriesId} ${fact.row.date}`;
    const given = [...facts].sort((a, b) => compare(keyOf(a), keyOf(b)));
    await importBatches(store, fileOf('series.csv'), batchOf(given));
    const rows = await queryAt(
      store,
      NEVER,
      'SELECT series_id, date, value FROM macro ORDER BY series_id, date',
    );
    const sorted = [...facts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    expect(rows).toEqual(
      sorted.map(({ row }) => ({ seriesId: row.seriesId, date: row.date, value: row.value })),
    );
  });
});
