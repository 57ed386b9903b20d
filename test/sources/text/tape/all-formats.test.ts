import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../../src/core/index.js';
import {
  accountedRows,
  detectTape,
  readTapeAs,
  type TapeReading,
  type TapeReadingOptions,
} from './read-tape.js';
import {
  ALGOSEEK,
  HIGHFREQUENCY_QUOTES,
  HIGHFREQUENCY_TRADES,
  LEAN_QUOTES,
  LEAN_TRADES,
  NYSE_NBBO,
  NYSE_QUOTES,
  NYSE_TRADES,
  POLYGON_QUOTES,
  POLYGON_TRADES,
  WRDS_COMPLETE_NBBO,
  WRDS_CQM,
  WRDS_CTM,
  WRDS_NBBOM,
} from './samples.js';

const POLYGON_PAGE = `{"results":[{"conditions":[12,37],"exchange":4,"price":156.43,"sequence_number":1,"sip_timestamp":1651181822461979417,"size":10,"tape":3},
{"exchange":11,"price":156.5,"sequence_number":2,"sip_timestamp":1651181822461979418,"size":0.5}],"next_url":"https://x/v3/trades/AAPL?a"}`;
const ALPACA_STREAM = `[{"T":"t","S":"AAPL","i":1,"x":"V","p":177.79,"s":90,"c":["@","I"],"z":"C","t":"2022-03-09T09:00:00.5Z"}]
[{"T":"q","S":"AAPL","bx":"K","bp":25.41,"bs":35,"ax":"V","ap":25.43,"as":35,"c":["R"],"z":"B","t":"2022-03-09T09:00:01Z"},{"T":"x","S":"AAPL","i":1,"t":"2022-03-09T09:00:02Z"}]
`;

const lean = { name: 'ibm_20131007_trade.csv' };
const nyse = { name: 'EQY_US_ALL_20180102' };
const FORMATS: readonly [name: string, content: string, options?: TapeReadingOptions][] = [
  ['lean-trades', LEAN_TRADES, lean],
  ['lean-quotes', LEAN_QUOTES, lean],
  ['highfrequency-trades', HIGHFREQUENCY_TRADES],
  ['highfrequency-quotes', HIGHFREQUENCY_QUOTES],
  ['polygon-flat-file-trades', POLYGON_TRADES],
  ['polygon-flat-file-quotes', POLYGON_QUOTES],
  ['nyse-trades', NYSE_TRADES, nyse],
  ['nyse-quotes', NYSE_QUOTES, nyse],
  ['nyse-nbbo', NYSE_NBBO, nyse],
  ['wrds-ctm', WRDS_CTM],
  ['wrds-cqm', WRDS_CQM],
  ['wrds-nbbom', WRDS_NBBOM],
  ['wrds-complete-nbbo', WRDS_COMPLETE_NBBO],
  ['algoseek-taq', ALGOSEEK],
  ['polygon-page-trades', POLYGON_PAGE],
  ['alpaca-stream', ALPACA_STREAM],
];

/** The reading, or the message of the error that a user may see; anything else is a fault of the reader. */
async function outcome(reading: Promise<TapeReading>): Promise<TapeReading | string> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}

describe.each(FORMATS)('%s', (name, content, options = {}) => {
  const { reader, format } = detectTape(content, options);
  const read = (bytes: string | Uint8Array, cuts: readonly number[] = []) =>
    readTapeAs(reader, format, bytes, { ...options, cuts });

  it('is recognised by one reader alone and read whole', async () => {
    expect(format.name).toBe(name);
    const reading = await read(content);
    expect(reading.setAside).toEqual([]);
    expect(accountedRows(reading)).toBe(reading.rowsRead);
  });

  it('gives the same however the bytes are cut', async () => {
    const whole = await read(content);
    const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (lengths) => {
        expect(await read(content, lengths)).toEqual(whole);
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  it('survives changed bytes and accounts for every row', async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    const bytes = Buffer.from(content);
    await fc.assert(
      fc.asyncProperty(changes, async (flips) => {
        const spoilt = Buffer.from(bytes);
        for (const [at, value] of flips) spoilt[at % spoilt.length] = value;
        const result = await outcome(read(spoilt));
        if (typeof result === 'string') expect(result).toMatch(/\S/);
        else expect(accountedRows(result)).toBe(result.rowsRead);
        expect(await outcome(read(spoilt, [7]))).toEqual(result);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  it('never takes a cut file for a whole one unnoticed', async () => {
    const whole = await read(content);
    for (let length = 1; length < content.trimEnd().length; length += 7) {
      const result = await outcome(read(content.slice(0, length)));
      if (typeof result === 'string') continue;
      const isShorter = result.rowsRead < whole.rowsRead;
      // Of NYSE's last record only the count matters; what is missing behind it is no row.
      const hasEnd = content.slice(0, length).includes('END|');
      // Rows of a cut file are rows of the whole file; the cut one is set aside.
      expect(whole.trades).toEqual(expect.arrayContaining(result.trades));
      expect(whole.quotes).toEqual(expect.arrayContaining(result.quotes));
      expect(isShorter || hasEnd || result.setAside.length > 0).toBe(true);
    }
  });
});
