import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../src/core/index.js';
import {
  addCounts,
  DECIDERS,
  describeSigning,
  NO_COUNTS,
  PRINT_FLAGS,
  SessionSums,
  type SigningSettings,
  sessionHours,
  TapeSigner,
  TapeSums,
  totalOf,
} from '../../src/tape/index.js';
import { at, micros, quoteColumns, tradeColumns } from './columns.js';

const date = '2024-01-02' as IsoDate;

function leeReady(
  prints: Parameters<typeof tradeColumns>[0],
  quotes: Parameters<typeof quoteColumns>[0],
  lagNanos = 1,
) {
  const answers: [number, string | undefined][] = [];
  const signer = new TapeSigner({ lagNanos }, ({ length, sign, decidedBy }) => {
    for (let i = 0; i < length; i++) answers.push([sign[i]!, DECIDERS[decidedBy[i]!]]);
  });
  const feed = [quoteColumns(quotes)];
  signer.start(sessionHours(date));
  signer.sign(tradeColumns(prints), () => feed.shift() ?? null);
  signer.finish();
  return answers;
}

describe('the signing kernel by Lee and Ready', () => {
  const quotes = [
    { time: at('10:00:00.100'), bid: 24.1, ask: 24.14 },
    { time: at('10:00:00.250'), bid: 24.12, ask: 24.16 },
  ];
  const print = { time: at('10:00:00.250'), price: 24.13 };

  it('takes the strictly earlier quote by default, a quote of the same stamp with lag 0, none with five seconds', () => {
    expect(leeReady([print], quotes)).toEqual([[1, 'quote']]);
    expect(leeReady([print], quotes, 0)).toEqual([[-1, 'quote']]);
    expect(leeReady([print], quotes, 5e9)).toEqual([[0, 'none']]);
  });

  it('falls to the tick test at the midpoint', () => {
    const midpoint = { time: at('10:00:00.200'), price: 24.12 };
    expect(leeReady([{ time: at('10:00:00.150'), price: 24.13 }, midpoint], quotes)[1]).toEqual([-1, 'tick']);
    expect(leeReady([midpoint], quotes)).toEqual([[0, 'none']]);
  });
});

describe('the signer', () => {
  const hours = sessionHours(date);
  const none = () => null;
  const collect = (settings: Partial<SigningSettings> = {}) => {
    const signs: number[] = [];
    const flags: number[] = [];
    const signer = new TapeSigner(settings, (signed) => {
      signs.push(...signed.sign.subarray(0, signed.length));
      flags.push(...signed.flags.subarray(0, signed.length));
    });
    return { signer, signs, flags };
  };

  it('reads quotes that come in their own time', async () => {
    const { signer, signs } = collect();
    const feed = [
      quoteColumns([{ time: at('10:00'), bid: 10, ask: 10.02 }]),
      quoteColumns([]),
      quoteColumns([{ time: at('10:01'), bid: 11, ask: 11.02 }]),
    ];
    signer.start(hours);
    const prints = tradeColumns([
      { time: at('10:00:30'), price: 10.02 },
      { time: at('10:01:30'), price: 10.02 },
    ]);
    await signer.signAsync(prints, async () => feed.shift() ?? null);
    expect(signs).toEqual([1, -1]);
  });

  it('starts each session with nothing known', () => {
    const { signer, signs } = collect();
    for (let session = 0; session < 2; session++) {
      const feed = session === 0 ? [quoteColumns([{ time: at('15:00'), bid: 10, ask: 10.02 }])] : [];
      signer.start(hours);
      signer.sign(tradeColumns([{ time: at('15:30'), price: 10.02 }]), () => feed.shift() ?? null);
      signer.finish();
    }
    expect(signs).toEqual([1, 0]);
  });

  it('hands out prints of the reverse tick test when the session ends', () => {
    const { signer, signs } = collect({ rule: 'reverse-tick' });
    signer.start(hours);
    for (const price of [71.2, 71.2, 71.23, 71.23, 71.21, 71.21]) {
      signer.sign(tradeColumns([{ time: at('10:00'), price }]), none);
    }
    expect(signs).toEqual([]);
    signer.finish();
    expect(signs).toEqual([-1, -1, 1, 1, 0, 0]);
  });

  it('asks for no quotes where none are looked at', () => {
    const { signer } = collect({ rule: 'tick', retail: 'bjzz' });
    signer.start(hours);
    const refuse = () => {
      throw new Error('pulled');
    };
    signer.sign(tradeColumns([{ time: at('10:00'), price: 10 }]), refuse);
    expect(signer.needsQuotes).toBe(false);
  });

  it('refuses prints and quotes that go back in time, leave their day or precede the session', () => {
    const { signer } = collect();
    const print = (clock: string) => tradeColumns([{ time: at(clock), price: 10 }]);
    expect(() => signer.sign(print('10:00'), none)).toThrow(/before a session was started/);
    signer.start(hours);
    signer.sign(print('10:00'), none);
    expect(() => signer.sign(print('09:59'), none)).toThrow(/give prints in order of time/);
    expect(() => signer.sign(print('24:00'), none)).toThrow(/past its day/);
    signer.start(hours);
    const back = ['10:00', '09:59'].map((clock) => quoteColumns([{ time: at(clock), bid: 10, ask: 10.02 }]));
    expect(() => signer.sign(print('11:00'), () => back.shift() ?? null)).toThrow(/give quotes in order/);
  });

  it('takes fractions of a share into a block to the last 1e-12 dollar', () => {
    const { signer, flags } = collect({ blockSizeMicros: Number.MAX_SAFE_INTEGER });
    const sizes = [100_000.05, 100_000.06, 100_000.050001];
    signer.start(hours);
    signer.sign(tradeColumns(sizes.map((size) => ({ time: at('10:00'), price: 1.999999, size }))), none);
    const large = sizes.map(
      (size) => BigInt(micros(1.999999)) * BigInt(micros(size)) >= 200_000n * 10n ** 12n,
    );
    expect(large).toEqual([false, true, true]);
    expect(flags.map((flag) => (flag & PRINT_FLAGS.large) !== 0)).toEqual(large);
  });

  it('refuses settings that mean nothing', () => {
    expect(() => collect({ rule: 'guess' as 'tick' })).toThrow(/guess is no signing rule/);
    expect(() => collect({ lagNanos: -1 })).toThrow(/lagNanos is -1/);
    expect(() => collect({ lagNanos: 0.5 })).toThrow(/whole number/);
    expect(() => collect({ tickSizeMicros: 0 })).toThrow(/at least 1/);
  });
});

describe('what a result rests on', () => {
  const print = { time: at('10:00:01'), price: 10.01 };

  function method(settings: Partial<SigningSettings>, quotes: readonly [number, number][]) {
    const signer = new TapeSigner(settings, () => undefined);
    for (const [bid, ask] of quotes) {
      const feed = [quoteColumns([{ time: at('10:00'), bid, ask }])];
      signer.start(sessionHours(date));
      signer.sign(tradeColumns([{ ...print, conditions: '?' }, print]), () => feed.shift() ?? null);
    }
    return describeSigning(signer.settings, signer.counts);
  }

  it('names rule, lag, quotes met and deciders', () => {
    const told = method({}, [
      [10, 10.01],
      [10, 10],
      [10, 0],
      [10.1, 10],
    ]);
    expect(told).toMatchObject({
      rule: 'lee-ready',
      lagNanos: 1,
      quoteKind: 'nbbo',
      session: 'regular',
      conditionTable: 'taq-1',
      decidedBy: { none: 3, tick: 0, quote: 1, aggressor: 0, retail: 0 },
      noQuoteShare: 0.25,
      lockedShare: 0.25,
      crossedShare: 0.25,
    });
    expect(told.warnings).toEqual([
      '25.0 % of prints met a crossed quote: the quotes are probably not of kind nbbo',
      '4 prints have sale conditions of no known meaning and stay unsigned',
    ]);
  });

  it('says so where a source has no sub-penny prices, and where nothing was to be signed', () => {
    const told = method({ hasSubPennyPrices: false }, []);
    expect(told.warnings).toEqual(['no sub-penny prices in this source: retail cannot be told']);
    expect(told).toMatchObject({ noQuoteShare: null, lockedShare: null, crossedShare: null });
  });

  it('adds up over parts', () => {
    const { counts } = method({}, [[10, 10.01]]);
    expect(addCounts(counts, addCounts(counts, NO_COUNTS))).toEqual(
      method({}, [
        [10, 10.01],
        [10, 10.01],
      ]).counts,
    );
  });
});

describe('sums of signed prints', () => {
  it('add up to the notional of all prints', () => {
    const session = new SessionSums('minute');
    const signer = new TapeSigner({}, (signed) => session.add(signed));
    signer.start(sessionHours(date));
    const prints = [
      { time: at('10:00:59.999'), price: 100.0001, size: 300 },
      { time: at('10:01:00'), price: 100.0002, size: 0.000001 },
    ];
    signer.sign(tradeColumns(prints), () => null);
    signer.finish();
    const sums = new TapeSums('minute');
    sums.addSession('XXX', date, session);
    const rows = sums.rows();
    expect(rows.map(({ period }) => period)).toEqual(['2024-01-02T10:00', '2024-01-02T10:01']);
    expect(rows.map((row) => totalOf(row).notional)).toEqual([
      BigInt(micros(100.0001)) * 300_000_000n,
      BigInt(micros(100.0002)),
    ]);
  });
});
