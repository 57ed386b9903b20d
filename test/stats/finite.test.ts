import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalDraw, type Random, seededRandom } from '../../src/core/index.js';
import {
  crossCorrelations,
  eventEffect,
  famaMacBeth,
  grangerTests,
  matchPeriods,
  outOfSampleRSquared,
  regress,
  rSquaredShares,
  testLoop,
} from '../../src/stats/index.js';

/** Columns as bad as data get: constant, repeated, dummies, huge and tiny, trending, with holes. */
function badColumn(random: Random, rows: number, others: readonly Float64Array[]): Float64Array {
  const kind = Math.floor(random.next() * 9);
  const scale = 10 ** Math.floor(random.next() * 24 - 12);
  const hole = random.next() < 0.3 ? 0.2 : 0;
  const other = others[Math.floor(random.next() * others.length)];
  return Float64Array.from({ length: rows }, (_, t) => {
    const noise = normalDraw(random);
    if (random.next() < hole) return Number.NaN;
    if (kind === 0) return 0.1 * scale;
    if (kind === 1 && other) return 3 * other[t]! - 7;
    if (kind === 2) return t === 3 ? 1 : 0;
    if (kind === 3) return t > rows / 2 ? 1 : 0;
    if (kind === 4) return 1e9 + 1e-3 * noise;
    if (kind === 5) return t;
    if (kind === 6 && other) return other[t]! + 1e-9 * noise;
    return scale * noise;
  });
}

/** Every number in an answer, arrays and parts of it included. */
function numbersOf(answer: unknown): number[] {
  if (typeof answer === 'number') return [answer];
  if (answer === null || typeof answer !== 'object') return [];
  return (ArrayBuffer.isView(answer) ? [...(answer as Float64Array)] : Object.values(answer)).flatMap(
    numbersOf,
  );
}

/** A reason, or numbers without a hole; `skip` names parts that are aligned to the rows and hold NaN by contract. */
function expectHonest(answer: object, ...skip: string[]): void {
  if ('reason' in answer && typeof answer.reason === 'string') {
    expect(answer.reason).not.toBe('');
    return;
  }
  const kept = Object.fromEntries(Object.entries(answer).filter(([name]) => !skip.includes(name)));
  for (const value of numbersOf(kept)) expect(Number.isFinite(value), JSON.stringify(kept)).toBe(true);
}

test('whatever the data, an answer is finite or says why there is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 2, max: 90 }), (seed, rows) => {
      const random = seededRandom(seed);
      const columns: Float64Array[] = [];
      while (columns.length < 5) columns.push(badColumn(random, rows, columns));
      const [response, ...regressors] = columns as [Float64Array, ...Float64Array[]];
      const draws = { resamples: 20, seed: 1 };
      expectHonest(regress({ response, regressors }), 'residuals');
      expectHonest(
        outOfSampleRSquared({ response, regressors, trainingRows: 10 }),
        'predicted',
        'expandingMean',
      );
      const groups = regressors.slice(1).map((values, g) => ({ name: `${g}`, columns: [values] }));
      expectHonest(rSquaredShares({ response, groups, controls: [regressors[0]!], ...draws }));
      expectHonest(grangerTests(columns.slice(0, 3), { mostLags: 2 }));
      expectHonest(testLoop(columns.slice(0, 3), { cycle: [0, 1, 2], mostLags: 2, ...draws }));
      expectHonest(crossCorrelations(response, regressors[0]!, { mostLags: 3, ...draws }));
      const period = Uint32Array.from({ length: rows }, (_, t) => t % 9);
      const sections = famaMacBeth({ period, periods: 9, response, exposures: regressors.slice(0, 1) });
      if ('prices' in sections) for (const price of sections.prices) expectHonest(price, 'byPeriod');
      const usable = Uint8Array.from(response, (value) => (Number.isNaN(value) ? 0 : 1));
      const events = [...response.keys()].filter((t) => t % 15 === 7);
      const matching = matchPeriods({ covariates: regressors.slice(0, 2), usable, events, exclusion: 2 });
      expectHonest({ ...eventEffect({ outcome: response, events, matching, ...draws }), reason: null });
    }),
    { seed: 77, numRuns: 300 },
  );
});
