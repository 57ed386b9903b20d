import { NotCovered } from '../core/index.js';
import type { AFTERMATH_BASES } from './aftermath.js';
import type { FlowBasis } from './bases.js';
import type { UNISON_BASES } from './unison.js';

/** The bases that each study can be asked about, where those are not all. */
interface AnsweringBases {
  readonly aftermath: (typeof AFTERMATH_BASES)[number];
  readonly unison: (typeof UNISON_BASES)[number];
}

/** Why a basis cannot answer a study, and what can. */
const REFUSALS: {
  readonly [Study in keyof AnsweringBases]: Readonly<
    Record<Exclude<FlowBasis, AnsweringBases[Study]>, string>
  >;
} = {
  aftermath: {
    '13f':
      'tells quarters, known up to 45 days after their end, so there is no week from which to watch what followed; ask --basis cot, ledger, etf or tape',
  },
  unison: {
    etf: 'tells creations and redemptions of one class, so there is nobody to move together with; ask --basis cot, 13f, ledger or tape',
  },
};

/**
 * The basis, for a study that can answer on it.
 * @throws {NotCovered} saying why it cannot, and which bases can
 */
export function answeringBasis<Study extends keyof AnsweringBases>(
  study: Study,
  basis: FlowBasis,
): AnsweringBases[Study] {
  const refusal = (REFUSALS[study] as Readonly<Partial<Record<FlowBasis, string>>>)[basis];
  if (refusal !== undefined) throw new NotCovered(`${study}: basis ${basis} ${refusal}`);
  return basis as AnsweringBases[Study];
}
