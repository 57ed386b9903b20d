import {
  CHECKED_ACTIONS,
  CHECKED_MERGERS,
  type CheckedAction,
  type CheckedMerger,
  type ReceivedShares,
} from './data/checked-splits.js';
import { addDays } from './dates.js';
import { groupBy } from './group-by.js';
import type { IsoDate } from './units.js';

export type {
  CheckedAction,
  CheckedActionKind,
  CheckedMerger,
  ReceivedShares,
} from './data/checked-splits.js';
export { CHECKED_ACTIONS, CHECKED_MERGERS };

/** A split as a vendor books it: `split` new shares for one old. */
export interface VendorSplit {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly split: number;
}

export interface SplitFactor {
  /** By which shares held at `from` are multiplied to compare with those at `to`; null where that is not known. */
  readonly factor: number | null;
  /** Why the factor is null. */
  readonly reason: string | null;
  /** The checked actions in the span, in words: '10-for-1 split on 2025-11-17'. */
  readonly events: readonly string[];
}

/** Vendors date a split by the ex-date or the days around it. */
const DAYS_APART = 7;
const RATIO_TOLERANCE = 0.02;

const BY_SYMBOL = groupBy(CHECKED_ACTIONS, ({ symbol }) => symbol);
const MERGERS_BY_SYMBOL = new Map(CHECKED_MERGERS.map((merger) => [merger.gone, merger]));
const NOTHING: SplitFactor = { factor: 1, reason: null, events: [] };

/** The checked splits, spin-offs and exchanges of a symbol with an ex-date in (from, to]. */
export function checkedActions(symbol: string, from: IsoDate, to: IsoDate): CheckedAction[] {
  return (BY_SYMBOL.get(symbol) ?? []).filter(({ exDate }) => from < exDate && exDate <= to);
}

/** The checked merger for shares in which a symbol ended in (from, to]. */
export function checkedMerger(symbol: string, from: IsoDate, to: IsoDate): CheckedMerger | null {
  const merger = MERGERS_BY_SYMBOL.get(symbol);
  return merger !== undefined && from < merger.day && merger.day <= to ? merger : null;
}

/** Every security that holders of others were given by spin-offs and mergers of the span, with those others. */
export function receivedShares(
  from: IsoDate,
  to: IsoDate,
): { readonly of: string; readonly day: IsoDate; readonly received: ReceivedShares; readonly how: string }[] {
  const spunOff = CHECKED_ACTIONS.filter(({ exDate }) => from < exDate && exDate <= to).flatMap((action) =>
    action.received.map((received) => ({
      of: action.symbol,
      day: action.exDate,
      received,
      how: action.evidence,
    })),
  );
  const merged = CHECKED_MERGERS.filter(({ day }) => from < day && day <= to).map(({ gone, day, into }) => ({
    of: gone,
    day,
    received: into,
    how: `merger of ${gone}`,
  }));
  return [...spunOff, ...merged];
}

/**
 * The factor between share counts of two days. Only checked splits and share dividends count; vendors book spin-offs as
 * splits too, and those leave the shares as they are. A ratio of the vendor that is on no checked list gives null.
 * @param from the earlier day; a split of that day is in its count already
 * @param to the later day, its own splits included
 * @param vendor the vendor's splits of the symbol, as far as they are known; those outside the span do no harm
 */
export function splitFactor(
  symbol: string,
  from: IsoDate,
  to: IsoDate,
  vendor: readonly VendorSplit[],
): SplitFactor {
  const checked = checkedActions(symbol, from, to);
  const strange = vendor.find(
    (split) =>
      split.symbol === symbol &&
      from < split.date &&
      split.date <= to &&
      split.split !== 1 &&
      matchOf(split) === undefined,
  );
  if (checked.length === 0 && strange === undefined) return NOTHING;
  const events = checked.map(({ evidence, exDate }) => `${evidence} on ${exDate}`);
  if (strange !== undefined) {
    const { date, split } = strange;
    const reason = `the vendor books a ratio of ${split} on ${date} that is on no checked list of splits and spin-offs`;
    return { factor: null, reason, events };
  }
  const exchanged = checked.find(({ factor }) => factor === null);
  if (exchanged !== undefined) {
    const reason = `holdings before and after ${exchanged.exDate} do not compare: ${exchanged.evidence}`;
    return { factor: null, reason, events };
  }
  return { factor: checked.reduce((product, { factor }) => product * factor!, 1), reason: null, events };
}

/**
 * By which a vendor's adjusted close of the day `from` is multiplied to undo all that is booked as a split in (from, to]: his
 * own lines, and the checked actions that none of them is about.
 * @param to the last day for whose splits the close is adjusted
 * @param vendor the vendor's splits of the symbol, as far as they are known
 */
export function bookedRatio(
  symbol: string,
  from: IsoDate,
  to: IsoDate,
  vendor: readonly VendorSplit[],
): number {
  const lines = vendor.filter((split) => split.symbol === symbol);
  const booked = new Set(lines.map(matchOf));
  const unbooked = checkedActions(symbol, from, to).filter((action) => !booked.has(action));
  const ratios = [
    ...lines.filter(({ date }) => from < date && date <= to).map(({ split }) => split),
    ...unbooked.map(({ ratio }) => ratio),
  ];
  return ratios.reduce((product, ratio) => product * ratio, 1);
}

/** The checked action that a vendor's line is about. */
function matchOf({ symbol, date, split }: VendorSplit): CheckedAction | undefined {
  const [first, last] = [addDays(date, -DAYS_APART), addDays(date, DAYS_APART)];
  return (BY_SYMBOL.get(symbol) ?? []).find(
    ({ exDate, ratio }) =>
      exDate >= first && exDate <= last && Math.abs(split / ratio - 1) <= RATIO_TOLERANCE,
  );
}

/** A span of days in which one factor brings a vendor's adjusted closes to the share basis of a day. */
export interface BasisSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly factor: number;
}

/**
 * Spans that bring closes of the days from..to, which a vendor has adjusted for all that it books as splits, to dollars a
 * share in the basis of `to`: the vendor's own ratios after each day are undone, true splits up to `to` put back.
 * @param vendor all splits of ONE symbol that the vendor adjusted for
 * @returns spans without gaps; one of factor 1 where nothing happened; null where a ratio before `to` is not known for true
 */
export function basisSpans(from: IsoDate, to: IsoDate, vendor: readonly VendorSplit[]): BasisSpan[] | null {
  const inside = vendor.filter(({ date }) => from < date && date <= to).map(({ date }) => date);
  const starts = [from, ...new Set(inside)].toSorted();
  const spans: BasisSpan[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const end = next === undefined ? to : addDays(next, -1);
    let factor = 1;
    for (const split of vendor) if (split.date > end) factor *= split.split;
    const symbol = vendor[0]?.symbol;
    if (symbol !== undefined && next !== undefined) {
      const truth = splitFactor(symbol, end, to, vendor).factor;
      if (truth === null) return null;
      factor /= truth;
    }
    spans.push({ from: start, to: end, factor });
  }
  return spans;
}
