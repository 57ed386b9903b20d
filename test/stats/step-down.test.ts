import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarisePaths } from '../../src/stats/path-summary.kernel.js';
import { stepDownMinP } from '../../src/stats/step-down.js';

const LANES = 4;

/** Ratios of hypotheses (one a row, equal numbers of paths) as the kernel lays them out, four series a slot. */
function asBlock(rows: readonly Float32Array[], observed: readonly number[]) {
  const paths = rows[0]!.length;
  const slots = Math.ceil(rows.length / LANES);
  const ratios = new Float32Array(slots * paths * LANES);
  const ratioOf = new Float64Array(slots * LANES).fill(Number.NaN);
  rows.forEach((row, i) => {
    row.forEach((value, path) => {
      ratios[(Math.floor(i / LANES) * paths + path) * LANES + (i % LANES)] = value;
    });
    ratioOf[i] = observed[i]!;
  });
  return { ratios, observed: ratioOf, paths };
}

/** Step-down minP by the book: pooled ranks in a full matrix, free step-down over it. */
function minPByTheBook(rows: readonly Float32Array[], observed: readonly number[]): number[] {
  const count = (row: Float32Array, from: number) => row.filter((value) => value >= from).length;
  const own = rows.map((row, i) => 1 + count(row, observed[i]!));
  const ranks = rows.map((row, i) =>
    Array.from(row, (value) => count(row, value) + (observed[i]! >= value ? 1 : 0)),
  );
  const order = own.map((_, i) => i).sort((a, b) => own[a]! - own[b]! || a - b);
  const adjusted = new Array<number>(rows.length).fill(0);
  let running = 0;
  order.forEach((hypothesis, step) => {
    const rest = order.slice(step);
    const paths = rows[0]!.length;
    let reached = 1;
    for (let path = 0; path < paths; path++) {
      if (Math.min(...rest.map((i) => ranks[i]![path]!)) <= own[hypothesis]!) reached++;
    }
    running = Math.max(running, reached / (paths + 1));
    adjusted[hypothesis] = running;
  });
  return adjusted;
}

const anyFamily = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 40 }))
  .chain(([hypotheses, paths]) =>
    fc.tuple(
      fc.array(
        fc
          .array(fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constant(Number.POSITIVE_INFINITY)), {
            minLength: paths,
            maxLength: paths,
          })
          .map((list) => Float32Array.from(list)),
        { minLength: hypotheses, maxLength: hypotheses },
      ),
      fc.array(fc.integer({ min: -3, max: 12 }), { minLength: hypotheses, maxLength: hypotheses }),
    ),
  );

describe('summarisePaths and stepDownMinP', () => {
  it('agree with the full matrix where ranks alone count, ties and infinities included', () => {
    fc.assert(
      fc.property(anyFamily, ([rows, observed]) => {
        const block = asBlock(rows, observed);
        const summary = summarisePaths({ ...block, keep: block.paths, graded: 0 });
        const { adjusted } = stepDownMinP([summary], block.paths, block.paths);
        const expected = minPByTheBook(rows, observed);
        expected.forEach((p, i) => {
          expect(adjusted[i]).toBeCloseTo(p, 12);
        });
        rows.forEach((row, i) => {
          expect(summary.atLeast[i]).toBe(row.filter((value) => value >= observed[i]!).length);
          expect(summary.records[i]).toBe(row.filter((value) => value > 1).length);
        });
      }),
    );
  });

  it('need only the upper tail: a deep hypothesis gets 1, the others what the full matrix gives', () => {
    fc.assert(
      fc.property(anyFamily, fc.integer({ min: 2, max: 20 }), ([rows, observed], keep) => {
        const block = asBlock(rows, observed);
        const kept = Math.min(keep, block.paths);
        const summary = summarisePaths({ ...block, keep: kept, graded: 0 });
        const { adjusted } = stepDownMinP([summary], block.paths, kept);
        minPByTheBook(rows, observed).forEach((p, i) => {
          const expected = summary.atLeast[i]! + 1 <= kept ? p : 1;
          expect(adjusted[i]).toBeCloseTo(expected, 12);
        });
      }),
    );
  });

  it('grade by size in the order of the ratios, down to below rank 1', () => {
    const paths = 1000;
    const row = Float32Array.from({ length: paths }, (_, k) => ((k * 7919 + 1) % 1000) / 500);
    const block = asBlock([row, row, row], [2.5, 1.99, 30]);
    const summary = summarisePaths({ ...block, keep: 100, graded: 20 });
    const { observedGrades, tailGrades, tailPaths, atLeast } = summary;
    expect(summary.tailLengths).toEqual(Int32Array.of(100, 100, 100));
    expect(observedGrades[2]).toBeLessThan(observedGrades[0]!);
    expect(observedGrades[2]).toBeLessThan(1);
    for (let hypothesis = 0; hypothesis < 3; hypothesis++) {
      const grades = tailGrades.subarray(100 * hypothesis, 100 * (hypothesis + 1));
      expect(grades.filter((grade) => grade <= observedGrades[hypothesis]!)).toHaveLength(
        atLeast[hypothesis]!,
      );
      for (let i = 1; i < 100; i++) {
        expect(grades[i]).toBeGreaterThan(grades[i - 1]!);
        expect(row[tailPaths[100 * hypothesis + i]!]).toBeLessThan(
          row[tailPaths[100 * hypothesis + i - 1]!]!,
        );
      }
      expect(grades[99]).toBe(101);
    }
  });

  it('grade a ratio the same whether it is observed or a path', () => {
    const values = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(), (pool, first, second) => {
        const [i, k] = [first % pool.length, second % pool.length];
        const gradeOf = (observed: number, wanted: number) => {
          const others = pool.filter((_, place) => place !== observed);
          const summary = summarisePaths({
            ...asBlock([Float32Array.from(others)], [pool[observed]!]),
            keep: others.length,
            graded: 25,
          });
          if (wanted === observed) return summary.observedGrades[0]!;
          return summary.tailGrades[summary.tailPaths.indexOf(others.indexOf(pool[wanted]!))]!;
        };
        expect(gradeOf(i, k) / gradeOf(k, k)).toBeCloseTo(1, 5);
      }),
    );
  });
});
