import {
  type Fact,
  FormatError,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SetAsideRow,
  type SourceFile,
} from '../../core/index.js';
import { type RowProblem, setAsideRow } from '../text/index.js';
import { decisionInstant } from './meetings.js';

const RANGE = /^(\d+(?:\.\d+)?)\s*[–-]\s*(\d+(?:\.\d+)?)\s*%?$/;
const VOTE = /^(\d{1,2})\s*[–-]\s*(\d{1,2})$/;
const DECISIONS: Readonly<Record<string, number>> = { cut: -1, hold: 0, hike: 1 };

type Meeting = Readonly<Record<string, unknown>>;

/** @throws {FormatError} where the text is no JSON object with a list of meetings */
function meetingsOf(file: SourceFile): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(file.bytes));
  } catch (cause) {
    throw new FormatError(`${file.name} is no JSON; see docs/sources/fomc.md`, {
      cause,
      place: { file: file.name },
    });
  }
  const { meetings } = (parsed ?? {}) as { meetings?: unknown };
  if (Array.isArray(meetings)) return meetings;
  throw new FormatError(`${file.name} has no list 'meetings'; see docs/sources/fomc.md`, {
    place: { file: file.name },
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads statements; a row is a meeting, its number the place in the list. What the collector added is left out. */
export function* readStatements(file: SourceFile): Generator<ReadBatch> {
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  for (const [index, value] of meetingsOf(file).entries()) {
    const isObject = typeof value === 'object' && value !== null;
    const read = statementFact(isObject ? (value as Meeting) : {}, index + 1);
    if ('table' in read) facts.push(read);
    else setAside.push(setAsideRow(index + 1, read));
  }
  yield { facts, setAside, rowsRead: facts.length + setAside.length };
}

function statementFact(meeting: Meeting, rowNumber: number): Fact<'policyStatements'> | RowProblem {
  const date = textOf(meeting.date);
  if (!isIsoDate(date)) return problem('date', meeting.date, 'a day as YYYY-MM-DD');
  const about = { periodEnd: date, knownAt: decisionInstant(date) };
  const refuse = (column: string, expected: string) => ({
    ...problem(column, meeting[column], expected),
    ...about,
  });
  const { statement } = meeting;
  if (!isTexts(statement)) return refuse('statement', 'a list of paragraphs');
  const range = RANGE.exec(textOf(meeting.target_range));
  if (range === null) return refuse('target_range', "a range such as '3.50–3.75%'");
  const vote = VOTE.exec(textOf(meeting.vote));
  if (vote === null) return refuse('vote', "votes for and against such as '9–3'");
  const sign = DECISIONS[textOf(meeting.decision)];
  const { bps } = meeting;
  if (sign === undefined) return refuse('decision', Object.keys(DECISIONS).join(', '));
  if (typeof bps !== 'number' || !Number.isFinite(bps)) return refuse('bps', 'a number of basis points');
  const text = statement.join('\n');
  return {
    table: 'policyStatements',
    row: {
      decisionDate: date,
      chair: textOf(meeting.chair) || null,
      decision: textOf(meeting.decision),
      targetLower: Number(range[1]),
      targetUpper: Number(range[2]),
      changeBasisPoints: sign * Math.abs(bps) + 0,
      votesFor: Number(vote[1]),
      votesAgainst: Number(vote[2]),
      dissenters: dissentersOf(meeting.dissenters),
      statement: text,
      words: text.split(/\s+/).filter((word) => word !== '').length,
    },
    periodStart: date,
    periodEnd: date,
    knownAt: about.knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

function dissentersOf(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const named = value.flatMap((item) => {
    const { name, preferred } = (item ?? {}) as Meeting;
    if (textOf(name) === '') return [];
    return [textOf(preferred) === '' ? textOf(name) : `${textOf(name)} (${textOf(preferred)})`];
  });
  return named.join('; ') || null;
}

function problem(column: string, found: unknown, expected: string): RowProblem & { periodEnd?: IsoDate } {
  const text = found === undefined ? '' : (JSON.stringify(found) ?? '');
  return { column, found: text, expected, reason: `${column} cannot be read` };
}
