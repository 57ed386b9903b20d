import type { BuyersPlace, HerdingRow, IsoDate, ManagerGroupRow, ShareBounds } from '../core/index.js';
import { quarterBefore } from '../flows/index.js';
import { type BoundsTotal, CHURN_QUARTERS, horizonRows, sizeRows } from '../studies/buyers/index.js';
import type { AppContext } from './context.js';
import { quarterHerding } from './herding.js';
import { isFilled, type ManagerQuestion, managerCounts, type Quarters, quarterOf } from './quarters.js';
import { UNISON_DRAWS } from './report-parts.js';
import { boundsRows } from './share-bounds.js';

/** What Form 13F tells of the managers behind a period. */
export interface ManagersAround {
  readonly groups: readonly ManagerGroupRow[];
  readonly bounds: readonly ShareBounds[];
  readonly herding: readonly HerdingRow[];
  readonly notes: readonly string[];
}

export interface ManagersQuestion extends ManagerQuestion {
  readonly place: BuyersPlace;
  readonly total: BoundsTotal;
  readonly seed: number;
}

/** The quarters right before one, newest first, as far as churn is averaged. */
function earlierEnds(quarters: Quarters, end: IsoDate): IsoDate[] {
  const ends: IsoDate[] = [];
  for (
    let one = quarterBefore(end);
    ends.length < CHURN_QUARTERS - 1 && quarters.ends.includes(one);
    one = quarterBefore(one)
  )
    ends.push(one);
  return ends;
}

/** Purchases of managers by horizon and size in a quarter, kept; empty where no manager counts. */
export function quarterGroups(
  quarters: Quarters,
  end: IsoDate,
  sector: string | null,
  exclude: ManagerQuestion['exclude'],
): Promise<ManagerGroupRow[]> {
  const part = { counts: managerCounts(exclude), ...(sector === null ? {} : { sector }) };
  return quarters.keep('groups', [end, ...earlierEnds(quarters, end)], { sector, exclude }, async () => {
    const panel = await quarters.panel(end);
    if (!isFilled(panel)) return [];
    const earlier = await quarters.summariesBefore(end, CHURN_QUARTERS - 1);
    const churn = earlier.map((summary) => new Map(Object.entries(summary.churn)));
    return [...horizonRows(panel, churn, part), ...sizeRows(panel, part)];
  });
}

/**
 * Horizon, size and herding of managers in the newest quarter up to a period whose managers all had to file by then, and the
 * bounds for pensions and sovereign funds in the period itself.
 * @returns null where the view knows no quarter
 */
export async function managersAround(
  context: AppContext,
  quarters: Quarters,
  { place, total, exclude, seed }: ManagersQuestion,
): Promise<ManagersAround | null> {
  if (quarters.ends.length === 0) return null;
  const target = quarterOf(place.periodEnd);
  const isAsked = place.basis === '13f';
  const end = quarters.ends.findLast((one) => one <= target && (isAsked || quarters.isComplete(one)));
  const manager = exclude === undefined ? {} : { exclude };
  const bounds = await boundsRows(context, quarters, place, total, manager);
  if (end === undefined) return { groups: [], bounds: bounds.rows, herding: [], notes: bounds.notes };
  const sector = place.sector ?? undefined;
  return {
    groups: await quarterGroups(quarters, end, place.sector, exclude),
    bounds: bounds.rows,
    herding: await quarterHerding(context, quarters, end, {
      ...(sector === undefined ? {} : { sector }),
      ...manager,
      resamples: UNISON_DRAWS,
      seed,
    }),
    notes: bounds.notes,
  };
}
