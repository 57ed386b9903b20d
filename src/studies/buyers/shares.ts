import type { BuyersRow, FlowRow } from '../../core/index.js';
import { rolesOf } from './roles.js';

/** One class's purchases, sales and net in one unit. */
export interface ClassFlow {
  readonly row: FlowRow;
  readonly sectorIsProxy: boolean;
  readonly unit: BuyersRow['unit'];
  readonly grossBuy: number | null;
  readonly grossSell: number | null;
  readonly net: number | null;
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function sideOf(net: number | null): BuyersRow['side'] {
  if (net === null) return null;
  if (net === 0) return 'flat';
  return net > 0 ? 'buyer' : 'seller';
}

/**
 * Shares of purchases and of net buying by class (measures.md section 7), buyers first. Every class of the market is in,
 * so both sides are named.
 */
export function buyerRows(flows: readonly ClassFlow[]): BuyersRow[] {
  const bought = sum(flows.map((flow) => flow.grossBuy));
  const netBought = sum(flows.map((flow) => Math.max(flow.net ?? 0, 0)));
  const rows = flows.map((flow): BuyersRow => {
    const { row, unit, grossBuy, grossSell, net } = flow;
    const reasons: Record<string, string> = {};
    if (net === null) reasons.net = row.reasons.net ?? row.reasons.contracts ?? 'not known';
    return {
      basis: row.basis,
      periodStart: row.periodStart,
      periodEnd: row.periodEnd,
      knownAt: row.knownAt,
      contract: row.contract,
      sector: row.sector,
      sectorIsProxy: flow.sectorIsProxy,
      class: row.class,
      side: sideOf(net),
      unit,
      grossBuy,
      grossSell,
      net,
      grossBuyShare: grossBuy === null || bought === 0 ? null : grossBuy / bought,
      netShare: net === null || netBought === 0 ? null : Math.max(net, 0) / netBought,
      roles: rolesOf(row.class),
      sources: row.sources,
      reasons,
    };
  });
  return rows.sort((a, b) => (b.net ?? Number.NEGATIVE_INFINITY) - (a.net ?? Number.NEGATIVE_INFINITY));
}
