import {
  type Fact,
  FormatError,
  type Instant,
  type IsoDate,
  KNOWN_AT_IMPORT,
  newYorkInstant,
  type ReadBatch,
  type SourceFile,
} from '../../core/index.js';
import { type Columns, lookOver, readCells, sniffHeader } from '../text/index.js';

const TIME = /^(1[0-2]|[1-9]):([0-5]\d)(am|pm)$/;
const ABOUT_THE_MEETING = ['date', 'time', 'unscheduled'];
const NOT_AVAILABLE = ['NA'];

/** Wall-clock time in New York as the file writes it: '2:15pm'. */
function clockOf(text: string): readonly [hour: number, minute: number] | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  return [(Number(match[1]) % 12) + (match[3] === 'pm' ? 12 : 0), Number(match[2])];
}

/** The last announcement of the file. @throws {FormatError} where it has none */
function sampleEndOf(file: SourceFile, columns: Columns): IsoDate {
  let latest: IsoDate | null = null;
  lookOver(file.bytes, columns, (cells) => {
    const date = cells.date('date');
    if (latest === null || date > latest) latest = date;
  });
  if (latest !== null) return latest;
  throw new FormatError(`${file.name} has no day of an announcement; see docs/sources/fomc.md`, {
    place: { file: file.name, column: 'Date' },
  });
}

/**
 * Reads surprises at announcements, one fact a measure. An edition corrects changes of prices of the one before, and the
 * surprises are estimated on its whole sample; since no file says when it came out, all is known from the import on.
 */
export function* readSurprises(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const sampleEnd = sampleEndOf(file, columns);
  const names = sniffHeader(file.bytes)!;
  const measures = [...columns.positions].filter(([name]) => !ABOUT_THE_MEETING.includes(name));
  yield* readCells(
    file.bytes,
    columns,
    (cells, facts) => {
      const announcedDate = cells.date('date');
      cells.concern({ periodEnd: announcedDate });
      const clock =
        clockOf(cells.text('time')) ??
        cells.refuse('time', 'a time such as 2:15pm', 'the time cannot be read');
      const flag = cells.text('unscheduled');
      if (flag !== '0' && flag !== '1') cells.refuse('unscheduled', '0 or 1', 'neither scheduled nor not');
      const meeting = {
        sampleEnd,
        announcedDate,
        announcedAt: newYorkInstant(announcedDate, ...clock),
        unscheduled: flag === '1',
      };
      for (const [column, position] of measures) {
        facts.push(surpriseFact(meeting, names[position]!, cells.optionalNumber(column), cells.line));
      }
    },
    { blanks: NOT_AVAILABLE },
  );
}

function surpriseFact(
  meeting: {
    readonly sampleEnd: IsoDate;
    readonly announcedDate: IsoDate;
    readonly announcedAt: Instant;
    readonly unscheduled: boolean;
  },
  measure: string,
  value: number | null,
  rowNumber: number,
): Fact<'policySurprises'> {
  return {
    table: 'policySurprises',
    row: { ...meeting, measure, value },
    periodStart: meeting.announcedDate,
    periodEnd: meeting.announcedDate,
    knownAt: KNOWN_AT_IMPORT,
    knownAtKind: 'import',
    rowNumber,
  };
}
