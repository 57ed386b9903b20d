import { type FlowRow, formatInstant, type Instant, type SourceRef } from '../core/index.js';
import { NO_SCALES } from './series-scales.js';
import type { PanelManager } from './thirteen-f-managers.js';
import { type ThirteenFPanel, thirteenFRow } from './thirteen-f-panel.js';

export const THIRTEEN_F_KEYS = ['sector', 'class', 'symbol', 'manager'] as const;
export type ThirteenFKey = (typeof THIRTEEN_F_KEYS)[number];

export interface ThirteenFFlowOptions {
  /** Which managers count, such as those that are neither passive nor market makers; all if left out. */
  keep?(manager: PanelManager): boolean;
}

interface Group {
  readonly first: number;
  longBuy: number;
  longSell: number;
  positions: number;
  priced: number;
  readonly managers: Set<number>;
  /** Positions, where the group is of one symbol. */
  readonly rows: number[] | null;
}

const ALL_MANAGERS = 'all managers';

/** Numbers the distinct texts of a list. */
function numbered(texts: readonly (string | null)[]): { readonly ids: Uint32Array; readonly count: number } {
  const known = new Map<string | null, number>();
  const ids = Uint32Array.from(texts, (text) => {
    const id = known.get(text) ?? known.size;
    known.set(text, id);
    return id;
  });
  return { ids, count: known.size };
}

/**
 * The ledger of basis 13f for one quarter, summed by the keys given: long-only, so grossBuy is longBuy and grossSell is
 * longSell. A row without a key has null there (class: 'all managers'). Positions without dollars are not in a sum; `reasons.net`
 * counts them. Sources are the rows behind the positions where the key has a symbol, else the covers of the filings.
 */
export function thirteenFFlowRows(
  panel: ThirteenFPanel,
  by: readonly ThirteenFKey[],
  { keep = () => true }: ThirteenFFlowOptions = {},
): FlowRow[] {
  const { managers, securities, positions } = panel;
  const has = (key: ThirteenFKey): boolean => by.includes(key);
  const kept = managers.map(keep);
  const ofManager = numbered(
    managers.map((manager, index) =>
      has('manager') ? String(index) : has('class') ? manager.classification.class : null,
    ),
  );
  const ofSecurity = numbered(
    securities.map((security, index) =>
      has('symbol') ? (security.ticker ?? `cusip ${index}`) : has('sector') ? security.sector : null,
    ),
  );
  const groups = new Map<number, Group>();
  for (let i = 0; i < positions.manager.length; i++) {
    const manager = positions.manager[i]!;
    if (!kept[manager]) continue;
    const key = ofSecurity.ids[positions.security[i]!]! * ofManager.count + ofManager.ids[manager]!;
    let group = groups.get(key);
    if (group === undefined) {
      const rows = has('symbol') ? [] : null;
      group = { first: i, longBuy: 0, longSell: 0, positions: 0, priced: 0, managers: new Set(), rows };
      groups.set(key, group);
    }
    addPosition(group, panel, i, manager);
  }
  return [...groups.values()].map((group) => flowRow(panel, group, has));
}

/** Sums are of whole cents, which a double adds exactly up to 90 trillion dollars. */
function addPosition(group: Group, { positions }: ThirteenFPanel, i: number, manager: number): void {
  group.positions++;
  group.managers.add(manager);
  group.rows?.push(i);
  const net = positions.netUsd[i]!;
  if (Number.isNaN(net)) return;
  group.priced++;
  const cents = Math.round(net * 100);
  if (cents > 0) group.longBuy += cents;
  else group.longSell -= cents;
}

function flowRow(panel: ThirteenFPanel, group: Group, has: (key: ThirteenFKey) => boolean): FlowRow {
  const { positions } = panel;
  const manager = panel.managers[positions.manager[group.first]!]!;
  const security = panel.securities[positions.security[group.first]!]!;
  const members = [...group.managers].map((index) => panel.managers[index]!);
  const known = group.priced > 0;
  const longBuy = known ? group.longBuy / 100 : null;
  const longSell = known ? group.longSell / 100 : null;
  return {
    basis: '13f',
    periodStart: panel.periodStart,
    periodEnd: panel.periodEnd,
    knownAt: formatInstant(Math.max(...members.map(({ knownAt }) => knownAt)) as Instant),
    sector: has('sector') || has('symbol') ? security.sector : null,
    contract: null,
    symbol: has('symbol') ? (security.ticker ?? security.cusip) : null,
    manager: has('manager') ? manager.name : null,
    class: has('class') || has('manager') ? manager.classification.class : ALL_MANAGERS,
    sides: 'long-only',
    longBuy,
    longSell,
    shortSell: null,
    shortCover: null,
    grossBuy: longBuy,
    grossSell: longSell,
    net: known ? (group.longBuy - group.longSell) / 100 : null,
    gross: known ? (group.longBuy + group.longSell) / 100 : null,
    grossing: null,
    buyRatio: null,
    ...NO_SCALES,
    sources: sourcesOf(panel, group, members),
    reasons: reasonsOf(panel, group),
  };
}

const NO_SHORTS = 'Form 13F shows no short positions';

function reasonsOf(panel: ThirteenFPanel, { first, positions, priced }: Group): Record<string, string> {
  const reasons: Record<string, string> = {
    shortSell: NO_SHORTS,
    shortCover: NO_SHORTS,
    grossing: NO_SHORTS,
    buyRatio: NO_SHORTS,
  };
  if (priced === positions) return reasons;
  const left = `${positions - priced} of ${positions} positions have no dollars and are not in the sum`;
  reasons.net = positions === 1 ? (thirteenFRow(panel, first).reason ?? left) : left;
  return reasons;
}

function sourcesOf(
  panel: ThirteenFPanel,
  { rows }: Group,
  managers: readonly PanelManager[],
): readonly SourceRef[] {
  if (rows !== null) return rows.flatMap((position) => thirteenFRow(panel, position).sources);
  return managers.flatMap(({ sources }) => sources);
}
