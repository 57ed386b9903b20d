import { ChurnSums } from '../stats/index.js';
import type { ThirteenFPanel } from './thirteen-f-panel.js';

/** What names a manager in panels of different quarters. */
export const managerKey = ({ cik, name }: { readonly cik: string | null; readonly name: string }): string =>
  cik ?? name;

/**
 * Churn of one quarter by manager (Gaspar, Massa and Matos 2005), both ends at the quarter's reference prices in its split
 * basis; managers of whose holdings nothing is priced are not in it. Positions whose shares do not compare are left out.
 */
export function churnByManager({ managers, securities, positions }: ThirteenFPanel): Map<string, number> {
  const { manager, security, sharesNow, deltaShares } = positions;
  const prices = Float64Array.from(securities, ({ price }) => price ?? Number.NaN);
  const sums = managers.map(() => new ChurnSums());
  for (let i = 0; i < manager.length; i++) {
    const delta = deltaShares[i]!;
    if (Number.isNaN(delta)) continue;
    const price = prices[security[i]!]!;
    sums[manager[i]!]!.add(sharesNow[i]!, Math.max(sharesNow[i]! - delta, 0), price, price);
  }
  const churn = new Map<string, number>();
  for (const [m, one] of managers.entries()) {
    const { ratio } = sums[m]!.churn();
    if (ratio !== null) churn.set(managerKey(one), ratio);
  }
  return churn;
}
