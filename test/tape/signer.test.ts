import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../src/core/index.js';
import { DECIDERS, SessionSums, sessionHours, TapeSigner, TapeSums, totalOf } from '../../src/tape/index.js';
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
