import { describe, expect, it } from 'vitest';
import { expectSameHoweverCut, expectToSurviveChanges } from '../../support/tape-properties.js';
import { readRows } from '../../support/tape-rows.js';
import { detectTape } from '../text/tape/read-tape.js';

const TRADES =
  'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence';
const TOP = `${TRADES},bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00`;

const pretty = `${TRADES},symbol
2020-12-28T13:05:12.576700000Z,2020-12-28T13:05:12.576690768Z,0,2,6155,T,B,0,521.000000000,36,130,11118,362933,NVDA
2020-12-28T13:05:12.576700000Z,2020-12-28T13:05:12.576690769Z,0,17,6155,T,A,0,521.012345000,4,0,11118,362934,NVDA
2020-12-28T13:05:12.576700000Z,2020-12-28T13:05:12.576690770Z,0,2,6155,T,N,0,521.012345600,4,0,11118,362935,NVDA
`;
const raw = `${TOP},symbol
1609160712576700000,1609160712576690768,1,2,6155,T,B,0,521000000000,36,130,11118,362933,520000000000,521000000000,100,40,1,1,NVDA
1609160712576700000,1609160712576690768,1,2,6155,T,B,0,521010000000,36,130,11118,362934,520000000000,521010000000,100,40,1,1,NVDA
1609160712576700001,1609160712576690769,1,2,6155,T,A,0,520000000000,4,0,11118,362935,520000000000,9223372036854775807,100,0,1,0,NVDA
`;
const text = (content: string): Buffer => Buffer.from(content);

describe('Databento CSV', () => {
  it('reads times and prices as they are printed, and sets aside what is too fine', async () => {
    const rows = await readRows(text(pretty));
    expect(rows.format).toBe('databento-csv-trades');
    expect(rows.trades).toEqual([
      "1609160712576690768 NVDA 521000000 x 36000000 Q '' by 1 #362933 row 2",
      "1609160712576690769 NVDA 521012345 x 4000000 D '' by -1 #362934 row 3",
    ]);
    expect(rows.setAside).toMatchObject([{ rowNumber: 4, column: 'price', found: '521.012345600' }]);
  });

  it.each([
    ['521.000000000', '', 'price'],
    ['521.000000000', '9223372036854775807', 'price'],
    [',36,130,', ',9007199255,130,', 'size'],
  ])('sets a trade with %s as %s aside', async (figure, other, column) => {
    const rows = await readRows(text(pretty.replace(figure, other)));
    expect(rows.trades).toHaveLength(1);
    expect(rows.setAside[0]).toMatchObject({ rowNumber: 2, column });
  });

  it('reads whole numbers, and the quote in front of a trade', async () => {
    const rows = await readRows(text(raw));
    expect(rows.format).toBe('databento-csv-tbbo');
    expect(rows.trades).toHaveLength(3);
    expect(rows.quotes).toEqual([
      '1609160712576690767 NVDA 520000000 x 100000000 / 521000000 x 40000000 Q eligible 1 #362933 row 2',
      '1609160712576690768 NVDA 520000000 x 100000000 / 0 x 0 Q eligible 1 #362935 row 4',
    ]);
  });

  it('takes a file in which not only trades stand for mbp-1', async () => {
    const mbp = raw.replace(',6155,T,A,', ',6155,A,A,');
    const rows = await readRows(text(mbp));
    expect(rows.format).toBe('databento-csv-mbp-1');
    expect([rows.trades.length, rows.quotes.length]).toEqual([2, 1]);
  });

  it('asks for symbols where there are none', async () => {
    const nameless = text(pretty.replace(',symbol', '').replaceAll(',NVDA', ''));
    expect(detectTape(nameless).format.name).toBe('databento-csv-trades');
    await expect(readRows(nameless)).rejects.toThrow(/no column symbol.*map_symbols/);
  });

  it('is the same however it is cut, and survives any change', async () => {
    for (const content of [pretty, raw]) {
      await expectSameHoweverCut(text(content));
      await expectToSurviveChanges(text(content));
    }
  });
});
