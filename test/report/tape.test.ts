import { describe, expect, test } from 'vitest';
import type { ReportTape, ReportTapeSides, ReportTapeWeek } from '../../src/core/index.js';
import { renderReport } from '../../src/report/index.js';
import { reportInput } from './fixture.js';

const sides = (buy: number | null, sell: number | null, unsigned: number): ReportTapeSides => ({
  buy,
  sell,
  net: buy === null || sell === null ? null : buy - sell,
  unsigned,
  turnover: (buy ?? 0) + (sell ?? 0) + unsigned,
  shareUnsigned: 0.1,
});

const SOURCE = { source: 'tape', fileName: 'tape/trades.parquet', fileSha256: 'a'.repeat(64), rowNumber: 1 };

function week(more: Partial<ReportTapeWeek> = {}): ReportTapeWeek {
  const { record } = reportInput();
  return {
    periodStart: record.periodStart,
    periodEnd: record.periodEnd,
    days: [record.periodEnd],
    missingDays: [],
    names: 500,
    classes: [
      { class: 'other', prints: 900, ...sides(7e9, 5e9, 0), sources: [SOURCE] },
      { class: 'auction', prints: 2, ...sides(null, null, 3e9), sources: [SOURCE] },
    ],
    all: { prints: 902, ...sides(7e9, 5e9, 3e9) },
    lags: [
      { lagNanos: 1, label: '1 ns', isDefault: true, ...sides(7e9, 5e9, 0) },
      { lagNanos: 5e9, label: '5 s', isDefault: false, ...sides(6e9, 6e9, 0) },
    ],
    signing: {
      rule: 'lee-ready',
      quoteKinds: ['nbbo'],
      formats: ['wrds-ctm'],
      conditionTables: ['taq-1'],
      prints: 900,
      byQuote: 0.8,
      byTick: 0.2,
      bySource: 0,
      byRetailRule: 0,
      byNothing: 0,
      noQuote: 0.01,
      lockedQuote: 0.02,
      crossedQuote: 0.03,
      isDoubtful: false,
    },
    retail: {
      asked: 300,
      midpointBuys: 40,
      midpointSells: 50,
      subPennyBuys: 41,
      subPennySells: 52,
      published: { foundBySubPenny: 0.35, wrongBySubPenny: 0.28, wrongByMidpoint: 0.05 },
      reason: null,
    },
    ...more,
  };
}

const written = async (tape?: ReportTape) => {
  const { html, markdown } = await renderReport({
    ...reportInput(),
    ...(tape === undefined ? {} : { tape }),
  });
  const text = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return { html, text: text.split(/^## /m).find((part) => part.startsWith('The tape')) ?? null };
};

describe('the tape in the report', () => {
  test('stands on the initiative, never as buying of the whole market', async () => {
    const { html, text } = await written({ week: week(), reason: null });
    expect(text).toContain('Buyers were in more of a hurry.');
    expect(text).toContain('$7.00 bn were bought at the initiative of a buyer');
    expect(text).toContain('of a turnover of $15.0 bn, were not signed');
    expect(text).not.toMatch(/notional buying|net buying/i);
    expect(text).toMatch(/\| Auctions \| not signed \| not signed \| not signed \| \$3\.00 bn/);
    expect(text).toMatch(/\| 5 s \| \$6\.00 bn \| \$6\.00 bn \| \$0/);
    expect(text).toContain('found 35.0 % of 85,000 known retail trades and signed 28.0 % of these wrongly');
    expect(text).not.toContain('doubtful');
    expect(html).toContain('buyers’ initiative $7.00 bn');
  });

  test('doubts crossed quotes, names days without tape, and a source without sub-pennies', async () => {
    const own = week();
    const { text } = await written({
      week: week({
        missingDays: [own.periodStart],
        signing: { ...own.signing, crossedQuote: 0.5, isDoubtful: true },
        retail: { ...own.retail, asked: null, reason: 'no source of these days has sub-penny prices' },
      }),
      reason: null,
    });
    expect(text).toMatch(/crossed quote 50\.0 %\..*doubtful.* above 5 %/);
    expect(text).toContain(`The tape lacks ${own.periodStart} of these days`);
    expect(text).toContain('Retail cannot be identified: no source of these days has sub-penny prices.');
  });

  test('says why it does not cover the days, and is left out without a tape', async () => {
    const { text } = await written({ week: null, reason: 'the tape ends before' });
    expect(text).toContain('The tape does not cover these days: the tape ends before.');
    expect((await written()).text).toBeNull();
  });
});
