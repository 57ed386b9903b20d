import { InvalidRequest, type Random, seededRandom } from '../../core/index.js';
import {
  type BetaBinomialFit,
  countsAbove,
  type ExceedanceCounts,
  exceedanceCounts,
  fitBetaBinomial,
  fitBinomial,
} from './beta-binomial.js';
import { BinomialSampler } from './binomial-sampler.js';
import { MIN_ACTIVE } from './lsv-herding.js';
import { type BuyerCounts, checkCounts } from './trade-panel.js';

export interface OverdispersionOptions {
  /** Bootstrap samples; the smallest p is 1 / (resamples + 1). */
  readonly resamples: number;
  readonly seed: number;
  /** Fewest active managers of a security that enters, default 5. */
  readonly minActive?: number;
}

export interface Overdispersion {
  readonly securities: number;
  /** Null hypothesis: each active manager buys with one chance, independently. */
  readonly binomial: BetaBinomialFit;
  /** Alternative: the chance varies from security to security; its rho is the strength of the unison. */
  readonly betaBinomial: BetaBinomialFit;
  /** Twice the difference of the log-likelihoods, >= 0. */
  readonly likelihoodRatio: number;
  readonly p: number;
  readonly resamples: number;
}

/** Why there is no figure. */
export interface NoOverdispersion {
  readonly reason: string;
}

/**
 * Do managers buy and sell the same securities more than chance makes them? Likelihood ratio of a beta-binomial against a
 * binomial with a common buyer share, both by maximum likelihood. rho = 0 lies on the edge of what rho can be, where the usual
 * chi-square does not hold, so p = (1 + #{LR* >= LR}) / (resamples + 1) over panels drawn from the fitted binomial with the
 * same numbers of active managers. Jurkatis (2022, Bank of England Staff Working Paper 959): the LSV measure is at best such
 * a test, and this one has the better size and power.
 *
 * A small p says that directions agree within securities; common news does that as well as herding.
 *
 * @returns a reason where no security has enough active managers, or all of them bought or all sold
 * @throws {InvalidRequest} for counts that cannot be counts, or fewer than 1 resample
 */
export function overdispersionTest(
  counts: BuyerCounts,
  options: OverdispersionOptions,
): Overdispersion | NoOverdispersion {
  checkCounts(counts);
  const { resamples, seed } = options;
  const minActive = Math.max(2, options.minActive ?? MIN_ACTIVE);
  if (!(resamples >= 1)) throw new InvalidRequest(`${resamples} resamples give no p; ask for 1 or more`);
  const observed = exceedanceCounts(counts, minActive);
  const securities = observed.active[0] ?? 0;
  if (securities === 0) return { reason: `no security with ${minActive} active managers` };
  if (observed.buyers.length === 0) return { reason: 'no manager bought; sales alone cannot disagree' };
  if (observed.sellers.length === 0) return { reason: 'no manager sold; purchases alone cannot disagree' };
  const fits = fitBoth(observed);
  const sampler = panelSampler(observed, fits.binomial.buyerShare);
  const random = seededRandom(seed);
  let asLarge = 0;
  for (let i = 0; i < resamples; i++) {
    if (fitBoth(sampler(random)).likelihoodRatio >= fits.likelihoodRatio) asLarge++;
  }
  return { securities, ...fits, p: (1 + asLarge) / (resamples + 1), resamples };
}

function fitBoth(counts: ExceedanceCounts) {
  const binomial = fitBinomial(counts);
  if (counts.buyers.length === 0 || counts.sellers.length === 0) {
    return { binomial, betaBinomial: binomial, likelihoodRatio: 0 };
  }
  const betaBinomial = fitBetaBinomial(counts, binomial);
  const likelihoodRatio = Math.max(0, 2 * (betaBinomial.logLikelihood - binomial.logLikelihood));
  return { binomial, betaBinomial, likelihoodRatio };
}

/** Draws panels with the same numbers of active managers and binomial buyers. */
function panelSampler(
  { active }: ExceedanceCounts,
  buyerShare: number,
): (random: Random) => ExceedanceCounts {
  const groups: { n: number; securities: number; sampler: BinomialSampler }[] = [];
  for (let n = 1; n <= active.length; n++) {
    const securities = active[n - 1]! - (active[n] ?? 0);
    if (securities > 0) groups.push({ n, securities, sampler: new BinomialSampler(n, buyerShare) });
  }
  const buyers = new Float64Array(active.length + 1);
  const sellers = new Float64Array(active.length + 1);
  return (random) => {
    buyers.fill(0);
    sellers.fill(0);
    for (const { n, securities, sampler } of groups) {
      for (let i = 0; i < securities; i++) {
        const bought = sampler.draw(random);
        buyers[bought]!++;
        sellers[n - bought]!++;
      }
    }
    return { buyers: countsAbove(buyers), sellers: countsAbove(sellers), active };
  };
}
