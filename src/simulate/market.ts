import {
  addDays,
  EXCHANGE_CALENDAR_YEARS,
  InvalidRequest,
  type IsoDate,
  parseIsoDate,
} from '../core/index.js';
import { type DriverWorld, drivingShocks } from './driver-world.js';
import { type FuturesMarket, simulateFutures } from './futures-market.js';
import { type IndexMarket, simulateIndexes } from './indexes.js';
import { type Ledger, simulateLedger } from './ledger/simulate.js';
import { type MacroSeries, simulateMacro } from './macro.js';
import { type MarketTruth, marketTruth } from './market-truth.js';
import { type Misprints, misprintPosition, misprintPrice } from './misprints.js';
import { type StockMarket, simulateStocks } from './stocks.js';
import { type SimulatedTape, tapeOfMarket } from './tape/simulate.js';
import type { HerdingWorld } from './thirteen-f/holdings.js';
import { dataSetQuarters, lateEvents } from './thirteen-f/quarters.js';
import { simulateThirteenF, type ThirteenFMarket } from './thirteen-f/simulate.js';
import { type ReportWeek, reportWeeks } from './weeks.js';

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

export const DEFAULT_END_DATE = '2026-11-06';

/** Ten years of look-back, and three to seed it. */
const YEARS_OF_REPORTS = 13;
/** Reports before July 2010 were made public together at the end of that year. */
const EARLIEST_END_YEAR = 2011;
const YEARS_OF_STOCK_PRICES = 11;
/** Stocks need a session before the first dividend, and indexes a close before the first report. */
const DAYS_BEFORE_FIRST_REPORT = 14;
/** How long before the end a price is misprinted. */
const PRICE_MISPRINT_DAYS_BACK = 250;

/**
 * Makes a market: index levels, stocks, macro series, and weekly futures positions of five trader classes with
 * persistent, negatively correlated flows, clustered volatility, growth and expiry effects; planted in it are one real
 * record week and decoys (docs/concepts/simulator.md).
 * @throws {InvalidRequest} on a seed that is no integer, or an end date outside what the exchange calendar covers
 */
export function simulateMarket(options: SimulateOptions = {}): SimulatedMarket {
  const { seed = 1, planted = true, herding = 'herding', driver = 'none' } = options;
  if (!Number.isSafeInteger(seed))
    throw new InvalidRequest(`seed ${seed} is not an integer; give one such as 1`);
  const endDate = checkedEndDate(options.endDate ?? DEFAULT_END_DATE);
  const from = yearsBefore(endDate, YEARS_OF_REPORTS);
  const weeks = reportWeeks(from, endDate);
  const firstDay = addDays(from, -DAYS_BEFORE_FIRST_REPORT);
  const indexes = simulateIndexes(seed, firstDay, endDate);
  const stocks = simulateStocks(seed, indexes, {
    from: yearsBefore(endDate, YEARS_OF_STOCK_PRICES),
    events: lateEvents(dataSetQuarters(endDate)),
  });
  const macro = simulateMacro(seed, firstDay, endDate, indexes);
  const driven = drivingShocks(driver, macro, weeks);
  const futures = simulateFutures(seed, weeks, indexes, { isPlanted: planted, driven });
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
  const truth = marketTruth({ seed, endDate, weeks, futures, misprints, thirteenF, ledger });
  const tape = tapeOfMarket(seed, stocks, record === undefined ? null : weeks[record]!);
  return { seed, endDate, weeks, futures, indexes, stocks, macro, thirteenF, ledger, tape, misprints, truth };
}

function checkedEndDate(text: string): IsoDate {
  const endDate = parseIsoDate(text, 'end date');
  const { last } = EXCHANGE_CALENDAR_YEARS;
  const year = Number(endDate.slice(0, 4));
  if (year < EARLIEST_END_YEAR || year > last)
    throw new InvalidRequest(
      `end date ${endDate} is outside the calendars; give a day of ${EARLIEST_END_YEAR} to ${last}`,
    );
  return endDate;
}

/** The same day of an earlier year; 29 February becomes 1 March. */
function yearsBefore(date: IsoDate, years: number): IsoDate {
  const day = `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
  return (day.endsWith('-02-29') ? day.replace('-02-29', '-03-01') : day) as IsoDate;
}
