import type { BuyerCounts } from './trade-panel.js';

/**
 * Counts in the form in which the likelihood needs no loop over securities (Smith 1983, Applied Statistics 32, AS 189): at
 * position k the number of securities with more than k buyers, sellers and active managers.
 */
export interface ExceedanceCounts {
  readonly buyers: Float64Array;
  readonly sellers: Float64Array;
  readonly active: Float64Array;
}

/** A beta-binomial: the buyer share of a security varies around `buyerShare` with intraclass correlation `rho`. */
export interface BetaBinomialFit {
  readonly buyerShare: number;
  /** In [0, 1]: correlation of two managers' directions in one security; 0 is the binomial. */
  readonly rho: number;
  readonly logLikelihood: number;
}

/** Exceedance counts of the securities with at least `minActive` active managers. */
export function exceedanceCounts({ buyers, active }: BuyerCounts, minActive: number): ExceedanceCounts {
  let largest = 0;
  for (const n of active) if (n > largest) largest = n;
  const counts = {
    buyers: new Float64Array(largest + 1),
    sellers: new Float64Array(largest + 1),
    active: new Float64Array(largest + 1),
  };
  for (let i = 0; i < buyers.length; i++) {
    const n = active[i]!;
    if (n < minActive) continue;
    counts.buyers[buyers[i]!]!++;
    counts.sellers[n - buyers[i]!]!++;
    counts.active[n]!++;
  }
  return {
    buyers: countsAbove(counts.buyers),
    sellers: countsAbove(counts.sellers),
    active: countsAbove(counts.active),
  };
}

/** From the number of securities with k to the number with more than k, up to the last that is not 0. */
export function countsAbove(histogram: Float64Array): Float64Array {
  const above = new Float64Array(histogram.length);
  let last = 0;
  for (let k = histogram.length - 2; k >= 0; k--) {
    above[k] = above[k + 1]! + histogram[k + 1]!;
    if (last === 0 && above[k]! > 0) last = k + 1;
  }
  return above.subarray(0, last);
}

/** Maximum likelihood with a common buyer share; the counts must hold a buyer and a seller. */
export function fitBinomial(counts: ExceedanceCounts): BetaBinomialFit {
  const buyerShare = total(counts.buyers) / total(counts.active);
  return { buyerShare, rho: 0, logLikelihood: logLikelihood(counts, buyerShare, 0) };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * Log-likelihood of a beta-binomial with the binomial coefficients, in nats; sums are compensated (Neumaier 1974), since
 * the terms are thousands of times larger than the differences that a likelihood ratio lives on.
 */
export function logLikelihood(counts: ExceedanceCounts, buyerShare: number, rho: number): number {
  const { buyers, sellers, active } = counts;
  const sellerShare = 1 - buyerShare;
  const mixed = mixedSecurities(counts);
  let sum = (buyers[0] ?? 0) * Math.log(buyerShare) + (sellers[0] ?? 0) * Math.log(sellerShare);
  if (mixed > 0) sum += mixed * Math.log(1 - rho);
  let lost = 0;
  for (let k = 1; k < active.length; k++) {
    const bought = buyers[k] ?? 0;
    const sold = sellers[k] ?? 0;
    let term = -active[k]! * Math.log(1 + (k - 1) * rho);
    if (bought > 0) term += bought * Math.log(buyerShare * (1 - rho) + k * rho);
    if (sold > 0) term += sold * Math.log(sellerShare * (1 - rho) + k * rho);
    term += (active[k]! - bought - sold) * Math.log(k + 1);
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Securities with buyers and sellers. */
function mixedSecurities({ buyers, sellers, active }: ExceedanceCounts): number {
  return (buyers[0] ?? 0) + (sellers[0] ?? 0) - (active[0] ?? 0);
}

/** Where a second hill of the likelihood is looked for if it falls at rho 0. */
const SECOND_STARTS = [0.003, 0.03, 0.3];

/**
 * Maximum likelihood with rho >= 0: the buyer share is profiled out (the likelihood is concave in it), rho is found by Newton
 * steps kept inside a shrinking bracket. Where the likelihood falls at 0, larger values are tried too: with very unequal
 * numbers of managers a second hill can stand away from 0.
 *
 * @param binomial the fit of `fitBinomial` on the same counts
 */
export function fitBetaBinomial(counts: ExceedanceCounts, binomial: BetaBinomialFit): BetaBinomialFit {
  if (counts.active.length < 2) return binomial;
  if (mixedSecurities(counts) === 0) return fitAt(counts, binomial.buyerShare, 1);
  if (slopes(counts, binomial.buyerShare, 0).rho > 0) return climb(counts, binomial.buyerShare, 0);
  let best = binomial;
  for (const start of SECOND_STARTS) {
    const { buyerShare, slope } = profile(counts, binomial.buyerShare, start);
    if (slope <= 0) continue;
    const found = climb(counts, buyerShare, start);
    if (found.logLikelihood > best.logLikelihood) best = found;
  }
  return best;
}

function fitAt(counts: ExceedanceCounts, near: number, rho: number): BetaBinomialFit {
  const { buyerShare } = profile(counts, near, rho);
  return { buyerShare, rho, logLikelihood: logLikelihood(counts, buyerShare, rho) };
}

/** To the first maximum above `low`, where the profile rises. */
function climb(counts: ExceedanceCounts, near: number, low: number): BetaBinomialFit {
  let from = low;
  let to = 1;
  let rho = low;
  let buyerShare = near;
  for (let step = 0; step < 200; step++) {
    const at = profile(counts, buyerShare, rho);
    buyerShare = at.buyerShare;
    if (at.slope > 0) from = rho;
    else to = rho;
    const newton = rho - at.slope / at.curvature;
    const next = at.curvature < 0 && newton > from && newton < to ? newton : (from + to) / 2;
    const moved = Math.abs(next - rho);
    rho = next;
    if (moved <= 1e-12 * rho || to - from <= 1e-15) break;
  }
  return fitAt(counts, buyerShare, rho);
}

/** The buyer share of the largest likelihood given rho, with slope and curvature of that profile in rho. */
function profile(counts: ExceedanceCounts, near: number, rho: number) {
  let low = 0;
  let high = 1;
  let buyerShare = near;
  for (let step = 0; ; step++) {
    const at = slopes(counts, buyerShare, rho);
    if (at.share > 0) low = buyerShare;
    else high = buyerShare;
    const newton = buyerShare - at.share / at.shareShare;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(at.share / at.shareShare) <= 1e-12 || step === 100) {
      const curvature = at.rhoRho - (at.shareRho * at.shareRho) / at.shareShare;
      return { buyerShare, slope: at.rho, curvature };
    }
    buyerShare = next;
  }
}

/** First and second derivatives of the log-likelihood in the buyer share and rho, rho < 1. */
function slopes(counts: ExceedanceCounts, buyerShare: number, rho: number) {
  const { buyers, sellers, active } = counts;
  const sellerShare = 1 - buyerShare;
  const rest = 1 - rho;
  const mixed = mixedSecurities(counts);
  let share = buyers[0]! / buyerShare - sellers[0]! / sellerShare;
  let shareShare = -(buyers[0]! / buyerShare ** 2 + sellers[0]! / sellerShare ** 2);
  let rhoSlope = mixed === 0 ? 0 : -mixed / rest;
  let rhoRho = mixed === 0 ? 0 : -mixed / rest ** 2;
  let shareRho = 0;
  for (let k = 1; k < buyers.length; k++) {
    const inverse = 1 / (buyerShare * rest + k * rho);
    const byShare = rest * inverse;
    const byRho = (k - buyerShare) * inverse;
    const count = buyers[k]!;
    share += count * byShare;
    shareShare -= count * byShare * byShare;
    rhoSlope += count * byRho;
    rhoRho -= count * byRho * byRho;
    shareRho -= count * (inverse + byShare * byRho);
  }
  for (let k = 1; k < sellers.length; k++) {
    const inverse = 1 / (sellerShare * rest + k * rho);
    const byShare = rest * inverse;
    const byRho = (k - sellerShare) * inverse;
    const count = sellers[k]!;
    share -= count * byShare;
    shareShare -= count * byShare * byShare;
    rhoSlope += count * byRho;
    rhoRho -= count * byRho * byRho;
    shareRho += count * (inverse + byShare * byRho);
  }
  for (let k = 2; k < active.length; k++) {
    const byRho = (k - 1) / (1 + (k - 1) * rho);
    rhoSlope -= active[k]! * byRho;
    rhoRho += active[k]! * byRho * byRho;
  }
  return { share, shareShare, rho: rhoSlope, rhoRho, shareRho };
}
