import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { earningsReader } from '../../../src/sources/earnings/index.js';
import { fuzzReader, readAll, rowsOf } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const EVENTS =
  'ticker,period,announcement_date,filing_date,eps_estimate,eps_actual,eps_surprise_pct,revenue,net_income,shares_outstanding\n';
const SURPRISES = 'symbol,date,qtr,eps_est,eps,release_time,surprise\n';
const ALPHA = 'symbol,fiscalDateEnding,reportedDate,reportedEPS,estimatedEPS,surprise,surprisePercentage\n';

const events = (...lines: string[]) =>
  readAll(earningsReader, EVENTS + lines.map((line) => `${line}\n`).join(''));
const filings = (...lines: string[]) =>
  rowsOf(events(...lines), 'earningsEvents').filter(({ stage }) => stage === 'filing');

describe('earnings events', () => {
  it('are known in two stages: earnings per share when announced, the rest when filed', () => {
    const reading = events(
      'BRK.B,Q1 2025,2025-05-03,2025-05-05,4.9,4.47,-0.0869,89725000000,4603000000,2157000000',
    );
    expect(reading.detection.kind).toBe('earnings-events');
    expect(
      reading.facts.map(({ row, knownAt }) => [(row as { stage: string }).stage, formatInstant(knownAt)]),
    ).toEqual([
      ['announcement', '2025-05-04T03:59:59Z'],
      ['filing', '2025-05-06T03:59:59Z'],
    ]);
    const [announcement, filing] = rowsOf(reading, 'earningsEvents');
    expect(announcement).toMatchObject({
      symbol: 'BRK-B',
      fiscalYear: 2025,
      fiscalQuarter: 1,
      eventDate: '2025-05-03',
      announcedTime: 'unknown',
      epsEstimate: 4.9,
      epsActual: 4.47,
      surprisePercent: -8.69,
      perShareBasis: 'split-adjusted',
      revenue: null,
      filedDate: null,
    });
    expect(filing).toMatchObject({
      eventDate: '2025-05-05',
      announcedDate: '2025-05-03',
      epsActual: null,
      revenue: 89_725e6,
      netIncome: 4603e6,
      sharesOutstanding: 2157e6,
      perShareBasis: 'as-then',
      flags: null,
    });
  });

  it('leave out figures of a doubtful scale and say what stood there', () => {
    const rows = filings(
      'A,Q1 2011,,2011-03-09,,,,1519000000,193000000,355',
      'A,Q2 2011,,2011-06-07,,,,1677000,,355000000',
      'A,Q3 2011,,2011-09-07,,,,1677,,-357000000',
      'A,Q1 2012,,2012-03-07,,,,1677000000,,352000000000',
      'COO,Q1 2025,2024-05-30,2024-06-04,0.83,0.85,0.0241,746596000,885000,59470000',
      'COO,Q1 2025,2025-03-06,2025-03-07,0.91,0.92,0.011,964700000,104300000,201200000',
    );
    expect(
      rows.map(({ sharesOutstanding, revenue, netIncome, flags }) => [
        sharesOutstanding,
        revenue,
        netIncome,
        flags,
      ]),
    ).toEqual([
      [null, 1519e6, 193e6, 'shares-scale-doubtful 355'],
      [355e6, 1_677_000, null, null],
      [null, null, null, 'shares-scale-doubtful -357000000; revenue-scale-doubtful 1677'],
      [null, 1677e6, null, 'shares-scale-doubtful 352000000000'],
      [59_470_000, 746_596_000, null, 'net-income-scale-doubtful 885000'],
      [201.2e6, 964.7e6, 104.3e6, 'fiscal-label-repeated'],
    ]);
  });

  it('believe a count that another confirms', () => {
    const rows = filings(
      'L,Q1 2010,,2010-05-04,,,,3000000000,,1000000',
      'L,Q2 2010,,2010-08-03,,,,3000000000,,420000000',
      'L,Q3 2010,,2010-11-02,,,,3000000000,,415000000',
      'L,Q1 2011,,2011-05-03,,,,3000000000,,410000000',
    );
    expect(rows.map((row) => row.sharesOutstanding)).toEqual([1e6, null, 415e6, 410e6]);
  });

  it('are judged by what was filed before, whatever the order of the list', () => {
    const count = fc.constantFrom(90, 1e5, 2e6, 4e6, 3e8, 3.1e8, 6e8, 2e10, 9e11, -5);
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 8 }), fc.nat(8), (counts, cut) => {
        const lines = counts.map(
          (shares, i) => `A,Q${(i % 4) + 1} ${2010 + i},,${2010 + i}-05-04,,,,3000000000,,${shares}`,
        );
        const told = (some: readonly string[]) =>
          new Map(
            filings(...some).map(({ filedDate, sharesOutstanding, flags }) => [
              filedDate,
              { sharesOutstanding, flags },
            ]),
          );
        const whole = told(lines);
        expect(told(lines.toReversed())).toEqual(whole);
        for (const [filedDate, judged] of told(lines.slice(0, Math.min(cut, lines.length))))
          expect(judged).toEqual(whole.get(filedDate));
      }),
      { seed: 7, numRuns: 120 },
    );
  });

  it('are one filing where a row is there twice, however doubtful its figures', () => {
    const rows = [
      'A,Q1 2010,,2010-05-04,,,,3000000000,,200000000',
      'A,Q2 2010,,2010-08-04,,,,3000000000,,200000',
      'A,Q3 2010,,2010-11-04,,,,3000000000,,200000000',
    ];
    const once = filings(...rows);
    expect(filings(...rows.flatMap((row) => [row, row]))).toEqual(once.flatMap((row) => [row, row]));
    expect(once.map(({ flags }) => flags)).toEqual([null, 'shares-scale-doubtful 200000', null]);
  });

  it('are set aside where they cannot be read', () => {
    const reading = events(
      'A,2011,,2011-03-09,,,,1,1,1',
      'A,Q1 2011,2011-03-10,2011-03-09,,,,1,1,1',
      'A,Q1 2011,,,,,,1,1,1',
      'A,Q1 2011,,2011-03-09,,,,1.5bn,1,1',
      '?,Q1 2011,,2011-03-09,,,,1,1,1',
    );
    expect(reading.setAside.map(({ column, found }) => [column, found])).toEqual([
      ['period', '2011'],
      ['announcement_date', '2011-03-10'],
      ['filing_date', ''],
      ['revenue', '1.5bn'],
      ['ticker', '?'],
    ]);
    expect(reading.facts).toEqual([]);
  });
});

describe('earnings surprises', () => {
  const read = (...lines: string[]) =>
    readAll(earningsReader, SURPRISES + lines.map((line) => `${line}\n`).join(''));

  it('are known at the open of their day, or at its end after the close', () => {
    const reading = read(
      'AAPL,2019-07-30,19-Jun,2.09,2.18,post,0.09',
      'JPM,2019-01-15,Q2,2.2,1.98,pre,-0.22',
    );
    expect(reading.facts.map(({ knownAt }) => formatInstant(knownAt))).toEqual([
      '2019-07-31T03:59:59Z',
      '2019-01-15T14:30:00Z',
    ]);
    expect(rowsOf(reading, 'earningsEvents')[0]).toMatchObject({
      announcedTime: 'post',
      epsActual: 2.18,
      surprise: 0.09,
      fiscalLabel: null,
      perShareBasis: 'as-then',
    });
  });

  it('stand under the ticker of today, and keep that of their time', () => {
    const reading = read('FB,2014-07-23,,0.32,0.42,post,0.1', 'ATVI,2014-08-05,,0.02,0.06,post,0.04');
    expect(
      rowsOf(reading, 'earningsEvents').map(({ symbol, listedSymbol }) => [symbol, listedSymbol]),
    ).toEqual([
      ['META', 'FB'],
      ['ATVI', 'ATVI'],
    ]);
  });

  it('are set aside where they contradict themselves', () => {
    const reading = read('A,2019-07-30,,2.09,2.18,post,0.29', 'A,2019-07-30,,2.09,2.18,noon,0.09');
    expect(reading.setAside.map(({ column }) => column)).toEqual(['surprise', 'release_time']);
  });
});

describe('quarterly earnings of Alpha Vantage', () => {
  it('are read with what is missing and, where told, the time of day', () => {
    const reading = readAll(
      earningsReader,
      `${ALPHA.trimEnd()},reportTime\nTSLA,2010-06-30,2010-08-05,-0.0271,None,0,None,pre-market\nAAPL,2025-03-31,2025-03-01,1,1,0,0,post-market\nAAPL,2025-03-31,2025-05-01,1,1,0,0,noon\n`,
    );
    expect(rowsOf(reading, 'earningsEvents')).toMatchObject([
      {
        fiscalPeriodEnd: '2010-06-30',
        epsActual: -0.0271,
        epsEstimate: null,
        surprise: null,
        surprisePercent: null,
        announcedTime: 'pre',
      },
    ]);
    expect(reading.setAside).toMatchObject([
      { column: 'reporteddate', subject: 'AAPL' },
      { column: 'reporttime', found: 'noon' },
    ]);
  });
});

describe('damaged lists', () => {
  it('are read with every row accounted for', () => {
    fuzzReader(
      earningsReader,
      `${EVENTS}A,Q1 2011,2011-03-08,2011-03-09,0.4,0.5,0.25,1519000000,193000000,355000000\nA,Q2 2011,,2011-06-07,,,,1,2,355\n`,
      120,
    );
    fuzzReader(
      earningsReader,
      `${SURPRISES}AAPL,2019-07-30,19-Jun,2.09,2.18,post,0.09\nFB,2014-07-23,,0.32,0.42,pre,0.1\n`,
      80,
    );
    fuzzReader(earningsReader, `${ALPHA}TSLA,2010-06-30,2010-08-05,-0.0271,None,0,None\n`, 80);
  });
});

describe.skipIf(!hasSharedData)('real earnings lists (needs ../shared/data)', () => {
  it('are read whole, with the defects that their papers tell of', () => {
    const reading = readAll(earningsReader, sharedBytes('earnings/earnings-events-2009-2026.csv.gz'));
    expect([reading.rowsRead, reading.setAside.length]).toEqual([20_872, 0]);
    const rows = rowsOf(reading, 'earningsEvents');
    const filed = rows.filter(({ stage }) => stage === 'filing');
    const below = filed.filter(({ flags }) => {
      const found = /shares-scale-doubtful (-?\d+)/.exec(flags ?? '');
      return found !== null && Number(found[1]) < 100_000;
    });
    expect(below.length).toBe(163);
    expect(filed.filter(({ flags }) => flags?.includes('revenue-scale-doubtful')).length).toBe(9);
    expect(
      filed.filter(({ flags }) => flags?.includes('fiscal-label-repeated')).map(({ symbol }) => symbol),
    ).toEqual(['AEE', 'COO', 'STT']);
    const shares = filed.flatMap(({ sharesOutstanding }) =>
      sharesOutstanding === null ? [] : [sharesOutstanding],
    );
    expect([Math.min(...shares) >= 1e5, Math.max(...shares) <= 50e9]).toEqual([true, true]);
    expect(rows.filter(({ epsActual }) => epsActual !== null).length).toBe(3591);
  });

  it('have 12,653 surprises, 491 companies, and six with estimates split-adjusted', () => {
    const surprises = readAll(earningsReader, sharedBytes('earnings/eps-surprise-2012-2019.csv.gz'));
    expect([surprises.rowsRead, surprises.setAside]).toEqual([12_653, []]);
    const rows = rowsOf(surprises, 'earningsEvents');
    expect(new Set(rows.map(({ listedSymbol }) => listedSymbol)).size).toBe(491);
    expect(
      rows.find(({ symbol, eventDate }) => symbol === 'AAPL' && eventDate === '2019-07-30')!.epsActual,
    ).toBe(2.18);
    const alpha = readAll(earningsReader, sharedBytes('earnings/alphavantage-eps-megacap-2008-2025.csv'));
    expect([alpha.rowsRead, alpha.setAside]).toEqual([368, []]);
    expect(rowsOf(alpha, 'earningsEvents').filter(({ epsEstimate }) => epsEstimate === null).length).toBe(1);
  });
});
