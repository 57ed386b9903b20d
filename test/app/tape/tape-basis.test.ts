import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importTape, showStatus } from '../../../src/app/index.js';
import { FormatError, type IsoDate, NotCovered, newYorkInstant } from '../../../src/core/index.js';
import type { TapeFlowRow } from '../../../src/flows/index.js';
import { openStore } from '../../../src/store/index.js';
import { LATER, type Print, type Quote, TapeWorld } from './tape-world.js';

const TUESDAY = '2024-03-05' as IsoDate;
const WEDNESDAY = '2024-03-06' as IsoDate;

let world: TapeWorld;
beforeEach(() => {
  world = new TapeWorld();
});
afterEach(() => world.remove());

const QUOTE: Quote = { date: TUESDAY, time: '9:30:00.000', bid: '24.10', ask: '24.14' };
const at = (time: string, price: string, shares: number, more: Partial<Print> = {}): Print => ({
  date: TUESDAY,
  time,
  price,
  shares,
  ...more,
});

const sides = ({ class: name, minute, symbol, grossBuy, grossSell, unsigned, prints }: TapeFlowRow) => ({
  class: name,
  minute,
  symbol,
  buy: grossBuy,
  sell: grossSell,
  unsigned,
  prints,
});

describe('what is stored of a tape', () => {
  test('minutes are half-open, a closing auction belongs to its date, prints of no side are on none', async () => {
    await world.import(
      [
        at('9:30:59.999', '24.13', 100),
        at('9:31:00.000', '24.11', 200),
        at('10:00:00.000', '24.12', 300, { conditions: '@ 4' }),
        at('16:00:07.440', '24.12', 5000, { conditions: '6' }),
        at('17:00:00.000', '24.20', 10, { conditions: '@ T' }),
      ],
      [QUOTE],
    );
    const rows = (await world.flows('minute')).map(sides);
    expect(rows).toEqual([
      { class: 'other', minute: '09:30', symbol: null, buy: 2413, sell: 0, unsigned: 0, prints: 1 },
      { class: 'other', minute: '09:31', symbol: null, buy: 0, sell: 4822, unsigned: 0, prints: 1 },
      { class: 'unsigned', minute: '10:00', symbol: null, buy: null, sell: null, unsigned: 7236, prints: 1 },
      { class: 'auction', minute: '16:00', symbol: null, buy: null, sell: null, unsigned: 120600, prints: 1 },
      { class: 'extended', minute: '17:00', symbol: null, buy: null, sell: null, unsigned: 242, prints: 1 },
    ]);
    const [day] = await world.flows('day', []);
    expect(day).toMatchObject({
      periodStart: TUESDAY,
      periodEnd: TUESDAY,
      grossBuy: 2413,
      grossSell: 4822,
      net: -2409,
      unsigned: 128078,
      turnover: 135313,
      isComplete: true,
      sides: 'buy-sell',
      longBuy: null,
    });
  });

  test('dollars are exact below a cent and beyond what a double adds', async () => {
    await world.import(
      [
        at('9:31:00.000', '24.1307', 1, { venue: 'D' }),
        at('9:32:00.000', '0.000001', 1),
        ...Array.from({ length: 10 }, (_, i) => at(`9:33:0${i}.000`, '24.13', 1)),
      ],
      [QUOTE],
    );
    const rows = await world.flows('day');
    expect(rows.map(sides)).toMatchObject([
      { class: 'other', buy: 241.3, sell: 0.000001, prints: 11 },
      { class: 'retail', buy: 24.1307, sell: 0, prints: 1 },
    ]);
  });

  test('the same files again add nothing', async () => {
    const prints = [at('9:31:00.000', '24.13', 100), at('9:32:00.000', '24.11', 100)];
    const first = await world.import(prints, [QUOTE]);
    expect(first.data).toContainEqual(
      expect.objectContaining({ kind: 'stored', status: 'stored', factsStored: 2 + 1 + 4 }),
    );
    const before = await world.snapshotId();
    const again = await world.import(prints, [QUOTE]);
    expect(again.data.filter(({ kind }) => kind === 'stored')).toMatchObject([
      { status: 'stored', factsStored: 0, symbolsRestated: 0 },
    ]);
    const third = await world.import(prints, [QUOTE]);
    expect(third.store.rows).toBe(first.store.rows);
    expect(before).not.toBe('');
  });

  test('more symbols of a day add to it, corrected ones restate it, and earlier answers stay', async () => {
    const now = newYorkInstant('2024-04-01' as IsoDate, 12);
    const later = newYorkInstant('2024-05-01' as IsoDate, 12);
    await world.import([at('9:31:00.000', '24.13', 100)], [QUOTE], { now });
    const before = newYorkInstant('2024-04-15' as IsoDate, 12);
    const asKnown = await world.flows('day', ['symbol'], before);
    const more = await world.import(
      [at('9:31:00.000', '24.13', 300), at('9:31:00.000', '10', 1, { symbol: 'BBB' })],
      [],
      { existing: 'replace', now: later },
    );
    expect(more.data).toContainEqual(expect.objectContaining({ kind: 'stored', symbolsRestated: 1 }));
    expect((await world.flows('day', ['symbol'], before)).filter(({ symbol }) => symbol === 'AAA')).toEqual(
      asKnown,
    );
    const after = await world.flows('day', ['symbol']);
    expect(after.map(({ symbol, grossBuy, flags }) => [symbol, grossBuy, flags])).toEqual([
      ['AAA', 7239, ['restated by a later import']],
      ['BBB', null, []],
    ]);
  });

  test('a class whose prints are all gone counts nothing from then on', async () => {
    const prints = [at('9:31:00.000', '24.13', 100), at('10:00:00.000', '24.12', 300, { conditions: '@ 4' })];
    await world.import(prints, [QUOTE]);
    await world.import(prints.slice(0, 1), [], { existing: 'replace' });
    expect((await world.flows('day')).map(({ class: name }) => name)).toEqual(['other']);
    expect((await world.flows('minute')).map(({ minute }) => minute)).toEqual(['09:31']);
  });
});

describe('periods', () => {
  test('a week is whole once each of its trading days is on the tape', async () => {
    const days = ['2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07', '2024-03-08'] as IsoDate[];
    const on = (date: IsoDate): Print => ({ date, time: '9:31:00.000', price: '24.13', shares: 100 });
    await world.import(days.slice(0, 4).map(on));
    expect(await world.flows('week', [])).toMatchObject([
      {
        periodStart: '2024-03-04',
        periodEnd: '2024-03-08',
        isComplete: false,
        flags: ['no tape of 2024-03-08'],
      },
    ]);
    await world.import([on(days[4]!)]);
    expect(await world.flows('week', [])).toMatchObject([{ isComplete: true, flags: [], turnover: 12065 }]);
    expect(await world.flows('month', [])).toMatchObject([
      { periodStart: '2024-03-01', periodEnd: '2024-03-28', isComplete: false },
    ]);
  });

  test('a half week with a holiday ends on its last trading day', async () => {
    // Thanksgiving of 2024: Thursday closed, Friday to 13:00.
    const days = ['2024-11-25', '2024-11-26', '2024-11-27', '2024-11-29'] as IsoDate[];
    await world.import(
      days.map((date) => ({ date, time: '12:59:00.000', price: '10', shares: 1 })),
      [],
    );
    expect(await world.flows('week', [])).toMatchObject([{ periodEnd: '2024-11-29', isComplete: true }]);
  });

  test('names without tape on a day are named on their own row', async () => {
    await world.import([
      at('9:31:00.000', '24.13', 100),
      at('9:31:00.000', '10', 1, { symbol: 'BBB', date: WEDNESDAY }),
    ]);
    const rows = await world.flows('week', ['symbol']);
    expect(rows.map(({ symbol, flags }) => [symbol, flags[1]])).toEqual([
      ['AAA', 'no print of it on 2024-03-06'],
      ['BBB', 'no print of it on 2024-03-05'],
    ]);
  });

  test('a store without tape says what to do', async () => {
    await world.import([at('9:31:00.000', '24.13', 100)], [], { directory: `${world.folder}/elsewhere` });
    await expect(world.flows('day')).rejects.toThrow(NotCovered);
  });
});

describe('what was known', () => {
  test('a running minute and a running day are not seen', async () => {
    await world.import([at('9:31:30.000', '24.13', 100), at('9:32:30.000', '24.13', 100)]);
    const minutes = (asOf: number) => world.flows('minute', [], asOf as never);
    const nine31 = newYorkInstant(TUESDAY, 9, 32);
    await expect(minutes(nine31 - 1)).rejects.toThrow(NotCovered);
    expect(await minutes(nine31)).toHaveLength(1);
    await expect(world.flows('day', [], newYorkInstant(TUESDAY, 19, 59))).rejects.toThrow(NotCovered);
    expect(await world.flows('day', [], newYorkInstant(TUESDAY, 20))).toHaveLength(1);
  });

  test('answers as of a moment are those of a tape that ended then; minutes add up to days, classes to all', async () => {
    const print = fc.record({
      minute: fc.integer({ min: 0, max: 9 }),
      second: fc.integer({ min: 0, max: 59 }),
      cents: fc.integer({ min: 2405, max: 2419 }),
      sub: fc.constantFrom('', '07', '5', '91'),
      shares: fc.constantFrom(1, 50, 100, 12_000),
      venue: fc.constantFrom('D', 'N'),
      conditions: fc.constantFrom('@', '@ I', '@ 4', '6', '@ T'),
      symbol: fc.constantFrom('AAA', 'BF.B'),
    });
    const tape = fc.array(print, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(tape, fc.integer({ min: 1, max: 10 }), async (rows, cut) => {
        const prints = rows.map(({ minute, second, cents, sub, shares, ...rest }): Print => {
          const time = `9:3${minute}:${String(second).padStart(2, '0')}.000`;
          const price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}${sub}`;
          return at(time, price, shares, rest);
        });
        const quotes = ['AAA', 'BF.B'].map((symbol) => ({ ...QUOTE, symbol, time: '9:29:00.000' }));
        const early = prints.filter((_, i) => rows[i]!.minute < cut);
        const asOf = newYorkInstant(TUESDAY, 9, 30 + cut);
        const [whole, short] = [new TapeWorld(), new TapeWorld()];
        try {
          await whole.import(prints, quotes);
          if (early.length > 0) {
            await short.import(early, quotes);
            const known = await whole.flows('minute', ['symbol', 'class'], asOf);
            expect(known.map(sides)).toEqual((await short.flows('minute', ['symbol', 'class'])).map(sides));
          }
          const minutes = await whole.flows('minute', ['symbol', 'class']);
          const [all] = await whole.flows('day', []);
          const sum = (of: (row: TapeFlowRow) => number | null) =>
            Math.round(1e6 * minutes.reduce((total, row) => total + (of(row) ?? 0), 0));
          expect(sum((row) => row.turnover)).toBe(Math.round(1e6 * all!.turnover));
          expect(sum((row) => row.unsigned)).toBe(Math.round(1e6 * all!.unsigned));
          expect(sum((row) => row.grossBuy)).toBe(Math.round(1e6 * (all!.grossBuy ?? 0)));
        } finally {
          whole.remove();
          short.remove();
        }
      }),
      { seed: 20240305, numRuns: 5 },
    );
  });
});

describe('rows of a tape that could not be read', () => {
  test('are in the store, counted by status, and once though the file is imported twice', async () => {
    const question = { paths: [join(world.folder, 'trades.csv')], existing: 'combine' } as const;
    const header =
      'DATE,TIME_M,EX,SYM_ROOT,SYM_SUFFIX,TR_SCOND,SIZE,PRICE,TR_STOPIND,TR_CORR,TR_SEQNUM,TR_SOURCE,TR_RF\n';
    const row = (price: string, number: number) =>
      `20240305,10:00:00.000,N,AAA,,@,100,${price},N,00,${number},C,\n`;
    writeFileSync(question.paths[0]!, `${header}${row('24.12', 1)}${row('dear', 2)}${row('cheap', 3)}`);
    for (let times = 0; times < 2; times++) {
      const { notes } = await importTape(world.context(), question);
      expect(notes.join(' ')).toMatch(/counted by 'tidemark status'/);
    }
    const { data } = await showStatus(world.context(), {});
    const ofTape = data.filter(({ source }) => source === 'tape');
    expect(ofTape.reduce((sum, { setAsideRows }) => sum + setAsideRows, 0)).toBe(2);
    const store = await openStore(world.storeDirectory, world.context().effects);
    const view = await store.view(LATER);
    const rows = await view.query('SELECT line, "column", found FROM set_aside ORDER BY line');
    view.close();
    expect(rows).toMatchObject([
      { line: 3, found: 'dear' },
      { line: 4, found: 'cheap' },
    ]);
  });

  test.each([
    ['an empty file', '', /is empty; get the file again/],
    ['columns of nothing known', 'a,b,c\n1,2,3\n', /is no tape that Tidemark reads/],
  ])('%s is refused in one line, and nothing is stored', async (_, text, reason) => {
    const path = join(world.folder, 'odd.csv');
    writeFileSync(path, text);
    const asked = importTape(world.context(), { paths: [path], existing: 'combine' });
    await expect(asked).rejects.toThrow(reason);
    await expect(asked).rejects.toThrow(FormatError);
    expect(readdirSync(join(world.storeDirectory, 'tape'))).toEqual([]);
  });
});
