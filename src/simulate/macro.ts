import { addDays, type IsoDate, isTradingDay, weekday } from '../core/index.js';
import type { IndexMarket } from './indexes.js';
import { autoregression } from './processes.js';
import { normalDraws, randomStream } from './random-streams.js';

/** One economic series; null = an observation that the publisher leaves out. */
export interface MacroSeries {
  readonly id: string;
  readonly dates: readonly IsoDate[];
  readonly values: readonly (number | null)[];
  readonly decimals: number;
}

export const MACRO_PROCESS = {
  annualInflation: 0.026,
  inflationNoise: { persistence: 0.5, deviation: 0.0015 },
  /** Policy: chance to keep easing, holding or tightening at the next meeting; step and bounds in per cent. */
  stanceKept: 0.8,
  policyStep: 0.25,
  policyBounds: [0.25, 5.5],
  meetingIntervalDays: 45,
  expectations: { persistence: 0.995, deviation: 0.35 },
  termPremium: { persistence: 0.997, deviation: 0.45, mean: 0.7 },
} as const;

/** Consumer prices, policy rate, yields and a broad index over the span, each with its publisher's holes. */
export function simulateMacro(seed: number, from: IsoDate, to: IsoDate, indexes: IndexMarket): MacroSeries[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  const policy = policyRate(seed, days);
  return [
    consumerPrices(seed, from, to),
    { id: 'DFEDTARU', dates: days, values: policy, decimals: 2 },
    ...yields(seed, days, policy),
    broadIndex(seed, days, indexes),
  ];
}

/** Monthly index; a month is out once the 15th of the next has passed, and one month was never published. */
function consumerPrices(seed: number, from: IsoDate, to: IsoDate): MacroSeries {
  const dates: IsoDate[] = [];
  let year = Number(from.slice(0, 4)) - 1;
  for (let month = 1; ; month = month === 12 ? 1 : month + 1) {
    const next = month === 12 ? `${year + 1}-01-15` : `${year}-${String(month + 1).padStart(2, '0')}-15`;
    if (next > to) break;
    dates.push(`${year}-${String(month).padStart(2, '0')}-01` as IsoDate);
    if (month === 12) year++;
  }
  const { annualInflation, inflationNoise } = MACRO_PROCESS;
  const noise = autoregression(randomStream(seed, 'inflation'), dates.length, inflationNoise);
  let level = Math.log(232);
  const values: (number | null)[] = dates.map((_, i) => {
    level += annualInflation / 12 + noise[i]!;
    return Math.exp(level);
  });
  values[values.length - 12] = null;
  return { id: 'CPIAUCSL', dates, values, decimals: 3 };
}

/** Upper end of the target range, every day of the calendar; a change is dated the day after the meeting. */
function policyRate(seed: number, days: readonly IsoDate[]): number[] {
  const random = randomStream(seed, 'policy');
  const { stanceKept, policyStep, policyBounds, meetingIntervalDays } = MACRO_PROCESS;
  const [lowest, highest] = policyBounds;
  let stance = 0;
  let rate = 1;
  return days.map((_, i) => {
    if (i > 0 && i % meetingIntervalDays === 0) {
      if (random.next() > stanceKept) stance = stance === 0 ? (random.next() < 0.5 ? -1 : 1) : 0;
      if (rate + stance * policyStep < lowest || rate + stance * policyStep > highest) stance = 0;
      rate += stance * policyStep;
    }
    return rate;
  });
}

/** Constant-maturity yields on weekdays; missing on days the bond market is taken to be closed with the exchange. */
function yields(seed: number, days: readonly IsoDate[], policy: readonly number[]): MacroSeries[] {
  const { expectations, termPremium } = MACRO_PROCESS;
  const ahead = autoregression(randomStream(seed, 'expectations'), days.length, expectations);
  const premium = autoregression(randomStream(seed, 'term premium'), days.length, termPremium);
  const twoYear = days.map((_, i) => Math.max(0.1, policy[i]! - 0.125 + ahead[i]!));
  const tenYear = twoYear.map((two, i) => Math.max(0.4, two + termPremium.mean + premium[i]!));
  return [weekdaySeries('DGS2', days, twoYear), weekdaySeries('DGS10', days, tenYear)];
}

function weekdaySeries(id: string, days: readonly IsoDate[], values: readonly number[]): MacroSeries {
  const kept = days.flatMap((day, i) => (weekday(day) >= 1 && weekday(day) <= 5 ? [i] : []));
  return {
    id,
    dates: kept.map((i) => days[i]!),
    values: kept.map((i) => (isTradingDay(days[i]!) ? values[i]! : null)),
    decimals: 2,
  };
}

/** A composite that moves with the NASDAQ-100. */
function broadIndex(seed: number, days: readonly IsoDate[], indexes: IndexMarket): MacroSeries {
  const noise = normalDraws(randomStream(seed, 'composite'), indexes.sessions.length);
  let drift = 0;
  const levels = new Map(
    indexes.sessions.map((date, i) => {
      drift += 0.001 * noise[i]!;
      return [date, indexes.bars['^NDX'].close[i]! * 1.15 * Math.exp(drift)];
    }),
  );
  const values = days.map((day) => levels.get(day) ?? Number.NaN);
  return weekdaySeries('NASDAQCOM', days, values);
}
