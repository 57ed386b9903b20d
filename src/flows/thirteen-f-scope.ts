import type { ManagerSelection } from './thirteen-f-managers.js';
import type { RawSecurity } from './thirteen-f-positions.js';
import type { JudgedSecurity } from './thirteen-f-securities.js';

/** Fewer positions held at both ends say nothing of a common factor. */
const FEWEST_CONTINUING = 20;
/** Half of the positions lie within this of the median ... */
const SPREAD = 0.2;
/** ... and the median beyond this: no manager buys nine times what it has, of everything alike. */
const LARGEST_FACTOR = 5;

/**
 * Managers whose positions all changed by about one factor of five or more: their report changed its scope or its unit, which is
 * no trading.
 * @returns the factor by manager
 */
export function scopeChanges(judged: readonly JudgedSecurity[], managers: number): Map<number, number> {
  const ratios: number[][] = Array.from({ length: managers }, () => []);
  for (const { security, raw } of judged) {
    const { factor } = security;
    if (factor === null) continue;
    for (let i = 0; i < raw.managers.length; i++) {
      const before = raw.sharesBefore[i]! * factor;
      const now = raw.sharesNow[i]!;
      if (before > 0 && now > 0) ratios[raw.managers[i]!]!.push(now / before);
    }
  }
  const changed = new Map<number, number>();
  for (const [manager, own] of ratios.entries()) {
    if (own.length < FEWEST_CONTINUING) continue;
    own.sort((a, b) => a - b);
    const at = (share: number): number => own[Math.floor(share * (own.length - 1))]!;
    const median = at(0.5);
    const isUniform = at(0.25) > median * (1 - SPREAD) && at(0.75) < median * (1 + SPREAD);
    if (isUniform && (median >= LARGEST_FACTOR || median <= 1 / LARGEST_FACTOR)) changed.set(manager, median);
  }
  return changed;
}

/** The selection without some managers, which are excluded with a reason; the others are numbered anew. */
export function withoutManagers(
  selection: ManagerSelection,
  securities: readonly RawSecurity[],
  dropped: ReadonlyMap<number, string>,
): { readonly selection: ManagerSelection; readonly securities: RawSecurity[] } {
  const numbers = new Int32Array(selection.managers.length).fill(-1);
  const managers = selection.managers.filter((_, index) => !dropped.has(index));
  let next = 0;
  for (let index = 0; index < numbers.length; index++) if (!dropped.has(index)) numbers[index] = next++;
  const excluded = [...dropped].map(([index, reason]) => {
    const { cik, name } = selection.managers[index]!;
    return { cik, name, reason, isMissed: true };
  });
  return {
    selection: {
      managers,
      excluded: [...selection.excluded, ...excluded],
      filings: selection.filings.map((filing) => ({ ...filing, manager: numbers[filing.manager]! })),
      funds: selection.funds.flatMap((fund) =>
        dropped.has(fund.manager) ? [] : [{ ...fund, manager: numbers[fund.manager]! }],
      ),
    },
    securities: securities
      .map((security) => keepPositions(security, numbers))
      .filter((security) => security.managers.length > 0),
  };
}

function keepPositions(security: RawSecurity, numbers: Int32Array): RawSecurity {
  const isKept = (_: number, place: number): boolean => numbers[security.managers[place]!]! >= 0;
  return {
    ...security,
    managers: security.managers.filter(isKept).map((manager) => numbers[manager]!),
    sharesBefore: security.sharesBefore.filter(isKept),
    sharesNow: security.sharesNow.filter(isKept),
    rowKeys: security.rowKeys.filter(isKept),
  };
}
