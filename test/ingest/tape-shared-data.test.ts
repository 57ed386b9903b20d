import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TapeBatch } from '../../src/core/index.js';
import { findFiles, openTapeFiles } from '../../src/ingest/index.js';
import { TAPE_READERS } from '../../src/sources/index.js';
import { SHARED_DATA } from '../support/command-line.js';

const TAPE = join(SHARED_DATA, 'tape');

async function read(path: string): Promise<{ readonly formats: string[]; readonly batches: TapeBatch[] }> {
  const formats: string[] = [];
  const batches: TapeBatch[] = [];
  for await (const file of openTapeFiles(await findFiles([join(TAPE, path)], null))) {
    for (const reader of TAPE_READERS) {
      const format = reader.detect(file, {});
      if (format === null) continue;
      formats.push(format.name);
      for await (const batch of reader.read(file, format, file.chunks(), {})) batches.push(batch);
    }
  }
  return { formats, batches };
}

const total = (batches: readonly TapeBatch[], figure: (batch: TapeBatch) => number): number =>
  batches.reduce((sum, batch) => sum + figure(batch), 0);

/** Format, trades, quotes, cancels, other rows, rows. */
const countsOf = ({ formats, batches }: Awaited<ReturnType<typeof read>>) => [
  ...formats,
  total(batches, ({ trades }) => trades?.rows ?? 0),
  total(batches, ({ quotes }) => quotes?.rows ?? 0),
  total(batches, ({ cancels }) => cancels.length),
  total(batches, ({ otherRows }) => otherRows),
  total(batches, ({ rowsRead }) => rowsRead),
  total(batches, ({ setAside }) => setAside.length),
];

describe.skipIf(!existsSync(TAPE))('real and published tape files (needs ../shared/data)', () => {
  it.each([
    ['XNAS.ITCH.trades', ['databento-dbn-trades', 4, 0, 0, 0, 4, 0]],
    ['XNAS.ITCH.tbbo', ['databento-dbn-tbbo', 4, 4, 0, 0, 4, 0]],
    ['XNAS.ITCH.mbp-1', ['databento-dbn-mbp-1', 0, 4, 0, 0, 4, 0]],
    ['XNAS.ITCH.mbo', ['databento-dbn-mbo', 0, 0, 0, 4, 4, 0]],
    ['EQUS.MINI.trades', ['databento-dbn-trades', 4, 0, 0, 0, 4, 0]],
    // Two of the four trades have one time: one quote stands in front of both.
    ['EQUS.MINI.tbbo', ['databento-dbn-tbbo', 4, 3, 0, 0, 4, 0]],
    ['EQUS.MINI.mbp-1', ['databento-dbn-mbp-1', 0, 4, 0, 0, 4, 0]],
  ])('Databento %s', async (name, counts) => {
    expect(countsOf(await read(`databento/${name}.dbn.zst`))).toEqual(counts);
  });

  it('Databento tells NVDA, its price and its aggressor', async () => {
    const { trades } = (await read('databento/XNAS.ITCH.tbbo.dbn.zst')).batches[0]!;
    expect(trades!.symbols).toEqual(['NVDA']);
    expect([...trades!.priceMicros]).toEqual([521_000_000, 521_000_000, 521_000_000, 521_010_000]);
    expect([...trades!.aggressor]).toEqual([1, 1, -1, 0]);
    expect(trades!.epochNanos[0]).toBe(1_609_146_312_576_690_768n);
  });

  it('IEX TOPS', async () => {
    const reading = await read('iex/TOPS16.pcap.gz');
    expect(countsOf(reading)).toEqual(['iex-tops', 6_390, 27_217, 3, 24_064, 57_674, 0]);
    const ids = new Set(reading.batches.flatMap(({ trades }) => [...(trades?.tradeId ?? [])]));
    for (const { tradeId } of reading.batches.flatMap(({ cancels }) => cancels))
      expect(ids.has(tradeId)).toBe(true);
  });

  it('LOBSTER', async () => {
    const reading = await read('lobster');
    expect(countsOf(reading)).toEqual(['lobster', 159, 485, 0, 453, 999, 0]);
    const messages = await read('lobster/AAPL_2012-06-21_34200000_57600000_message_10.head999.csv.gz');
    expect(countsOf(messages)).toEqual(countsOf(reading));
    const { trades } = reading.batches[0]!;
    const signs = [...trades!.aggressor];
    expect([signs.filter((sign) => sign > 0).length, signs.filter((sign) => sign < 0).length]).toEqual([
      78, 81,
    ]);
  });
});
