import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showBuyers, showUnison, writeReport } from '../../../src/app/index.js';
import {
  type BuyersRow,
  type ClassAgreementRow,
  type HerdingRow,
  type IsoDate,
  NotCovered,
  type RoleRow,
  tradingDays,
} from '../../../src/core/index.js';
import { type Print, type Quote, TapeWorld } from './tape-world.js';

const WEEKS = ['2024-03-04', '2024-03-11'] as const;
const WEEK = '2024-03-12' as IsoDate;
const NAMES = Array.from({ length: 12 }, (_, i) => `N${i + 10}`);
const BOUGHT_BY_BLOCKS = 8;

/** Large prints buy the first eight names and sell the rest; one small print a day and name goes the other way. */
function printsOf(date: IsoDate): Print[] {
  return NAMES.flatMap((symbol, i) => {
    const [large, small] = i < BOUGHT_BY_BLOCKS ? ['24.14', '24.10'] : ['24.10', '24.14'];
    return [
      { date, symbol, time: '10:00:00.000', price: large, shares: 10_000 },
      { date, symbol, time: '11:00:00.000', price: small, shares: 100 },
    ];
  });
}

const quotesOf = (date: IsoDate): Quote[] =>
  NAMES.map((symbol) => ({ date, symbol, time: '9:30:00.000', bid: '24.10', ask: '24.14' }));

const question = { report: 'futures-only', basis: 'tape', week: WEEK } as const;
const draws = { resamples: 99, seed: 1 } as const;

let world: TapeWorld;
beforeAll(async () => {
  world = new TapeWorld();
  const days = WEEKS.flatMap((monday) => {
    const start = monday as IsoDate;
    return tradingDays(
      start,
      `${start.slice(0, 8)}${String(Number(start.slice(8)) + 4).padStart(2, '0')}` as IsoDate,
    );
  });
  await world.import(days.flatMap(printsOf), days.flatMap(quotesOf));
}, 60_000);
afterAll(() => world.remove());

describe('unison of the tape', () => {
  test('names are the units of breadth, by kind of print and together, and nobody is said to herd', async () => {
    const { data } = await showUnison(world.context(), { ...question, ...draws });
    const rows = data.filter((row): row is HerdingRow => row.kind === 'herding' && row.sector === null);
    const told = rows.map(({ class: name, securities, netBuyerShare }) => [name, securities, netBuyerShare]);
    const share = (2 * BOUGHT_BY_BLOCKS - NAMES.length) / NAMES.length;
    expect(told).toEqual([
      [null, 12, share],
      ['block', 12, share],
      ['other', 12, -share],
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ managers: null, lsv: null, overdispersion: null, followingOwn: null });
      expect(row.following).toBeCloseTo(1, 12);
      expect(row.reasons.lsv).toMatch(/kinds of prints, not who traded/);
    }
  });

  test('agreement of the kinds needs a year of weeks, and says so', async () => {
    const { data } = await showUnison(world.context(), { ...question, ...draws });
    const row = data.find((one): one is ClassAgreementRow => one.kind === 'class-agreement')!;
    const large = 5 * 10_000 * (8 * 24.14 - 4 * 24.1);
    expect(row.classes).toEqual(['block', 'other']);
    expect(row.nets[0]).toBeCloseTo(large, 6);
    expect(row.reason).toMatch(/52 needed/);
  });

  test('an unsigned kind of print is no class to move with others', async () => {
    await expect(
      showUnison(world.context(), { ...question, ...draws, classes: ['auction'] }),
    ).rejects.toThrow(NotCovered);
  });
});

describe('buyers of the tape', () => {
  test('what was initiated by kind of print, and no verdict on who the investors were', async () => {
    const { data, notes } = await showBuyers(world.context(), { ...question, bounds: false });
    const rows = data.filter((row): row is BuyersRow => row.kind === 'class');
    const block = rows.find((row) => row.class === 'block')!;
    expect(block.grossBuy).toBeCloseTo(5 * 8 * 241_400, 6);
    expect(block.grossSell).toBeCloseTo(5 * 4 * 241_000, 6);
    expect(rows.at(-1)!.net).toBeCloseTo(-rows.slice(0, -1).reduce((sum, { net }) => sum + net!, 0), 6);
    const roles = data.filter((row): row is RoleRow => row.kind === 'role');
    expect(roles.map(({ verdict }) => verdict)).toEqual(['not measurable', 'not measurable']);
    expect(notes.join(' ')).toMatch(/rested in the book/);
  });
});

describe('a report of the tape', () => {
  test('speaks of kinds of prints, and its standard note is not measurable where it needs investors', async () => {
    const directory = join(world.folder, 'report');
    await writeReport(world.context(), {
      ...question,
      ...draws,
      classes: ['other'],
      measure: 'net',
      lookback: '10y',
      directory,
      bringsRows: false,
    });
    const text = readFileSync(join(directory, 'report.md'), 'utf8');
    expect(text).toMatch(/Other prints' net selling in all shares, by the prints brought/);
    expect(text).not.toMatch(/other managers|NaN|undefined/i);
    expect(text).toMatch(/names bought on balance/);
    expect(text).toMatch(/The tape tells kinds of prints and not who traded/);
    expect(text).not.toMatch(/\*\*(contradicted|supported)\*\*/);
  }, 60_000);
});
