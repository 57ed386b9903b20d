import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../src/core/index.js';
import {
  type NameDay,
  simulateTape,
  type TapePrint,
  tapeFiles,
  type VenueQuote,
} from '../../src/simulate/index.js';
import { readRows } from '../support/tape-rows.js';

const DATES = ['2026-10-30', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-27'] as IsoDate[];
const tape = (seed: number, planted = true) =>
  simulateTape({
    seed,
    dates: DATES,
    names: [
      { symbol: 'FLOW', tape: 'C', spreadCents: 3 },
      { symbol: 'TIDE.B', tape: 'A', spreadCents: 2 },
    ],
    ordersPerDay: 200,
    planted,
    prices: (symbol) => (symbol === 'FLOW' ? { open: 64.2, close: 64.95 } : { open: 31.07, close: 30.6 }),
  });
const files = new Map(tapeFiles(tape(1)));
const text = (path: string): string => {
  const contents = files.get(`tape/${path}`)!;
  return typeof contents === 'string' ? contents : gunzipSync(contents).toString();
};
const days: NameDay[] = DATES.flatMap((date) => tape(1).day(date));
const SECOND = 1e9;
const CLOSE = 16 * 3600 * SECOND;

describe('a simulated tape', () => {
  it('is the same for equal seeds, and another for others', () => {
    const hash = (seed: number) => {
      const sum = createHash('sha256');
      for (const [path, contents] of tapeFiles(tape(seed))) sum.update(path).update(contents);
      return sum.digest('hex');
    };
    expect(hash(1)).toBe(hash(1));
    expect(hash(2)).not.toBe(hash(1));
  });

  it('orders prints and quotes by time and sequence', () => {
    for (const { prints, quotes } of days) {
      for (const rows of [prints, quotes] as readonly (readonly (TapePrint | VenueQuote)[])[]) {
        for (const [i, row] of rows.entries()) {
          if (i === 0) continue;
          expect(row.time).toBeGreaterThanOrEqual(rows[i - 1]!.time);
          expect(row.sequence).toBeGreaterThan(rows[i - 1]!.sequence);
        }
      }
    }
  });

  it('quotes no national best that is locked or crossed but in one planted second', () => {
    const bad: string[] = [];
    for (const { name, date, quotes } of days) {
      const venues = new Map<string, VenueQuote>();
      for (const [i, quote] of quotes.entries()) {
        venues.set(quote.venue, quote);
        if (quotes[i + 1]?.time === quote.time) continue;
        const bid = Math.max(...[...venues.values()].map((one) => one.bid));
        const ask = Math.min(...[...venues.values()].map((one) => one.ask || Number.POSITIVE_INFINITY));
        if (bid >= ask) bad.push(`${name.symbol} ${date} ${Math.floor(quote.time / SECOND)}`);
      }
    }
    expect([...new Set(bad)]).toEqual(['FLOW 2026-11-03 39600']);
  });

  it('fills orders where they belong', () => {
    const cents = ({ price }: TapePrint) => price % 100;
    for (const { prints } of days) {
      for (const print of prints) {
        expect(print.shares).toBeGreaterThan(0);
        expect(Number.isInteger(print.price) && print.price > 0).toBe(true);
        if (print.trueClass !== null) expect(print.letters.includes('I')).toBe(print.shares < 100);
        if (print.mechanism === 'retail-sub-penny') {
          expect(print.venue).toBe('D');
          expect(cents(print) % 100 === 0 || (cents(print) >= 40 && cents(print) <= 60)).toBe(false);
        }
        if (print.mechanism.endsWith('-midpoint')) expect([0, 50]).toContain(cents(print));
        if (print.mechanism === 'retail-whole-cent') expect([print.venue, cents(print)]).toEqual(['D', 0]);
        const isLarge = print.shares >= 10_000 || (print.price * print.shares) / 10_000 >= 200_000;
        if (print.trueClass === 'block') expect(isLarge).toBe(true);
        if (print.trueClass === 'retail' || print.trueClass === 'other') expect(isLarge).toBe(false);
      }
    }
  });

  it('closes at one on a half day, and prints auctions and their repeats behind it', () => {
    for (const { date, prints } of days) {
      const close = date === '2026-11-27' ? 13 * 3600 * SECOND : CLOSE;
      const of = (mechanism: string) => prints.filter((print) => print.mechanism === mechanism);
      const [closing] = of('closing-auction');
      const [official] = of('official-close');
      expect(closing!.time).toBeGreaterThan(close);
      expect(closing!.time).toBeLessThan(close + 15 * SECOND);
      expect([official!.price, official!.shares, official!.trueClass]).toEqual([
        closing!.price,
        closing!.shares,
        null,
      ]);
      expect([closing!.letters, official!.letters]).toEqual(['6', 'M']);
      for (const print of prints) {
        if (['retail', 'block', 'other'].includes(print.trueClass ?? '')) {
          expect(print.time).toBeLessThan(close);
          expect(print.time).toBeGreaterThan(9.5 * 3600 * SECOND);
        }
      }
    }
  });

  it('takes prints back with a record of each', () => {
    for (const { prints } of days) {
      const corrections = prints
        .filter(({ correction }) => correction > 0)
        .map(({ correction }) => correction);
      expect(corrections.sort((a, b) => a - b)).toEqual([1, 7, 8, 10, 11, 12]);
    }
  });

  it('writes one tape in both formats', async () => {
    for (const date of DATES) {
      const stamp = date.replaceAll('-', '');
      const nyse = await readRows(Buffer.from(text(`nyse/EQY_US_ALL_TRADE_${stamp}.gz`)), {
        name: `EQY_US_ALL_TRADE_${stamp}`,
      });
      const folder = `${date.slice(0, 4)}/${date.slice(5, 7)}/${date}.csv.gz`;
      const flat = await readRows(Buffer.from(text(`us_stocks_sip/trades_v1/${folder}`)));
      expect([nyse.format, flat.format]).toEqual(['nyse-trades', 'polygon-flat-file-trades']);
      expect([nyse.setAside, flat.setAside]).toEqual([[], []]);
      const venueOfNasdaq = (row: string) => row.replace(/ Q '/, " T '");
      // The vendor has one number for average prices, whatever the tape's letter.
      const plain = (row: string) =>
        venueOfNasdaq(row)
          .replace(/'[BW](I?)'/, "'B$1'")
          .replace(/ row \d+$/, '');
      expect(flat.trades.map(plain)).toEqual(nyse.trades.map(plain));
      expect(nyse.trades).toHaveLength(
        days.filter((day) => day.date === date).flatMap(({ prints }) => prints).length,
      );
    }
  });

  it('quotes the best of the venues in the other format', async () => {
    const [stamp, folder] = ['20261103', '2026/11/2026-11-03.csv.gz'];
    const flat = await readRows(Buffer.from(text(`us_stocks_sip/quotes_v1/${folder}`)));
    const best = new Map(
      flat.quotes.map((row) => [
        bestKey(row),
        row
          .split(' ')
          .slice(2, 8)
          .filter((part) => part !== '/' && part !== 'x'),
      ]),
    );
    for (const letter of ['F', 'T']) {
      const name = `SPLITS_US_ALL_BBO_${letter}_${stamp}`;
      const { quotes } = await readRows(Buffer.from(text(`nyse/${name}.gz`)), { name });
      expect(quotes.length).toBeGreaterThan(500);
      let compared = 0;
      const venues = new Map<string, [bid: number, ask: number]>();
      for (const row of quotes) {
        const [, , bid, , , , ask, , , venue] = row.split(' ');
        venues.set(venue!, [Number(bid), Number(ask)]);
        const told = best.get(bestKey(row));
        if (told === undefined) continue;
        compared += 1;
        const bids = [...venues.values()].map(([one]) => one);
        const asks = [...venues.values()].map(([, one]) => one).filter((one) => one > 0);
        expect(Number(told[0])).toBe(Math.max(...bids));
        expect(Number(told[2])).toBe(asks.length === 0 ? 0 : Math.min(...asks));
      }
      expect(compared).toBeGreaterThan(200);
    }
  });

  it('tells the truth of every row, in prints and in dollars', () => {
    const truth = JSON.parse(text('tape-truth.json'));
    const rows = text('tape-truth.csv').trim().split('\n').slice(1);
    expect(rows).toHaveLength(days.flatMap(({ prints }) => prints).length);
    const [{ name, date, prints }] = days as [NameDay];
    const sum = (keep: (print: TapePrint) => boolean) =>
      prints.filter(keep).reduce((total, print) => total + BigInt(print.price * print.shares), 0n);
    const told = truth.sums.find(
      (one: { date: string; symbol: string; class: string }) =>
        one.date === date && one.symbol === name.symbol && one.class === 'retail',
    );
    const dollars = (text: string) => BigInt(text.replace('.', '')) / 100n;
    expect(dollars(told.buyUsd)).toBe(
      sum(({ trueClass, initiator }) => trueClass === 'retail' && initiator > 0),
    );
    expect(dollars(told.sellUsd)).toBe(
      sum(({ trueClass, initiator }) => trueClass === 'retail' && initiator < 0),
    );
  });

  it('plants a day on which retail buys and a week in which institutions do', () => {
    const share = (symbol: string, trueClass: string, dates: readonly IsoDate[], all = days) => {
      const prints = all
        .filter(({ name, date }) => name.symbol === symbol && dates.includes(date))
        .flatMap((day) => day.prints.filter((print) => print.trueClass === trueClass));
      return prints.filter(({ initiator }) => initiator > 0).length / prints.length;
    };
    expect(tape(1).plants.map(({ kind, symbol, from }) => [kind, symbol, from])).toEqual([
      ['retail-buying-day', 'FLOW', '2026-11-03'],
      ['institutional-buying-week', 'TIDE.B', '2026-10-30'],
    ]);
    expect(share('FLOW', 'retail', ['2026-11-03'] as IsoDate[])).toBeGreaterThan(0.75);
    expect(share('TIDE.B', 'other', DATES)).toBeGreaterThan(0.6);
    const unplanted = DATES.flatMap((date) => tape(1, false).day(date));
    expect(Math.abs(share('TIDE.B', 'other', DATES, unplanted) - 0.5)).toBeLessThan(0.08);
  });
});

const bestKey = (row: string): string => {
  const [time, symbol] = row.split(' ');
  return `${symbol} ${time} ${row.split(' ').find((part) => part.startsWith('#'))}`;
};
