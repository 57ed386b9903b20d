import { describe, expect, test } from 'vitest';
import { multiplierOfUnits } from '../../../src/sources/cftc/contract-units.js';
import { parseReportDate } from '../../../src/sources/cftc/report-date.js';

describe('multiplierOfUnits', () => {
  test.each([
    ['(NASDAQ 100 INDEX X $20)', 20],
    ['(NASDAQ 100 STOCK INDEX x $2)', 2],
    ['($50 X S&P 500 INDEX)', 50],
    ['(S&P 500 INDEX X $250.00)', 250],
    ['(S&P 500 TOTAL RETURN INDEX x $25)', 25],
    ['($0.5 X DJIA INDEX)', 0.5],
    ['($100 x S&P Select Sector Energy Index price)', 100],
    ['($1000 X INDEX)', 1_000],
    ['($2,500 x Contract IMM Index)', 2_500],
    ['(MSCI Emerging Markets Index x $50)', 50],
  ])('%s is %d dollars a point', (units, dollars) => expect(multiplierOfUnits(units)).toBe(dollars));

  test.each([
    '(NIKKEI INDEX X JPY 500)',
    '(2,500 X CONTRACT GRADE IMM INDEX)',
    '(MSCI EM ASIA x 100)',
    '(10 x HYPE Index)',
    '(0.1 Index Points)',
    '(Bitcoin X $0.10)',
    '(5 Solana x $180 = $900)',
    '(CONTRACTS OF $100,000 FACE VALUE)',
    '(CONTRACTS OF CAD 100,000)',
    '($0 X S&P 500 INDEX)',
    '($20 X NASDAQ 100 INDEX X $5)',
    '',
  ])('%s names no dollars a point of an index', (units) => expect(multiplierOfUnits(units)).toBeNull());
});

describe('parseReportDate', () => {
  test.each([
    ['2010-12-28', '2010-12-28'],
    ['12/28/2010', '2010-12-28'],
    ['1/4/2011', '2011-01-04'],
    ['06/13/2006 12:00:00 AM', '2006-06-13'],
    ['40540', '2010-12-28'],
    ['45727', '2025-03-11'],
  ])('%s is %s', (text, date) => expect(parseReportDate(text)).toBe(date));

  test.each([
    '',
    '.',
    '2023-02-29',
    '13/01/2020',
    '2005-01-04',
    '2031-01-07',
    '2024-01-06',
    '38880',
    '101228',
    '1e4',
  ])('%s is no report date', (text) => expect(parseReportDate(text)).toBeNull());
});
