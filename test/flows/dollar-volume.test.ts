import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CONTRACT_REGISTER,
  type ContractEntry,
  type Fact,
  type IsoDate,
  newYorkInstant,
  TABLES,
  type TableName,
  tradingDays,
} from '../../src/core/index.js';
import { type CotContractSeries, readScaleContext } from '../../src/flows/index.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';

const day = (text: string): IsoDate => text as IsoDate;
const LATER = newYorkInstant(day('2026-10-01'), 12);
const SESSIONS = tradingDays(day('2025-01-02'), day('2025-04-30'));
/** Of its first week each has the 60 sessions before. */
const WEEK = { start: SESSIONS[60]!, end: SESSIONS[64]! };

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

let line = 0;
function fact<Name extends TableName>(table: Name, date: IsoDate, row: Record<string, unknown>): Fact {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((column) => [column, null]));
  return {
    table,
    row: { ...empty, ...row },
    periodStart: date,
    periodEnd: date,
    knownAt: newYorkInstant(date, 23, 59),
    knownAtKind: 'rule',
    rowNumber: ++line,
  } as Fact;
}

const listed = (symbol: string, sector: string | null, list = 'sp500'): Fact =>
  fact('constituents', day('2025-01-02'), { list, symbol, name: symbol, sector });

/** Trades of so many dollars on every session, of all in cents that no double holds. */
const traded = (symbol: string, dollars: number, sessions: readonly IsoDate[] = SESSIONS): Fact[] =>
  sessions.map((date, i) =>
    fact('prices', date, {
      symbol,
      date,
      frequency: 'daily',
      close: dollars + i / 100,
      volume: 1,
      priceBasis: 'split-adjusted',
    }),
  );

const entryOf = (isWanted: (entry: ContractEntry) => boolean): ContractEntry =>
  CONTRACT_REGISTER.find(isWanted)!;
const TECHNOLOGY = entryOf(({ sector }) => sector === 'technology');
const ENERGY = entryOf(({ sector }) => sector === 'energy');
const UTILITIES = entryOf(({ sector }) => sector === 'utilities');
const MARKET = entryOf(({ sector, index }) => sector === null && index === 'S&P 500');

/** Names that count, those with a price, and the dollars of the week at the pace before it, by contract. */
async function volumesOf(...entries: ContractEntry[]) {
  const view = await temporary.store.view(LATER);
  const calendar = { periodStarts: [], periodEnds: [] };
  const series = entries.map((entry) => ({ entry, calendar })) as unknown as CotContractSeries[];
  try {
    const { dollarVolumeOf } = await readScaleContext(view, series);
    return entries.map((entry) => {
      const volume = dollarVolumeOf(entry);
      return volume && [volume.names, volume.ofNames, volume.overPeriod(WEEK.start, WEEK.end)];
    });
  } finally {
    view.close();
  }
}

/** Five days at the mean of the 60 sessions before the week. */
const pace = (...dollars: number[]): number => {
  const days = SESSIONS.slice(0, 60).map((_, i) => dollars.reduce((sum, each) => sum + each + i / 100, 0));
  return (days.reduce((sum, each) => sum + each, 0) / 60) * 5;
};

describe('dollars traded in the names of a sector', () => {
  test('are of the names that every list puts there, and of all names for the market', async () => {
    await temporary.add([
      listed('AAA', 'technology'),
      listed('BBB', 'technology'),
      listed('BBB', 'technology', 'sp400'),
      listed('CCC', 'technology'),
      listed('CCC', 'energy', 'sp400'),
      listed('DDD', 'energy'),
      listed('EEE', null),
      ...traded('AAA', 100),
      ...traded('BBB', 200),
      ...traded('CCC', 400),
      ...traded('DDD', 800),
      ...traded('EEE', 1600),
      ...traded('ZZZ', 3200),
    ]);
    const [technology, energy, utilities, market] = await volumesOf(TECHNOLOGY, ENERGY, UTILITIES, MARKET);
    expect(technology).toEqual([2, 2, expect.closeTo(pace(100, 200), 6)]);
    expect(energy).toEqual([1, 1, expect.closeTo(pace(800), 6)]);
    expect(utilities).toBeNull();
    expect(market).toEqual([5, 5, expect.closeTo(pace(100, 200, 400, 800, 1600), 6)]);
  });

  test('leave out names without a price on nearly all days of their group', async () => {
    await temporary.add([
      listed('AAA', 'technology'),
      listed('BBB', 'technology'),
      listed('DDD', 'energy'),
      ...traded('AAA', 100),
      ...traded('BBB', 200, SESSIONS.slice(0, -1)),
      ...traded('DDD', 800, SESSIONS.slice(3)),
    ]);
    const [technology, energy, market] = await volumesOf(TECHNOLOGY, ENERGY, MARKET);
    expect(technology).toEqual([1, 2, expect.closeTo(pace(100), 6)]);
    expect(energy).toEqual([1, 1, null]);
    expect(market).toEqual([1, 3, expect.closeTo(pace(100), 6)]);
  });

  test('are unknown where the store has no lists or no prices', async () => {
    expect(await volumesOf(TECHNOLOGY, MARKET)).toEqual([null, null]);
    await temporary.add([listed('AAA', 'technology')]);
    expect(await volumesOf(TECHNOLOGY, MARKET)).toEqual([null, null]);
  });
});
