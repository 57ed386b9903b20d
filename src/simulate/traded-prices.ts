import type { IsoDate } from '../core/index.js';
import type { CorporateAction, SimulatedStock } from './stocks.js';

/** What a share of the day is in today's: prices as traded are the vendor's times `vendor`. */
export interface ShareFactors {
  /** Product of all later ratios that the vendor books as splits, spin-offs among them; one a session. */
  readonly vendor: Float64Array;
  /** Product of later true splits alone: how many of today's shares a share of the day has become. */
  readonly split: Float64Array;
}

export function shareFactors(sessions: readonly IsoDate[], { actions }: SimulatedStock): ShareFactors {
  const product = (kinds: readonly CorporateAction['kind'][]): Float64Array => {
    const ratios = new Map(
      actions.filter(({ kind }) => kinds.includes(kind)).map(({ date, split }) => [date, split]),
    );
    const factors = new Float64Array(sessions.length);
    let factor = 1;
    for (let i = sessions.length - 1; i >= 0; i--) {
      factors[i] = factor;
      factor *= ratios.get(sessions[i]!) ?? 1;
    }
    return factors;
  };
  return { vendor: product(['split', 'spin-off']), split: product(['split']) };
}
