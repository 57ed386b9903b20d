import {
  addDays,
  type Instant,
  InvalidRequest,
  type IsoDate,
  type ManagerOverride,
  quarterEnd,
  type SecurityRegister,
  type SourceRef,
  thirteenFDeadline,
  type VendorSplit,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type LeftOutRows, readRawHoldings } from './thirteen-f-holdings.js';
import {
  type CountedFiling,
  type ExcludedManager,
  type PanelManager,
  selectManagers,
} from './thirteen-f-managers.js';
import { rowOfKey } from './thirteen-f-positions.js';
import { readQuarterCloses, readVendorSplits } from './thirteen-f-prices.js';
import { scopeChanges, withoutManagers } from './thirteen-f-scope.js';
import {
  type JudgedSecurity,
  judgeSecurities,
  type PanelSecurity,
  readSecurityRegister,
} from './thirteen-f-securities.js';

/** One position a manager and security held at either end of the quarter, by security; columns of equal length. */
export interface PanelPositions {
  /** Index into `managers`. */
  readonly manager: Uint32Array;
  /** Index into `securities`. */
  readonly security: Uint32Array;
  readonly sharesBefore: Float64Array;
  readonly sharesNow: Float64Array;
  /** Change in the split basis of the quarter's end, received shares left out; NaN where the security's `reason` says why. */
  readonly deltaShares: Float64Array;
  /** US dollars, signed: + bought; NaN without deltaShares or price. */
  readonly netUsd: Float64Array;
  /** First row behind the position: index into `filings`, -1 = the manager's brought list. */
  readonly filing: Int32Array;
  /** 0 = none: shares that were received and are gone; the manager's filings stand behind those. */
  readonly rowNumber: Uint32Array;
}

export interface PanelCoverage {
  readonly managers: number;
  /** Managers with holdings known for the quarter before. */
  readonly ofManagers: number;
  /** US dollars held at the quarter's end at the reference prices, by the managers counted. */
  readonly valueUsd: number;
  /** Share of it in securities with a sector; null where nothing is held. */
  readonly sectorShare: number | null;
  readonly positions: number;
  /** Positions whose change or price is not known. */
  readonly withoutDollars: number;
  readonly leftOut: LeftOutRows;
}

/** What every manager did in a quarter, as far as a view knows it. */
export interface ThirteenFPanel {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  /** Until then managers may file on time; a view from before it holds only those that have. */
  readonly deadline: IsoDate;
  /** When the last filing counted was accepted; null where no manager counts. */
  readonly knownAt: Instant | null;
  readonly managers: readonly PanelManager[];
  readonly excluded: readonly ExcludedManager[];
  readonly securities: readonly PanelSecurity[];
  readonly filings: readonly CountedFiling[];
  readonly positions: PanelPositions;
  readonly coverage: PanelCoverage;
}

/** What panels of one view share, so that many quarters read it once. */
export interface PanelLists {
  readonly register: SecurityRegister;
  readonly vendorSplits: readonly VendorSplit[];
}

export async function readPanelLists(view: AsOfView): Promise<PanelLists> {
  return { register: await readSecurityRegister(view), vendorSplits: await readVendorSplits(view) };
}

export interface PanelOptions {
  /** The user's own classes of managers, by CIK. */
  readonly overrides?: ReadonlyMap<string, ManagerOverride>;
  readonly lists?: PanelLists;
}

/** The last day of the quarter before. @throws {InvalidRequest} where the day ends no quarter */
export function quarterBefore(end: IsoDate): IsoDate {
  const [year, month] = end.split('-').map(Number) as [number, number];
  const quarter = Math.ceil(month / 3) as 1 | 2 | 3 | 4;
  if (quarterEnd(year, quarter) !== end)
    throw new InvalidRequest(`'${end}' is no end of a quarter; give a day such as 2025-12-31`);
  return quarter === 1 ? quarterEnd(year - 1, 4) : quarterEnd(year, (quarter - 1) as 1 | 2 | 3);
}

/**
 * Purchases and sales of all managers in a quarter from their Form 13F holdings (measures.md section 2.3), published filings
 * before brought lists. Nothing of it is known before the filings are.
 * @throws {InvalidRequest} where the day ends no quarter
 */
export async function readThirteenFPanel(
  view: AsOfView,
  periodEnd: IsoDate,
  { overrides = new Map(), lists }: PanelOptions = {},
): Promise<ThirteenFPanel> {
  const before = quarterBefore(periodEnd);
  const ends = { now: periodEnd, before };
  const periodStart = addDays(before, 1);
  const { register, vendorSplits } = lists ?? (await readPanelLists(view));
  let selection = await selectManagers(view, ends, overrides);
  const holdings = await readRawHoldings(view, ends, selection);
  const closes = await readQuarterCloses(view, { start: periodStart, end: periodEnd }, vendorSplits);
  const context = { ends, register, vendorSplits, closes };
  let judged = judgeSecurities(holdings.securities, context);
  const changed = scopeChanges(judged, selection.managers.length);
  if (changed.size > 0) {
    const reasons = new Map([...changed].map(([manager, factor]) => [manager, scopeReason(factor)]));
    const kept = withoutManagers(selection, holdings.securities, reasons);
    selection = kept.selection;
    judged = judgeSecurities(kept.securities, context);
  }
  const { managers, excluded, filings } = selection;
  const securities = judged.map(({ security }) => security);
  const positions = positionsOf(judged);
  const missed = excluded.filter(({ isMissed }) => isMissed).length;
  return {
    periodStart,
    periodEnd,
    deadline: thirteenFDeadline(periodEnd),
    knownAt: managers.length === 0 ? null : (Math.max(...managers.map(({ knownAt }) => knownAt)) as Instant),
    managers,
    excluded,
    securities,
    filings,
    positions,
    coverage: {
      managers: managers.length,
      ofManagers: managers.length + missed,
      ...coverageOf(positions, securities),
      leftOut: holdings.leftOut,
    },
  };
}

const scopeReason = (factor: number): string =>
  `all its positions changed about ${factor < 1 ? `1/${(1 / factor).toFixed(1)}` : factor.toFixed(1)}-fold: its report changed in scope or unit`;

function positionsOf(judged: readonly JudgedSecurity[]): PanelPositions {
  const extra = judged.map(({ raw, received }) => receivedOnly(raw.managers, received));
  const total = judged.reduce((sum, { raw }, i) => sum + raw.managers.length + extra[i]!.length, 0);
  const positions: PanelPositions = {
    manager: new Uint32Array(total),
    security: new Uint32Array(total),
    sharesBefore: new Float64Array(total),
    sharesNow: new Float64Array(total),
    deltaShares: new Float64Array(total),
    netUsd: new Float64Array(total),
    filing: new Int32Array(total),
    rowNumber: new Uint32Array(total),
  };
  let at = 0;
  for (const [index, { security, raw, received }] of judged.entries()) {
    const { factor, price } = security;
    const managers = extra[index]!.length === 0 ? raw.managers : [...raw.managers, ...extra[index]!];
    for (let place = 0; place < managers.length; place++) {
      const manager = managers[place]!;
      const held = raw.sharesBefore[place] ?? 0;
      const holds = raw.sharesNow[place] ?? 0;
      const given = received.get(manager) ?? 0;
      const delta = factor === null ? Number.NaN : change(held, holds, factor, given);
      positions.manager[at] = manager;
      positions.security[at] = index;
      positions.sharesBefore[at] = held;
      positions.sharesNow[at] = holds;
      positions.deltaShares[at] = delta;
      positions.netUsd[at] = price === null ? Number.NaN : cents(delta * price);
      const { filing, rowNumber } = rowOfKey(raw.rowKeys[place] ?? 0);
      positions.filing[at] = filing;
      positions.rowNumber[at] = rowNumber;
      at++;
    }
  }
  return positions;
}

/** Managers that were given shares and hold none: they have sold them. */
function receivedOnly(holders: Int32Array, received: ReadonlyMap<number, number>): number[] {
  if (received.size === 0) return [];
  const known = new Set(holders);
  return [...received.keys()].filter((manager) => !known.has(manager));
}

/** Fractions of a share are paid out in cash, so less than one share of difference is none. */
function change(held: number, holds: number, factor: number, given: number): number {
  const delta = holds - held * factor - given;
  return (factor !== 1 || given > 0) && Math.abs(delta) < 1 ? 0 : delta;
}

const cents = (amount: number): number => (Math.sign(amount) * Math.round(Math.abs(amount) * 100)) / 100;

function coverageOf(
  { security, sharesNow, netUsd }: PanelPositions,
  securities: readonly PanelSecurity[],
): Pick<PanelCoverage, 'valueUsd' | 'sectorShare' | 'positions' | 'withoutDollars'> {
  let valueUsd = 0;
  let withSector = 0;
  let withoutDollars = 0;
  for (let i = 0; i < security.length; i++) {
    const { price, sector } = securities[security[i]!]!;
    const value = price === null ? 0 : sharesNow[i]! * price;
    valueUsd += value;
    if (sector !== null) withSector += value;
    if (Number.isNaN(netUsd[i]!)) withoutDollars++;
  }
  return {
    valueUsd,
    sectorShare: valueUsd > 0 ? withSector / valueUsd : null,
    positions: security.length,
    withoutDollars,
  };
}

/** One row of a panel in words. */
export interface ThirteenFRow {
  readonly manager: string;
  readonly cik: string | null;
  readonly class: string;
  readonly grade: 'published' | 'brought';
  readonly cusip: string;
  readonly ticker: string | null;
  readonly sector: string | null;
  readonly sharesBefore: number;
  readonly sharesNow: number;
  readonly deltaShares: number | null;
  readonly longBuy: number | null;
  readonly longSell: number | null;
  readonly price: number | null;
  readonly priceKind: PanelSecurity['priceKind'];
  readonly factor: number | null;
  /** Why deltaShares or the dollars are null. */
  readonly reason: string | null;
  readonly flags: readonly string[];
  readonly knownAt: Instant;
  readonly sources: readonly SourceRef[];
}

/** The rows of a panel one by one, by security and manager. */
export function* thirteenFRows(panel: ThirteenFPanel): Generator<ThirteenFRow> {
  for (let i = 0; i < panel.positions.manager.length; i++) yield thirteenFRow(panel, i);
}

/** The row of one position. */
export function thirteenFRow(panel: ThirteenFPanel, position: number): ThirteenFRow {
  const { positions } = panel;
  const manager = panel.managers[positions.manager[position]!]!;
  const security = panel.securities[positions.security[position]!]!;
  const delta = positions.deltaShares[position]!;
  const net = positions.netUsd[position]!;
  const hasDollars = !Number.isNaN(net);
  return {
    manager: manager.name,
    cik: manager.cik,
    class: manager.classification.class,
    grade: manager.grade,
    cusip: security.cusip,
    ticker: security.ticker,
    sector: security.sector,
    sharesBefore: positions.sharesBefore[position]!,
    sharesNow: positions.sharesNow[position]!,
    deltaShares: Number.isNaN(delta) ? null : delta,
    longBuy: hasDollars ? Math.max(net, 0) : null,
    longSell: hasDollars ? Math.max(-net, 0) : null,
    price: security.price,
    priceKind: security.priceKind,
    factor: security.factor,
    reason: security.reason ?? (security.price === null ? 'no price and no value per share' : null),
    flags: [...security.flags, ...manager.flags],
    knownAt: manager.knownAt,
    sources: positionSources(panel, position, manager),
  };
}

function positionSources(panel: ThirteenFPanel, position: number, manager: PanelManager): SourceRef[] {
  const rowNumber = panel.positions.rowNumber[position]!;
  if (rowNumber === 0) return manager.sources.slice();
  const filing = panel.positions.filing[position]!;
  const file = filing < 0 ? manager.sources[0]! : panel.filings[filing]!.source;
  return [{ ...file, rowNumber }];
}
