import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binomialMeanAbsoluteDeviation } from '../../../src/stats/herding/binomial.js';
import {
  countBuyers,
  lsvHerding,
  overdispersionTest,
  siasFollowing,
  type TradePanel,
} from '../../../src/stats/index.js';

type Trade = readonly [manager: number, security: number, direction: 1 | -1];
interface Mean {
  readonly securities: number;
  readonly mean: number;
  readonly standardError: number;
}
interface Fit {
  readonly buyerShare: number;
  readonly rho: number;
  readonly logLikelihood: number;
}
interface Part {
  readonly value: number;
  readonly standardError: number;
}
interface Reference {
  readonly meanAbsoluteDeviations: readonly { n: number; p: number; value: number }[];
  readonly panels: readonly {
    name: string;
    buyers: number[];
    active: number[];
    lsv: { pooledBuyerShare: number; measure: number[]; all: Mean; buy: Mean; sell: Mean };
    overdispersion: { binomial: Fit; betaBinomial: Fit };
  }[];
  readonly following: {
    securities: number;
    now: Trade[];
    before: Trade[];
    byLeastTraders: Record<string, { securities: number; correlation: Part; own: Part; others: Part }>;
  };
}

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/herding/reference.json'), 'utf8'),
) as Reference;

function panelOf(trades: readonly Trade[]): TradePanel {
  return {
    manager: Uint32Array.from(trades, ([manager]) => manager),
    security: Uint32Array.from(trades, ([, security]) => security),
    direction: Int8Array.from(trades, ([, , direction]) => direction),
  };
}

describe.each(reference.panels)('$name', ({ buyers, active, lsv, overdispersion }) => {
  const counts = { buyers: Uint32Array.from(buyers), active: Uint32Array.from(active) };

  test('LSV herding equals the sum over all outcomes to 1e-9', () => {
    const ours = lsvHerding(counts);
    expect(ours.pooledBuyerShare).toBeCloseTo(lsv.pooledBuyerShare, 13);
    const measure = ours.measure.filter((value) => !Number.isNaN(value));
    expect(measure.length).toBe(lsv.measure.length);
    measure.forEach((value, i) => {
      expect(Math.abs(value - lsv.measure[i]!)).toBeLessThan(1e-12);
    });
    for (const side of ['all', 'buy', 'sell'] as const) {
      expect(ours[side].securities).toBe(lsv[side].securities);
      expect(Math.abs(ours[side].mean! - lsv[side].mean)).toBeLessThan(1e-12);
      expect(Math.abs(ours[side].standardError! - lsv[side].standardError)).toBeLessThan(1e-12);
    }
  });

  test('log-likelihoods equal to 1e-8, parameters to 1e-5', () => {
    const ours = overdispersionTest(counts, { resamples: 1, seed: 1 });
    if ('reason' in ours) throw new Error(ours.reason);
    for (const model of ['binomial', 'betaBinomial'] as const) {
      const theirs = overdispersion[model];
      expect(Math.abs(ours[model].logLikelihood - theirs.logLikelihood)).toBeLessThan(1e-8);
      expect(Math.abs(ours[model].buyerShare - theirs.buyerShare)).toBeLessThan(1e-8);
      expect(Math.abs(ours[model].rho - theirs.rho)).toBeLessThan(1e-8);
    }
  });
});

test.each(Object.entries(reference.following.byLeastTraders))(
  'Sias following equals the double loop over pairs of managers, at least %s traders',
  (least, theirs) => {
    const { now, before, securities } = reference.following;
    const ours = siasFollowing(panelOf(now), panelOf(before), { securities, minTraders: Number(least) });
    if ('reason' in ours) throw new Error(ours.reason);
    expect(ours.securities).toBe(theirs.securities);
    for (const part of ['correlation', 'own', 'others'] as const) {
      expect(Math.abs(ours[part].value - theirs[part].value)).toBeLessThan(1e-12);
      expect(Math.abs(ours[part].standardError - theirs[part].standardError)).toBeLessThan(1e-12);
    }
  },
);

test.each(reference.meanAbsoluteDeviations)(
  'the expectation under independence is exact for $n managers and p = $p',
  ({ n, p, value }) => {
    expect(Math.abs(binomialMeanAbsoluteDeviation(n, p) / value - 1)).toBeLessThan(1e-13);
  },
);

test('counts of a panel', () => {
  const panel = panelOf([
    [0, 1, 1],
    [1, 1, -1],
    [2, 0, -1],
  ]);
  const { buyers, active } = countBuyers(panel, 3);
  expect([...buyers]).toEqual([0, 1, 0]);
  expect([...active]).toEqual([1, 2, 0]);
});
