import type { IsoDate } from '../units.js';

/**
 * `split`: the number of shares changed and nothing else (reverse splits and share dividends of the same class too).
 * `spin-off`: another company was handed out; the shares stay as they are, though price vendors book a ratio.
 * `exchange`: shares of one security became another's, so holdings before and after do not compare.
 */
export type CheckedActionKind = 'split' | 'spin-off' | 'exchange';

/** Shares of another security that holders were given for each share held. */
export interface ReceivedShares {
  readonly symbol: string;
  readonly perShare: number;
}

export interface CheckedAction {
  /** Ticker in the style of Yahoo Finance, as of 2026; older ones lead here through the security register. */
  readonly symbol: string;
  readonly exDate: IsoDate;
  readonly kind: CheckedActionKind;
  /** As vendors book it; for a split alone, the factor itself. */
  readonly ratio: number;
  /** By which holdings are multiplied; null where nothing makes them comparable. */
  readonly factor: number | null;
  readonly evidence: string;
  readonly received: readonly ReceivedShares[];
}

type SplitLine = readonly [symbol: string, exDate: string, now: number, before: number];

/** `now` shares for every `before`; ratio and day agree with a price vendor's record. */
const SPLITS: readonly SplitLine[] = [
  ['AAPL', '2020-08-31', 4, 1],
  ['ACGL', '2018-06-21', 3, 1],
  ['AFL', '2018-03-19', 2, 1],
  ['AMCR', '2026-01-15', 1, 5],
  ['AMZN', '2022-06-06', 20, 1],
  ['ANET', '2021-11-18', 4, 1],
  ['ANET', '2024-12-04', 4, 1],
  ['AOS', '2016-10-06', 2, 1],
  ['APH', '2021-03-05', 2, 1],
  ['APH', '2024-06-12', 2, 1],
  ['AVGO', '2024-07-15', 10, 1],
  ['BALL', '2017-05-17', 2, 1],
  ['BF-B', '2016-08-19', 2, 1],
  ['BF-B', '2018-03-01', 5, 4],
  ['BRO', '2018-03-29', 2, 1],
  ['CHD', '2016-09-02', 2, 1],
  ['CMCSA', '2017-02-21', 2, 1],
  ['CMG', '2024-06-26', 50, 1],
  ['CNC', '2019-02-07', 2, 1],
  ['COO', '2024-02-20', 4, 1],
  ['CPRT', '2017-04-11', 2, 1],
  ['CPRT', '2022-11-04', 2, 1],
  ['CPRT', '2023-08-22', 2, 1],
  ['CSGP', '2021-06-28', 10, 1],
  ['CSX', '2021-06-29', 3, 1],
  ['CTAS', '2024-09-12', 4, 1],
  ['DECK', '2024-09-17', 6, 1],
  ['DXCM', '2022-06-13', 4, 1],
  ['ETR', '2024-12-13', 2, 1],
  ['EW', '2020-06-01', 3, 1],
  ['FAST', '2019-05-23', 2, 1],
  ['FAST', '2025-05-22', 2, 1],
  ['FISV', '2018-03-20', 2, 1],
  ['FTNT', '2022-06-23', 5, 1],
  ['GE', '2021-08-02', 1, 8],
  ['GOOG', '2022-07-18', 20, 1],
  ['GOOGL', '2022-07-18', 20, 1],
  ['HSIC', '2017-09-15', 2, 1],
  ['IBKR', '2025-06-18', 4, 1],
  ['ICE', '2016-11-04', 5, 1],
  ['ISRG', '2017-10-06', 3, 1],
  ['ISRG', '2021-10-05', 3, 1],
  ['LNT', '2016-05-20', 2, 1],
  ['LRCX', '2024-10-03', 10, 1],
  ['MCHP', '2021-10-13', 2, 1],
  ['MKC', '2020-12-01', 2, 1],
  ['MNST', '2016-11-10', 3, 1],
  ['MNST', '2023-03-28', 2, 1],
  ['NDAQ', '2022-08-29', 3, 1],
  ['NEE', '2020-10-27', 4, 1],
  ['NFLX', '2025-11-17', 10, 1],
  ['NOW', '2025-12-18', 5, 1],
  ['NVDA', '2021-07-20', 4, 1],
  ['NVDA', '2024-06-10', 10, 1],
  ['ODFL', '2020-03-25', 3, 2],
  ['ODFL', '2024-03-28', 2, 1],
  ['ORLY', '2025-06-10', 15, 1],
  ['PANW', '2022-09-14', 3, 1],
  ['PANW', '2024-12-16', 2, 1],
  ['PCAR', '2023-02-08', 3, 2],
  ['RJF', '2021-09-22', 3, 2],
  ['ROL', '2018-12-11', 3, 2],
  ['ROL', '2020-12-11', 3, 2],
  ['SHW', '2021-04-01', 3, 1],
  ['SMCI', '2024-10-01', 10, 1],
  ['SRE', '2023-08-22', 2, 1],
  ['TECH', '2022-11-30', 4, 1],
  ['TJX', '2018-11-07', 2, 1],
  ['TPL', '2024-03-27', 3, 1],
  ['TPL', '2025-12-23', 3, 1],
  ['TSCO', '2024-12-20', 5, 1],
  ['TSLA', '2020-08-31', 5, 1],
  ['TSLA', '2022-08-25', 3, 1],
  ['TTD', '2021-06-17', 10, 1],
  ['WMT', '2024-02-26', 3, 1],
  ['WRB', '2019-04-03', 3, 2],
  ['WRB', '2022-03-24', 3, 2],
  ['WRB', '2024-07-11', 3, 2],
  ['WSM', '2024-07-09', 2, 1],
  ['XLB', '2025-12-05', 2, 1],
  ['XLE', '2025-12-05', 2, 1],
  ['XLK', '2025-12-05', 2, 1],
  ['XLU', '2025-12-05', 2, 1],
  ['XLY', '2025-12-05', 2, 1],
];

type SpinOffLine = readonly [
  symbol: string,
  exDate: string,
  ratio: number,
  what: string,
  received?: readonly [symbol: string, shares: number, forEach: number][],
];

/** Handed out by the companies; the ratio is a vendor's, to recognise it by, and says nothing of shares. */
const SPIN_OFFS: readonly SpinOffLine[] = [
  ['APD', '2016-10-03', 1.081, 'Versum Materials', [['VSM', 1, 2]]],
  ['APTV', '2017-12-05', 1.193, 'Delphi Technologies', [['DLPH', 1, 3]]],
  ['BDX', '2022-04-01', 1.025, 'Embecta', [['EMBC', 1, 5]]],
  ['BDX', '2026-02-10', 1.272, 'the biosciences business, merged into Waters'],
  ['CAG', '2016-11-10', 1.285, 'Lamb Weston', [['LW', 1, 3]]],
  ['CMCSA', '2026-01-05', 1.067, 'Versant Media', [['VSNT', 1, 25]]],
  ['DD', '2019-04-02', 1.487, 'Dow', [['DOW', 1, 3]]],
  ['DD', '2025-11-03', 2.39, 'Qnity Electronics', [['Q', 1, 2]]],
  ['DELL', '2021-11-02', 1.973, 'VMware', [['VMW', 0.440626, 1]]],
  ['DHR', '2016-07-05', 1.319, 'Fortive', [['FTV', 1, 2]]],
  ['DHR', '2023-10-02', 1.128, 'Veralto', [['VLTO', 1, 3]]],
  ['DOC', '2016-11-01', 1.098, 'Quality Care Properties', [['QCP', 1, 5]]],
  ['DOV', '2018-05-09', 1.238, 'Apergy', [['APY', 1, 2]]],
  ['DTE', '2021-07-01', 1.175, 'DT Midstream', [['DTM', 1, 2]]],
  ['EQT', '2018-11-13', 1.837, 'Equitrans Midstream', [['ETRN', 4, 5]]],
  ['EXC', '2022-02-02', 1.402, 'Constellation Energy', [['CEG', 1, 3]]],
  ['FTV', '2020-10-09', 1.195, 'Vontier', [['VNT', 2, 5]]],
  ['FTV', '2025-06-30', 1.327, 'Ralliant', [['RAL', 1, 3]]],
  ['GE', '2019-02-26', 1.04, 'the transportation business, merged into Wabtec', [['WAB', 0.005371, 1]]],
  ['GE', '2023-01-04', 1.281, 'GE HealthCare', [['GEHC', 1, 3]]],
  ['GE', '2024-04-02', 1.253, 'GE Vernova', [['GEV', 1, 4]]],
  ['HON', '2016-10-03', 1.005328, 'AdvanSix', [['ASIX', 1, 25]]],
  ['HON', '2018-10-01', 1.011, 'Garrett Motion', [['GTX', 1, 10]]],
  ['HON', '2018-10-29', 1.032, 'Resideo', [['REZI', 1, 6]]],
  ['HON', '2025-10-30', 1.061, 'Solstice Advanced Materials', [['SOLS', 1, 4]]],
  ['HPE', '2017-04-03', 1.3348, 'the services business, merged into DXC', [['DXC', 0.085904, 1]]],
  ['HPE', '2017-09-01', 1.289, 'the software business, merged into Micro Focus', [['MFGP', 0.13732611, 1]]],
  ['HSIC', '2019-02-08', 1.275, 'Covetrus', [['CVET', 2, 5]]],
  ['IBM', '2021-11-04', 1.046, 'Kyndryl', [['KD', 1, 5]]],
  ['IP', '2021-10-01', 1.056, 'Sylvamo', [['SLVM', 1, 11]]],
  ['J', '2024-09-30', 1.197, 'Amentum', [['AMTM', 1, 1]]],
  ['J', '2025-05-16', 1.01, 'the rest of Amentum'],
  ['LEN', '2017-11-09', 1.017, 'class B shares', [['LEN-B', 1, 50]]],
  ['LEN', '2025-01-21', 1.033, 'Millrose Properties', [['MRP', 1, 2]]],
  ['LH', '2023-07-03', 1.164, 'Fortrea', [['FTRE', 1, 1]]],
  ['MET', '2017-08-07', 1.122, 'Brighthouse Financial', [['BHF', 1, 11]]],
  ['MMM', '2024-04-01', 1.196, 'Solventum', [['SOLV', 1, 4]]],
  ['MRK', '2021-06-03', 1.048, 'Organon', [['OGN', 1, 10]]],
  ['O', '2021-11-15', 1.032, 'Orion Office', [['ONL', 1, 10]]],
  ['PFE', '2020-11-17', 1.054, 'Upjohn, merged into Viatris', [['VTRS', 0.124079, 1]]],
  ['PNR', '2018-05-01', 1.489, 'nVent', [['NVT', 1, 1]]],
  [
    'RTX',
    '2020-04-03',
    1.589,
    'Carrier and Otis',
    [
      ['CARR', 1, 1],
      ['OTIS', 1, 2],
    ],
  ],
  ['T', '2022-04-11', 1.324, 'WarnerMedia, merged into Warner Bros. Discovery', [['WBD', 0.241917, 1]]],
  ['TT', '2020-03-02', 1.289, 'the industrial business, merged into Gardner Denver', [['IR', 0.8824, 1]]],
  ['WDC', '2025-02-24', 1.323, 'Sandisk', [['SNDK', 1, 3]]],
  ['XLF', '2016-09-19', 1.231, 'the real estate fund XLRE', [['XLRE', 0.139146, 1]]],
  ['YUM', '2016-11-01', 1.391, 'Yum China', [['YUMC', 1, 1]]],
  ['ZBH', '2022-03-01', 1.03, 'ZimVie', [['ZIMV', 1, 10]]],
];

/** Two things on one day, and exchanges. */
const OTHERS: readonly CheckedAction[] = [
  {
    symbol: 'DD',
    exDate: '2019-06-03' as IsoDate,
    kind: 'split',
    ratio: 0.4725,
    factor: 1 / 3,
    evidence: '1-for-3 reverse split with the spin-off of Corteva, which vendors book as one ratio of 0.4725',
    // One share of Corteva for three before the reverse split of the same day.
    received: [{ symbol: 'CTVA', perShare: 1 / 3 }],
  },
  {
    symbol: 'HLT',
    exDate: '2017-01-04' as IsoDate,
    kind: 'split',
    ratio: 0.487329,
    factor: 1 / 3,
    evidence: '1-for-3 reverse split with the spin-offs of Park Hotels and Hilton Grand Vacations',
    // One share of PK for five and one of HGV for ten before the reverse split of the same day.
    received: [
      { symbol: 'PK', perShare: 1 / 5 },
      { symbol: 'HGV', perShare: 1 / 10 },
    ],
  },
  exchange('DELL', '2018-12-28', 1.806, 'tracking stock of VMware exchanged for class C shares'),
  exchange('JCI', '2016-09-06', 0.955, 'Tyco consolidated its shares to merge with Johnson Controls'),
  exchange('MTCH', '2020-07-01', 3.502, 'IAC and Match Group separated'),
];

type MergerLine = readonly [gone: string, day: string, into: string, perShare: number];

/** Paid in shares of the acquirer, wholly or in part: the holders got them without buying. */
const MERGERS: readonly MergerLine[] = [
  ['BERY', '2025-04-30', 'AMCR', 7.25],
  ['CHX', '2025-07-16', 'SLB', 0.735],
  ['COOP', '2025-10-01', 'RKT', 11],
  ['DFS', '2025-05-18', 'COF', 1.0192],
  ['HES', '2025-07-18', 'CVX', 1.025],
  ['IPG', '2025-11-26', 'OMC', 0.344],
];

function exchange(symbol: string, exDate: string, ratio: number, evidence: string): CheckedAction {
  const date = exDate as IsoDate;
  return { symbol, exDate: date, kind: 'exchange', ratio, factor: null, evidence, received: [] };
}

/**
 * All splits and share dividends of the S&P 500 names of 2026 from 2016 to 2026-03, and the spin-offs and exchanges that a
 * price vendor books as splits. Hand-made, 2026-11.
 */
export const CHECKED_ACTIONS: readonly CheckedAction[] = [
  ...SPLITS.map(
    ([symbol, exDate, now, before]): CheckedAction => ({
      symbol,
      exDate: exDate as IsoDate,
      kind: 'split',
      ratio: now / before,
      factor: now / before,
      evidence: `${now}-for-${before} ${now < before ? 'reverse ' : ''}split`,
      received: [],
    }),
  ),
  ...SPIN_OFFS.map(
    ([symbol, exDate, ratio, what, received = []]): CheckedAction => ({
      symbol,
      exDate: exDate as IsoDate,
      kind: 'spin-off',
      ratio,
      factor: 1,
      evidence: `spin-off of ${what}`,
      received: received.map(([child, shares, forEach]) => ({ symbol: child, perShare: shares / forEach })),
    }),
  ),
  ...OTHERS,
];

/** A security that ended in a merger, and what its holders were given for each share besides cash. */
export interface CheckedMerger {
  readonly gone: string;
  readonly day: IsoDate;
  readonly into: ReceivedShares;
}

/** Known mergers for shares, not complete: what vanishes from every portfolio is found without it. */
export const CHECKED_MERGERS: readonly CheckedMerger[] = MERGERS.map(([gone, day, symbol, perShare]) => ({
  gone,
  day: day as IsoDate,
  into: { symbol, perShare },
}));
