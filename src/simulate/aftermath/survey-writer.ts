import { addDays, type IsoDate, isTradingDay, weekday } from '../../core/index.js';
import type { ReportWeek } from '../weeks.js';
import { MOOD } from './laws.js';

/** A week's answers, as fractions that add up to 1. */
export interface SurveyWeek {
  readonly date: IsoDate;
  readonly bullish: number;
  readonly neutral: number;
  readonly bearish: number;
}

const THURSDAY = 4;
const MOST_SPREAD = 0.6;

/** The Thursday of a report's week, or its eve where the exchange is closed. */
function surveyDay({ periodEnd }: ReportWeek): IsoDate {
  const back = (weekday(periodEnd) - THURSDAY + 7) % 7;
  const thursday = addDays(periodEnd, -back);
  return isTradingDay(thursday) ? thursday : addDays(thursday, -1);
}

/** The mood of each week as answers to a survey. */
export function surveyWeeks(mood: Float64Array, weeks: readonly ReportWeek[]): SurveyWeek[] {
  const round = (share: number): number => Math.round(share * 1000) / 1000;
  return weeks.map((week, t) => {
    const wanted = MOOD.mean + MOOD.deviation * mood[t]!;
    const spread = Math.max(-MOST_SPREAD, Math.min(MOST_SPREAD, wanted));
    const bullish = round((1 - MOOD.neutral + spread) / 2);
    return {
      date: surveyDay(week),
      bullish,
      neutral: MOOD.neutral,
      bearish: round(1 - MOOD.neutral - bullish),
    };
  });
}

/** The weekly survey of the American Association of Individual Investors, as a table of fractions. */
export function surveyCsv(survey: readonly SurveyWeek[]): string {
  const rows = survey.map(
    ({ date, bullish, neutral, bearish }) =>
      `${date},${bullish.toFixed(3)},${neutral.toFixed(3)},${bearish.toFixed(3)}`,
  );
  return `reported_date,bullish,neutral,bearish\n${rows.join('\n')}\n`;
}
