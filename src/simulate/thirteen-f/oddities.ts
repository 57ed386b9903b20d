import type { IsoDate } from '../../core/index.js';
import { MERGED_SYMBOL, SPIN_OFF_SYMBOL, SPLIT_SYMBOL } from '../stock-names.js';
import { type FilingInputs, PECULIAR_QUARTERS, peculiarManagers, type SimulatedFiling } from './filings.js';
import type { HeldSecurity } from './securities.js';

/** What is peculiar about filings, and what a correct reader makes of it. */
export interface FilingPeculiarity {
  readonly kind:
    | 'restatement'
    | 'new-holdings'
    | 'wrong-unit'
    | 'total-does-not-reconcile'
    | 'first-filing'
    | 'notice-and-included-manager';
  readonly ciks: readonly string[];
  readonly accessions: readonly string[];
  readonly says: string;
}

export interface SecurityEvent {
  readonly kind: 'split' | 'spin-off-booked-as-split' | 'merger';
  readonly symbol: string;
  readonly quarterEnd: IsoDate;
  readonly says: string;
}

export function securityEvents({
  quarters,
  securities,
}: Pick<FilingInputs, 'quarters' | 'securities'>): SecurityEvent[] {
  const quarterOf = (holds: (security: HeldSecurity, q: number) => boolean, symbol: string): IsoDate => {
    const security = securities.find((one) => one.symbol === symbol)!;
    return quarters[quarters.findIndex((_, q) => holds(security, q))]!.end;
  };
  const split = quarterOf(({ splitFactor }, q) => splitFactor[q] !== 1, SPLIT_SYMBOL);
  return [
    {
      kind: 'split',
      symbol: SPLIT_SYMBOL,
      quarterEnd: split,
      says: 'Positions are ten times as many shares; that is no buying. A program that trusts a list of real splits alone cannot compare this quarter, and says so.',
    },
    {
      kind: 'spin-off-booked-as-split',
      symbol: SPIN_OFF_SYMBOL,
      quarterEnd: quarters[3]!.end,
      says: 'The vendor books a split, but share counts stay: the factor is 1, and prices before it are the traded ones. A program that trusts a list of real splits alone cannot compare this quarter, and says so.',
    },
    {
      kind: 'merger',
      symbol: MERGED_SYMBOL,
      quarterEnd: quarterOf(({ mergedIn }, q) => mergedIn === q, MERGED_SYMBOL),
      says: 'The position vanishes at every holder, for cash: no sale.',
    },
  ];
}

export function peculiarities({
  managers,
  filings,
  planted,
}: Pick<FilingInputs, 'managers' | 'planted'> & {
  readonly filings: readonly SimulatedFiling[];
}): FilingPeculiarity[] {
  const at = peculiarManagers(managers);
  const of = (m: number, holds: (filing: SimulatedFiling) => boolean = () => true) => ({
    ciks: [managers[m]!.cik],
    accessions: filings
      .filter((filing) => filing.manager === managers[m] && holds(filing))
      .map(({ accession }) => accession),
  });
  const notice: FilingPeculiarity = {
    kind: 'notice-and-included-manager',
    ciks: [managers[at.notice]!.cik, managers[at.reportsForNotice]!.cik],
    accessions: of(at.notice).accessions,
    says: 'The first files notices; its holdings are rows of the second, marked with its number. They count once, for the second.',
  };
  if (!planted) return [notice];
  const { restates, addsHoldings, wrongTotal, firstFiling } = PECULIAR_QUARTERS;
  return [
    {
      kind: 'restatement',
      ...of(at.restates, ({ quarter }) => quarter === restates),
      says: 'The first position of the original is ten times too large; the restatement in the next data set replaces it.',
    },
    {
      kind: 'new-holdings',
      ...of(at.addsHoldings, ({ quarter }) => quarter === addsHoldings),
      says: 'The original keeps back its two largest positions; the amendment, two data sets later, adds them.',
    },
    {
      kind: 'wrong-unit',
      ...of(at.wrongUnit),
      says: 'Values are in the unit that the rule of the filing day does not call for.',
    },
    {
      kind: 'total-does-not-reconcile',
      ...of(at.wrongTotal, ({ quarter }) => quarter === wrongTotal),
      says: 'The summary page states a seventh more than the table adds up to. The table stands.',
    },
    {
      kind: 'first-filing',
      ...of(at.firstFiling, ({ quarter }) => quarter === firstFiling),
      says: 'The manager files for the first time: what it holds was not bought in this quarter.',
    },
    notice,
  ];
}
