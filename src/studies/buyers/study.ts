import type { BuyersPlace, BuyersRow, RoleConclusion, RoleRow } from '../../core/index.js';
import { concludeRoles, roleRows } from './conclusion.js';

export interface BuyersStudy {
  /** Largest net first; where the data is not the whole market, the rest of it last. */
  readonly rows: readonly BuyersRow[];
  readonly conclusion: RoleConclusion;
  readonly roles: readonly RoleRow[];
}

/** Class rows of one place with what follows from them. */
export function concluded(rows: readonly BuyersRow[]): BuyersStudy {
  const conclusion = concludeRoles(rows);
  const first = rows[0];
  return {
    rows,
    conclusion,
    roles: first === undefined ? [] : roleRows(conclusion, placeOf(first), first.unit),
  };
}

export function placeOf(row: BuyersPlace): BuyersPlace {
  const { basis, periodStart, periodEnd, knownAt, contract, sector, sectorIsProxy } = row;
  return { basis, periodStart, periodEnd, knownAt, contract, sector, sectorIsProxy };
}
