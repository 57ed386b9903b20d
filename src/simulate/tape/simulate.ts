import { type IsoDate, nextTradingDay, weekNumber } from '../../core/index.js';
import type { StockMarket } from '../stocks.js';
import type { FlowTilt, NameDay, TapeName, TapePlant } from './model.js';
import { simulateNameDay } from './name-day.js';
import { TAPE_PROCESS } from './process.js';

/** What a tape is made of. */
export interface TapeOptions {
  readonly seed: number;
  /** Sessions, in order. */
  readonly dates: readonly IsoDate[];
  readonly names: readonly TapeName[];
  /** Dollars of a name on a day. */
  readonly prices: (symbol: string, date: IsoDate) => { readonly open: number; readonly close: number };
  /** Orders of a name in regular hours of a day. */
  readonly ordersPerDay: number;
  /** False leaves out the planted flows. */
  readonly planted: boolean;
}

/** A tape as it happened, before it is published. */
export interface SimulatedTape {
  readonly seed: number;
  readonly dates: readonly IsoDate[];
  readonly names: readonly TapeName[];
  readonly ordersPerDay: number;
  readonly plants: readonly TapePlant[];
  /** All names of a day, made when asked for: a day is the most that is held. */
  day(date: IsoDate): NameDay[];
}

const EVEN: FlowTilt = { retailBuys: 0.5, institutionBuys: 0.5, retailActivity: 1 };
const RETAIL_DAY: FlowTilt = { retailBuys: 0.92, institutionBuys: 0.5, retailActivity: 4 };
const INSTITUTIONAL_WEEK: FlowTilt = { ...EVEN, institutionBuys: 0.72 };

/**
 * Makes a tape: venue quotes and prints of some names on some days, each print with its true initiator and class. The first
 * name has the planted retail day, the second the planted week.
 */
export function simulateTape(options: TapeOptions): SimulatedTape {
  const { seed, dates, names, ordersPerDay, prices } = options;
  const plants = options.planted ? plantsOf(dates, names) : [];
  return {
    seed,
    dates,
    names,
    ordersPerDay,
    plants,
    day: (date) =>
      names.map((name, place) => {
        const tilt = tiltOf(plants, name, date);
        return simulateNameDay({
          seed,
          name,
          date,
          ...prices(name.symbol, date),
          orders: Math.round(ordersPerDay * (1 + TAPE_PROCESS.mechanisms.retail * (tilt.retailActivity - 1))),
          tilt,
          hasCrossedMoment: place === 0 && date === dates[Math.floor(dates.length / 2)],
        });
      }),
  };
}

function plantsOf(dates: readonly IsoDate[], names: readonly TapeName[]): TapePlant[] {
  const day = dates[Math.min(2, dates.length - 1)];
  const [first, second] = names;
  if (day === undefined || first === undefined) return [];
  const plants: TapePlant[] = [
    {
      kind: 'retail-buying-day',
      symbol: first.symbol,
      from: day,
      to: day,
      says: 'Retail investors send four times as many orders as usual, and buy with 92 in 100 of them.',
    },
  ];
  if (second !== undefined) {
    plants.push({
      kind: 'institutional-buying-week',
      symbol: second.symbol,
      from: dates[0]!,
      to: dates.at(-1)!,
      says: 'Institutions buy with 72 in 100 orders, blocks among them, on every day.',
    });
  }
  return plants;
}

function tiltOf(plants: readonly TapePlant[], { symbol }: TapeName, date: IsoDate): FlowTilt {
  const plant = plants.find((one) => one.symbol === symbol && one.from <= date && date <= one.to);
  if (plant === undefined) return EVEN;
  return plant.kind === 'retail-buying-day' ? RETAIL_DAY : INSTITUTIONAL_WEEK;
}

/** Names of the market that are on its tape: three tapes, a share class, and spreads from two to five cents. */
const NAMES: readonly TapeName[] = [
  { symbol: 'IT1', tape: 'C', spreadCents: 3 },
  { symbol: 'IT2', tape: 'C', spreadCents: 2 },
  { symbol: 'IT4.B', tape: 'A', spreadCents: 4 },
  { symbol: 'CD1', tape: 'A', spreadCents: 3 },
  { symbol: 'HC1', tape: 'A', spreadCents: 5 },
  { symbol: 'FN1', tape: 'B', spreadCents: 2 },
];

const ORDERS_PER_DAY = 350;

/**
 * The tape of a market at the prices of its daily bars.
 * @param record the planted record week: the tape covers it and ends with the week in which it ends; without one it is of the last
 *   whole week
 */
export function tapeOfMarket(
  seed: number,
  stocks: StockMarket,
  record: { readonly periodStart: IsoDate; readonly periodEnd: IsoDate } | null,
): SimulatedTape {
  const places = new Map(stocks.sessions.map((date, i) => [date, i]));
  const bySymbol = new Map(stocks.stocks.map((stock) => [stock.symbol, stock]));
  return simulateTape({
    seed,
    dates: record === null ? lastWholeWeek(stocks.sessions) : weeksAround(stocks.sessions, record),
    names: NAMES,
    ordersPerDay: ORDERS_PER_DAY,
    planted: record !== null,
    prices: (symbol, date) => {
      const { bars } = bySymbol.get(symbol)!;
      const place = places.get(date)!;
      return { open: bars.open[place]!, close: bars.close[place]! };
    },
  });
}

function weeksAround(
  sessions: readonly IsoDate[],
  { periodStart, periodEnd }: { readonly periodStart: IsoDate; readonly periodEnd: IsoDate },
): IsoDate[] {
  return sessions.filter((date) => date >= periodStart && weekNumber(date) <= weekNumber(periodEnd));
}

/** The sessions of the last week of which none is to come. */
function lastWholeWeek(sessions: readonly IsoDate[]): IsoDate[] {
  const last = sessions.at(-1)!;
  const isWhole = weekNumber(nextTradingDay(last)) > weekNumber(last);
  const week = isWhole ? weekNumber(last) : weekNumber(last) - 1;
  return sessions.filter((date) => weekNumber(date) === week);
}
