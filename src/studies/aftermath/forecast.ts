import {
  AFTERMATH_HORIZONS_WEEKS,
  addDays,
  dateOfDayNumber,
  type ForecastRow,
  type IsoDate,
} from '../../core/index.js';
import type { EffectSources } from './effects.js';
import { FEWEST_EVENTS } from './events.js';
import { maximumDrawdown } from './outcomes.js';
import { type DailyCloses, lastAtOrBefore, lastSessionDay } from './price-series.js';

/** What is foretold of prices, told so that it can be scored from closes alone. */
export interface Foretold {
  readonly outcome: 'return' | 'drawdown-beyond-10';
  readonly form: 'probability' | 'interval';
  readonly horizonWeeks: number;
  readonly table: DailyCloses['table'];
  readonly symbol: string;
  readonly priceBasis: string | null;
  /** The session whose close is the first after the week was known. */
  readonly firstClose: IsoDate;
  /** The last session of the horizon closes on it or before. */
  readonly dueDate: IsoDate;
  readonly probability: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly statement: string;
}

const LEVEL = 0.8;
/** Ordinary weeks that the base rate counts for beside the events. */
const PRIOR_WEEKS = 10;
/** Fewest ordinary weeks with a known outcome that a forecast is made from. */
const FEWEST_WEEKS = 104;
const DRAWDOWN_HORIZONS: readonly number[] = [13, 26, 52];
const DRAWDOWN_SIZE = 0.1;

const known = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (high - sorted[below]!) * (place - below);
}

/** Share of weeks with the outcome; after an event moved towards what followed the events, as far as they are many. */
function chance(
  came: (value: number) => boolean,
  values: Float64Array,
  events: readonly number[],
): number | null {
  const all = known(values);
  if (all.length < FEWEST_WEEKS) return null;
  const baseRate = all.filter(came).length / all.length;
  const ours = events.map((week) => values[week]!).filter((value) => !Number.isNaN(value));
  if (ours.length < FEWEST_EVENTS) return baseRate;
  return (ours.filter(came).length + PRIOR_WEEKS * baseRate) / (ours.length + PRIOR_WEEKS);
}

/** The middle 80 % of returns per unit of the volatility before them, put on the volatility of now. */
function interval(
  returns: Float64Array,
  volatility: Float64Array,
  now: number,
): readonly [number, number] | null {
  const scaled = known(returns.map((value, week) => value / volatility[week]!)).sort();
  if (scaled.length < FEWEST_WEEKS || Number.isNaN(now)) return null;
  return [quantile(scaled, (1 - LEVEL) / 2) * now, quantile(scaled, (1 + LEVEL) / 2) * now];
}

/**
 * What is said of the prices after a week, from the weeks before it whose outcome is known. After an event the chance leans
 * towards what followed the events; the interval never does, and nothing is said where fewer than 104 weeks are known.
 */
export function foretell(sources: EffectSources, week: number): Foretold[] {
  const { paths } = sources;
  const { table, symbol, priceBasis } = paths.daily;
  const entryDay = paths.entryDay[week]!;
  if (entryDay < 0) return [];
  const firstClose = dateOfDayNumber(entryDay);
  const isEvent = sources.events.includes(week);
  const events = isEvent ? [...sources.events].filter((at) => at !== week) : [];
  const made: Foretold[] = [];
  for (const horizonWeeks of AFTERMATH_HORIZONS_WEEKS) {
    const outcomes = sources.outcomes(horizonWeeks);
    const returns = outcomes.return!;
    const dueDate = dateOfDayNumber(lastSessionDay(addDays(firstClose, 7 * horizonWeeks)));
    const common = { horizonWeeks, table, symbol, priceBasis, firstClose, dueDate };
    const none = { probability: null, low: null, high: null, level: null };
    const up = chance((value) => value > 0, returns, events);
    if (up !== null)
      made.push({
        ...common,
        ...none,
        outcome: 'return',
        form: 'probability',
        probability: up,
        statement: `${symbol} closes higher on ${dueDate} than on ${firstClose}`,
      });
    const fallen = outcomes['drawdown-beyond-10'];
    const fall = fallen === undefined ? null : chance((value) => value === 1, fallen, events);
    if (fall !== null && DRAWDOWN_HORIZONS.includes(horizonWeeks))
      made.push({
        ...common,
        ...none,
        outcome: 'drawdown-beyond-10',
        form: 'probability',
        probability: fall,
        statement: `${symbol} falls by 10 % or more from its highest close between ${firstClose} and ${dueDate}`,
      });
    const range = interval(returns, paths.trailingVolatility, paths.trailingVolatility[week]!);
    if (range !== null)
      made.push({
        ...common,
        ...none,
        outcome: 'return',
        form: 'interval',
        low: range[0],
        high: range[1],
        level: LEVEL,
        statement: `${symbol} returns between these from ${firstClose} to ${dueDate}`,
      });
  }
  return made;
}

/** How a forecast came out. All null until the close of the due date is known. */
export type ForecastOutcome = Pick<ForecastRow, 'actual' | 'brier' | 'covered'> & {
  readonly cameTrue: boolean | null;
};

const OPEN: ForecastOutcome = { actual: null, brier: null, covered: null, cameTrue: null };

/** Scores a forecast from closes of the series that it was made on. */
export function scoreForecast(foretold: Foretold, daily: DailyCloses | null): ForecastOutcome {
  if (daily === null) return OPEN;
  const { days, closes } = daily;
  const [from, due] = [foretold.firstClose, foretold.dueDate].map(lastSessionDay) as [number, number];
  const [first, last] = [lastAtOrBefore(days, from), lastAtOrBefore(days, due)];
  if (first < 0 || days[first] !== from || days[last] !== due) return OPEN;
  const change = closes[last]! / closes[first]! - 1;
  const actual = foretold.outcome === 'return' ? change : maximumDrawdown(closes, first, last);
  const { probability, low, high } = foretold;
  const came = foretold.outcome === 'return' ? actual > 0 : actual >= DRAWDOWN_SIZE;
  return {
    actual,
    brier: probability === null ? null : (probability - (came ? 1 : 0)) ** 2,
    cameTrue: probability === null ? null : came,
    covered: low === null || high === null ? null : low <= actual && actual <= high,
  };
}
