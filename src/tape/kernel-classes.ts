import type { TradeColumns } from '../core/index.js';
import { BLOCK, BY_AGGRESSOR, BY_RETAIL, DROPPED, OTHER, RETAIL, USABLE } from './codes.js';
import type { SigningSettings } from './settings.js';
import { SIGNABLE, type SignedBuffers } from './signed-prints.js';
import { COUNT } from './signing-counts.js';
import { PRINT_FLAGS } from './vocabulary.js';

const { large: LARGE, lowConfidence: LOW_CONFIDENCE } = PRINT_FLAGS;
const { bjzz: BJZZ, bhjosCandidate: BHJOS_CANDIDATE, bhjos: BHJOS } = PRINT_FLAGS;
const FINRA_FACILITY = 68;
const LEAST_RETAIL_PRICE = 1_000_000;

/** Marks what either retail rule finds, where the source has sub-penny prices. */
export function markRetail(
  trades: TradeColumns,
  settings: SigningSettings,
  out: SignedBuffers,
  counts: Float64Array,
): void {
  const { length, priceMicros, venue } = trades;
  const { printClass, flags, quoteState, bidMicros, askMicros, ruleSign, sign, decidedBy } = out;
  const tick = settings.tickSizeMicros;
  const byMidpoint = settings.retail === 'bhjos';
  const bySubPenny = settings.retail === 'bjzz';
  const needsBjzz = settings.retailPopulation === 'bjzz';
  let asked = 0;
  let bjzzBuys = 0;
  let bjzzSells = 0;
  let candidates = 0;
  let bhjosBuys = 0;
  let bhjosSells = 0;
  let buysOfBjzz = 0;
  let sellsOfBjzz = 0;
  for (let i = 0; i < length; i++) {
    if (venue[i] !== FINRA_FACILITY || printClass[i] !== OTHER) continue;
    const price = priceMicros[i]!;
    if (price < LEAST_RETAIL_PRICE) continue;
    asked++;
    const fraction = price - Math.floor(price / tick) * tick;
    if (fraction === 0) continue;
    let found = 0;
    let bjzz = 0;
    if (10 * fraction < 4 * tick) {
      bjzz = -1;
      bjzzSells++;
      found = BJZZ;
    } else if (10 * fraction > 6 * tick) {
      bjzz = 1;
      bjzzBuys++;
      found = BJZZ;
    }
    let bhjos = 0;
    if (!needsBjzz || bjzz !== 0) {
      candidates++;
      found |= BHJOS_CANDIDATE;
      if (quoteState[i] === USABLE) {
        const bid = bidMicros[i]!;
        const ask = askMicros[i]!;
        if (10 * price > 4 * bid + 6 * ask) {
          bhjos = 1;
          bhjosBuys++;
          buysOfBjzz += Number(bjzz !== 0);
          found |= BHJOS;
        } else if (10 * price < 6 * bid + 4 * ask) {
          bhjos = -1;
          bhjosSells++;
          sellsOfBjzz += Number(bjzz !== 0);
          found |= BHJOS;
        }
      }
    }
    flags[i]! |= found;
    const retail = byMidpoint ? bhjos : bySubPenny ? bjzz : 0;
    if (retail === 0) continue;
    printClass[i] = RETAIL;
    if (retail !== ruleSign[i]) {
      sign[i] = retail;
      decidedBy[i] = BY_RETAIL;
    }
  }
  counts[COUNT.retailAsked]! += asked;
  counts[COUNT.bjzzBuys]! += bjzzBuys;
  counts[COUNT.bjzzSells]! += bjzzSells;
  counts[COUNT.bhjosCandidates]! += candidates;
  counts[COUNT.bhjosBuys]! += bhjosBuys;
  counts[COUNT.bhjosSells]! += bhjosSells;
  counts[COUNT.bhjosBuysOfBjzz]! += buysOfBjzz;
  counts[COUNT.bhjosSellsOfBjzz]! += sellsOfBjzz;
}

/** The rule's signs become the prints' signs. */
export function takeRuleSigns(length: number, out: SignedBuffers): void {
  out.sign.set(out.ruleSign.subarray(0, length));
  out.decidedBy.set(out.ruleDecidedBy.subarray(0, length));
}

/** An initiator told by the source wins over any inferred sign. */
export function takeAggressors(trades: TradeColumns, out: SignedBuffers): void {
  const { length, aggressor } = trades;
  const { sign, decidedBy, part } = out;
  for (let i = 0; i < length; i++) {
    if (aggressor[i] === 0 || (part[i]! & SIGNABLE) === 0) continue;
    sign[i] = aggressor[i]!;
    decidedBy[i] = BY_AGGRESSOR;
  }
}

/** Marks large prints; those of class `other` become blocks. */
export function markLarge(
  trades: TradeColumns,
  settings: SigningSettings,
  out: SignedBuffers,
  counts: Float64Array,
): void {
  const { length, priceMicros, sizeMicros, venue } = trades;
  const { printClass, flags, part } = out;
  const { blockSizeMicros, blockNotionalMicros } = settings;
  let blocks = 0;
  let lowConfidence = 0;
  let notSigned = 0;
  for (let i = 0; i < length; i++) {
    const size = sizeMicros[i]!;
    if (printClass[i] === DROPPED) continue;
    if (size < blockSizeMicros && wholeMicroDollars(priceMicros[i]!, size) < blockNotionalMicros) continue;
    flags[i]! |= LARGE;
    if (part[i] === 0) notSigned++;
    if (printClass[i] !== OTHER) continue;
    printClass[i] = BLOCK;
    blocks++;
    if (venue[i] !== FINRA_FACILITY) continue;
    flags[i]! |= LOW_CONFIDENCE;
    lowConfidence++;
  }
  counts[COUNT.blocks]! += blocks;
  counts[COUNT.lowConfidenceBlocks]! += lowConfidence;
  counts[COUNT.largeNotSigned]! += notSigned;
}

/** Notional without its fraction of a micro-dollar; exact below 2^53, and at least 2^53 from there on. */
function wholeMicroDollars(priceMicros: number, sizeMicros: number): number {
  const shares = Math.floor(sizeMicros / 1e6);
  const partOfShare = sizeMicros - shares * 1e6;
  if (partOfShare === 0) return priceMicros * shares;
  const dollars = Math.floor(priceMicros / 1e6);
  const partOfDollar = priceMicros - dollars * 1e6;
  return priceMicros * shares + dollars * partOfShare + Math.floor((partOfDollar * partOfShare) / 1e6);
}

/** Counts deciders and quotes over the prints that the rule was asked for. */
export function countDecisions(length: number, out: SignedBuffers, counts: Float64Array): void {
  const { part, decidedBy, quoteState } = out;
  let signable = 0;
  for (let i = 0; i < length; i++) {
    if ((part[i]! & SIGNABLE) === 0) continue;
    signable++;
    counts[COUNT_BY_DECIDER[decidedBy[i]!]!]!++;
    counts[COUNT_BY_STATE[quoteState[i]!]!]!++;
  }
  counts[COUNT.signable]! += signable;
}

const COUNT_BY_DECIDER = Uint8Array.of(
  COUNT.byNone,
  COUNT.byTick,
  COUNT.byQuote,
  COUNT.byAggressor,
  COUNT.byRetail,
);
const COUNT_BY_STATE = Uint8Array.of(COUNT.metNoQuote, COUNT.metLocked, COUNT.metCrossed, COUNT.metUsable);
