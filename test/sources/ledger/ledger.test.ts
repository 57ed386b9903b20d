import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ColumnMapping,
  closeKnownAt,
  FormatError,
  type Instant,
  type IsoDate,
} from '../../../src/core/index.js';
import { parseColumnMapping } from '../../../src/sources/index.js';
import { canonicalDecimal, exactCents, parseExact } from '../../../src/sources/ledger/amounts.js';
import { ledgerReader } from '../../../src/sources/ledger/index.js';
import { sessionDayOf } from '../../../src/sources/ledger/trade-day.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { HEADER, ledgerText, type RowSpec } from './ledger-fixtures.js';

const read = (rows: readonly RowSpec[]) => readAll(ledgerReader, ledgerText(rows));
const executionsOf = (rows: readonly RowSpec[]) => rowsOf(read(rows), 'executions');

/** What becomes of one row: the fact's row, or the set-aside row. */
function outcomeOf(spec: RowSpec) {
  const { facts, setAside } = read([spec]);
  return facts[0]?.row ?? setAside[0];
}

describe('an execution', () => {
  it('is read with its stamps and exact amount', () => {
    const { facts, detection } = read([{ quantity: '12.5', price: '1.01', broker: 'PB', before: '-3' }]);
    const executedAt = Date.parse('2026-04-14T14:30:00Z');
    expect(detection.kind).toBe('ledger-csv');
    expect(facts).toEqual([
      {
        table: 'executions',
        row: {
          tradeDate: '2026-04-14',
          account: 'A1',
          executionId: 'E0',
          broker: 'PB',
          executedAt,
          class: 'hedge-fund',
          symbol: 'NVDA',
          side: 'buy',
          quantity: 12.5,
          price: 1.01,
          amountCents: 1263,
          positionBefore: -3,
        },
        periodStart: '2026-04-14',
        periodEnd: '2026-04-14',
        knownAt: executedAt,
        knownAtKind: 'published',
        rowNumber: 2,
      },
    ]);
  });

  it('of a day alone is known a quarter of an hour after the close, on half days too', () => {
    for (const date of ['2026-04-14', '2025-11-28'] as IsoDate[]) {
      const [fact] = read([{ time: '', date }]).facts;
      expect(fact).toMatchObject({ knownAt: closeKnownAt(date), knownAtKind: 'rule', periodEnd: date });
      expect(fact!.row).toMatchObject({ executedAt: null, tradeDate: date });
    }
  });

  it.each([
    ['2026-04-14T14:30:00+02:00', '2026-04-14T12:30:00Z'],
    ['2026-04-14 14:30:00.1239-0400', '2026-04-14T18:30:00.123Z'],
    ['2026-04-14T14:30Z', '2026-04-14T14:30:00Z'],
    ['2026-04-14 18:30:00+00', '2026-04-14T18:30:00Z'],
  ])('at %s took place at %s', (time, instant) => {
    expect(outcomeOf({ time })).toMatchObject({ executedAt: Date.parse(instant) });
  });

  it.each([
    ['BUY', 'buy'],
    ['b', 'buy'],
    ['Sell', 'sell'],
    ['S', 'sell'],
    ['SS', 'sell-short'],
    ['sell_short', 'sell-short'],
    ['SELL SHORT', 'sell-short'],
    ['short sell', 'sell-short'],
    ['Short', 'sell-short'],
    ['BC', 'buy-to-cover'],
    ['cover', 'buy-to-cover'],
    ['Buy  To-Cover', 'buy-to-cover'],
  ])('with side %s is a %s', (side, expected) => {
    expect(outcomeOf({ side })).toMatchObject({ side: expected });
  });

  it('has its class and symbol in the usual spelling', () => {
    expect(outcomeOf({ class: 'Hedge Fund', symbol: 'brk.b' })).toMatchObject({
      class: 'hedge-fund',
      symbol: 'BRK-B',
    });
  });

  it.each<[RowSpec, string, string]>([
    [{ time: '2026-04-14T14:30:00' }, 'executed_at', 'the time cannot be read'],
    [{ time: '2026-02-30T14:30:00Z' }, 'executed_at', 'the time cannot be read'],
    [{ time: '2026-04-11T14:30:00Z' }, 'executed_at', 'no session on 2026-04-11: a weekend'],
    [{ time: '', date: '2026-04-03' }, 'trade_date', 'no session on 2026-04-03: Good Friday'],
    [{ time: '', date: '14.04.2026' }, 'trade_date', 'the day cannot be read'],
    [{ time: '', date: '1980-04-14' }, 'trade_date', 'outside the exchange calendar, 1990 to 2030'],
    [{ date: '2026-04-13' }, 'trade_date', 'the two columns of time contradict each other'],
    [{ account: '' }, 'account', 'account is missing'],
    [{ class: 'x\u0007' }, 'class', 'class cannot be read'],
    [{ class: 'institutions' }, 'class', 'the sum of all institutions has that name'],
    [{ symbol: '^GSPC' }, 'symbol', 'the symbol cannot be read'],
    [{ side: 'X' }, 'side', 'the side cannot be read'],
    [{ quantity: '-5', side: 'sell' }, 'quantity', 'the quantity is negative'],
    [{ quantity: '0' }, 'quantity', 'nothing was traded'],
    [{ quantity: '1,000' }, null as unknown as string, 'the row is shorter or longer than the header'],
    [{ quantity: '"1,000"' }, 'quantity', 'the quantity cannot be read'],
    [{ price: '0' }, 'price', 'no price is zero or less'],
    [{ price: '-1' }, 'price', 'no price is zero or less'],
    [{ price: '$5' }, 'price', 'the price cannot be read'],
    [
      { quantity: '9999999999', price: '9999999' },
      'quantity',
      'the amount is too large to be kept to the cent',
    ],
    [{ currency: 'EUR' }, 'currency', 'only US dollars are read'],
    [{ before: 'flat' }, 'position_before', 'the position cannot be read'],
    [{ side: 'sell', before: '60' }, 'side', 'a sale of more than is held is a short sale'],
    [{ side: 'sell', before: '-1' }, 'side', 'a sale of more than is held is a short sale'],
    [{ side: 'buy-to-cover', before: '-99.5' }, 'side', 'covering more than is short is a purchase'],
  ])('like %o is set aside', (spec, column, reason) => {
    expect(outcomeOf(spec)).toMatchObject({ column, reason, rowNumber: 2 });
  });

  it('whose position tells that it is in order is kept', () => {
    const rows = [
      { side: 'sell', before: '100' },
      { side: 'buy-to-cover', before: '-100' },
      { side: 'buy', before: '-50' },
      { side: 'sell-short', before: '0' },
    ];
    expect(executionsOf(rows).map((row) => row.positionBefore)).toEqual([100, -100, -50, 0]);
  });

  it('tells its subject, day and time where it is set aside', () => {
    expect(outcomeOf({ side: 'X' })).toMatchObject({
      subject: 'NVDA',
      periodEnd: '2026-04-14',
      knownAt: Date.parse('2026-04-14T14:30:00Z'),
    });
  });
});

describe('the day of an execution', () => {
  it.each([
    ['2026-04-13T23:59:00Z', '2026-04-13'],
    ['2026-04-14T00:00:00Z', '2026-04-14'],
    ['2026-01-13T00:59:00Z', '2026-01-12'],
    ['2026-01-13T01:00:00Z', '2026-01-13'],
    ['2026-04-13T00:00:00Z', '2026-04-13'],
  ])('turns at 20:00 in New York: %s is of %s', (time, day) => {
    expect(sessionDayOf(Date.parse(time) as Instant)).toBe(day);
  });

  it('may be the calendar day where the file states it', () => {
    expect(outcomeOf({ time: '2026-04-14T00:30:00Z', date: '2026-04-13' })).toMatchObject({
      tradeDate: '2026-04-13',
    });
  });
});

describe('executions without an id', () => {
  it('are named by their contents and count, whatever the spelling of figures', () => {
    const rows = [
      { id: '', quantity: '100.0', price: '5' },
      { id: '', quantity: '100', price: '5.00' },
      { id: '', quantity: '100', price: '6' },
    ];
    const ids = executionsOf(rows).map((row) => row.executionId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[1]).toBe(ids[0]!.replace('#1', '#2'));
    expect(
      executionsOf(rows.toReversed())
        .map((row) => row.executionId)
        .toSorted(),
    ).toEqual(ids.toSorted());
  });
});

describe('decimals', () => {
  it('are exact: cents equal those of whole numbers, half up', () => {
    const decimal = fc.tuple(fc.bigInt(1n, 10n ** 9n), fc.integer({ min: 0, max: 8 }));
    const text = ([digits, scale]: [bigint, number]): string => {
      const padded = String(digits).padStart(scale + 1, '0');
      return scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
    };
    fc.assert(
      fc.property(decimal, decimal, (quantity, price) => {
        const scale = 10n ** BigInt(quantity[1] + price[1]);
        const cents = (2n * quantity[0] * price[0] * 100n + scale) / (2n * scale);
        expect(exactCents(parseExact(text(quantity))!, parseExact(text(price))!)).toBe(cents);
      }),
    );
  });

  it.each([
    '',
    '.',
    '-',
    '1e',
    '1,5',
    ' 1',
    '0x1',
    'NaN',
    'Infinity',
    '12345678901',
    '1e-21',
    '1'.repeat(60),
  ])('are not %o', (text) => expect(parseExact(text)).toBeNull());

  it.each([
    ['1e-05', '0.00001'],
    ['+007.500', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-3.10', '-3.1'],
    ['0.30000000000000004', '0.30000000000000004'],
  ])('like %s are %s', (text, canonical) => expect(canonicalDecimal(parseExact(text)!)).toBe(canonical));
});

describe('files that write sales as negative quantities', () => {
  const rows: RowSpec[] = [{}, { side: 'sell', quantity: '-100' }, { side: 'SS', quantity: '-5' }];
  const mapping: ColumnMapping = {
    kind: 'ledger',
    columns: Object.fromEntries(HEADER.split(',').map((name) => [name, name])),
    constants: { quantity_sign: 'signed' },
  };

  it('are refused as a whole, with the way out', () => {
    expect(() => read(rows)).toThrow(FormatError);
    expect(() => read(rows)).toThrow('2 of 3 rows are sales with a negative quantity');
    expect(() => read(rows)).toThrow('"quantity_sign": "signed"');
  });

  it('are read with a mapping that says so, and contradictions are set aside', () => {
    const text = ledgerText([...rows, { side: 'sell', quantity: '7' }]);
    const reading = readAll(ledgerReader, text, { mapping });
    expect(rowsOf(reading, 'executions').map((row) => row.quantity)).toEqual([100, 100, 5]);
    expect(reading.setAside).toMatchObject([{ reason: 'sign and side contradict each other', rowNumber: 5 }]);
  });

  it('lose single rows where they are few', () => {
    const many = [
      ...Array.from({ length: 40 }, () => ({})),
      { side: 'sell', quantity: '-1' },
      { side: 'sell', quantity: '-2' },
    ];
    expect(read(many).setAside).toHaveLength(2);
  });
});

describe('foreign column names', () => {
  const text = 'When,Acct,Sym,BS,Qty,Px\n2026-04-14T14:30:00Z,A,AAPL,B,10,200\n';
  const mapping = {
    kind: 'ledger',
    columns: {
      executed_at: 'When',
      account: 'Acct',
      symbol: 'Sym',
      side: 'BS',
      quantity: 'Qty',
      price: 'Px',
    },
    constants: { class: 'pension' },
  };

  it('are told by a mapping', () => {
    expect(ledgerReader.detect(sourceFile(text), {})).toBeNull();
    const reading = readAll(ledgerReader, text, {
      mapping: parseColumnMapping(JSON.stringify(mapping), 'x.mapping.json'),
    });
    expect(rowsOf(reading, 'executions')).toMatchObject([
      { class: 'pension', symbol: 'AAPL', amountCents: 200_000 },
    ]);
  });

  it.each([
    [{ columns: { ...mapping.columns, day: 'D' } }, "'day' is no column of a ledger"],
    [{ constants: {} }, 'class is missing; name its column or give it as a constant'],
    [{ constants: { class: 'pension', price: '1' } }, 'price is both a column and a constant'],
    [{ constants: { class: ' ' } }, 'constant class is blank'],
    [{ constants: { class: 'pension', quantity_sign: 'yes' } }, 'write "signed"'],
    [{ constants: { class: 'pension', execution_id: '1' } }, 'execution_id cannot be a constant'],
    [
      { columns: { account: 'A', symbol: 'S', side: 'B', quantity: 'Q', price: 'P' } },
      'executed_at or trade_date is missing',
    ],
  ])('in a wrong mapping are named: %o', (part, message) => {
    expect(() => parseColumnMapping(JSON.stringify({ ...mapping, ...part }), 'x.mapping.json')).toThrow(
      message,
    );
  });
});

describe('damaged ledgers', () => {
  it('never crash, and every row is accounted for', () => {
    const valid = ledgerText([
      {},
      { side: 'sell', before: '200' },
      { side: 'SS', id: '' },
      { time: '', date: '2026-04-15' },
    ]);
    fuzzReader(ledgerReader, valid);
  });
});
