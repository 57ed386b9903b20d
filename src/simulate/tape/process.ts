/** All numbers of the tape's making; times in nanoseconds, sizes in shares, shares of 1. */
export const TAPE_PROCESS = {
  /** Mean changes of quotes for each trade, over all venues. */
  refreshesPerTrade: 4,
  movesPerTrade: 0.5,
  /** How orders arrive: the shares of the mechanisms in regular hours. */
  mechanisms: {
    'exchange-midpoint': 0.05,
    'dark-midpoint': 0.1,
    'dark-sub-penny': 0.01,
    retail: 0.18,
    block: 0.01,
    unsigned: 0.012,
  },
  /** How retail orders are filled: about a third can be found by sub-penny prices [Barber et al. 2024]. */
  retailFills: {
    'retail-sub-penny': 0.35,
    'retail-midpoint': 0.12,
    'retail-on-exchange': 0.08,
    'retail-whole-cent': 0.45,
  },
  /** Among sub-penny fills: on the wrong side of the half cent; beyond the midpoint of the quote. */
  subPenny: { wrongHalfCent: 0.28, beyondMidpoint: 0.03 },
  /** Chance that an order of an institution goes the way of the one before it. */
  persistence: 0.35,
  /** Chance that a trade that takes the quote moves it. */
  impact: 0.3,
  /** Of moved quotes: stamped as their trade is, or before it. */
  sameStamp: 0.3,
  beforeStamp: 0.12,
  oddLots: 0.45,
  sweeps: 0.3,
  /** Delays from venue to feed. */
  exchangeDelay: { least: 15_000, spread: 45_000 },
  offExchangeDelay: { least: 400_000, spread: 30_000_000 },
  lateReports: { share: 0.03, spread: 2_500_000_000 },
  blockDelay: 9_500_000_000,
  block: { shares: 10_000, dollars: 200_000 },
} as const;

export const SECOND = 1_000_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** Ten-thousandths of a dollar in a cent. */
export const CENT = 100;
