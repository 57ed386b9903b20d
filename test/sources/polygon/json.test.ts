import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';
import { readTape } from '../text/tape/read-tape.js';

const QUOTE =
  '{"ask_exchange":15,"ask_price":155.87,"ask_size":3,"bid_exchange":19,"bid_price":155.85,"bid_size":4,"sequence_number":19288684,"sip_timestamp":1652191872800638719,"tape":3}';
const TRADE =
  '{"conditions":[12,37],"correction":1,"exchange":4,"id":"183276","price":156.4321,"sequence_number":7179341,"sip_timestamp":1651181822461979417,"size":10.5,"tape":3}';

describe('Polygon JSON', () => {
  it('keeps nanoseconds that a double cannot hold', async () => {
    const { format, quotes } = await readTape(
      `{"results":[${QUOTE}],"next_url":"https://api.massive.com/v3/quotes/BRK.B?cursor=1"}`,
    );
    expect(format).toMatchObject({
      name: 'polygon-page-quotes',
      quoteKind: 'nbbo',
      quoteSizeUnit: 'round lots',
    });
    expect(quotes).toMatchObject([
      { time: 1652191872800638719n, symbol: 'BRK.B', bid: 155_850_000, ask: 155_870_000 },
    ]);
  });

  it('reads trades of a page, the ticker from the file name or the user', async () => {
    const page = `{"results":[${TRADE}]}`;
    for (const options of [{ name: 'v3_trades_AAPL_limit2.json' }, { context: { symbol: 'AAPL' } }]) {
      const { trades, format } = await readTape(page, options);
      expect(format.name).toBe('polygon-page-trades');
      expect(trades).toMatchObject([
        {
          symbol: 'AAPL',
          time: 1651181822461979417n,
          price: 156_432_100,
          size: 10_500_000,
          venue: 'D',
          conditions: 'IT',
          correction: 1,
          tape: 'C',
          tradeId: null,
        },
      ]);
    }
    await expect(readTape(page, { name: 'page1.json' })).rejects.toThrow(
      /page1.json: the page does not tell its ticker/,
    );
  });

  it('reads stream messages in milliseconds, a line or a list at a time', async () => {
    const trade =
      '{"ev":"T","sym":"MSFT","x":4,"i":"12345","z":3,"p":114.125,"s":100,"ds":"100.5","c":[0,12],"t":1536036818784,"q":3681328}';
    const quote =
      '{"ev":"Q","sym":"MSFT","bx":4,"bp":114.125,"bs":100,"ax":7,"ap":114.128,"as":160,"c":0,"t":1536036818785,"q":50385480,"z":3}';
    const { format, trades, quotes, otherRows, rowsRead } = await readTape(
      `[${trade},{"ev":"AM","sym":"MSFT"}]\n[${quote}]\n`,
    );
    expect(format).toMatchObject({ name: 'polygon-stream', holds: 'both' });
    expect(trades).toMatchObject([
      { time: 1536036818784000000n, size: 100_500_000, conditions: 'T', row: 1 },
    ]);
    expect(quotes).toMatchObject([
      { time: 1536036818785000000n, bid: 114_125_000, ask: 114_128_000, row: 3 },
    ]);
    expect([otherRows, rowsRead]).toEqual([1, 3]);
  });

  it('sets odd rows aside and goes on', async () => {
    const { setAside, quotes, rowsRead } = await readTape(
      `{"results":[${QUOTE.replace('155.87', '"x"')},7,${QUOTE.replace('1652191872800638719', '12.5')},${QUOTE}]}\n{"results":}\n`,
      { context: { symbol: 'AAPL' } },
    );
    expect(quotes).toHaveLength(1);
    expect(rowsRead).toBe(5);
    expect(setAside.map(({ rowNumber, column, found }) => [rowNumber, column, found])).toEqual([
      [1, 'ask_price', 'x'],
      [2, null, '"7"'],
      [3, 'sip_timestamp', '12.5'],
      [5, null, '{"results":}'],
    ]);
  });

  describe.skipIf(!hasSharedData)('published fixtures (needs ../shared/data)', () => {
    it.each([
      ['v3_quotes_AAPL_page1.json', 0, 10],
      ['v3_quotes_AAPL_page2.json', 0, 10],
      ['v3_trades_AAPL_limit2.json', 2, 0],
      ['v2_last_trade_AAPL.json', 1, 0],
      ['ws_examples_T_Q.json', 1, 1],
    ])('%s', async (name, trades, quotes) => {
      const path = `tape/polygon/${name}`;
      const reading = await readTape(sharedBytes(path), { name: path });
      expect(reading.setAside).toEqual([]);
      expect([reading.trades.length, reading.quotes.length]).toEqual([trades, quotes]);
    });

    it('are no tapes where they describe exchanges and conditions', async () => {
      for (const name of ['v3_reference_exchanges.json', 'v3_reference_conditions_stocks_first10.json']) {
        await expect(readTape(sharedBytes(`tape/polygon/${name}`))).rejects.toThrow(/^0 readers/);
      }
    });
  });
});
