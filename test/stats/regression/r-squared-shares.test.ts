import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import {
  type RSquaredShares,
  regress,
  rSquaredShares,
  type SharesRequest,
  stationaryBootstrapIndices,
} from '../../../src/stats/index.js';
import { column, REGRESSION } from './reference.js';

function figures(request: SharesRequest): RSquaredShares {
  const result = rSquaredShares(request);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

const noise = (seed: number, columns: number, rows: number): Float64Array[] => {
  const random = seededRandom(seed);
  return Array.from({ length: columns }, () => Float64Array.from({ length: rows }, () => normalDraw(random)));
};

describe('against every order of entry, by numpy', () => {
  const { shapley } = REGRESSION;
  const regressors = REGRESSION.regressors.map(column);
  const ours = figures({
    response: column(REGRESSION.response),
    groups: Object.entries(shapley.groups).map(([name, at]) => ({
      name,
      columns: at.map((k) => regressors[k]!),
    })),
    controls: shapley.controls.map((k) => regressors[k]!),
    resamples: shapley.resamples,
    seed: shapley.seed,
    level: shapley.level,
  });

  test('shares, and what the controls have alone', () => {
    for (const { name, share } of ours.shares) expect(share).toBeCloseTo(shapley.shares[name]!, 11);
    expect(ours.rSquared).toBeCloseTo(shapley.rSquared, 11);
    expect(ours.controlsRSquared).toBeCloseTo(shapley.controlsRSquared, 11);
  });

  test('bands on the same bootstrap indices', () => {
    expect(ours.meanBlockLength).toBeCloseTo(shapley.meanBlockLength, 9);
    const path = stationaryBootstrapIndices({
      sourceLength: ours.rows,
      pathLength: ours.rows,
      paths: 1,
      meanBlockLength: ours.meanBlockLength,
      random: seededRandom(shapley.seed),
    });
    expect([...path]).toEqual(shapley.firstPath);
    for (const { name, band } of ours.shares) {
      band!.forEach((end, side) => {
        expect(end).toBeCloseTo(shapley.bands[name]![side]!, 10);
      });
    }
  });
});

test('shares and controls sum to the R2 of the whole, in any order of the groups', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 2, max: 5 }), (seed, count) => {
      const [response, control, ...columns] = noise(seed, 2 + count, 60);
      const request = { response: response!, controls: [control!], resamples: 0, seed: 1 };
      const groups = columns.map((values, g) => ({ name: `${g}`, columns: [values] }));
      const found = figures({ ...request, groups });
      const sum = found.shares.reduce((total, { share }) => total + share, found.controlsRSquared);
      const whole = regress({ response: response!, regressors: [control!, ...columns] });
      if ('reason' in whole) throw new Error(whole.reason);
      expect(sum).toBeCloseTo(whole.rSquared, 12);
      expect(found.unexplained).toBeCloseTo(1 - whole.rSquared, 12);
      const turned = figures({ ...request, groups: groups.toReversed() });
      turned.shares.toReversed().forEach(({ share }, g) => {
        expect(share).toBeCloseTo(found.shares[g]!.share, 12);
        expect(share).toBeGreaterThan(-1e-12);
      });
    }),
    { seed: 9, numRuns: 40 },
  );
});

test('a column twice takes half of its share each, and a constant or repeated column adds nothing', () => {
  const [response, x, other] = noise(2, 3, 80);
  const request = { response: response!.map((value, t) => value + x![t]!), resamples: 0, seed: 1 };
  const group = (name: string, ...columns: Float64Array[]) => ({ name, columns });
  const alone = figures({ ...request, groups: [group('x', x!)] }).shares[0]!.share;
  const twice = figures({
    ...request,
    groups: [
      group('x', x!),
      group(
        'again',
        x!.map((v) => 3 - 2 * v),
      ),
    ],
  });
  for (const { share, band } of twice.shares) {
    expect(share).toBeCloseTo(alone / 2, 12);
    expect(band).toBeNull();
  }
  const plain = figures({ ...request, groups: [group('x', x!), group('other', other!)] });
  const padded = figures({
    ...request,
    groups: [group('x', x!, new Float64Array(80).fill(4)), group('other', other!, other!)],
  });
  padded.shares.forEach(({ share }, g) => {
    expect(share).toBeCloseTo(plain.shares[g]!.share, 12);
  });
});

test('the same seed gives the same bands, wider for a higher level', () => {
  const [response, x, y] = noise(4, 3, 120);
  const request = {
    response: response!.map((value, t) => value + x![t]!),
    groups: [
      { name: 'x', columns: [x!] },
      { name: 'y', columns: [y!] },
    ],
    resamples: 300,
    seed: 6,
  };
  const bands = (changed: object) => figures({ ...request, ...changed }).shares.map(({ band }) => band!);
  expect(bands({})).toEqual(bands({}));
  expect(bands({ seed: 7 })).not.toEqual(bands({}));
  const [wide, narrow] = [bands({ level: 0.99 })[0]!, bands({ level: 0.5 })[0]!];
  expect(wide[0]).toBeLessThan(narrow[0]);
  expect(wide[1]).toBeGreaterThan(narrow[1]);
  expect(bands({})[1]![0]).toBe(0);
});

test('says why there is no figure, and refuses what is no request', () => {
  const [response, x] = noise(1, 2, 10);
  const groups = [{ name: 'x', columns: [x!] }];
  const request = { response: response!, groups, resamples: 0, seed: 1 };
  expect(rSquaredShares({ ...request, response: new Float64Array(10).fill(2) })).toEqual({
    reason: 'the response does not vary over 10 rows',
  });
  expect(rSquaredShares({ ...request, response: response!.map((v, t) => (t < 3 ? v : Number.NaN)) })).toEqual(
    {
      reason: '3 complete rows for 2 columns, 4 needed',
    },
  );
  expect(() => rSquaredShares({ ...request, groups: [] })).toThrow('0 groups');
  expect(() => rSquaredShares({ ...request, groups: [{ name: 'none', columns: [] }] })).toThrow(
    "group 'none'",
  );
});
