import {
  addDays,
  buildSecurityRegister,
  checkedMerger,
  groupBy,
  type IsoDate,
  receivedShares,
  type SecurityLists,
  type SecurityRegister,
  splitFactor,
  type VendorSplit,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { RawSecurity } from './thirteen-f-positions.js';
import { type PriceKind, type QuarterCloses, referencePrice } from './thirteen-f-prices.js';
import { continuingHolders, looksLikeSplit } from './thirteen-f-unlisted-splits.js';

/** A security of a panel: what makes its share counts comparable, and what they are worth. */
export interface PanelSecurity {
  readonly cusip: string;
  /** CUSIPs that became this one, or under which filers still report it. */
  readonly formerCusips: readonly string[];
  readonly ticker: string | null;
  readonly issuer: string | null;
  readonly sector: string | null;
  /** What ticker and sector rest on. */
  readonly evidence: readonly string[];
  /** Shares at the quarter's end for each at the end of the one before; null where not known. */
  readonly factor: number | null;
  /** Why changes of shares are null for every manager; null where they are known. */
  readonly reason: string | null;
  /** US dollars a share in the split basis of the quarter's end. */
  readonly price: number | null;
  readonly priceKind: PriceKind | null;
  readonly flags: readonly string[];
}

/** A security with its positions. */
export interface JudgedSecurity {
  readonly security: PanelSecurity;
  readonly raw: RawSecurity;
  /** Shares that managers were given without buying, by manager. */
  readonly received: ReadonlyMap<number, number>;
}

/** The lists of a view joined: CUSIP to ticker, issuer and sector, dated where the lists are. */
export async function readSecurityRegister(view: AsOfView): Promise<SecurityRegister> {
  return buildSecurityRegister({
    names: await view.query<SecurityLists['names'][number]>(
      'SELECT cusip, ticker FROM security_names WHERE cusip_valid ORDER BY cusip, ticker',
    ),
    dated: await view.query<SecurityLists['dated'][number]>(
      `SELECT cusip, mode(ticker ORDER BY ticker) AS ticker, min(issuer_name) AS issuer, quarter_end AS date
       FROM fund_holdings WHERE cusip_valid AND ticker IS NOT NULL GROUP BY cusip, quarter_end ORDER BY cusip, quarter_end`,
    ),
    issuers: await view.query<SecurityLists['issuers'][number]>(
      'SELECT cik, ticker, title FROM issuers ORDER BY cik, ticker',
    ),
    constituents: await view.query<SecurityLists['constituents'][number]>(
      `SELECT list, symbol, name, sector, cik, first_seen, last_seen FROM constituents
       ORDER BY symbol, first_seen, last_seen`,
    ),
  });
}

/** Fewer holders than this may all have sold; more leave at once only when the security ends. */
const FEWEST_HOLDERS_OF_VANISHED = 3;

interface Labelled {
  raw: RawSecurity;
  readonly ticker: string | null;
  readonly issuer: string | null;
  readonly sector: string | null;
  readonly evidence: readonly string[];
  readonly tickers: readonly string[];
  readonly formerCusips: string[];
  /** Its former CUSIP ended in the quarter, so that the ratio of the exchange is in question. */
  isSuccessor: boolean;
}

function holders(shares: Float64Array): number {
  let count = 0;
  for (const held of shares) if (held > 0) count++;
  return count;
}

export interface SecurityContext {
  readonly ends: { readonly now: IsoDate; readonly before: IsoDate };
  readonly register: SecurityRegister;
  readonly vendorSplits: readonly VendorSplit[];
  readonly closes: ReadonlyMap<string, QuarterCloses>;
}

/** Labels securities, joins changed CUSIPs, and decides whether and how each one's share counts compare. */
export function judgeSecurities(raw: readonly RawSecurity[], context: SecurityContext): JudgedSecurity[] {
  const named = raw.map((security) => label(security, context));
  const labelled = joinChangedCusips(joinEqualSecurities(named));
  const splitsOf = groupBy(context.vendorSplits, ({ symbol }) => symbol);
  const received = receivedBySecurity(labelled, context);
  return labelled.map((security) => judge(security, splitsOf, received.get(security) ?? new Map(), context));
}

function label(raw: RawSecurity, { register, ends }: SecurityContext): Labelled {
  const date = holders(raw.sharesNow) > 0 ? ends.now : ends.before;
  const entry = register.lookup(raw.cusip, date, raw.issuerName);
  return {
    raw,
    ticker: entry?.ticker ?? null,
    issuer: entry?.issuer ?? raw.issuerName,
    sector: entry?.sector ?? null,
    evidence: entry?.evidence ?? [],
    tickers: [
      ...new Set([...(entry?.ticker == null ? [] : [entry.ticker]), ...register.tickers(raw.cusip, date)]),
    ],
    formerCusips: [],
    isSuccessor: false,
  };
}

/** Values per share of one security differ among managers by no more than this. */
const SAME_PRICE = 1.05;

/**
 * CUSIPs of one issuer with one ticker and one price are one security: some filers use an old CUSIP for years, and who
 * changes to the new one has not traded.
 */
function joinEqualSecurities(labelled: readonly Labelled[]): Labelled[] {
  const groups = groupBy(labelled, ({ ticker, raw }) =>
    ticker === null ? raw.cusip : `${ticker} ${raw.cusip.slice(0, ISSUER_LENGTH)}`,
  );
  return [...groups.values()].flatMap((group) => {
    if (group.length === 1) return group;
    const [main, ...others] = group.toSorted(
      (a, b) => holders(b.raw.sharesNow) - holders(a.raw.sharesNow) || (a.raw.cusip < b.raw.cusip ? -1 : 1),
    ) as [Labelled, ...Labelled[]];
    const rest = others.filter((other) => {
      if (!isSamePrice(main.raw, other.raw)) return true;
      main.raw = joinedPositions(main.raw, other.raw);
      main.formerCusips.push(other.raw.cusip);
      return false;
    });
    return [main, ...rest];
  });
}

const ISSUER_LENGTH = 6;

/** True where some quarter end has values of both that agree, and none has values that do not. */
function isSamePrice(a: RawSecurity, b: RawSecurity): boolean {
  const pairs = [
    [a.valuePerShareNow, b.valuePerShareNow],
    [a.valuePerShareBefore, b.valuePerShareBefore],
  ] as const;
  const known = pairs.filter(([x, y]) => x !== null && y !== null) as (readonly [number, number])[];
  return known.length > 0 && known.every(([x, y]) => x <= y * SAME_PRICE && y <= x * SAME_PRICE);
}

/** A CUSIP that no manager holds any more becomes the only new one with its ticker. */
function joinChangedCusips(labelled: readonly Labelled[]): Labelled[] {
  const withTicker = labelled.filter(({ ticker }) => ticker !== null);
  const gone = groupBy(
    withTicker.filter(({ raw }) => holders(raw.sharesNow) === 0),
    ({ ticker }) => ticker,
  );
  const come = groupBy(
    withTicker.filter(({ raw }) => holders(raw.sharesBefore) === 0),
    ({ ticker }) => ticker,
  );
  const joined = new Set<Labelled>();
  for (const [ticker, [old, ...others]] of gone) {
    const [heir, ...rivals] = come.get(ticker) ?? [];
    if (old === undefined || heir === undefined || others.length > 0 || rivals.length > 0) continue;
    heir.raw = { ...joinedPositions(heir.raw, old.raw), valuePerShareBefore: old.raw.valuePerShareBefore };
    heir.formerCusips.push(old.raw.cusip);
    heir.isSuccessor = true;
    joined.add(old);
  }
  return labelled.filter((security) => !joined.has(security));
}

/** Positions of two CUSIPs, added up by manager. */
function joinedPositions(main: RawSecurity, other: RawSecurity): RawSecurity {
  const places = new Map([...main.managers].map((manager, place) => [manager, place]));
  const added = [...other.managers.keys()].filter((index) => !places.has(other.managers[index]!));
  const managers = Int32Array.of(...main.managers, ...added.map((index) => other.managers[index]!));
  const rowKeys = Float64Array.of(...main.rowKeys, ...added.map((index) => other.rowKeys[index]!));
  const sharesBefore = new Float64Array(managers.length);
  const sharesNow = new Float64Array(managers.length);
  sharesBefore.set(main.sharesBefore);
  sharesNow.set(main.sharesNow);
  for (const [place, index] of added.entries())
    places.set(other.managers[index]!, main.managers.length + place);
  for (const [index, manager] of other.managers.entries()) {
    const place = places.get(manager)!;
    sharesBefore[place]! += other.sharesBefore[index]!;
    sharesNow[place]! += other.sharesNow[index]!;
  }
  return { ...main, managers, sharesBefore, sharesNow, rowKeys };
}

/** Shares handed out by spin-offs and paid in mergers, by the security that was received. */
function receivedBySecurity(
  labelled: readonly Labelled[],
  { ends, vendorSplits }: SecurityContext,
): Map<Labelled, Map<number, number>> {
  const byTicker = groupBy(
    labelled.filter(({ ticker }) => ticker !== null),
    ({ ticker }) => ticker,
  );
  const all = new Map<Labelled, Map<number, number>>();
  for (const { of, day, received } of receivedShares(ends.before, ends.now)) {
    const parents = byTicker.get(of) ?? [];
    const children = byTicker.get(received.symbol) ?? [];
    if (parents.length !== 1 || children.length !== 1) continue;
    const [parent, child] = [parents[0]!.raw, children[0]!];
    const { factor } = splitFactor(of, ends.before, addDays(day, -1), vendorSplits);
    if (factor === null) continue;
    const given = all.get(child) ?? new Map<number, number>();
    const placeOf = new Map([...child.raw.managers].map((manager, place) => [manager, place]));
    for (const [index, manager] of parent.managers.entries()) {
      const shares = parent.sharesBefore[index]! * factor * received.perShare;
      const place = placeOf.get(manager);
      // Who no longer holds the parent may have sold it before the day: what it holds of the child at most was given.
      const most =
        parent.sharesNow[index]! > 0
          ? Number.POSITIVE_INFINITY
          : place === undefined
            ? 0
            : Math.max(child.raw.sharesNow[place]! - child.raw.sharesBefore[place]!, 0);
      const counted = Math.min(shares, most);
      if (counted >= 1) given.set(manager, (given.get(manager) ?? 0) + counted);
    }
    all.set(child, given);
  }
  return all;
}

function judge(
  labelled: Labelled,
  splitsOf: ReadonlyMap<string, readonly VendorSplit[]>,
  received: ReadonlyMap<number, number>,
  context: SecurityContext,
): JudgedSecurity {
  const { raw, ticker, tickers, formerCusips, isSuccessor, issuer, sector, evidence } = labelled;
  const priced = tickers.find((symbol) => context.closes.has(symbol));
  const closes = priced === undefined ? undefined : context.closes.get(priced);
  const flags: string[] = [];
  const { factor, reason } = comparability(labelled, splitsOf, closes, context, flags);
  const {
    price,
    kind,
    flags: priceFlags,
  } = referencePrice(
    closes,
    { before: raw.valuePerShareBefore, now: raw.valuePerShareNow, isRounded: raw.isRounded },
    factor,
    context.ends.now,
  );
  if (formerCusips.length > 0)
    flags.push(`${isSuccessor ? 'CUSIP changed from' : 'also held under CUSIP'} ${formerCusips.join(', ')}`);
  if (received.size > 0) flags.push('shares received in a spin-off or merger are not counted as bought');
  return {
    raw,
    received,
    security: {
      cusip: raw.cusip,
      formerCusips,
      ticker,
      issuer,
      sector,
      evidence,
      factor,
      reason,
      price,
      priceKind: kind,
      flags: [...flags, ...priceFlags],
    },
  };
}

interface Comparability {
  readonly factor: number | null;
  readonly reason: string | null;
}

function comparability(
  { raw, ticker, tickers, formerCusips, isSuccessor }: Labelled,
  splitsOf: ReadonlyMap<string, readonly VendorSplit[]>,
  closes: QuarterCloses | undefined,
  { ends }: SecurityContext,
  flags: string[],
): Comparability {
  const symbols = tickers.length === 0 ? [] : tickers;
  const splits = symbols.map((symbol) =>
    splitFactor(symbol, ends.before, ends.now, splitsOf.get(symbol) ?? []),
  );
  const found = splits.find(({ factor, events }) => factor === null || events.length > 0);
  if (found !== undefined) {
    flags.push(...found.events);
    if (found.factor === null) return found;
  }
  const gone = vanished(raw, ticker, closes, ends);
  if (gone !== null) return { factor: null, reason: gone };
  if (found !== undefined) return { factor: found.factor, reason: null };
  const continuing = continuingHolders(raw);
  if (isSuccessor && continuing.unchanged < 2)
    return {
      factor: null,
      reason: `the CUSIP changed from ${formerCusips.join(', ')} and no list says at which ratio`,
    };
  const ratio = looksLikeSplit(raw, continuing);
  if (ratio !== null)
    return {
      factor: null,
      reason: `holders' shares and price look like a split of ${ratio} that is on no checked list`,
    };
  if (holders(raw.sharesNow) === 0) flags.push('its last holders of the panel left');
  return { factor: 1, reason: null };
}

/** Why nobody's leaving is a sale; null where somebody still holds it, or few held it, or it still trades. */
function vanished(
  raw: RawSecurity,
  ticker: string | null,
  closes: QuarterCloses | undefined,
  ends: SecurityContext['ends'],
): string | null {
  if (holders(raw.sharesNow) > 0) return null;
  const merger = ticker === null ? null : checkedMerger(ticker, ends.before, ends.now);
  if (merger !== null) return `ended on ${merger.day} in a merger into ${merger.into.symbol}: not sold`;
  if (closes !== undefined && closes.lastDate >= addDays(ends.now, -7)) return null;
  const before = holders(raw.sharesBefore);
  return before >= FEWEST_HOLDERS_OF_VANISHED
    ? `gone from all ${before} holders at once, as in a merger or delisting: not counted as sold`
    : null;
}
