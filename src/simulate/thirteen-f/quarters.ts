import { addDays, dateOfDayNumber, type IsoDate, tradingDays } from '../../core/index.js';
import type { LateEvents } from '../stock-names.js';

/** A calendar quarter whose holdings are in a published data set. */
export interface HoldingsQuarter {
  readonly start: IsoDate;
  readonly end: IsoDate;
  /** Filing days that the quarter's data set spans: the quarter's last month and the two months after it. */
  readonly windowStart: IsoDate;
  readonly windowEnd: IsoDate;
}

const QUARTERS = 6;
/** Days from the end of a window until its data set is there. */
const DAYS_TO_PUBLICATION = 10;

/** The last six quarters whose data sets are public on a day, the oldest first. */
export function dataSetQuarters(endDate: IsoDate): HoldingsQuarter[] {
  const quarters: HoldingsQuarter[] = [];
  let number = 4 * Number(endDate.slice(0, 4)) + 3;
  while (quarters.length < QUARTERS) {
    const quarter = quarterNumbered(number);
    if (addDays(quarter.windowEnd, DAYS_TO_PUBLICATION) <= endDate) quarters.unshift(quarter);
    number--;
  }
  return quarters;
}

function quarterNumbered(number: number): HoldingsQuarter {
  const [year, month] = [Math.floor(number / 4), 3 * (number % 4)];
  const firstOf = (later: number): IsoDate => dateOfDayNumber(Date.UTC(year, month + later, 1) / 86_400_000);
  return {
    start: firstOf(0),
    end: addDays(firstOf(3), -1),
    windowStart: firstOf(2),
    windowEnd: addDays(firstOf(5), -1),
  };
}

/** Sessions from the start of a quarter to what befalls a name in it. */
const SESSIONS_INTO_QUARTER = { split: 34, spinOff: 22, merger: 27 } as const;

/** A split in the third quarter, a spin-off in the fourth and a merger in the fifth. */
export function lateEvents(quarters: readonly HoldingsQuarter[]): LateEvents {
  const day = (quarter: HoldingsQuarter, sessions: number): IsoDate =>
    tradingDays(quarter.start, quarter.end)[sessions]!;
  return {
    split: day(quarters[2]!, SESSIONS_INTO_QUARTER.split),
    spinOff: day(quarters[3]!, SESSIONS_INTO_QUARTER.spinOff),
    merger: day(quarters[4]!, SESSIONS_INTO_QUARTER.merger),
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** '31aug2026', as in the names of the data sets. */
function dayInName(date: IsoDate): string {
  return `${date.slice(8)}${MONTHS[Number(date.slice(5, 7)) - 1]}${date.slice(0, 4)}`;
}

/** '31-AUG-2026', as in the data sets. */
export function dayInDataSet(date: IsoDate): string {
  const month = MONTHS[Number(date.slice(5, 7)) - 1]!;
  return `${date.slice(8)}-${month.toUpperCase()}-${date.slice(0, 4)}`;
}

export function dataSetFileName({ windowStart, windowEnd }: HoldingsQuarter): string {
  return `thirteen-f/${dayInName(windowStart)}-${dayInName(windowEnd)}_form13f.zip`;
}
