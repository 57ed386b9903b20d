import { addDays, InvalidRequest, type IsoDate } from '../core/index.js';
import type { AftermathWorld } from './aftermath/laws.js';
import { type DriverWorld, drivingShocks } from './driver-world.js';
import { type FuturesMarket, simulateFutures } from './futures-market.js';
import { type IndexMarket, simulateIndexes } from './indexes.js';
import { type Ledger, simulateLedger } from './ledger/simulate.js';
import { type MacroSeries, simulateMacro } from './macro.js';
import { type MarketTruth, marketTruth } from './market-truth.js';
import { type Misprints, misprintPosition, misprintPrice } from './misprints.js';
import { marketSpan, yearsBefore } from './span.js';
import { type StockMarket, simulateStocks } from './stocks.js';
import { type SimulatedTape, tapeOfMarket } from './tape/simulate.js';
import type { HerdingWorld } from './thirteen-f/holdings.js';
import { dataSetQuarters, lateEvents } from './thirteen-f/quarters.js';
import { simulateThirteenF, type ThirteenFMarket } from './thirteen-f/simulate.js';
import type { ReportWeek } from './weeks.js';

export interface SimulateOptions {
  /** Any integer; equal seeds give equal markets. Default 1. */
  readonly seed?: number;
  /** Last day of the market, YYYY-MM-DD. Default 2026-11-06. */
  readonly endDate?: string;
  /** False leaves out the planted record and every decoy. Default true. */
  readonly planted?: boolean;
  /** How managers of Form 13F come to buy the same names. Default herding; the others are for calibration. */
  readonly herding?: HerdingWorld;
  /**
   * What asset managers' futures flows go with beside the market. Default none; with 'ten-year-yield' they buy when the yield
   * falls over the week. For calibration: the draws are the same in both worlds.
   */
  readonly driver?: DriverWorld;
  /**
   * What follows record weeks of asset managers in `20974+`, and how classes, mood and prices hang together. Left out, the market
   * has one planted record instead, and neither survey nor fund; the draws are the same in all.
   */
  readonly aftermath?: AftermathWorld;
}

/** A market of thirteen years as it happened, before it is published. */
export interface SimulatedMarket {
  readonly seed: number;
  readonly endDate: IsoDate;
  readonly weeks: readonly ReportWeek[];
  readonly futures: FuturesMarket;
  readonly indexes: IndexMarket;
  readonly stocks: StockMarket;
  readonly macro: readonly MacroSeries[];
  readonly thirteenF: ThirteenFMarket;
  readonly ledger: Ledger;
  /** Prints and quotes of the last whole week, for six of the names. */
  readonly tape: SimulatedTape;
  readonly misprints: Misprints | null;
  readonly truth: MarketTruth;
}

const YEARS_OF_STOCK_PRICES = 11;
/** How long before the end a price is misprinted. */
const PRICE_MISPRINT_DAYS_BACK = 250;

/**
 * Makes a market: index levels, stocks, macro series, and weekly futures positions of five trader classes with
 * persistent, negatively correlated flows, clustered volatility, growth and expiry effects; planted in it are one real
 * record week and decoys (docs/concepts/simulator.md).
 * @throws {InvalidRequest} on a seed that is no integer, or an end date outside what the exchange calendar covers
 */
export function simulateMarket(options: SimulateOptions = {}): SimulatedMarket {
  const { seed = 1, planted = true, herding = 'herding', driver = 'none', aftermath } = options;
  if (!Number.isSafeInteger(seed))
    throw new InvalidRequest(`seed ${seed} is not an integer; give one such as 1`);
  const { endDate, firstDay, weeks } = marketSpan(options.endDate);
  const drawnIndexes = simulateIndexes(seed, firstDay, endDate);
  const drawnMacro = simulateMacro(seed, firstDay, endDate, drawnIndexes);
  const futures = simulateFutures(seed, weeks, drawnIndexes, {
    isPlanted: planted,
    driven: drivingShocks(driver, drawnMacro, weeks),
    aftermath: aftermath === undefined ? null : { world: aftermath },
  });
  const indexes = futures.aftermath?.indexes ?? drawnIndexes;
  const macro = indexes === drawnIndexes ? drawnMacro : simulateMacro(seed, firstDay, endDate, indexes);
  const stocks = simulateStocks(seed, indexes, {
    from: yearsBefore(endDate, YEARS_OF_STOCK_PRICES),
    events: lateEvents(dataSetQuarters(endDate)),
  });
  const misprints =
    futures.plan === null
      ? null
      : {
          position: misprintPosition(futures.contracts.sp400.history, futures.plan.schedule.misprint),
          price: misprintPrice(stocks, addDays(endDate, -PRICE_MISPRINT_DAYS_BACK)),
        };
  const thirteenF = simulateThirteenF({
    seed,
    stocks,
    endDate,
    herding,
    planted,
    misprint: misprints?.price ?? null,
  });
  const record = futures.plan?.schedule.record;
  const ledger = simulateLedger(seed, stocks, record === undefined ? null : weeks[record]!.periodStart);
  const truth = marketTruth({ seed, endDate, weeks, futures, driver, misprints, thirteenF, ledger });
  const tape = tapeOfMarket(seed, stocks, record === undefined ? null : weeks[record]!);
  return { seed, endDate, weeks, futures, indexes, stocks, macro, thirteenF, ledger, tape, misprints, truth };
}
