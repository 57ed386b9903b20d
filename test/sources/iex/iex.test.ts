import { describe, expect, it } from 'vitest';
import { expectSameHoweverCut, expectToSurviveChanges } from '../../support/tape-properties.js';
import { readRows } from '../../support/tape-rows.js';
import { detectTape } from '../text/tape/read-tape.js';
import { frame, pcap, pcapng, quoteUpdate, segment, tradeReport } from './capture-writer.js';

const AT = 1_749_479_400_000_000_123n;
const quote = quoteUpdate(AT, 'FLOW', [300, 241_000, 241_200, 200]);
const halted = quoteUpdate(AT + 1n, 'FLOW', [300, 241_000, 241_200, 200], 0x80);
const oneSided = quoteUpdate(AT + 2n, 'TIDE.B', [0, 0, 99, 5], 0x40);
const trade = tradeReport(AT + 3n, 'FLOW', { size: 50, price: 241_150, id: 9n, flags: 0xa0 });
const late = tradeReport(AT + 4n, 'FLOW', { size: 200, price: 241_151, id: 10n, flags: 0x58 });
const broken = tradeReport(AT + 5n, 'FLOW', { size: 50, price: 241_150, id: 9n, type: 'B' });
const systemEvent = Buffer.concat([Buffer.from('SR'), Buffer.alloc(8)]);

const SEGMENTS = [
  segment(1, []),
  segment(1, [systemEvent, quote]),
  segment(3, [halted, oneSided, trade]),
  segment(6, [late, broken]),
];
const packets = (segments = SEGMENTS): Buffer[] =>
  segments.map((one, i) => frame(one, { isTagged: i === 2 }));

const TRADES = [
  `${AT + 3n} FLOW 24115000 x 50000000 V 'FI' by 0 #5 row 5 id 9`,
  `${AT + 4n} FLOW 24115100 x 200000000 V 'TX' by 0 #6 row 6 id 10`,
];

describe('IEX TOPS', () => {
  it.each([
    ['pcap', pcap(packets())],
    ['pcap of the other byte order', pcap(packets(), { isLittle: false })],
    ['pcap with nanoseconds', pcap(packets(), { magic: 0xa1b23c4d })],
    ['pcapng', pcapng(packets())],
    ['pcapng of the other byte order', pcapng(packets(), { isLittle: false })],
    [
      'pcap of raw packets',
      pcap(
        SEGMENTS.map((one) => frame(one).subarray(14)),
        { link: 101 },
      ),
    ],
  ])('reads %s', async (_name, bytes) => {
    expect(detectTape(bytes).format).toMatchObject({ name: 'iex-tops', holds: 'both', quoteKind: 'venue' });
    const { trades, quotes, cancels, otherRows, rowsRead, setAside } = await readRows(bytes);
    expect(trades).toEqual(TRADES);
    expect(quotes).toEqual([
      `${AT} FLOW 24100000 x 300000000 / 24120000 x 200000000 V eligible 1 #2 row 2`,
      `${AT + 1n} FLOW 24100000 x 300000000 / 24120000 x 200000000 V eligible 0 #3 row 3`,
      `${AT + 2n} TIDE.B 0 x 0 / 9900 x 5000000 V eligible 1 #4 row 4`,
    ]);
    expect(cancels).toEqual([{ symbol: 'FLOW', tradeId: 9n, rowNumber: 7 }]);
    expect([otherRows, rowsRead, setAside]).toEqual([1, 7, []]);
  });

  it('counts a message once where two lines were captured, and names what is lost', async () => {
    const [, first, second, third] = packets();
    const twice = await readRows(pcap([first!, first!, second!, third!, second!, third!]));
    expect([twice.trades.length, twice.quotes.length, twice.cancels.length]).toEqual([2, 3, 1]);
    expect([twice.otherRows, twice.rowsRead, twice.setAside]).toEqual([8, 14, []]);
    const lost = await readRows(pcap([first!, third!]));
    expect(lost.setAside).toMatchObject([
      { found: 'nothing between messages 2 and 6 of session 77', expected: '3 messages' },
    ]);
    expect(lost.rowsRead).toBe(5);
    const filled = await readRows(pcap([first!, third!, second!]));
    expect([filled.setAside, filled.quotes.length]).toEqual([[], 3]);
  });

  it('leaves other protocols out, and packets cut by the capture', async () => {
    const other = frame(segment(1, [quote], { protocol: 0x8004 }));
    const fragment = frame(SEGMENTS[1]!);
    fragment.writeUInt16BE(0x2000, 14 + 6);
    const cutShort = packets()[2]!.subarray(0, -20);
    const rows = await readRows(pcap([...packets().slice(0, 2), other, fragment, cutShort]));
    expect([rows.quotes.length, rows.trades.length, rows.otherRows]).toEqual([3, 0, 3]);
    expect(rows.setAside).toMatchObject([{ reason: 'the packet was cut when it was captured' }]);
    expect(() => detectTape(pcap([other]))).toThrow(/0 readers say yes/);
  });

  it('is the same however it is cut, and survives any change', async () => {
    for (const bytes of [pcap(packets()), pcapng(packets())]) {
      await expectSameHoweverCut(bytes);
      await expectToSurviveChanges(bytes);
    }
  });

  it('says where it ends too early', async () => {
    const bytes = pcap(packets());
    await expect(readRows(bytes.subarray(0, -3))).rejects.toThrow(
      /file: ends inside packet 4; get the file again/,
    );
    const spoilt = Buffer.from(bytes);
    spoilt.writeUInt32LE(0x7fffffff, 24 + 8);
    expect(() => detectTape(spoilt)).toThrow(/0 readers/);
  });
});
