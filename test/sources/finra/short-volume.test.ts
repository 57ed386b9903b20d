import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { finraReader } from '../../../src/sources/finra/index.js';
import { fuzzReader, readAll, rowsOf } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const HEADER = 'Date|Symbol|ShortVolume|ShortExemptVolume|TotalVolume|Market\r\n';
const ROWS =
  '20260730|BRK/B|691476.764953|1191|1280099.715143|B,Q,N\r\n20260730|BACpL|100|0|200|Q\r\n20260730|ABCw|0|0|5|O\r\n';

describe('short sale volume', () => {
  it('is read in fractions of shares, classes in the style of prices, the trailer checked', () => {
    const reading = readAll(finraReader, `${HEADER}${ROWS}3\r\n`);
    expect([reading.rowsRead, reading.setAside]).toEqual([3, []]);
    expect(rowsOf(reading, 'shortVolumes')).toEqual([
      {
        symbol: 'BRK-B',
        date: '2026-07-30',
        market: 'B,Q,N',
        facility: null,
        shortVolume: 691476.764953,
        shortExemptVolume: 1191,
        totalVolume: 1280099.715143,
      },
      expect.objectContaining({ symbol: 'BAC-PL', market: 'Q' }),
      expect.objectContaining({ symbol: 'ABC-W', market: 'O' }),
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2026-07-31T03:59:59Z');
  });

  it('says so where the file is not whole', () => {
    const reading = readAll(finraReader, `${HEADER}${ROWS}10\r\n`);
    expect(reading.setAside).toMatchObject([
      { rowNumber: 5, found: '10', reason: expect.stringContaining('not whole') },
    ]);
    expect(readAll(finraReader, HEADER + ROWS).setAside).toEqual([]);
  });

  it('is set aside where it contradicts itself or cannot be read', () => {
    const reading = readAll(
      finraReader,
      `${HEADER}20260730|A|6|0|5|Q\n20260731|A|1|0|5|\n2026-07-30|?|1|0|5|Q\n20261301|A|1|0|5|Q\n20260730|A|1|0||Q\n5\n20260730|A|1|0|5|Q\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual([
      'shortvolume',
      'market',
      'symbol',
      'date',
      'totalvolume',
      null,
    ]);
  });

  it('survives damage with every row accounted for', () =>
    fuzzReader(finraReader, `${HEADER}${ROWS}3\r\n`, 100));
});

describe.skipIf(!hasSharedData)('files of FINRA (needs ../shared/data)', () => {
  it.each([
    ['cnmsshvol20210802-excerpt.txt', 10],
    ['cnmsshvol20260730-excerpt.txt', 3],
    ['forfshvol20260730-excerpt.txt', 2],
    ['trf-short-volume-etf-2010-2021.txt.gz', 47_891],
  ])('%s: %i rows, none set aside', (name, rows) => {
    const reading = readAll(finraReader, sharedBytes(`finra/${name}`));
    expect([reading.rowsRead, reading.facts.length, reading.setAside]).toEqual([rows, rows, []]);
  });
});
