import {
  endOfDayInNewYork,
  type Instant,
  type IsoDate,
  KNOWN_AT_IMPORT,
  newYorkInstant,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Columns, readCells } from '../text/index.js';
import { MEETING_TYPES } from './layout.js';

/** From this meeting on statements come out at 14:00; before, at 14:15 at the latest (12:30 with a press conference). */
const AT_TWO_SINCE = '2013-03-20';
const BASIS_POINTS = 100;

/** When the decision of a scheduled meeting is public, by custom of its time. */
export function decisionInstant(date: IsoDate): Instant {
  return newYorkInstant(date, 14, date >= AT_TWO_SINCE ? 0 : 15);
}

/**
 * Reads meetings and the target's upper bound before and after them. A meeting that lies ahead has no targets; the file
 * does not say since when it has been on the calendar, so it counts from the import.
 */
export function readMeetings(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  return readCells(file.bytes, columns, (cells, facts) => {
    const decisionDate = cells.date('decision_date');
    cells.concern({ periodEnd: decisionDate });
    const meetingType = cells.text('type');
    if (!MEETING_TYPES.includes(meetingType))
      cells.refuse('type', MEETING_TYPES.join(' or '), 'the type of the meeting is none');
    const before = cells.optionalNumber('target_upper_before');
    const after = cells.optionalNumber('target_upper_after');
    const change = cells.optionalNumber('change_bp');
    const given = [before, after, change].filter((value) => value !== null).length;
    if (given !== 0 && given !== 3)
      cells.refuse(
        'change_bp',
        'all of target_upper_before, target_upper_after and change_bp, or none',
        'a target is missing',
      );
    if (given === 3 && Math.abs((after! - before!) * BASIS_POINTS - change!) > 0.01)
      cells.refuse(
        'change_bp',
        `${before} to ${after} percent in basis points`,
        'the change is not that of the targets',
      );
    const isHeld = given === 3;
    const decidedAt =
      meetingType === 'scheduled' ? decisionInstant(decisionDate) : endOfDayInNewYork(decisionDate);
    facts.push({
      table: 'policyMeetings',
      row: {
        decisionDate,
        meetingType,
        targetUpperBefore: before,
        targetUpperAfter: after,
        changeBasisPoints: change,
      },
      periodStart: decisionDate,
      periodEnd: decisionDate,
      knownAt: isHeld ? decidedAt : KNOWN_AT_IMPORT,
      knownAtKind: isHeld ? 'rule' : 'import',
      rowNumber: cells.line,
    });
  });
}
