import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import { normalAsRare, studentAsRare } from '../../../src/stats/distributions/as-rare.js';
import {
  declusterFirst,
  detectableMove,
  eventEffect,
  type MatchRequest,
  matchPeriods,
  signFlipTest,
  signTest,
} from '../../../src/stats/index.js';
import { column, expectEqual } from '../regression/reference.js';
import { EVENTS } from './reference.js';

const { study } = EVENTS;
const outcome = column(study.outcome);
const covariates = study.covariates.map(column);
const matchRequest: MatchRequest = {
  covariates,
  usable: Uint8Array.from(outcome, (value) => (Number.isNaN(value) ? 0 : 1)),
  events: study.events,
  exclusion: study.horizon,
  neighbours: study.neighbours,
};
const { events, resamples, seed, level } = study;
const request = { outcome, events, matching: matchPeriods(matchRequest), resamples, seed, level };

describe('against plain loops and the same bootstrap draws', () => {
  test('matches', () => {
    const matching = matchPeriods(matchRequest);
    expect([...matching.ordinary]).toEqual(study.ordinary);
    expect(study.used.map((period) => [...matching.matchesOf(period)])).toEqual(study.matches);
  });

  test.each(study.nulls)('effect, band and p, scale: $scale', (theirs) => {
    const scaled = { ...request, ...(theirs.scale === 'none' ? {} : { scale: covariates[1]! }) };
    const ours = eventEffect(scaled);
    expect([...ours.events]).toEqual(study.used);
    expectEqual(ours.differences, study.differences);
    expectEqual(ours.leaveOneOut, study.leaveOneOut);
    expectEqual([ours.effect!, ours.mean!, ours.median!], [study.effect, study.mean, study.median]);
    expect(ours.mean! - ours.matchedMean!).toBeCloseTo(study.effect, 12);
    expect(ours.p).toBe(theirs.p);
    const moved = outcome.map((value, t) => (study.events.includes(t) ? value + 2 : value));
    expect(eventEffect({ ...scaled, outcome: moved }).p).toBe(theirs.movedP);
    expectEqual([ours.freedom!], [theirs.freedom]);
    expectEqual(ours.band!, theirs.band);
    expect(ours.independent).toBe(theirs.independent);
    expectEqual([ours.detectable!], [theirs.detectable]);
    expect(ours.signP).toBeCloseTo(study.signP, 12);
    expect(ours.signFlipP).toBeCloseTo(study.signFlipP, 12);
    expect(ours.reason).toBeNull();
  });
});

test('matches keep away from every event, from their period and from each other, and are the nearest that do', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 12 }), (from, exclusion) => {
      const random = seededRandom(from);
      const values = Float64Array.from({ length: 120 }, () => normalDraw(random));
      const events = declusterFirst(
        [...values.keys()].filter(() => random.next() < 0.05),
        1,
      );
      const usable = new Uint8Array(120).fill(1);
      const matching = matchPeriods({ covariates: [values], usable, events, exclusion, neighbours: 4 });
      for (const period of [...events, ...matching.ordinary]) {
        const matches = [...matching.matchesOf(period)];
        matches.forEach((match, i) => {
          for (const other of [...events, period, ...matches.slice(0, i)]) {
            expect(Math.abs(match - other)).toBeGreaterThanOrEqual(exclusion);
          }
        });
        const apart = [...matching.ordinary].filter((other) => Math.abs(other - period) >= exclusion);
        const distance = (other: number) => Math.abs(values[other]! - values[period]!);
        if (matches.length > 0) expect(distance(matches[0]!)).toBe(Math.min(...apart.map(distance)));
      }
    }),
    { seed: 12, numRuns: 25 },
  );
});

test('fewer than five events give figures and no test', () => {
  const few = eventEffect({ ...request, events: study.events.slice(2, 6) });
  expect(few).toMatchObject({ p: null, band: null, signP: null, detectable: null });
  expect(few.reason).toBe('4 events, 5 needed for a test');
  expect(few.effect).not.toBeNull();
  expect(few.leaveOneOut).toHaveLength(4);
  const none = eventEffect({ ...request, events: [] });
  expect(none).toMatchObject({ effect: null, mean: null, reason: '0 events, 5 needed for a test' });
});

test('events whose horizons overlap count once', () => {
  const near = [20, 23, 70, 72, 101, 104, 140, 143];
  const matching = matchPeriods({ ...matchRequest, events: near });
  const found = eventEffect({ ...request, events: near, matching });
  expect(found).toMatchObject({ p: null, band: null, independent: 4 });
  expect(found.events).toHaveLength(8);
  expect(found.reason).toBe('8 events, of which 4 lie 4 periods or more apart, 5 such needed for a test');
});

test('an outcome that hardly varies, or is that of its matches, has no test', () => {
  const rare = (also: readonly number[]) => {
    const happened = outcome.map((value, t) =>
      Number.isNaN(value) ? Number.NaN : also.includes(t) || study.events.includes(t) ? 1 : 0,
    );
    return eventEffect({ ...request, outcome: happened });
  };
  expect(rare([50, 51, 80, 120, 170])).toMatchObject({
    p: null,
    reason: 'the outcome is 0 in all ordinary periods but 4 stretches, 5 needed for a test',
  });
  expect(rare([50, 51, 80, 120, 170, 200]).p).not.toBeNull();
  const level = outcome.map((value, t) => (Number.isNaN(value) ? Number.NaN : Math.floor((t % 12) / 4)));
  const matching = matchPeriods({ ...matchRequest, covariates: [level], neighbours: 1 });
  const same = eventEffect({ ...request, outcome: level, matching });
  expect(same).toMatchObject({ p: null, reason: 'ordinary periods do not differ from their matches' });
});

test("Student's value as rare as a normal one, and back", () => {
  expect(studentAsRare(1.96, 3)).toBeCloseTo(3.182, 2);
  expect(normalAsRare(studentAsRare(2.5, 4), 4)).toBeCloseTo(2.5, 9);
  expect(studentAsRare(-1.96, 3)).toBe(-studentAsRare(1.96, 3));
  expect([normalAsRare(0, 3), studentAsRare(0, 3)]).toEqual([0, 0]);
});

test('an event whose outcome is not known yet is left out, and nothing else changes', () => {
  const known = eventEffect({ ...request, events: study.events.slice(0, -1) });
  expect(eventEffect(request)).toEqual(known);
});

test('too few ordinary periods, and a scale that is missing, are said', () => {
  const scale = covariates[1]!.slice();
  scale[study.used[0]!] = Number.NaN;
  expect(eventEffect({ ...request, scale }).reason).toBe('an event or a match has no scale');
  // Everything from period 40 on is near an event.
  const late = [...outcome.keys()].filter((t) => t > 40 && t % 4 === 0);
  const crowded = matchPeriods({
    ...matchRequest,
    events: [...study.events.slice(0, 2), ...late],
    neighbours: 1,
  });
  expect(eventEffect({ ...request, matching: crowded }).reason).toBe(
    `${crowded.ordinary.length} ordinary periods with matches, 26 needed for a test`,
  );
});

test('refuses what is no study', () => {
  expect(() => eventEffect({ ...request, events: [300] })).toThrow('event 300 of 260');
  expect(() => eventEffect({ ...request, resamples: 3 })).toThrow('3 resamples');
  expect(() => eventEffect({ ...request, scale: new Float64Array(2) })).toThrow('2 scales');
  expect(() => matchPeriods({ ...matchRequest, covariates: [] })).toThrow('no covariate');
  expect(() => matchPeriods({ ...matchRequest, covariates: [new Float64Array(3)] })).toThrow(
    'covariate 0 has 3',
  );
  expect(() => matchPeriods({ ...matchRequest, exclusion: 0 })).toThrow('an exclusion of 0');
  expect(() => matchPeriods({ ...matchRequest, neighbours: 0 })).toThrow('0 matches');
});

test('the first event in 13 periods is kept', () => {
  expect([...declusterFirst([3, 4, 15, 16, 17, 28, 29], 13)]).toEqual([3, 16, 29]);
  expect([...declusterFirst([], 13)]).toEqual([]);
  expect(() => declusterFirst([3, 3], 13)).toThrow('event 3 after event 3');
});

describe('detectableMove', () => {
  test.each(EVENTS.detectable)(
    'agrees with statsmodels for $n events and power $power',
    ({ n, power, move }) => {
      expect(detectableMove(n, power) / move).toBeCloseTo(1, 9);
    },
  );

  test('is 1.7, 1.0 and 0.66 for 5, 10 and 20 events', () => {
    expect([5, 10, 20].map((n) => Number(detectableMove(n).toFixed(2)))).toEqual([1.68, 1, 0.66]);
    expect(() => detectableMove(1)).toThrow('1 events show no spread');
    expect(() => detectableMove(5, 0.01)).toThrow('power 0.01');
  });
});

test('sign tests: all on one side, none, and many by draws near the exact', () => {
  const random = seededRandom(1);
  expect(signTest(Float64Array.of(1, 2, 3, 4, 5))).toBeCloseTo(2 / 32, 12);
  expect(signTest(Float64Array.of(0, 0))).toBe(1);
  expect(signFlipTest(Float64Array.of(1, 2, 3, 4, 5), 0, random)).toBeCloseTo(2 / 32, 12);
  const values = Float64Array.from({ length: 14 }, (_, i) => Math.sin(7 * i) + 0.4);
  const exact = signFlipTest(values, 0, random);
  const drawn = signFlipTest(Float64Array.of(...values, 1e-9), 20_000, random);
  expect(Math.abs(drawn - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000) + 1e-3);
});
