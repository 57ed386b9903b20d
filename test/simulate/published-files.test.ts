import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { simulateMarket } from '../../src/simulate/index.js';
import { filesOf, onlyMember } from './files-in-memory.js';

const REAL_FILES = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/data/cftc');

const market = simulateMarket();
let files: Map<string, Uint8Array>;
/** Annual texts by year, those in archives included. */
const annual = new Map<number, string>();

beforeAll(async () => {
  files = await filesOf(market);
  for (const [path, bytes] of files) {
    if (path.startsWith('cftc/') && path.endsWith('.zip')) {
      const { name, bytes: text } = await onlyMember(bytes);
      expect(name).toBe('FinFutYY.txt');
      annual.set(Number(path.slice(-8, -4)), Buffer.from(text).toString('latin1'));
    } else if (path.startsWith('cftc/')) {
      annual.set(2000 + Number(path.slice(-6, -4)), Buffer.from(bytes).toString('latin1'));
    }
  }
});

const text = (path: string): string => Buffer.from(files.get(path)!).toString('utf8');
const csv = (path: string): string[][] =>
  text(path)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

interface Row {
  readonly year: number;
  readonly cells: readonly string[];
  readonly code: string;
  readonly date: string;
}

let parsed: Row[] | null = null;

/** Every data row, cut at commas: no text of these markets holds one. */
function reportRows(): readonly Row[] {
  parsed ??= [...annual].flatMap(([year, contents]) =>
    contents
      .split('\r\n')
      .slice(1, -1)
      .map((line) => {
        const cells = line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, '').trim());
        return { year, cells, code: cells[3]!, date: cells[2]! };
      }),
  );
  return parsed;
}

const numbers = (cells: readonly string[], from: number, count: number): number[] =>
  cells.slice(from, from + count).map(Number);

// Positions: 7 open interest; 8..19 three sides of four classes; 20, 21 totals; 22, 23 non-reportable; 24..40 changes.
/** Contract_Units, after eight columns of concentration. */
const UNITS = 81;

const sideSum = (positions: readonly number[], side: 0 | 1): number =>
  [0, 3, 6, 9].reduce((sum, start) => sum + positions[start + side]! + positions[start + 2]!, 0);

describe('the CFTC files', () => {
  it('come one a calendar year, one of them as an archive', () => {
    expect([...annual.keys()].sort()).toEqual(Array.from({ length: 14 }, (_, i) => 2013 + i));
    const zipped = [...files.keys()].filter((path) => /^cftc\/.*\.zip$/.test(path));
    expect(zipped).toEqual(['cftc/fut_fin_txt_2023.zip']);
  });

  it('carry the 87 published columns in both forms of the date header', () => {
    const headers = [...annual.values()].map((contents) => contents.slice(0, contents.indexOf('\r\n')));
    const columns = headers.map((header) => header.replaceAll('"', '').split(','));
    for (const one of columns) {
      expect(one).toHaveLength(87);
      expect([
        one[7],
        one[11],
        one[20],
        one[23],
        one[24],
        one[40],
        one[41],
        one[58],
        one[72],
        one[73],
      ]).toEqual([
        'Open_Interest_All',
        'Asset_Mgr_Positions_Long_All',
        'Tot_Rept_Positions_Long_All',
        'NonRept_Positions_Short_All',
        'Change_in_Open_Interest_All',
        'Change_in_NonRept_Short_All',
        'Pct_of_Open_Interest_All',
        'Traders_Tot_All',
        'Traders_Tot_Rept_Short_All',
        'Conc_Gross_LE_4_TDR_Long_All',
      ]);
    }
    expect(new Set(columns.map((one) => one[2]))).toEqual(
      new Set(['Report_Date_as_MM_DD_YYYY', 'Report_Date_as_YYYY-MM-DD']),
    );
  });

  it.skipIf(!existsSync(REAL_FILES))('have the header of the real ones (needs ../shared/data)', () => {
    const realHeader = (name: string) =>
      gunzipSync(readFileSync(join(REAL_FILES, name)))
        .toString('latin1')
        .split('\r\n')[0]!;
    const simulated = (year: number) => annual.get(year)!.split('\r\n')[0]!;
    expect(simulated(2013)).toBe(realHeader('finfut-2010.txt.gz'));
    expect(simulated(2015)).toBe(realHeader('finfut-2015.txt.gz'));
  });

  it.skipIf(!existsSync(REAL_FILES))('have the cell widths of the real ones (needs ../shared/data)', () => {
    const widths = (contents: string) => {
      const line = contents.split('\r\n').find((one) => one.includes('S&P 500 Consolidated'))!;
      return line.split(',').map((cell) => cell.length);
    };
    const real = (name: string) =>
      widths(gunzipSync(readFileSync(join(REAL_FILES, name))).toString('latin1'));
    expect(widths(annual.get(2014)!).map((width, i) => (i === UNITS ? 0 : width))).toEqual(
      real('finfut-2014.txt.gz').map((width, i) => (i === UNITS ? 0 : width)),
    );
    expect(widths(annual.get(2024)!)).toEqual(real('finfut-2024.txt.gz'));
  });

  it('add up: longs and spreads, shorts and spreads are open interest in every row but the misprinted one', () => {
    const [misprint] = market.truth.misprints;
    const unreconciled = reportRows().filter(({ cells }) => {
      const positions = numbers(cells, 8, 16);
      const long = sideSum(positions, 0) + positions[14]!;
      const short = sideSum(positions, 1) + positions[15]!;
      return long !== Number(cells[7]) || short !== Number(cells[7]);
    });
    expect(unreconciled.map(({ code, date, cells }) => [code, date, Number(cells[11])])).toEqual([
      [misprint!.subject, misprint!.date, misprint!.printed],
    ]);
    expect(misprint!.printed).not.toBe(misprint!.trueValue);
    for (const { code, date, cells } of reportRows()) {
      if (code === misprint!.subject && date === misprint!.date) continue;
      const positions = numbers(cells, 8, 16);
      expect(positions[12]).toBe(sideSum(positions, 0));
      expect(positions[13]).toBe(sideSum(positions, 1));
    }
  });

  it('print changes as exact differences from the week before, and dots where there was no row', () => {
    const rows = new Map(reportRows().map((row) => [`${row.code} ${row.date}`, row]));
    const dates = market.weeks.map(({ periodEnd }) => periodEnd);
    const [misprint] = market.truth.misprints;
    let dotted = 0;
    for (const { code, date, cells } of rows.values()) {
      const before = rows.get(`${code} ${dates[dates.indexOf(date as (typeof dates)[number]) - 1]}`);
      const changes = cells.slice(24, 41);
      if (before === undefined) {
        dotted++;
        expect(new Set(changes)).toEqual(new Set(['.']));
        continue;
      }
      if (code === misprint!.subject && [date, before.date].includes(misprint!.date)) continue;
      const [now, then] = [cells, before.cells].map((one) => numbers(one, 7, 17));
      expect(changes.map(Number)).toEqual(now!.map((value, i) => value - then![i]!));
    }
    expect(dotted).toBeGreaterThan(10);
  });

  it('miss no week of any contract but the thin one, whose lone and long holes truth.json lists', () => {
    const rowsOfAll = reportRows();
    const byCode = new Map(rowsOfAll.map(({ code }) => [code, rowsOfAll.filter((row) => row.code === code)]));
    expect([...byCode.keys()].sort()).toEqual(
      ['12460+', '13874+', '13874I', '20974+', '209742', '239742', '33874A'].sort(),
    );
    for (const [code, rows] of byCode) {
      const missing = market.truth.absentWeeks[code] ?? [];
      const first = rows.map(({ date }) => date).sort()[0]!;
      const expected = market.weeks.filter(({ periodEnd }) => periodEnd >= first).length;
      expect(rows).toHaveLength(expected - missing.length);
      expect(missing.length > 0).toBe(code === '13874I');
    }
    const holes = market.weeks.map(({ periodEnd }) =>
      market.truth.absentWeeks['13874I']!.includes(periodEnd),
    );
    expect(holes.slice(-32, -29)).toEqual([false, true, false]);
    expect(holes.slice(-46, -39)).toEqual([false, true, true, true, true, true, false]);
  });

  it('group rows by market, newest first, without a date twice', () => {
    const all = reportRows();
    for (const year of annual.keys()) {
      const rows = all.filter((row) => row.year === year);
      const seen = new Set<string>();
      for (const [i, { code, date }] of rows.entries()) {
        expect(date.startsWith(`${year}-`)).toBe(true);
        const before = rows[i - 1];
        if (before?.code === code) expect(date < before.date).toBe(true);
        else {
          expect(seen.has(code)).toBe(false);
          seen.add(code);
        }
      }
    }
  });

  it('give shares of open interest to a tenth of a per cent, and mark one to three traders by a dot', () => {
    for (const { cells } of reportRows().slice(0, 400)) {
      const [openInterest, long] = numbers(cells, 7, 2);
      expect(cells[42]).toBe(((100 * long!) / openInterest!).toFixed(1));
      for (const traders of cells.slice(58, 73)) {
        expect(traders === '.' || Number(traders) === 0 || Number(traders) >= 4).toBe(true);
      }
      expect(Number(cells[58])).toBeGreaterThanOrEqual(20);
    }
  });

  it('word the unit of each row, which changes once', () => {
    const units = (code: string) =>
      reportRows()
        .filter((row) => row.code === code)
        .sort((a, b) => (a.date < b.date ? -1 : 1))
        .map(({ date, cells }) => ({ date, units: cells[UNITS] }));
    const djia = units('12460+');
    const change = djia.findIndex(({ units: words }) => words === '($5 X DJIA INDEX)');
    expect(djia[change]!.date).toBe(
      market.truth.plants.find(({ kind }) => kind === 'unit-change')!.periodEnd,
    );
    expect(new Set(djia.slice(0, change).map((row) => row.units))).toEqual(new Set(['($10 X DJIA INDEX)']));
    expect(new Set(djia.slice(change).map((row) => row.units))).toEqual(new Set(['($5 X DJIA INDEX)']));
    expect(new Set(units('20974+').map((row) => row.units))).toEqual(new Set(['(NASDAQ 100 INDEX X $20)']));
  });
});

describe('the price files', () => {
  it('hold every session once a symbol, highs above and lows below, dividends only lowering the adjusted close', () => {
    const [header, ...rows] = csv('prices/stocks-daily.csv');
    expect(header).toEqual(['date', 'symbol', 'open', 'high', 'low', 'close', 'adj_close', 'volume']);
    const outside: string[] = [];
    for (const [date, symbol, ...figures] of rows) {
      const [open, high, low, close, adjusted, volume] = figures.map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      if (close > high || close < low || open > high || open < low)
        outside.push(`${date} ${symbol} ${close}`);
      if (!(adjusted > 0 && adjusted <= close && volume > 0)) throw new Error(`${date} ${symbol}`);
    }
    const [, { date, subject, printed, trueValue }] = market.truth.misprints as [
      unknown,
      (typeof market.truth.misprints)[0],
    ];
    expect(outside).toEqual([`${date} ${subject} ${printed}`]);
    expect(printed).toBeCloseTo(100 * trueValue, 6);
    expect(new Set(rows.map((row) => `${row[0]} ${row[1]}`)).size).toBe(rows.length);
    const { stocks } = market.stocks;
    expect(rows).toHaveLength(stocks.reduce((sum, { lastSession }) => sum + lastSession + 1, 0));
  });

  it('pay dividends, split, and book a spin-off as a split', () => {
    const [header, ...rows] = csv('prices/corporate-actions.csv');
    expect(header).toEqual(['date', 'symbol', 'dividend', 'split']);
    expect(rows.filter((row) => Number(row[3]) > 0).map((row) => `${row[1]} ${row[3]}`)).toEqual([
      'IT1 4',
      'CD2 10',
      'ID3 1.196',
      'IT6 10',
      'ID5 1.314',
    ]);
    expect(rows.filter((row) => Number(row[2]) > 0).length).toBeGreaterThan(400);
  });

  it('adjust closes so that the return of an ex-dividend day counts the dividend', () => {
    const { bars, adjustedClose, actions } = market.stocks.stocks[0]!;
    const { date, dividend } = actions[5]!;
    const i = market.stocks.sessions.indexOf(date);
    const total = (bars.close[i]! + dividend) / bars.close[i - 1]!;
    expect(adjustedClose[i]! / adjustedClose[i - 1]!).toBeCloseTo(total, 3);
    expect(adjustedClose.at(-1)).toBe(bars.close.at(-1));
  });

  it('hold five index levels whose closes price the planted weeks', () => {
    const rows = csv('prices/index-daily.csv').slice(1);
    expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(['^DJI', '^GSPC', '^MID', '^NDX', '^RUT']));
    const close = new Map(rows.map((row) => [`${row[1]} ${row[0]}`, Number(row[5])]));
    for (const { priceSymbol, periodEnd, price } of market.truth.plants) {
      expect(close.get(`${priceSymbol} ${periodEnd}`)).toBe(price);
    }
  });
});

describe('the universe and macro files', () => {
  it('list 57 names of eleven sectors with dot tickers, one that changed its sector, and not the one that was bought', () => {
    const names = text('universe/constituents.csv').trimEnd().split('\n').slice(1);
    expect(names).toHaveLength(57);
    expect(names.find((line) => line.startsWith('MT5,'))).toBeUndefined();
    const [member] = csv('universe/membership-intervals.csv').filter((row) => row[0] === 'MT5');
    const prices = csv('prices/stocks-daily.csv').filter((row) => row[1] === 'MT5');
    expect(prices.at(-1)![0]! < member![2]!).toBe(true);
    expect(names.find((line) => line.startsWith('IT4.B,'))).toContain('"');
    const history = csv('universe/sector-history.csv').slice(1);
    expect(history.filter((row) => row[0] === 'CS1').map((row) => row[2])).toEqual([
      'Information Technology',
      'Communication Services',
    ]);
    expect(new Set(history.map((row) => row[2])).size).toBe(11);
  });

  it('use both FRED headers and both signs for a missing value', () => {
    expect(csv('macro/CPIAUCSL.csv')[0]).toEqual(['DATE', 'CPIAUCSL']);
    expect(csv('macro/DFEDTARU.csv')[0]).toEqual(['observation_date', 'DFEDTARU']);
    expect(csv('macro/DGS2-NASDAQCOM.csv')[0]).toEqual(['observation_date', 'DGS2', 'NASDAQCOM']);
    expect(csv('macro/CPIAUCSL.csv').filter((row) => row[1] === '')).toHaveLength(1);
    expect(csv('macro/DGS10.csv').filter((row) => row[1] === '.').length).toBeGreaterThan(100);
    expect(
      csv('macro/DGS2-NASDAQCOM.csv').filter((row) => row[1] === '' && row[2] === '').length,
    ).toBeGreaterThan(100);
    for (const path of ['macro/DFEDTARU.csv', 'macro/DGS10.csv', 'macro/DGS2-NASDAQCOM.csv']) {
      const cells = csv(path)
        .slice(1)
        .flatMap(([, ...values]) => values);
      expect(cells.filter((cell) => cell !== '' && cell !== '.' && !(Number(cell) > 0))).toEqual([]);
    }
  });

  it('end with the truth, and stay small', () => {
    expect([...files.keys()].at(-1)).toBe('truth.json');
    expect(JSON.parse(text('truth.json'))).toEqual(JSON.parse(JSON.stringify(market.truth)));
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    expect(bytes).toBeLessThan(30e6);
  });

  it('come out byte for byte the same again', async () => {
    const again = await filesOf(simulateMarket());
    for (const [path, bytes] of files) expect(Buffer.compare(again.get(path)!, bytes)).toBe(0);
  });
});
