import type { ManagerGroupRow } from '../../core/index.js';
import type { ThirteenFPanel } from '../../flows/index.js';
import { churnRatio, classifyHorizons, concentration } from '../../stats/index.js';
import { dollarsOf, type PanelPart, type QuarterFlows, quarterFlows } from './quarter-flows.js';
import { shareOf, sideOf } from './shares.js';
import { panelPlace } from './thirteen-f.js';

/** Quarters over which churn is averaged, the one asked about included (Gaspar, Massa and Matos 2005). */
export const CHURN_QUARTERS = 4;

/** What names a manager in panels of different quarters. */
export const managerKey = ({ cik, name }: { readonly cik: string | null; readonly name: string }): string =>
  cik ?? name;

/** Positions of each manager of a panel, all of them, whatever the sector. */
function positionsByManager(panel: ThirteenFPanel): number[][] {
  const byManager: number[][] = panel.managers.map(() => []);
  panel.positions.manager.forEach((manager, i) => {
    byManager[manager]!.push(i);
  });
  return byManager;
}

/**
 * Churn of one quarter by manager, both ends at the quarter's reference prices in its split basis; NaN where nothing is
 * priced. Positions whose shares do not compare are left out.
 */
function churnByManager(panel: ThirteenFPanel): Map<string, number> {
  const { security, sharesNow, deltaShares } = panel.positions;
  const churn = new Map<string, number>();
  for (const [m, own] of positionsByManager(panel).entries()) {
    const comparable = own.filter((i) => !Number.isNaN(deltaShares[i]!));
    const now = Float64Array.from(comparable, (i) => sharesNow[i]!);
    const before = Float64Array.from(comparable, (i) => Math.max(sharesNow[i]! - deltaShares[i]!, 0));
    const price = Float64Array.from(comparable, (i) => panel.securities[security[i]!]!.price ?? Number.NaN);
    const { ratio } = churnRatio({
      sharesNow: now,
      sharesBefore: before,
      priceNow: price,
      priceBefore: price,
    });
    churn.set(managerKey(panel.managers[m]!), ratio ?? Number.NaN);
  }
  return churn;
}

/** Mean churn ratio of each manager of the newest panel over the quarters that have one; NaN where none has. */
function meanChurn(panels: readonly ThirteenFPanel[]): Float64Array {
  const quarters = panels.map(churnByManager);
  return Float64Array.from(panels[0]!.managers, (manager) => {
    const known = quarters
      .map((churn) => churn.get(managerKey(manager)) ?? Number.NaN)
      .filter((ratio) => !Number.isNaN(ratio));
    return known.length === 0 ? Number.NaN : known.reduce((sum, ratio) => sum + ratio, 0) / known.length;
  });
}

/** Value held at the quarter's start by manager, in the quarter's reference prices. */
function valuesBefore(panel: ThirteenFPanel): Float64Array[] {
  const { security, sharesBefore } = panel.positions;
  return positionsByManager(panel).map((own) =>
    Float64Array.from(own, (i) => {
      const { price, factor } = panel.securities[security[i]!]!;
      return price === null || factor === null ? 0 : sharesBefore[i]! * factor * price;
    }),
  );
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0 ? null : (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

interface Grouping {
  readonly kind: ManagerGroupRow['kind'];
  readonly groups: readonly ManagerGroupRow['group'][];
  /** Position in `groups` by manager. */
  readonly groupOf: readonly number[];
  readonly churn: Float64Array | null;
  readonly churnQuarters: number | null;
}

function groupRows(
  panel: ThirteenFPanel,
  part: PanelPart,
  flows: QuarterFlows,
  by: Grouping,
): ManagerGroupRow[] {
  const place = panelPlace(panel, part);
  const sums = by.groups.map((group, g) => {
    const managers = [...by.groupOf.keys()].filter((m) => by.groupOf[m] === g && flows.counted[m]);
    const churn = by.churn === null ? [] : managers.map((m) => by.churn![m]!).filter((x) => !Number.isNaN(x));
    return { group, managers: managers.length, medianChurn: median(churn), ...dollarsOf(flows, managers) };
  });
  const bought = sums.reduce((total, { grossBuy }) => total + grossBuy, 0);
  const netBought = sums.reduce((total, { net }) => total + Math.max(net, 0), 0);
  return sums
    .filter(({ managers }) => managers > 0)
    .map(({ group, managers, medianChurn, grossBuy, grossSell, net }) => ({
      kind: by.kind,
      ...place,
      group,
      managers,
      side: sideOf(net),
      grossBuy,
      grossSell,
      net,
      grossBuyShare: shareOf(grossBuy, bought),
      netShare: shareOf(Math.max(net, 0), netBought),
      medianChurn,
      churnQuarters: by.churnQuarters,
    }));
}

/**
 * Purchases by horizon of the managers: churn over up to four quarters and concentration at the start of the newest.
 * @param panels the quarter asked about first, then those before it, newest first
 */
export function horizonRows(panels: readonly ThirteenFPanel[], part: PanelPart = {}): ManagerGroupRow[] {
  const panel = panels[0]!;
  const used = panels.slice(0, CHURN_QUARTERS);
  const churn = meanChurn(used);
  const narrow = Float64Array.from(valuesBefore(panel), (values) => concentration(values) ?? Number.NaN);
  const horizons = classifyHorizons(churn, narrow);
  const groups = ['transient', 'quasi-index', 'dedicated', 'unclassified'] as const;
  const groupOf = horizons.map((horizon) => groups.indexOf(horizon ?? 'unclassified'));
  const by = { kind: 'horizon', groups, groupOf, churn, churnQuarters: used.length } as const;
  return groupRows(panel, part, quarterFlows(panel, part), by);
}

/** Purchases of the tenth of the counted managers that held most at the quarter's start, rounded up, against the others. */
export function sizeRows(panel: ThirteenFPanel, part: PanelPart = {}): ManagerGroupRow[] {
  const flows = quarterFlows(panel, part);
  const values = valuesBefore(panel).map((own) => own.reduce((sum, value) => sum + value, 0));
  const bySize = [...values.keys()]
    .filter((m) => flows.counted[m])
    .sort((a, b) => values[b]! - values[a]! || a - b);
  const largest = new Set(bySize.slice(0, Math.ceil(bySize.length / 10)));
  const groups = ['largest-tenth', 'others'] as const;
  const groupOf = values.map((_, m) => (largest.has(m) ? 0 : 1));
  return groupRows(panel, part, flows, { kind: 'size', groups, groupOf, churn: null, churnQuarters: null });
}
