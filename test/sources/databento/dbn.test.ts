import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../support/command-line.js';
import { expectSameHoweverCut, expectToSurviveChanges } from '../../support/tape-properties.js';
import { readRows } from '../../support/tape-rows.js';
import { detectTape } from '../text/tape/read-tape.js';

/** Files that Databento's own library wrote; see test/reference/tape/dbn.py. */
const { files } = JSON.parse(readFileSync(join(REPOSITORY, 'test/reference/tape/dbn.json'), 'utf8')) as {
  readonly files: Readonly<Record<string, string>>;
};
const file = (schema: string, version = 3): Buffer => Buffer.from(files[`${schema} v${version}`]!, 'base64');

const START = 1_749_479_400_000_000_000n;
const DAY = 86_400_000_000_000n;

describe.each([1, 2, 3])('DBN version %d', (version) => {
  it('reads trades with their aggressor, and symbols by the day', async () => {
    const rows = await readRows(file('trades', version));
    expect(rows.trades).toEqual([
      `${START} FLOW 24120000 x 100000000 Q '' by 1 #1000 row 1`,
      `${START + 1n} FLOW 24119900 x 200000000 Q '' by -1 #1001 row 2`,
      `${START + DAY} TIDE.B 24125001 x 400000000 Q '' by 0 #1003 row 4`,
      `${START + DAY + 1n} FLOW 24120000 x 500000000 Q '' by 1 #1004 row 5`,
    ]);
    expect(
      rows.setAside.map(({ rowNumber, column, found, subject }) => ({ rowNumber, column, found, subject })),
    ).toEqual([
      { rowNumber: 3, column: 'price', found: '24119900500 billionths of a dollar', subject: 'FLOW' },
      { rowNumber: 6, column: 'instrument_id', found: '8', subject: undefined },
      { rowNumber: 7, column: 'publisher_id', found: '1', subject: undefined },
      { rowNumber: 8, column: 'price', found: 'none', subject: 'TIDE.B' },
    ]);
    expect(rows.rowsRead).toBe(8);
  });

  it('takes the quote of a tbbo row for older than its trade, once for trades of one time', async () => {
    const rows = await readRows(file('tbbo', version));
    expect(rows.trades).toHaveLength(3);
    expect(rows.quotes).toEqual([
      `${START - 1n} FLOW 24100000 x 300000000 / 24120000 x 200000000 Q eligible 1 #1000 row 1`,
      `${START + 4n} FLOW 24100000 x 300000000 / 0 x 0 Q eligible 1 #1002 row 3`,
    ]);
  });

  it('takes top of book from mbp-1 behind each event, and trades between', async () => {
    const rows = await readRows(file('mbp-1', version));
    expect(rows.trades).toEqual([`${START + 2n} FLOW 24120000 x 300000000 Q '' by 1 #1002 row 3`]);
    expect(rows.quotes.map((quote) => quote.replace(/ eligible.*/, ''))).toEqual([
      `${START} FLOW 24100000 x 100000000 / 0 x 0 Q`,
      `${START + 1n} FLOW 24100000 x 100000000 / 24120000 x 200000000 Q`,
      `${START + 2n} FLOW 24100000 x 100000000 / 24140000 x 500000000 Q`,
    ]);
  });

  it('takes the quotes of cmbp-1 for the best over all venues', async () => {
    expect(detectTape(file('cmbp-1', version)).format).toMatchObject({ holds: 'both', quoteKind: 'nbbo' });
    const { trades, quotes } = await readRows(file('cmbp-1', version));
    expect(trades).toEqual([`${START + 1n} FLOW 24120000 x 300000000 Q '' by -1 #0 row 2`]);
    expect(quotes).toEqual([
      `${START} FLOW 24100000 x 100000000 / 24120000 x 200000000 Q eligible 1 #0 row 1`,
    ]);
  });

  it('takes the names of a live stream from its messages, from where they stand', async () => {
    const rows = await readRows(file('mixed', version));
    expect(rows.format).toBe('databento-dbn-mixed');
    expect(rows.trades.map((trade) => trade.split(' ')[1])).toEqual(['EBB', 'BRK.B']);
    expect(rows.setAside).toMatchObject([{ rowNumber: 1, column: 'instrument_id', found: '9' }]);
    expect([rows.otherRows, rows.rowsRead]).toEqual([2, 5]);
  });

  it('takes trades alone from single orders, and says so', async () => {
    const { format } = detectTape(file('mbo', version));
    expect(format).toMatchObject({ name: 'databento-dbn-mbo', holds: 'trades', quoteKind: null });
    expect(format.evidence).toMatch(/a top of book is not made/);
    const rows = await readRows(file('mbo', version));
    expect(rows.trades).toEqual([`${START + 1n} FLOW 24100000 x 200000000 Q '' by -1 #1001 row 2`]);
    expect(rows.otherRows).toBe(3);
  });
});

describe('a DBN file', () => {
  it('declares whether its quotes are the best of several venues', () => {
    const ofSeveral = file('tbbo');
    ofSeveral.writeUInt16LE(95, ofSeveral.length - 3 * 80 + 2);
    expect(detectTape(file('tbbo')).format).toMatchObject({ quoteKind: 'venue', quoteSizeUnit: 'shares' });
    expect(detectTape(ofSeveral).format.quoteKind).toBe('nbbo');
  });

  it('leaves quotes of single venues out where those of several count, and keeps the trades', async () => {
    const mixed = file('mbp-1');
    for (const row of [0, 2, 3]) mixed.writeUInt16LE(95, mixed.length - (4 - row) * 80 + 2);
    const rows = await readRows(mixed);
    expect([rows.quotes.length, rows.trades.length, rows.otherRows]).toEqual([2, 1, 1]);
  });

  it('is the same however it is cut, and survives any change', async () => {
    for (const schema of ['trades', 'tbbo', 'mbp-1', 'mbo']) {
      await expectSameHoweverCut(file(schema));
      await expectToSurviveChanges(file(schema));
    }
  });

  it('says where it ends too early', async () => {
    const whole = file('trades');
    const read = (length: number) => readRows(whole.subarray(0, length));
    await expect(read(whole.length - 5)).rejects.toThrow(/file: ends inside record 8; get the file again/);
    await expect(read(whole.length - 48 * 8 - 5)).rejects.toThrow(/file: ends inside its metadata/);
    const spoilt = Buffer.from(whole);
    spoilt[whole.length - 48] = 3;
    await expect(readRows(spoilt)).rejects.toThrow(/record 8 of type 0 says it has 12 bytes/);
  });
});
