import { cotReleaseInstant, dayNumber, type IsoDate, newYorkDate, sessionClose } from '../../core/index.js';
import { randomStream } from '../random-streams.js';
import type { ReportWeek } from '../weeks.js';
import { FIRST_RECORD_WEEK, LAST_WEEKS, type RecordPlan } from './laws.js';

/** Weeks (positions in the list of reports) that are to be records, drawn before any flow or price is. */
export function drawRecordWeeks(seed: number, weeks: number, { gapWeeks, most }: RecordPlan): number[] {
  const random = randomStream(seed, 'record weeks');
  const [fewest, largest] = gapWeeks;
  const planned: number[] = [];
  for (let week = FIRST_RECORD_WEEK; week < weeks - LAST_WEEKS && planned.length < most; ) {
    planned.push(week);
    week += fewest + Math.floor((largest - fewest + 1) * random.next());
  }
  return planned;
}

/** Place of the session whose close is the first after a week's report is public; past the end where there is none yet. */
export function firstCloseAfter({ periodEnd }: ReportWeek, sessions: readonly IsoDate[]): number {
  const release = cotReleaseInstant(periodEnd);
  const day = dayNumber(newYorkDate(release));
  let at = sessions.length;
  while (at > 0 && dayNumber(sessions[at - 1]!) >= day) at--;
  const session = sessions[at];
  return session !== undefined && sessionClose(session) <= release ? at + 1 : at;
}
