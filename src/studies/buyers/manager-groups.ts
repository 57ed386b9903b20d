import type { ManagerGroupRow } from '../../core/index.js';
import { churnByManager, managerKey, type ThirteenFPanel } from '../../flows/index.js';
import { classifyHorizons, concentration } from '../../stats/index.js';
import { dollarsOf, type PanelPart, type QuarterFlows, quarterFlows } from './quarter-flows.js';
import { shareOf, sideOf } from './shares.js';
import { panelPlace } from './thirteen-f.js';

/** Quarters over which churn is averaged, the one asked about included (Gaspar, Massa and Matos 2005). */
export const CHURN_QUARTERS = 4;

/** Churn ratios of one quarter by what names a manager; who has none is not in it. */
export type QuarterChurn = ReadonlyMap<string, number>;

/** Mean churn ratio of each manager of the panel over the quarters that have one; NaN where none has. */
function meanChurn({ managers }: ThirteenFPanel, quarters: readonly QuarterChurn[]): Float64Array {
  return Float64Array.from(managers, (manager) => {
    const key = managerKey(manager);
    const known = quarters.flatMap((churn) => churn.get(key) ?? []);
    return known.length === 0 ? Number.NaN : known.reduce((sum, ratio) => sum + ratio, 0) / known.length;
  });
}

/** Values held at the quarter's start by manager, one a position, in the quarter's reference prices. */
function valuesBefore({ managers, securities, positions }: ThirteenFPanel): Float64Array[] {
  const { manager, security, sharesBefore } = positions;
  const counts = new Uint32Array(managers.length);
  for (const own of manager) counts[own]!++;
  const values = Array.from(counts, (count) => new Float64Array(count));
  const known = securities.map(({ price, factor }) => price !== null && factor !== null);
  const prices = Float64Array.from(securities, ({ price }) => price ?? 0);
  const factors = Float64Array.from(securities, ({ factor }) => factor ?? 0);
  counts.fill(0);
  for (let i = 0; i < manager.length; i++) {
    const name = security[i]!;
    const value = known[name] ? sharesBefore[i]! * factors[name]! * prices[name]! : 0;
    values[manager[i]!]![counts[manager[i]!]!++] = value;
  }
  return values;
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
 * @param panel   the quarter asked about
 * @param earlier churn of the quarters right before it
 */
export function horizonRows(
  panel: ThirteenFPanel,
  earlier: readonly QuarterChurn[],
  part: PanelPart = {},
): ManagerGroupRow[] {
  const used = [churnByManager(panel), ...earlier.slice(0, CHURN_QUARTERS - 1)];
  const churn = meanChurn(panel, used);
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
