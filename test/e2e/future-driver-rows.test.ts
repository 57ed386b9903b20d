import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant, storeName, type TABLES } from '../../src/core/index.js';
import { READERS } from '../../src/sources/index.js';
import { newBench } from '../ingest/ingest-fixtures.js';

interface Files {
  /** What is published first. */
  readonly early: string;
  /** The same file later: with more rows, and some of the old ones corrected. */
  readonly later: string;
  readonly tables: readonly (keyof typeof TABLES)[];
}

const company = (...facts: object[]): string =>
  JSON.stringify({
    cik: 1045810,
    entityName: 'N',
    facts: { 'us-gaap': { Revenues: { units: { USD: facts } } } },
  });
const filed = (val: number, day: string, accn: string) => ({
  ...{ start: '2023-01-30', end: '2023-04-30', val, accn, fy: 2024, fp: 'Q1', form: '10-Q', filed: day },
});
const EVENTS =
  'ticker,period,announcement_date,filing_date,eps_estimate,eps_actual,revenue,net_income,shares_outstanding\n';
const FACTORS = (edition: string) => `This file was created by using the ${edition} CRSP database.\n\n,Mom\n`;
const SHILLER =
  'Date,SP500,Dividend,Earnings,Consumer Price Index,Long Interest Rate,Real Price,Real Dividend,Real Earnings,PE10\n';
const MEETINGS = 'decision_date,type,target_upper_before,target_upper_after,change_bp\n';
const SURPRISES = 'Date,Time,Unscheduled,FF1,MPS,MPS_ORTH\n';
const statement = (date: string, text: string) => ({
  ...{ date, vote: '12–0', target_range: '3.50–3.75%', decision: 'hold', bps: 0, statement: [text] },
});
const TRENDS = 'Week,AI: (United States)\n';
const AAII = 'reported_date,bullish,neutral,bearish\n';
const HOLDERS = 'date,ticker,last_timestamp_utc,users_holding\n';
const VIX = 'DATE,OPEN,HIGH,LOW,CLOSE\n2020-03-16,1,1,1,82.69\n';
const VOLUMES = 'Date|Symbol|ShortVolume|ShortExemptVolume|TotalVolume|Market\n';
const filing = (words: string) =>
  `SECURITIES AND EXCHANGE COMMISSION\nFORM 10-K\nFor the fiscal year ended December 31, 2024\n${words}`;

const AS_OF = parseInstant('2026-05-15');
const FIRST_IMPORT = '2026-05-10';
const SECOND_IMPORT = '2026-11-01';

const SOURCES: Readonly<Record<string, Files>> = {
  xbrl: {
    early: company(filed(7, '2023-05-26', '0001045810-23-000001')),
    later: company(
      filed(7, '2023-05-26', '0001045810-23-000001'),
      filed(8, '2026-05-27', '0001045810-26-000002'),
    ),
    tables: ['companyFacts'],
  },
  earnings: {
    early: `${EVENTS}A,Q1 2025,2025-03-01,2025-03-05,1,1.1,2000000000,300000000,355000000\n`,
    later: `${EVENTS}A,Q3 2026,2026-08-01,2026-08-05,1,1.1,2000000000,300000000,1\nA,Q1 2025,2025-03-01,2025-03-05,1,9.9,2000000000,300000000,355000000\n`,
    tables: ['earningsEvents'],
  },
  factors: {
    early: `${FACTORS('202601')}20260130,  1.17\n`,
    later: `${FACTORS('202606')}20260130,  1.19\n20260630,  0.2\n`,
    tables: ['factorReturns'],
  },
  shiller: {
    early: `${SHILLER}2020-01-01,3278,58,138,257,1.7,4000,71,169,30\n`,
    later: `${SHILLER}2020-01-01,3278,58,139,257,1.7,4000,71,170,29\n2026-09-01,7000,0,0,0,0,0,0,0,0\n`,
    tables: ['macro'],
  },
  'fomc meetings': {
    early: `${MEETINGS}2026-04-29,scheduled,3.75,3.75,0\n2026-06-17,scheduled,,,\n`,
    later: `${MEETINGS}2026-04-29,scheduled,3.75,3.5,-25\n2026-06-17,scheduled,3.75,3.5,-25\n2027-01-27,scheduled,,,\n`,
    tables: ['policyMeetings'],
  },
  'fomc statements': {
    early: JSON.stringify({ meetings: [statement('2026-04-29', 'Hold.')] }),
    later: JSON.stringify({ meetings: [statement('2026-06-17', 'Wait.'), statement('2026-04-29', 'Held.')] }),
    tables: ['policyStatements'],
  },
  'fomc surprises': {
    early: `${SURPRISES}2019-12-11,2:00pm,0,0.01,0.02,0.03\n`,
    later: `${SURPRISES}2019-12-11,2:00pm,0,0.01,0.05,0.06\n2023-12-13,2:00pm,0,-0.001,-0.08,-0.05\n`,
    tables: ['policySurprises'],
  },
  attention: {
    early: `${TRENDS}2026-04-19,50\n2026-04-26,100\n`,
    later: `${TRENDS}2026-04-19,5\n2026-04-26,10\n2026-09-06,100\n`,
    tables: ['searchInterest'],
  },
  sentiment: {
    early: `${AAII}2026-05-07,0.5,0.3,0.2\n`,
    later: `${AAII}2026-05-07,0.4,0.4,0.2\n2026-09-10,0.5,0.3,0.2\n`,
    tables: ['sentiment'],
  },
  robintrack: {
    early: `${HOLDERS}2018-05-02,AAPL,2018-05-02 06:38:58,150785\n`,
    later: `${HOLDERS}2018-05-02,AAPL,2018-05-02 06:38:58,1\n2026-09-01,AAPL,2026-09-01 06:38:58,2\n`,
    tables: ['holderCounts'],
  },
  cboe: {
    early: VIX,
    later: `${VIX.replace('1,82.69', '2,82.69')}2026-09-01,1,1,1,15\n`,
    tables: ['levels'],
  },
  finra: {
    early: `${VOLUMES}20260504|A|1|0|2|Q\n1\n`,
    later: `${VOLUMES}20260504|A|2|0|2|Q\n20260901|A|1|0|2|Q\n2\n`,
    tables: ['shortVolumes'],
  },
  'filings-text': { early: filing('AI'), later: filing('AI, now amended'), tables: ['filingTexts'] },
};

/** No look-ahead for what explains flows: a later edition of any file leaves every view as of earlier as it was. */
describe('later rows of', () => {
  it.each(Object.entries(SOURCES))('%s change no earlier view', async (_, { early, later, tables }) => {
    const { store, clock, put, run } = await newBench();
    const rowsAsOf = async (asOf: Instant) => {
      const view = await store.view(asOf);
      try {
        const rows = [];
        for (const table of tables)
          rows.push(...(await view.query(`SELECT * FROM ${storeName(table)} ORDER BY row_number, known_at`)));
        return rows;
      } finally {
        view.close();
      }
    };
    clock.set(FIRST_IMPORT);
    await put('edition-2025-02-01.txt', early);
    const first = await run(undefined, { readers: READERS });
    expect(first.files).toMatchObject([{ status: 'imported', rowsSetAside: 0 }]);
    const before = await rowsAsOf(AS_OF);
    expect(before.length).toBeGreaterThan(0);
    clock.set(SECOND_IMPORT);
    await put('edition-2026-10-30.txt', later);
    const second = await run(['edition-2026-10-30.txt'], { readers: READERS });
    expect(second.files).toMatchObject([{ status: 'imported', rowsSetAside: 0 }]);
    expect(await rowsAsOf(AS_OF)).toEqual(before);
    expect(await rowsAsOf(parseInstant(SECOND_IMPORT)), 'and the rows did go in').not.toEqual(before);
  });
});
