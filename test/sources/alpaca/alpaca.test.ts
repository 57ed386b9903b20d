import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';
import { accountedRows, nanosOf, readTape } from '../text/tape/read-tape.js';

const TRADE =
  '{"T":"t","S":"AAPL","i":6142,"x":"V","p":177.7901,"s":90,"c":["@","I"],"z":"C","t":"2022-03-09T09:00:00.000059123Z"}';
const QUOTE =
  '{"T":"q","S":"AAPL","bx":"V","bp":25.41,"bs":35,"ax":"V","ap":25.43,"as":0,"c":["R"],"z":"B","t":"2022-03-09T04:00:00-05:00"}';

describe('Alpaca JSON', () => {
  it('reads stream messages; the plan with IEX alone has venue quotes', async () => {
    const { format, trades, quotes, otherRows } = await readTape(
      `[{"T":"success","msg":"connected"}]\n[${TRADE},${QUOTE}]\n`,
    );
    expect(format).toMatchObject({
      name: 'alpaca-stream',
      holds: 'both',
      quoteKind: 'venue',
      evidence: expect.stringContaining('IEX'),
    });
    expect(trades).toMatchObject([
      {
        time: nanosOf('2022-03-09T09:00:00.000059123Z'),
        symbol: 'AAPL',
        price: 177_790_100,
        conditions: 'I',
        tape: 'C',
        tradeId: 6142n,
        row: 2,
      },
    ]);
    expect(quotes).toMatchObject([
      { time: nanosOf('2022-03-09T09:00:00Z'), bid: 25_410_000, ask: 0, venue: 'V' },
    ]);
    expect(otherRows).toBe(1);
  });

  it('takes prints back by cancels and corrections', async () => {
    const cancel =
      '{"T":"x","S":"AAPL","i":6142,"x":"V","p":177.79,"s":90,"a":"C","z":"C","t":"2022-03-09T09:00:01Z"}';
    const correction =
      '{"T":"c","S":"AAPL","x":"V","oi":7,"op":1,"os":2,"oc":["@"],"ci":8,"cp":3.5,"cs":4,"cc":["F"],"z":"C","t":"2022-03-09T09:00:02Z"}';
    const reading = await readTape(`[${TRADE},${cancel},${correction}]`);
    expect(reading.cancels).toEqual([
      { symbol: 'AAPL', tradeId: 6142n, rowNumber: 2 },
      { symbol: 'AAPL', tradeId: 7n, rowNumber: 3 },
    ]);
    expect(reading.trades[1]).toMatchObject({
      price: 3_500_000,
      size: 4_000_000,
      conditions: 'F',
      correction: 1,
      tradeId: 8n,
      row: 3,
    });
    expect([reading.rowsRead, accountedRows(reading)]).toEqual([3, 3]);
  });

  it('reads what became of historical trades, pages without rows, and single latest rows', async () => {
    const row = (update: string) =>
      `{"t":"2022-03-09T09:00:00Z","x":"D","p":1,"s":1,"c":[" "],"i":1,"z":"A","u":"${update}"}`;
    const page = `{"trades":{"AAPL":[${row('canceled')},${row('incorrect')},${row('corrected')},${row('odd')}],"MSFT":${row('')}},"next_page_token":null}`;
    const { format, trades, setAside } = await readTape(`${page}\n{"trades":null,"symbol":"AAPL"}\n`);
    expect(format).toMatchObject({ name: 'alpaca-trades', quoteKind: null });
    expect(trades.map(({ symbol, correction }) => [symbol, correction])).toEqual([
      ['AAPL', 8],
      ['AAPL', 12],
      ['AAPL', 1],
      ['MSFT', 0],
    ]);
    expect(setAside).toMatchObject([{ rowNumber: 4, column: 'u', found: 'odd' }]);
  });

  it('sets rows aside for what they lack', async () => {
    const { setAside, trades } = await readTape(
      `[${TRADE},${TRADE.replace('"S":"AAPL"', '"S":""')},${TRADE.replace('177.7901', 'null')},${TRADE.replace('6142', '"x1"')},5]`.replace(
        ',5]',
        ']',
      ),
    );
    expect(trades).toHaveLength(1);
    expect(setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [2, 'symbol'],
      [3, 'p'],
      [4, 'i'],
    ]);
  });

  describe.skipIf(!hasSharedData)('published fixtures (needs ../shared/data)', () => {
    const read = (name: string) => readTape(sharedBytes(`tape/alpaca/${name}`), { name });

    it('reads pages of one and of several symbols', async () => {
      const single = await read('v2_stocks_trades.json');
      expect(single.trades.map(({ symbol, tradeId }) => [symbol, tradeId])).toEqual([
        ['AAPL', 151n],
        ['AAPL', 168n],
      ]);
      const multi = await read('v2_stocks_trades_multi.json');
      expect(multi.trades.map(({ symbol, price }) => [symbol, price])).toEqual([
        ['AAPL', 159_070_000],
        ['TSLA', 833_000_000],
      ]);
      const quotes = await read('v2_stocks_quotes.json');
      expect(quotes.format).toMatchObject({ quoteKind: 'nbbo', quoteSizeUnit: 'round lots' });
      expect(quotes.quotes).toMatchObject([{ bid: 159_520_000, ask: 158_650_000 }, { ask: 158_800_000 }]);
      expect([single, multi, quotes].flatMap(({ setAside }) => setAside)).toEqual([]);
    });

    it('sets stream messages without a time aside, and takes the cancel', async () => {
      const reading = await read('stream_messages.json');
      expect(reading.setAside.map(({ column, found }) => [column, found])).toEqual([
        ['t', 'nothing'],
        ['t', 'nothing'],
      ]);
      expect(reading.cancels).toEqual([{ symbol: 'DJT', tradeId: 4868n, rowNumber: 3 }]);
      expect([reading.otherRows, reading.rowsRead]).toEqual([1, 4]);
    });
  });
});
