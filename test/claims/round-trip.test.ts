import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLAIM_BASES,
  CLAIM_CLASSES,
  CLAIM_LEGS,
  type ClaimScope,
  defaultHorizon,
  LEADERS,
  POLICY_STATES,
} from '../../src/claims/claim.js';
import { readClaimFile, writeClaimFile } from '../../src/claims/claim-file.js';
import {
  type Claim,
  type ClaimMeasure,
  compileNote,
  printClaim,
  STANDARD_NOTE,
} from '../../src/claims/index.js';
import { DRIVERS, LOOKBACKS, RULERS, SECTORS } from '../../src/core/index.js';
import { REPOSITORY } from '../support/command-line.js';

const SEED = { seed: 20260414, numRuns: 400 };
const DECLARED = { 1: '1y', 3: '3y', 5: '5y', 10: '10y' } as Record<number, string>;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const week = fc.constantFrom('2026-04-14', '2019-12-31', '2024-02-29');
const market = fc.oneof(
  fc.record({ sector: fc.constantFrom(...SECTORS) }),
  fc.record({ contract: fc.constantFrom('20974+', '13874+', '239742', '33874A') }),
);
const named = CLAIM_CLASSES.filter((name) => name !== 'whole-market');
const place = fc
  .tuple(market, fc.record({ basis: maybe(fc.constantFrom(...CLAIM_BASES)), week: maybe(week) }))
  .map(([where, rest]) => defined({ ...where, ...rest }) as ClaimScope);
const withClass = fc
  .tuple(place, maybe(fc.constantFrom(...named)))
  .map(([where, name]) => defined({ ...where, class: name }) as ClaimScope);
const withLeg = fc
  .tuple(withClass, fc.constantFrom(...CLAIM_LEGS), maybe(fc.constantFrom(...RULERS)))
  .map(([where, leg, ruler]) => defined({ ...where, leg, ruler }) as ClaimScope);
const events = withLeg.map(({ week: _, ruler: __, ...scope }) => scope as ClaimScope);

const span = fc.oneof(
  fc.constantFrom(...LOOKBACKS),
  fc.integer({ min: 1, max: 60 }).map((n) => DECLARED[n] ?? `${n} years`),
  fc.integer({ min: 2, max: 99 }).map((n) => `${n} weeks`),
);
const since = fc.constantFrom('2018', '2020-03', '2020-03-17');
const window = maybe(fc.constantFrom(...LOOKBACKS));
const direction = fc.constantFrom('bought', 'sold');
const against = fc.constantFrom('above', 'below');
const p = fc.constant(0.05);
const compare = fc.constantFrom('at least', 'at most', 'about');
const horizon = fc.constantFrom(1, 4, 13, 26, 52);
const nothing = fc.constant({});

/** What the grammar can say of each measure: scope, threshold and whether it looks ahead. */
const SAYABLE: Record<ClaimMeasure, [fc.Arbitrary<ClaimScope>, fc.Arbitrary<object>]> = {
  record: [
    withLeg,
    fc.oneof(
      span.map((one) => ({ span: one, extreme: 'high' })),
      since.map((one) => ({ since: one, extreme: 'high' })),
    ),
  ],
  rank: [
    withLeg,
    fc.record({
      rank: fc.integer({ min: 1, max: 120 }),
      compare: fc.constantFrom('exactly', 'at most'),
      span: fc.constantFrom(...LOOKBACKS),
    }),
  ],
  percentile: [
    withLeg,
    fc.record({ percentile: fc.integer({ min: 1, max: 100 }), compare, span: window }).map(defined),
  ],
  z: [
    withLeg,
    fc
      .record({ z: fc.integer({ min: -80, max: 80 }).map((n) => n / 10), compare, span: window })
      .map(defined),
  ],
  significance: [withLeg, fc.record({ p, span: fc.constantFrom(...LOOKBACKS) })],
  ratio: [withClass, fc.record({ ratio: fc.integer({ min: 1, max: 90 }).map((n) => n / 10), compare })],
  amount: [withLeg, fc.record({ usd: fc.integer({ min: 1, max: 1e12 }), compare })],
  side: [
    fc.tuple(place, fc.constantFrom(...named)).map(([where, name]) => ({ ...where, class: name })),
    fc.record({ direction }),
  ],
  weeks: [
    fc.tuple(place, fc.constantFrom(...named)).map(([where, name]) => ({ ...where, class: name })),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), direction)
      .map(([weeks, more, which]) => ({ weeks, of: weeks + more, direction: which })),
  ],
  'led-by': [
    place,
    fc.record({
      who: fc.constantFrom(...LEADERS, ...named.filter((n) => n !== 'dealer')),
      led: fc.boolean(),
    }),
  ],
  unison: [
    place,
    fc.record({
      classes: fc.constantFrom(
        ['hedge-fund', 'asset-manager'],
        ['pension', 'sovereign-wealth', 'bank'],
        ['retail', 'pension'],
      ),
      p,
    }),
  ],
  driver: [withClass, fc.record({ driver: fc.constantFrom(...DRIVERS) })],
  policy: [place, fc.record({ states: fc.subarray([...POLICY_STATES], { minLength: 1 }) })],
  'rate-sensitivity': [place, nothing],
  floor: [events, fc.record({ p })],
  'follow-through': [
    place,
    fc.record({ follower: fc.constantFrom(...named), leader: maybe(fc.constantFrom(...named)) }).map(defined),
  ],
  loop: [events, nothing],
  consolidation: [events, fc.record({ p, drawdown: fc.constantFrom(5, 10) })],
  'profit-taking': [events, fc.record({ p })],
  return: [events, fc.record({ p, direction: against })],
  volatility: [events, fc.record({ p, direction: against })],
  trend: [place, nothing],
};

function claims(measure: ClaimMeasure): fc.Arbitrary<Claim> {
  const [scope, threshold] = SAYABLE[measure];
  const weeks = defaultHorizon(measure) === null ? fc.constant(null) : horizon;
  return fc
    .record({ scope, threshold, horizonWeeks: weeks })
    .map((rest) => ({ id: 's1', text: '', line: 1, measure, ...rest }) as unknown as Claim);
}

describe('the grammar and its own words', () => {
  for (const measure of Object.keys(SAYABLE) as ClaimMeasure[]) {
    test(`a printed claim about ${measure} compiles to itself`, () => {
      fc.assert(
        fc.property(claims(measure), (claim) => {
          const text = printClaim(claim);
          const { claims: read, unread } = compileNote(text);
          expect(unread, text).toEqual([]);
          expect(read, text).toEqual([{ ...claim, text }]);
        }),
        { ...SEED, numRuns: 120 },
      );
    });
  }

  test('a claim file reads back as it was written', () => {
    const any = fc.oneof(...(Object.keys(SAYABLE) as ClaimMeasure[]).map(claims));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.string(), (list, reason) => {
        const set = {
          claims: list.map((claim, i) => ({ ...claim, id: `c${i}`, text: printClaim(claim) })),
          unread: [{ line: 3, text: 'Unread.', reason }],
        };
        expect(readClaimFile(writeClaimFile(set), 'made.yaml')).toEqual(set);
      }),
      { ...SEED, numRuns: 30 },
    );
  });
});

describe('any text', () => {
  const vocabulary = STANDARD_NOTE.toLowerCase()
    .split(/[\s.;,]+/)
    .filter((word) => /^[a-z]/.test(word));
  const salad = fc
    .array(
      fc.oneof(fc.constantFrom(...vocabulary, ';', ',', '. ', 'not', 'in ten years', '$3 bn'), fc.string()),
      {
        maxLength: 40,
      },
    )
    .map((words) => words.join(' '));

  test('compiles without a crash, and each claim is one that a file can hold', () => {
    fc.assert(
      fc.property(fc.oneof(salad, fc.string({ unit: 'binary' }), fc.string()), (text) => {
        const set = compileNote(text);
        for (const { reason } of set.unread) expect(reason).not.toBe('');
        expect(readClaimFile(writeClaimFile(set), 'made.yaml').claims).toHaveLength(set.claims.length);
      }),
      { ...SEED, numRuns: 120 },
    );
  });

  test('each sentence with a letter is read or listed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...vocabulary, 'xyzzy'), { minLength: 1, maxLength: 9 }),
        (words) => {
          const { claims: read, unread } = compileNote(`${words.join(' ')}.`);
          expect(read.length + unread.length).toBeGreaterThan(0);
        },
      ),
      SEED,
    );
  });
});

describe('the note of the examples', () => {
  const example = (name: string): string => readFileSync(join(REPOSITORY, 'examples', name), 'utf8');

  test('is the note that the report answers', () => {
    expect(example('note.txt')).toBe(STANDARD_NOTE);
  });

  test('is read whole, and its compiled form is the file beside it', () => {
    const set = compileNote(STANDARD_NOTE);
    expect(set.unread).toEqual([]);
    expect(writeClaimFile(set)).toBe(example('note.claims.yaml'));
    expect(readClaimFile(example('note.claims.yaml'), 'note.claims.yaml')).toEqual(set);
  });
});
