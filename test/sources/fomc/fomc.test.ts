import { describe, expect, it } from 'vitest';
import { FormatError, formatInstant, KNOWN_AT_IMPORT } from '../../../src/core/index.js';
import { fomcReader } from '../../../src/sources/fomc/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const MEETINGS = 'decision_date,type,target_upper_before,target_upper_after,change_bp,src\n';

describe('meetings', () => {
  it('are known at the hour of the statement, unscheduled ones at the end of the day, coming ones from the import on', () => {
    const reading = readAll(
      fomcReader,
      `${MEETINGS}2012-12-12,scheduled,0.25,0.25,0,a\n2022-06-15,scheduled,1,1.75,75,a\n2020-03-15,unscheduled,1.25,0.25,-100,a\n2026-12-09,scheduled,,,,a\n`,
    );
    expect(
      reading.facts.map(({ knownAt, knownAtKind }) =>
        knownAtKind === 'import' ? knownAt : formatInstant(knownAt),
      ),
    ).toEqual(['2012-12-12T19:15:00Z', '2022-06-15T18:00:00Z', '2020-03-16T03:59:59Z', KNOWN_AT_IMPORT]);
    expect(rowsOf(reading, 'policyMeetings')[1]).toEqual({
      decisionDate: '2022-06-15',
      meetingType: 'scheduled',
      targetUpperBefore: 1,
      targetUpperAfter: 1.75,
      changeBasisPoints: 75,
    });
  });

  it('are set aside where targets contradict each other or are half told', () => {
    const reading = readAll(
      fomcReader,
      `${MEETINGS}2022-06-15,scheduled,1,1.75,50,a\n2022-06-15,scheduled,1,,75,a\n2022-06-15,minutes,1,1.75,75,a\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual(['change_bp', 'change_bp', 'type']);
  });

  it('survive damage with every row accounted for', () =>
    fuzzReader(fomcReader, `${MEETINGS}2022-06-15,scheduled,1,1.75,75,a\n2026-12-09,scheduled,,,,a\n`, 80));
});

const statement = (more: object = {}) => ({
  date: '2026-07-29',
  chair: 'Warsh',
  vote: '9–3',
  target_range: '3.50–3.75%',
  decision: 'cut',
  bps: 25,
  dissenters: [{ name: 'A. Hawk', preferred: '25bp hike' }, { name: 'B. Dove' }],
  statement: ['The Committee decided.', 'Voting against were two.'],
  ...more,
});
const corpus = (...meetings: unknown[]) => JSON.stringify({ meetings });

describe('statements', () => {
  it('are read with vote, range and the words alone', () => {
    const reading = readAll(fomcReader, corpus(statement()));
    expect(rowsOf(reading, 'policyStatements')).toEqual([
      {
        decisionDate: '2026-07-29',
        chair: 'Warsh',
        decision: 'cut',
        targetLower: 3.5,
        targetUpper: 3.75,
        changeBasisPoints: -25,
        votesFor: 9,
        votesAgainst: 3,
        dissenters: 'A. Hawk (25bp hike); B. Dove',
        statement: 'The Committee decided.\nVoting against were two.',
        words: 7,
      },
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2026-07-29T18:00:00Z');
  });

  it('are set aside one by one, and refused where the file is none', () => {
    const broken = [
      { date: 5 },
      { vote: 'all' },
      { target_range: '3.5' },
      { statement: 'one' },
      { decision: 'wait' },
      { bps: '25' },
    ];
    const reading = readAll(fomcReader, corpus(statement(), ...broken.map((more) => statement(more)), null));
    expect(reading.setAside.map(({ column }) => column)).toEqual([
      'date',
      'vote',
      'target_range',
      'statement',
      'decision',
      'bps',
      'date',
    ]);
    expect(() => readAll(fomcReader, corpus(statement()).slice(0, -1))).toThrow(FormatError);
    expect(() => readAll(fomcReader, '{"meetings": {"target_range": 1, "statement": 2}}')).toThrow(
      "no list 'meetings'",
    );
  });
});

const SURPRISES = 'Date,Time,Unscheduled,FF1,SP500 emini,MPS,MPS_ORTH\n';

describe('surprises', () => {
  it('stand under the edition of their file, known from the import on', () => {
    const reading = readAll(
      fomcReader,
      `${SURPRISES}2001-04-18,10:54am,1,-0.32,0.5,-0.2,NA\n2019-12-11,2:00pm,0,NA,0.17,0.0059,\n`,
    );
    const rows = rowsOf(reading, 'policySurprises');
    expect(rows.length).toBe(8);
    expect(rows[0]).toEqual({
      sampleEnd: '2019-12-11',
      announcedDate: '2001-04-18',
      announcedAt: Date.UTC(2001, 3, 18, 14, 54),
      unscheduled: true,
      measure: 'FF1',
      value: -0.32,
    });
    expect(rows.map(({ measure, value }) => `${measure} ${value}`).slice(1, 5)).toEqual([
      'SP500 emini 0.5',
      'MPS -0.2',
      'MPS_ORTH null',
      'FF1 null',
    ]);
    expect(reading.facts.every(({ knownAtKind }) => knownAtKind === 'import')).toBe(true);
  });

  it('are set aside where the meeting cannot be told, and refused without a day', () => {
    const reading = readAll(
      fomcReader,
      `${SURPRISES}2019-12-11,14:00,0,1,1,1,1\n2019-12-11,2:00pm,no,1,1,1,1\n2019-12-11,2:00pm,0,1,1,one,1\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual(['time', 'unscheduled', 'mps']);
    expect(() => readAll(fomcReader, SURPRISES)).toThrow('no day of an announcement');
  });

  it('survive damage with every row accounted for', () =>
    fuzzReader(
      fomcReader,
      `${SURPRISES}2001-04-18,10:54am,1,-0.32,0.5,-0.2,NA\n2019-12-11,2:00pm,0,NA,0.17,0.0059,\n`,
      80,
    ));
});

it('leaves other JSON alone', () => {
  expect(fomcReader.detect(sourceFile('{"meetings": [], "statement": 1}'), {})).toBeNull();
});

describe.skipIf(!hasSharedData)('files of the Committee (needs ../shared/data)', () => {
  const read = (name: string) => readAll(fomcReader, sharedBytes(`macro/${name}`));

  it('have 134 meetings held and three to come', () => {
    const reading = read('fomc-meetings-2010-2026.csv');
    expect([reading.rowsRead, reading.setAside]).toEqual([137, []]);
    const rows = rowsOf(reading, 'policyMeetings');
    expect(
      rows
        .filter(({ targetUpperAfter }) => targetUpperAfter === null)
        .map(({ decisionDate }) => decisionDate),
    ).toEqual(['2026-09-16', '2026-10-28', '2026-12-09']);
    const moves = rows.filter(
      ({ decisionDate, changeBasisPoints }) =>
        decisionDate! >= '2015-01-01' && (changeBasisPoints ?? 0) !== 0,
    );
    expect(moves.filter(({ decisionDate }) => decisionDate! <= '2025-12-31').length).toBe(31);
  });

  it('have two statements and two editions of surprises', () => {
    expect(
      rowsOf(read('fomc-statements-2026.json'), 'policyStatements').map(({ votesAgainst }) => votesAgainst),
    ).toEqual([3, 0]);
    const editions = ['sf-fed-mps-fomc-1997-2023.csv', 'sf-fed-mps-fomc-original-1988-2019.csv'].map(
      (name) => {
        const reading = read(name);
        expect(reading.setAside).toEqual([]);
        return [reading.rowsRead, reading.facts.length, rowsOf(reading, 'policySurprises')[0]!.sampleEnd];
      },
    );
    expect(editions).toEqual([
      [227, 4540, '2023-12-13'],
      [323, 6460, '2019-12-11'],
    ]);
  });
});
