import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../src/core/index.js';
import {
  addSides,
  type CountedPrint,
  imbalanceOf,
  NO_FIGURES,
  NO_SIDES,
  PRINT_CLASSES,
  SessionSums,
  sessionHours,
  sumOf,
  TapeSigner,
  TapeSums,
  totalOf,
} from '../../src/tape/index.js';
import { at, type Print, tradeColumns } from './columns.js';

const monday = '2024-03-25' as IsoDate;
const thursday = '2024-03-28' as IsoDate;

/** Prints up to dear, huge and fractional ones, so that carries of every size happen. */
const print: fc.Arbitrary<CountedPrint> = fc.record({
  timeNanos: fc.constantFrom(at('09:30'), at('09:30:59.9'), at('09:31'), at('15:59')),
  priceMicros: fc.oneof(
    fc.integer({ min: 1, max: 9e8 }),
    fc.constantFrom(700_000_123_457, 999_999, 3_000_000_000_001),
  ),
  sizeMicros: fc.oneof(
    fc.integer({ min: 1, max: 3e9 }),
    fc.constantFrom(1, 999_999, 123_456_789_123_456, 9e15),
  ),
  printClass: fc.constantFrom(...PRINT_CLASSES.slice(0, -1)),
  sign: fc.constantFrom(-1, 0, 1),
  oddLot: fc.boolean(),
}) as fc.Arbitrary<CountedPrint>;

interface Arrival {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly print: CountedPrint;
}
const arrivals: fc.Arbitrary<Arrival[]> = fc.array(
  fc.record({ symbol: fc.constantFrom('AAA', 'BRK.B'), date: fc.constantFrom(monday, thursday), print }),
  { maxLength: 60 },
);

function sumsOf(list: readonly Arrival[], bucket: 'minute' | 'day' | 'week' = 'minute'): TapeSums {
  const sums = new TapeSums(bucket);
  for (const { symbol, date, print } of list) sums.addPrint(symbol, date, print);
  return sums;
}

const notionalOf = ({ priceMicros, sizeMicros }: CountedPrint) => BigInt(priceMicros) * BigInt(sizeMicros);

describe('sums of the tape', () => {
  it('are the same bytes in any order and any split', () => {
    fc.assert(
      fc.property(arrivals, fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), (list, worker) => {
        const whole = sumsOf(list).pack();
        expect(sumsOf([...list].reverse()).pack()).toEqual(whole);
        const parts = [3, 1, 0, 2].map((w) => sumsOf(list.filter((_, i) => worker[i] === w)));
        const merged = new TapeSums('minute');
        merged.mergePacked(structuredClone(parts[0]!.pack()));
        for (const part of parts.slice(1)) merged.merge(part);
        expect(Buffer.from(merged.pack().cells.buffer).equals(Buffer.from(whole.cells.buffer))).toBe(true);
        expect(merged.pack()).toEqual(whole);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('hold every print exactly once at each level', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom('minute', 'day', 'week'), (list, bucket) => {
        const rows = sumsOf(list, bucket).rows();
        const sides = rows.reduce((sum, row) => addSides(sum, row), NO_SIDES);
        const signed = (sign: number) =>
          list.filter((a) => a.print.sign === sign).reduce((sum, a) => sum + notionalOf(a.print), 0n);
        expect([sides.buy, sides.sell, sides.unsigned].map(({ notional }) => notional)).toEqual(
          [1, -1, 0].map(signed),
        );
        expect(totalOf(sides)).toEqual({
          prints: list.length,
          sizeMicros: list.reduce((sum, a) => sum + BigInt(a.print.sizeMicros), 0n),
          notional: list.reduce((sum, a) => sum + notionalOf(a.print), 0n),
        });
        const odd = rows.reduce((sum, { oddLots }) => sumOf(sum, totalOf(oddLots)), NO_FIGURES);
        expect(odd.prints).toBe(list.filter((a) => a.print.oddLot).length);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('give a cancelled print back to the byte', () => {
    fc.assert(
      fc.property(arrivals, print, (list, cancelled) => {
        const sums = sumsOf(list);
        const before = sums.pack();
        sums.addPrint('AAA', monday, cancelled);
        sums.removePrint('AAA', monday, cancelled);
        expect(sums.pack()).toEqual(before);
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  it('refuse to cancel what was not counted', () => {
    const counted: CountedPrint = {
      timeNanos: at('10:00'),
      priceMicros: 10e6,
      sizeMicros: 100e6,
      printClass: 'other',
      sign: 1,
      oddLot: false,
    };
    const sums = new TapeSums('minute');
    sums.addPrint('AAA', monday, counted);
    expect(() => sums.removePrint('AAA', monday, { ...counted, sign: -1 })).toThrow(/no such print of AAA/);
    expect(() => sums.removePrint('AAA', thursday, counted)).toThrow(/no such print/);
    expect(() => sums.removePrint('AAA', monday, { ...counted, priceMicros: 11e6 })).toThrow(/no such print/);
    sums.removePrint('AAA', monday, counted);
    expect(sums.rows()).toEqual([]);
  });

  it('do not mix buckets', () => {
    expect(() => new TapeSums('day').merge(new TapeSums('minute'))).toThrow(/by minute do not merge/);
    expect(() => new TapeSums('minute').addSession('AAA', monday, new SessionSums('day'))).toThrow(
      /by minute/,
    );
  });

  it('label minutes, days and weeks by their start', () => {
    const arrival: Arrival = {
      symbol: 'AAA',
      date: thursday,
      print: {
        timeNanos: at('09:30:59.999999999'),
        priceMicros: 1,
        sizeMicros: 1,
        printClass: 'other',
        sign: 1,
        oddLot: true,
      },
    };
    const periods = (['minute', 'day', 'week'] as const).map(
      (bucket) => sumsOf([arrival], bucket).rows()[0]!.period,
    );
    expect(periods).toEqual(['2024-03-28T09:30', '2024-03-28', '2024-03-25']);
  });

  it('have an imbalance of signed dollars alone, none where nothing is signed', () => {
    const figures = (notional: bigint) => ({ prints: 1, sizeMicros: 1n, notional });
    expect(imbalanceOf({ ...NO_SIDES, unsigned: figures(5n) })).toBeNull();
    expect(imbalanceOf({ buy: figures(3n), sell: figures(1n), unsigned: figures(9n) })).toBe(0.5);
  });
});

describe('sums of a session', () => {
  it('have the bytes of sums print by print, carries included', () => {
    const small = fc.constantFrom(1, 2, 999_999, 1_000_000, 1_000_001, 123_456_789);
    const large = fc.constantFrom(999_999_999_999, 1_000_000_000_000, 4_000_000_000_000_000, 9e15);
    const figure = fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: large });
    fc.assert(
      fc.property(fc.array(fc.tuple(figure, figure), { maxLength: 40 }), (list) => {
        const columns = tradeColumns(list.map(() => ({ time: at('10:00'), price: 1 })));
        columns.priceMicros.set(list.map(([priceMicros]) => priceMicros));
        columns.sizeMicros.set(list.map(([, sizeMicros]) => sizeMicros));
        const session = new SessionSums('day');
        const plain = new TapeSums('day');
        const signer = new TapeSigner({ rule: 'tick', retail: 'none' }, (signed) => {
          session.add(signed);
          for (let i = 0; i < signed.length; i++) {
            plain.addPrint('AAA', monday, {
              timeNanos: at('10:00'),
              priceMicros: columns.priceMicros[i]!,
              sizeMicros: columns.sizeMicros[i]!,
              printClass: PRINT_CLASSES[signed.printClass[i]!]!,
              sign: signed.sign[i] as -1 | 0 | 1,
              oddLot: (signed.flags[i]! & 1) !== 0,
            });
          }
        });
        signer.start(sessionHours(monday));
        signer.sign(columns, () => null);
        const sums = new TapeSums('day');
        sums.addSession('AAA', monday, session);
        expect(sums.pack()).toEqual(plain.pack());
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  const prints: Print[] = [
    { time: at('09:30:00.1'), price: 100, size: 100, conditions: 'O' },
    { time: at('09:30:01'), price: 100, size: 100, aggressor: 1 },
    { time: at('09:30:02'), price: 100, size: 5, conditions: 'I', aggressor: -1 },
    { time: at('09:31'), price: 100, size: 2_000, aggressor: -1 },
    { time: at('09:31'), price: 100, size: 10, conditions: 'M' },
    { time: at('16:00:07'), price: 100, size: 300, conditions: '6' },
    { time: at('16:30'), price: 100, size: 1, conditions: 'TI', aggressor: 1 },
  ];

  it('are by class and minute, and the same day either way', () => {
    const byMinute = new SessionSums('minute');
    const byDay = new SessionSums('day');
    const signer = new TapeSigner({}, (signed) => {
      byMinute.add(signed);
      byDay.add(signed);
    });
    signer.start(sessionHours(monday));
    signer.sign(tradeColumns(prints), () => null);
    signer.finish();
    const minutes = new TapeSums('minute');
    const [days, sameDays] = [new TapeSums('day'), new TapeSums('day')];
    days.addSession('AAA', monday, byDay);
    const copy = new SessionSums('minute');
    const again = new TapeSigner({}, (signed) => copy.add(signed));
    again.start(sessionHours(monday));
    again.sign(tradeColumns(prints), () => null);
    sameDays.addSession('AAA', monday, copy);
    minutes.addSession('AAA', monday, byMinute);
    expect(sameDays.pack()).toEqual(days.pack());
    const summary = minutes
      .rows()
      .map(({ period, printClass, buy, sell, unsigned }) => [
        `${period.slice(11)} ${printClass}`,
        ...[buy, sell, unsigned].map(({ sizeMicros }) => Number(sizeMicros) / 1e6),
      ]);
    expect(summary).toEqual([
      ['09:30 auction', 0, 0, 100],
      ['09:30 other', 100, 5, 0],
      ['09:31 block', 0, 2_000, 0],
      ['16:00 auction', 0, 0, 300],
      ['16:30 extended', 0, 0, 1],
    ]);
  });
});
