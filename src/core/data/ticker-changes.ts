import type { IsoDate } from '../units.js';

/** A listed company that changed its ticker: until the day before `changed` it was listed as `from`. */
export interface TickerChange {
  readonly from: string;
  readonly to: string;
  readonly changed: IsoDate;
}

const change = (from: string, to: string, changed: string): TickerChange => ({
  from,
  to,
  changed: changed as IsoDate,
});

/**
 * Changes of ticker of large United States companies that went on as the same registrant, 2019 to 2026, as the exchanges
 * announced them. A company that was bought (ATVI, TWTR, XLNX) changed no ticker; it ended.
 */
export const TICKER_CHANGES: readonly TickerChange[] = [
  change('HRS', 'LHX', '2019-07-01'),
  change('TMK', 'GL', '2019-08-08'),
  change('SYMC', 'NLOK', '2019-11-05'),
  change('CBS', 'VIAC', '2019-12-05'),
  change('BBT', 'TFC', '2019-12-09'),
  change('UTX', 'RTX', '2020-04-03'),
  change('CTL', 'LUMN', '2020-09-18'),
  change('COG', 'CTRA', '2021-10-04'),
  change('WLTW', 'WTW', '2022-01-10'),
  change('VIAC', 'PARA', '2022-02-17'),
  change('DISCA', 'WBD', '2022-04-11'),
  change('BLL', 'BALL', '2022-05-10'),
  change('FB', 'META', '2022-06-09'),
  change('ANTM', 'ELV', '2022-06-28'),
  change('NLOK', 'GEN', '2022-11-08'),
  change('PKI', 'RVTY', '2023-05-16'),
  change('RE', 'EG', '2023-07-10'),
  change('ABC', 'COR', '2023-08-30'),
  change('FLT', 'CPAY', '2024-03-25'),
  change('SQ', 'XYZ', '2025-01-21'),
  change('PARA', 'PSKY', '2025-08-07'),
  change('MMC', 'MRSH', '2026-01-14'),
];
