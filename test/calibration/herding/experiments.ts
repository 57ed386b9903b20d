import { normalDraw, type Random, seededRandom } from '../../../src/core/index.js';
import {
  countBuyers,
  type FollowingPart,
  fitVectorAutoregressionByBic,
  lsvHerding,
  overdispersionTest,
  siasFollowing,
  simulateVectorAutoregression,
  testAgreement,
} from '../../../src/stats/index.js';
import type { ClassWorld, HerdingWorld, PanelSize } from './worlds.js';

export interface PanelExperiment extends PanelSize {
  readonly markets: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Means over simulated markets, and shares of them in which a test rejects at 5 %. */
export interface PanelOutcome {
  readonly lsv: number;
  readonly lsvBuy: number;
  readonly lsvSell: number;
  /** LSV mean beyond 1.645 standard errors above 0. */
  readonly lsvRejects: number;
  readonly rho: number;
  readonly overdispersionRejects: number;
  readonly correlation: number;
  readonly own: number;
  readonly others: number;
  /** Beyond 1.96 standard errors on either side. */
  readonly correlationRejects: number;
  readonly ownRejects: number;
  readonly othersRejects: number;
}

export function tryPanels(world: HerdingWorld, experiment: PanelExperiment): PanelOutcome {
  const random = seededRandom(experiment.seed);
  const outcomes = Array.from({ length: experiment.markets }, (_, i) =>
    tryPanel(world, experiment, random, i),
  );
  const keys = Object.keys(outcomes[0]!) as (keyof PanelOutcome)[];
  const mean = (key: keyof PanelOutcome) =>
    outcomes.reduce((sum, outcome) => sum + outcome[key], 0) / outcomes.length;
  return Object.fromEntries(keys.map((key) => [key, mean(key)])) as unknown as PanelOutcome;
}

function tryPanel(
  world: HerdingWorld,
  { securities, managers, resamples, seed }: PanelExperiment,
  random: Random,
  market: number,
): PanelOutcome {
  const { now, before } = world.draw(random, { securities, managers });
  const counts = countBuyers(now, securities);
  const lsv = lsvHerding(counts);
  const dispersion = overdispersionTest(counts, { resamples, seed: seed + market });
  const following = siasFollowing(now, before, { securities });
  if ('reason' in dispersion || 'reason' in following) throw new Error('a simulated market gave no figure');
  return {
    lsv: lsv.all.mean!,
    lsvBuy: lsv.buy.mean!,
    lsvSell: lsv.sell.mean!,
    lsvRejects: Number(lsv.all.mean! > 1.645 * lsv.all.standardError!),
    rho: dispersion.betaBinomial.rho,
    overdispersionRejects: Number(dispersion.p <= 0.05),
    correlation: following.correlation.value,
    own: following.own.value,
    others: following.others.value,
    correlationRejects: rejects(following.correlation),
    ownRejects: rejects(following.own),
    othersRejects: rejects(following.others),
  };
}

const rejects = ({ value, standardError }: FollowingPart): number =>
  Number(Math.abs(value) > 1.96 * standardError);

/** Mean H, and the mean |chance - p| that it is meant to measure, where the chance to buy is 0.5 +- swing, by number of managers. */
export function lsvByManagers(active: number, swing: number, securities: number, seed: number): number {
  const random = seededRandom(seed);
  const buyers = Uint32Array.from({ length: securities }, () => {
    const chance = 0.5 + (random.next() < 0.5 ? swing : -swing);
    let count = 0;
    for (let m = 0; m < active; m++) if (random.next() < chance) count++;
    return count;
  });
  return lsvHerding({ buyers, active: new Uint32Array(securities).fill(active) }).all.mean!;
}

export interface AgreementExperiment {
  readonly markets: number;
  readonly weeks: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Shares of simulated markets in which a test of the last week rejects at 5 %. */
export interface AgreementOutcome {
  readonly agreementRejects: number;
  readonly jointTailRejects: number;
  readonly jointTailSoldRejects: number;
  /** Either joint tail at 2.5 %. */
  readonly eitherTailRejects: number;
  /** Agreement and the joint tail where each class is shuffled alone. */
  readonly shuffledAgreementRejects: number;
  readonly shuffledJointTailRejects: number;
}

export function tryAgreement(world: ClassWorld, experiment: AgreementExperiment): AgreementOutcome {
  const { markets, weeks, resamples, seed } = experiment;
  const random = seededRandom(seed);
  const counts = [0, 0, 0, 0, 0];
  let either = 0;
  for (let i = 0; i < markets; i++) {
    const series = world.draw(random, weeks).slice(0, 3);
    const outcome = testAgreement(series, { resamples, seed: seed + i });
    if ('reason' in outcome) throw new Error(outcome.reason);
    const shuffled = shuffledP(series, outcome.agreement, outcome.jointTail, random, resamples);
    const { agreementP, jointTailP, jointTailSoldP } = outcome;
    [agreementP, jointTailP, jointTailSoldP, shuffled.agreement, shuffled.jointTail].forEach((p, at) => {
      if (p <= 0.05) counts[at]!++;
    });
    if (Math.min(jointTailP, jointTailSoldP) <= 0.025) either++;
  }
  const shares = counts.map((count) => count / markets) as [number, number, number, number, number];
  return {
    agreementRejects: shares[0],
    jointTailRejects: shares[1],
    jointTailSoldRejects: shares[2],
    eitherTailRejects: either / markets,
    shuffledAgreementRejects: shares[3],
    shuffledJointTailRejects: shares[4],
  };
}

/** What the comparison with shuffled classes says: each class' last value is one of its own past, drawn by itself. */
function shuffledP(
  series: readonly Float64Array[],
  agreement: number,
  jointTail: number,
  random: Random,
  resamples: number,
) {
  const past = series.map((values) => values.subarray(0, -1));
  const bounds = past.map(topDecile);
  let asAgreed = 0;
  let asMany = 0;
  for (let i = 0; i < resamples; i++) {
    const drawn = past.map((values) => values[Math.floor(random.next() * values.length)]!);
    const sum = drawn.reduce((total, value) => total + value, 0);
    const size = drawn.reduce((total, value) => total + Math.abs(value), 0);
    if (Math.abs(sum) / size >= agreement) asAgreed++;
    if (inTail(drawn, bounds) >= jointTail) asMany++;
  }
  return { agreement: (1 + asAgreed) / (resamples + 1), jointTail: (1 + asMany) / (resamples + 1) };
}

const topDecile = (values: Float64Array): number => values.slice().sort()[Math.floor(0.9 * values.length)]!;
const inTail = (values: readonly number[], bounds: readonly number[]): number =>
  values.reduce((count, value, c) => count + (value >= bounds[c]! ? 1 : 0), 0);

/** How often two or more of five classes whose nets sum to zero sit in their own top decile in one week. */
export interface FiveClassTail {
  /** In the world itself. */
  readonly truth: number;
  /** With each class shuffled alone. */
  readonly shuffled: number;
  /** In paths of an autoregression of four of the classes, the fifth being what is missing to zero. */
  readonly autoregression: number;
}

export function fiveClassTail(weeks: number, seed: number): FiveClassTail {
  const random = seededRandom(seed);
  const draw = (length: number) => {
    const series = Array.from({ length: 5 }, () => new Float64Array(length));
    for (let t = 0; t < length; t++) {
      const shocks = series.map(() => normalDraw(random));
      const common = shocks.reduce((sum, shock) => sum + shock, 0) / 5;
      series.forEach((values, c) => {
        values[t] = shocks[c]! - common;
      });
    }
    return series;
  };
  const series = draw(weeks);
  const model = fitVectorAutoregressionByBic(series.slice(0, 4), 4);
  const four = simulateVectorAutoregression(model, random, weeks);
  const fifth = four[0]!.map((_, t) => -four.reduce((sum, values) => sum + values[t]!, 0));
  return {
    truth: shareOfJointTails(series),
    shuffled: shareOfJointTails(series.map((values) => shuffle(values, random))),
    autoregression: shareOfJointTails([...four, fifth]),
  };
}

function shareOfJointTails(series: readonly Float64Array[]): number {
  const bounds = series.map(topDecile);
  let together = 0;
  for (let t = 0; t < series[0]!.length; t++) {
    if (
      inTail(
        series.map((values) => values[t]!),
        bounds,
      ) >= 2
    )
      together++;
  }
  return together / series[0]!.length;
}

function shuffle(values: Float64Array, random: Random): Float64Array {
  const out = values.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
