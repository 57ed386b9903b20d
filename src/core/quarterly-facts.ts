import { addDays, dayNumber } from './dates.js';
import type { Instant, IsoDate } from './units.js';

/** What a filing states of a period; one concept and unit of one company. */
export interface PeriodFact {
  readonly startDate: IsoDate;
  readonly endDate: IsoDate;
  readonly value: number;
  readonly filedDate: IsoDate;
  readonly accessionNumber: string;
  readonly knownAt: Instant;
}

/** A fiscal quarter's value, from facts known at `knownAt`. */
export interface QuarterValue {
  readonly startDate: IsoDate;
  readonly endDate: IsoDate;
  /** Null where it cannot be told; `reason` says why. */
  readonly value: number | null;
  readonly reason: string | null;
  /** `reported` by a filing itself, or the difference of two `year-to-date` values. */
  readonly origin: 'reported' | 'year-to-date';
  /** Newer values of both periods, or the first ones where only one of the two was restated since. */
  readonly version: 'latest' | 'first-filed';
  /** When the last of the facts behind it was known. */
  readonly knownAt: Instant;
  readonly filedDate: IsoDate;
  readonly accessionNumbers: readonly string[];
}

/** Fiscal quarters have 12 to 14 weeks, give or take a few days (16 in some retailers' calendars is left out). */
const QUARTER_DAYS = { least: 80, greatest: 104 };
const YEAR_DAYS_GREATEST = 378;

const daysOf = ({ startDate, endDate }: Pick<PeriodFact, 'startDate' | 'endDate'>): number =>
  dayNumber(endDate) - dayNumber(startDate) + 1;
const isQuarter = (days: number): boolean => days >= QUARTER_DAYS.least && days <= QUARTER_DAYS.greatest;

/** All that was filed of one period, in the order of filing. */
interface Period {
  readonly startDate: IsoDate;
  readonly endDate: IsoDate;
  readonly first: PeriodFact;
  readonly latest: PeriodFact;
}

/**
 * Values of fiscal quarters out of facts of an income or cash-flow statement: those that filings report for a quarter, and,
 * where none does, the difference of two values that run from the same day (fourth quarter = year less nine months).
 * Pass only what is known at the moment asked about; a later fact changes nothing else. Balances have no start and no
 * place here.
 * @param unit of the facts; amounts per share do not add up over quarters (other shares each time), so their differences
 *   are null with the reason
 * @returns quarters in order of their end
 */
export function quarterlyValues(facts: readonly PeriodFact[], unit: string): QuarterValue[] {
  const periods = periodsOf(facts);
  const quarters = new Map<IsoDate, QuarterValue>();
  for (const period of periods.values())
    if (isQuarter(daysOf(period))) quarters.set(period.endDate, reportedQuarter(period));
  for (const longer of periods.values()) {
    const days = daysOf(longer);
    if (isQuarter(days) || days > YEAR_DAYS_GREATEST || quarters.has(longer.endDate)) continue;
    const shorter = [...periods.values()].find(
      (candidate) =>
        candidate.startDate === longer.startDate &&
        isQuarter(dayNumber(longer.endDate) - dayNumber(candidate.endDate)),
    );
    if (shorter !== undefined) quarters.set(longer.endDate, differenceQuarter(longer, shorter, unit));
  }
  return [...quarters.values()].sort((a, b) => (a.endDate < b.endDate ? -1 : 1));
}

function periodsOf(facts: readonly PeriodFact[]): Map<string, Period> {
  const ordered = facts.toSorted((a, b) => compare(a.filedDate, b.filedDate) || a.knownAt - b.knownAt);
  const periods = new Map<string, Period>();
  for (const fact of ordered) {
    const { startDate, endDate } = fact;
    const key = `${startDate} ${endDate}`;
    const known = periods.get(key);
    // A value filed again unchanged is no news: the fact that first said it stays.
    if (known === undefined) periods.set(key, { startDate, endDate, first: fact, latest: fact });
    else if (known.latest.value !== fact.value) periods.set(key, { ...known, latest: fact });
  }
  return periods;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function reportedQuarter({ startDate, endDate, latest }: Period): QuarterValue {
  return {
    startDate,
    endDate,
    value: latest.value,
    reason: null,
    origin: 'reported',
    version: 'latest',
    knownAt: latest.knownAt,
    filedDate: latest.filedDate,
    accessionNumbers: [latest.accessionNumber],
  };
}

function differenceQuarter(longer: Period, shorter: Period, unit: string): QuarterValue {
  const isRestated = ({ first, latest }: Period) => first !== latest;
  const version = isRestated(longer) === isRestated(shorter) ? 'latest' : 'first-filed';
  const [whole, part] =
    version === 'latest' ? [longer.latest, shorter.latest] : [longer.first, shorter.first];
  const perShare = unit.includes('/');
  const last = whole.knownAt >= part.knownAt ? whole : part;
  return {
    startDate: addDays(shorter.endDate, 1),
    endDate: longer.endDate,
    value: perShare ? null : whole.value - part.value,
    reason: perShare ? `amounts in ${unit} do not add up over quarters` : null,
    origin: 'year-to-date',
    version,
    knownAt: last.knownAt,
    filedDate: last.filedDate,
    accessionNumbers: [whole.accessionNumber, part.accessionNumber],
  };
}
