import type { PanelManager, ThirteenFPanel } from '../../flows/index.js';

/** Which part of a 13F panel is asked about. */
export interface PanelPart {
  /** One of SECTORS; all securities, those without a sector too, if left out. */
  readonly sector?: string;
  /** Whether a manager counts; all do if left out. */
  counts?(manager: PanelManager): boolean;
}

/** What each manager of a panel did in the part asked about. Money in whole cents, so that sums are exact. */
export interface QuarterFlows {
  /** Whether the manager counts. */
  readonly counted: readonly boolean[];
  readonly boughtCents: Float64Array;
  readonly soldCents: Float64Array;
}

export function inPart(panel: ThirteenFPanel, part: PanelPart): (position: number) => boolean {
  const { manager, security } = panel.positions;
  const counted = panel.managers.map((one) => part.counts?.(one) ?? true);
  const asked = panel.securities.map(({ sector }) => part.sector === undefined || sector === part.sector);
  return (i) => counted[manager[i]!]! && asked[security[i]!]!;
}

/** Purchases and sales by manager; positions whose dollars are not known are left out. Below 90 trillion dollars cents are whole numbers of a double. */
export function quarterFlows(panel: ThirteenFPanel, part: PanelPart): QuarterFlows {
  const { manager, netUsd } = panel.positions;
  const included = inPart(panel, part);
  const boughtCents = new Float64Array(panel.managers.length);
  const soldCents = new Float64Array(panel.managers.length);
  for (let i = 0; i < manager.length; i++) {
    if (!included(i) || Number.isNaN(netUsd[i]!)) continue;
    const cents = Math.round(netUsd[i]! * 100);
    if (cents > 0) boughtCents[manager[i]!]! += cents;
    else soldCents[manager[i]!]! -= cents;
  }
  const counted = panel.managers.map((one) => part.counts?.(one) ?? true);
  return { counted, boughtCents, soldCents };
}

/** Sums over some managers, in US dollars. */
export function dollarsOf(
  flows: QuarterFlows,
  managers: readonly number[],
): { readonly grossBuy: number; readonly grossSell: number; readonly net: number } {
  let bought = 0;
  let sold = 0;
  for (const m of managers) {
    bought += flows.boughtCents[m]!;
    sold += flows.soldCents[m]!;
  }
  return { grossBuy: bought / 100, grossSell: sold / 100, net: (bought - sold) / 100 };
}
