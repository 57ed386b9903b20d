import { describe, expect, it } from 'vitest';
import type { TapeBatch } from '../../../../src/core/index.js';
import { hasSharedData, sharedBytes } from '../shared-data.js';
import { cut, detectTape } from './read-tape.js';

/** Rows of each real file, as its list of origins says. */
const LEAN_TRADES = {
  ibm: { 20131007: 24_293, 20131008: 33_381, 20131009: 27_042, 20131010: 22_415, 20131011: 19_264 },
  bac: { 20131007: 88_172, 20131008: 125_872, 20131009: 122_832, 20131010: 124_567, 20131011: 112_177 },
  aig: { 20131007: 25_351 },
  spy: { 20131007: 250_601 },
};
const LEAN_QUOTES = {
  ibm: { 20131007: 109_067, 20131008: 125_750, 20131009: 135_492, 20131010: 105_428, 20131011: 99_852 },
  bac: { 20131007: 476_855, 20131008: 576_096 },
  aig: { 20131007: 1_079_935 },
};
const paths = (kind: string, counts: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
  Object.entries(counts).flatMap(([symbol, days]) =>
    Object.entries(days).map(([day, rows]) => [`lean/${symbol}_${day}_${kind}.csv.gz`, rows] as const),
  );
const highfrequency = (name: string, rows: number) => [`highfrequency/${name}.csv.gz`, rows] as const;

interface Counts {
  trades: number;
  quotes: number;
  setAside: number;
  other: number;
  rowsRead: number;
}

async function count(path: string, each: (batch: TapeBatch) => void = () => {}): Promise<Counts> {
  const bytes = sharedBytes(`tape/${path}`);
  const { reader, format } = detectTape(bytes, { name: path });
  const file = { name: path, head: bytes.subarray(0, 65_536) };
  const counts = { trades: 0, quotes: 0, setAside: 0, other: 0, rowsRead: 0 };
  for await (const batch of reader.read(file, format, cut(bytes, [65_536, 10_007]), {})) {
    counts.trades += batch.trades?.rows ?? 0;
    counts.quotes += batch.quotes?.rows ?? 0;
    counts.setAside += batch.setAside.length;
    counts.other += batch.otherRows;
    counts.rowsRead += batch.rowsRead;
    each(batch);
  }
  return counts;
}

describe.skipIf(!hasSharedData)('real tapes (needs ../shared/data)', () => {
  it.each([
    ...paths('trade', LEAN_TRADES),
    highfrequency('sampleTDataRaw', 77_263),
    highfrequency('sampleTData', 7_168),
    highfrequency('sampleMultiTradeData', 43_581),
  ])('%s has %d trades', async (path, rows) => {
    expect(await count(path)).toEqual({ trades: rows, quotes: 0, setAside: 0, other: 0, rowsRead: rows });
  });

  it.each([
    ...paths('quote', LEAN_QUOTES),
    highfrequency('sampleQDataRaw', 131_401),
    highfrequency('sampleQData', 46_564),
  ])('%s has %d quotes', async (path, rows) => {
    expect(await count(path)).toEqual({ trades: 0, quotes: rows, setAside: 0, other: 0, rowsRead: rows });
  });

  it('finds the quirks of the raw NYSE sample', async () => {
    let offExchange = 0;
    let subPenny = 0;
    let halfCent = 0;
    const sets = new Set<string>();
    await count('highfrequency/sampleTDataRaw.csv.gz', ({ trades }) => {
      for (let row = 0; row < trades!.rows; row += 1) {
        sets.add(trades!.conditionSets[trades!.conditions[row]!]!);
        if (trades!.venue[row] !== 'D'.charCodeAt(0)) continue;
        const fraction = trades!.priceMicros[row]! % 10_000;
        offExchange += 1;
        if (fraction !== 0) subPenny += 1;
        if (fraction === 5000) halfCent += 1;
      }
    });
    expect([offExchange, subPenny, halfCent]).toEqual([23_697, 12_746, 3408]);
    expect([...sets]).toEqual(expect.arrayContaining(['', 'I', 'FI', '4B', '6', 'M', 'Q', 'O']));
  });

  it('carries the two sides of LEAN quotes to a market that is hardly ever crossed', async () => {
    let both = 0;
    let crossed = 0;
    await count('lean/ibm_20131007_quote.csv.gz', ({ quotes }) => {
      for (let row = 0; row < quotes!.rows; row += 1) {
        const bid = quotes!.bidMicros[row]!;
        const ask = quotes!.askMicros[row]!;
        if (bid > 0 && ask > 0) both += 1;
        if (bid > 0 && ask > 0 && bid > ask) crossed += 1;
      }
    });
    expect(both / 109_067).toBeGreaterThan(0.99);
    expect(crossed / both).toBeLessThan(0.03);
  });
});
