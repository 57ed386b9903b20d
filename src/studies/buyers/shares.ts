import { type BuyersPlace, type BuyersRow, OUTSIDE_CLASS, type SourceRef } from '../../core/index.js';
import { rolesOf } from './roles.js';

/** One class's purchases, sales and net in one unit. */
export interface ClassFlow {
  readonly place: BuyersPlace;
  readonly class: string;
  readonly unit: BuyersRow['unit'];
  readonly grossBuy: number | null;
  readonly grossSell: number | null;
  readonly net: number | null;
  readonly sources: readonly SourceRef[];
  readonly reasons: Readonly<Record<string, string>>;
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

export function sideOf(net: number | null): BuyersRow['side'] {
  if (net === null) return null;
  if (net === 0) return 'flat';
  return net > 0 ? 'buyer' : 'seller';
}

/** Part over whole; null where either is missing or the whole is nothing. */
export function shareOf(part: number | null, whole: number): number | null {
  return part === null || whole === 0 ? null : part / whole;
}

/**
 * Shares of purchases and of net buying by class (measures.md section 7), largest net first. Where the flows are not those
 * of a whole market, `withOutside` adds the class that took the other side.
 */
export function buyerRows(flows: readonly ClassFlow[]): BuyersRow[] {
  const bought = sum(flows.map((flow) => flow.grossBuy));
  const netBought = sum(flows.map((flow) => Math.max(flow.net ?? 0, 0)));
  const rows = flows.map(({ place, net, ...flow }): BuyersRow => {
    const reasons = net === null ? { net: 'not known', ...flow.reasons } : flow.reasons;
    return {
      kind: 'class',
      ...place,
      class: flow.class,
      side: sideOf(net),
      unit: flow.unit,
      grossBuy: flow.grossBuy,
      grossSell: flow.grossSell,
      net,
      grossBuyShare: shareOf(flow.grossBuy, bought),
      netShare: net === null ? null : shareOf(Math.max(net, 0), netBought),
      roles: rolesOf(flow.class),
      sources: flow.sources,
      reasons,
    };
  });
  return rows.sort((a, b) => (b.net ?? Number.NEGATIVE_INFINITY) - (a.net ?? Number.NEGATIVE_INFINITY));
}

/**
 * The rows with the other side of their balance at the end: whoever is not in the data sold what the data's classes bought on
 * balance. How much it bought and sold among itself is not known.
 */
export function withOutside(rows: readonly BuyersRow[]): BuyersRow[] {
  const first = rows[0];
  if (first === undefined) return [];
  const net = rows.some((row) => row.net === null) ? null : -sum(rows.map((row) => row.net));
  const reason = 'only the balance with the data is known';
  const outside: BuyersRow = {
    ...first,
    class: OUTSIDE_CLASS,
    side: sideOf(net),
    grossBuy: null,
    grossSell: null,
    net: net === 0 ? 0 : net,
    grossBuyShare: null,
    netShare: null,
    roles: rolesOf(OUTSIDE_CLASS),
    sources: [],
    reasons: {
      grossBuy: reason,
      grossSell: reason,
      grossBuyShare: reason,
      netShare: reason,
      ...(net === null ? { net: 'the net of a class of the data is not known' } : {}),
    },
  };
  return [...rows, outside];
}
