import { endOfDayInNewYork, type Fact, type Instant, type IsoDate, isIsoDate } from '../../core/index.js';
import { parseDecimal, type RowProblem } from '../text/index.js';
import { MISSING_VALUES } from './layout.js';
import { inferFrequency, periodOf, releaseInstant } from './release.js';
import { knownRelease, type SeriesRelease, unknownRelease } from './release-lags.js';

const CACHED_DATES = 50_000;

interface ReleaseStamp {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: Instant;
}

/** Releases of the series in one file. Series that are not on the table are judged by the dates of all their values. */
export class Releases {
  readonly #releases = new Map<string, SeriesRelease>();
  /** Series of one release share their dates, so each is worked out once. */
  readonly #stamps = new Map<SeriesRelease, Map<IsoDate, ReleaseStamp>>();
  readonly #unknown = new Map<string, IsoDate[]>();

  /** Takes note of a date that has a value; call it for the whole file before `stampOf`. */
  observe(seriesId: string, dateText: string): void {
    if (knownRelease(seriesId) !== null || !isIsoDate(dateText)) return;
    const dates = this.#unknown.get(seriesId);
    if (dates === undefined) this.#unknown.set(seriesId, [dateText]);
    else dates.push(dateText);
  }

  /** What the rule says of the value of a date. */
  stampOf(seriesId: string, date: IsoDate): ReleaseStamp {
    const release = this.#releaseOf(seriesId);
    let stamps = this.#stamps.get(release);
    if (stamps === undefined) {
      stamps = new Map();
      this.#stamps.set(release, stamps);
    }
    let stamp = stamps.get(date);
    if (stamp === undefined) {
      const { start, end } = periodOf(release.frequency, date);
      stamp = { periodStart: start, periodEnd: end, knownAt: releaseInstant(release, date) };
      stamps.set(date, stamp);
    }
    return stamp;
  }

  #releaseOf(seriesId: string): SeriesRelease {
    let release = this.#releases.get(seriesId);
    if (release === undefined) {
      release = knownRelease(seriesId) ?? unknownRelease(inferFrequency(this.#unknown.get(seriesId) ?? []));
      this.#releases.set(seriesId, release);
    }
    return release;
  }
}

/** Reads dates, each distinct text once. */
export class Dates {
  readonly #known = new Map<string, IsoDate | null>();

  of(text: string): IsoDate | null {
    let date = this.#known.get(text);
    if (date === undefined) {
      date = isIsoDate(text) ? text : null;
      if (this.#known.size >= CACHED_DATES) this.#known.clear();
      this.#known.set(text, date);
    }
    return date;
  }
}

export function dateProblem(column: string, found: string, subject?: string): RowProblem {
  return {
    column,
    found,
    expected: 'a day as YYYY-MM-DD',
    reason: `${column} cannot be read`,
    ...(subject === undefined ? {} : { subject }),
  };
}

interface ValueCell {
  readonly seriesId: string;
  readonly date: IsoDate;
  readonly vintageDate: IsoDate | null;
  readonly text: string;
  readonly column: string;
  readonly line: number;
}

/** A fact of one value, null where FRED has none; or what is wrong with it. */
export function valueFact(
  cell: ValueCell,
  stamp: ReleaseStamp,
): Fact<'macro'> | { readonly problem: RowProblem } {
  const { seriesId, date, vintageDate, text, column, line } = cell;
  const { periodStart, periodEnd } = stamp;
  const value = MISSING_VALUES.includes(text) ? null : parseDecimal(text);
  const knownAt = vintageDate === null ? stamp.knownAt : endOfDayInNewYork(vintageDate);
  if (value === null && !MISSING_VALUES.includes(text)) {
    const expected = "a decimal number, '.' or nothing";
    const reason = 'the value cannot be read';
    return { problem: { column, found: text, expected, reason, subject: seriesId, periodEnd, knownAt } };
  }
  return {
    table: 'macro',
    row: { seriesId, date, vintageDate, value },
    periodStart,
    periodEnd,
    knownAt,
    knownAtKind: vintageDate === null ? 'rule' : 'published',
    rowNumber: line,
  };
}
