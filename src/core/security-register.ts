import { groupBy } from './group-by.js';
import type { IsoDate } from './units.js';

/** What lists say of securities; rows in any order. */
export interface SecurityLists {
  /** Undated CUSIP to ticker. */
  readonly names: readonly { readonly cusip: string; readonly ticker: string }[];
  /** A ticker that somebody gave a CUSIP at a day. */
  readonly dated: readonly {
    readonly cusip: string;
    readonly ticker: string;
    readonly issuer: string | null;
    readonly date: IsoDate;
  }[];
  /** Who files under which key, with the ticker of today. */
  readonly issuers: readonly {
    readonly cik: string;
    readonly ticker: string;
    readonly title: string | null;
  }[];
  /** Names and sectors as dated lists showed them. */
  readonly constituents: readonly {
    readonly list: string;
    readonly symbol: string;
    readonly name: string | null;
    readonly sector: string | null;
    readonly cik: string | null;
    readonly firstSeen: IsoDate;
    readonly lastSeen: IsoDate | null;
  }[];
}

export interface SecurityEntry {
  readonly ticker: string | null;
  readonly issuer: string | null;
  /** One of SECTORS. */
  readonly sector: string | null;
  /** What each answer rests on, in words. */
  readonly evidence: readonly string[];
}

export interface SecurityRegister {
  /**
   * What is known of a security on a day.
   * @param filedName the issuer as filings name it, used where no list knows the CUSIP
   * @returns null where nothing is known
   */
  lookup(cusip: string, date: IsoDate, filedName?: string | null): SecurityEntry | null;
  /** The tickers that any list gives a CUSIP, the one of the day first. */
  tickers(cusip: string, date: IsoDate): string[];
  /** The sector of a ticker on a day. */
  sectorOf(ticker: string, date: IsoDate): { readonly sector: string; readonly evidence: string } | null;
}

/** A ticker in the style of Yahoo Finance: 'BRK.B' and 'BRK/B' are 'BRK-B'. */
export function tickerSymbol(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/[./ ]([A-Z])$/, '-$1');
}

/**
 * Spells class shares as listings do: lists of CUSIPs write BRKB where listings write BRK-B. A ticker that is listed as it
 * stands is left alone.
 */
function classShareSpelling(listed: readonly string[]): (ticker: string) => string {
  const known = new Set(listed);
  const dashed = new Map(listed.filter((one) => one.includes('-')).map((one) => [one.replace('-', ''), one]));
  return (ticker) => {
    const symbol = tickerSymbol(ticker);
    return known.has(symbol) ? symbol : (dashed.get(symbol) ?? symbol);
  };
}

/**
 * True where the issue part of a CUSIP (characters 7 and 8) is that of shares: two digits. Letters mark debt (CUSIP Global
 * Services: equity issues are numeric, fixed income alphabetic or alphanumeric).
 */
export function isShareIssue(cusip: string): boolean {
  return /^.{6}\d\d/.test(cusip);
}

type Listing = SecurityLists['constituents'][number];
type Dated = SecurityLists['dated'][number];

/**
 * Joins the lists. A ticker comes from the dated list of the day or the nearest before (else the first after), then
 * from the undated list, then from the issuer's name; a sector from the last listing of the ticker that began by the
 * day (else the first after it), then from another listing of the same filer.
 */
export function buildSecurityRegister(lists: SecurityLists): SecurityRegister {
  const dated = grouped(
    lists.dated,
    ({ cusip }) => cusip,
    (a, b) => compare(a.date, b.date),
  );
  const undated = grouped(
    lists.names,
    ({ cusip }) => cusip,
    (a, b) => compare(a.ticker, b.ticker),
  );
  const listings = grouped(lists.constituents, ({ symbol }) => symbol, byFirstSeen);
  const ofFiler = grouped(
    lists.constituents.filter(({ cik }) => cik !== null),
    ({ cik }) => cik!,
    byFirstSeen,
  );
  const issuerOf = new Map(lists.issuers.map((issuer) => [tickerSymbol(issuer.ticker), issuer]));
  const byTitle = grouped(
    lists.issuers,
    ({ title }) => comparableIssuer(title ?? ''),
    (a, b) => compare(a.ticker, b.ticker),
  );

  const symbolOf = classShareSpelling([...listings.keys(), ...issuerOf.keys()]);

  const sectorOf: SecurityRegister['sectorOf'] = (ticker, date) => {
    const own = sectorIn(listings.get(ticker), date);
    if (own !== null) return own;
    const cik = issuerOf.get(ticker)?.cik;
    const kin = cik === undefined ? null : sectorIn(ofFiler.get(cik), date);
    return kin === null ? null : { ...kin, evidence: `${kin.evidence}, a listing of the same filer` };
  };

  const undatedTickers = (cusip: string): string[] => {
    const all = (undated.get(cusip) ?? []).map(({ ticker }) => symbolOf(ticker));
    return [...all.filter((t) => listings.has(t)), ...all.filter((t) => issuerOf.has(t)), ...all];
  };

  return {
    sectorOf,
    tickers(cusip, date) {
      const near = nearest(dated.get(cusip), date);
      const own = near === null ? [] : [symbolOf(near.row.ticker)];
      const others = (dated.get(cusip) ?? []).toReversed().map(({ ticker }) => symbolOf(ticker));
      return [...new Set([...own, ...others, ...undatedTickers(cusip)])];
    },
    lookup(cusip, date, filedName = null) {
      const near = nearest(dated.get(cusip), date);
      let ticker: string | null = null;
      let issuer: string | null = near?.row.issuer ?? null;
      const evidence: string[] = [];
      if (near !== null) {
        ticker = symbolOf(near.row.ticker);
        evidence.push(
          `ticker: holdings list of ${near.row.date}${near.isLater ? ', later than the day' : ''}`,
        );
      } else {
        const known = undatedTickers(cusip);
        ticker = known[0] ?? null;
        const others = new Set(known).size - 1;
        if (ticker !== null)
          evidence.push(
            `ticker: undated list of CUSIPs${others > 0 ? `, one of ${others + 1} it gives` : ''}`,
          );
      }
      if (ticker === null && filedName !== null) {
        const companies = byTitle.get(comparableIssuer(filedName)) ?? [];
        const filers = new Set(companies.map(({ cik }) => cik));
        if (filers.size === 1) {
          issuer ??= companies[0]!.title;
          if (companies.length === 1) ticker = tickerSymbol(companies[0]!.ticker);
          evidence.push(`issuer: its name is that of CIK ${companies[0]!.cik}`);
          const kin = ticker === null ? sectorIn(ofFiler.get(companies[0]!.cik), date) : null;
          if (kin !== null)
            return { ticker, issuer, sector: kin.sector, evidence: [...evidence, kin.evidence] };
        }
      }
      const sector = ticker === null ? null : sectorOf(ticker, date);
      if (sector !== null) evidence.push(sector.evidence);
      issuer ??= (ticker === null ? undefined : issuerOf.get(ticker)?.title) ?? filedName;
      return ticker === null && issuer === null
        ? null
        : { ticker, issuer, sector: sector?.sector ?? null, evidence };
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byFirstSeen = (a: Listing, b: Listing): number => compare(a.firstSeen, b.firstSeen);

function grouped<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  order: (a: Row, b: Row) => number,
): Map<string, Row[]> {
  const groups = groupBy(rows, key);
  for (const group of groups.values()) group.sort(order);
  return groups;
}

function nearest(
  rows: readonly Dated[] | undefined,
  date: IsoDate,
): { readonly row: Dated; readonly isLater: boolean } | null {
  if (rows === undefined) return null;
  const before = rows.findLast((row) => row.date <= date);
  return before !== undefined ? { row: before, isLater: false } : { row: rows[0]!, isLater: true };
}

/** A ticker that left its list so many years ago may be another company's by now. */
const MAX_YEARS_SINCE_SEEN = 3;

function sectorIn(
  listings: readonly Listing[] | undefined,
  date: IsoDate,
): { readonly sector: string; readonly evidence: string } | null {
  const withSector = listings?.filter(({ sector }) => sector !== null) ?? [];
  const begun = withSector.findLast(({ firstSeen }) => firstSeen <= date);
  const listing = begun ?? withSector[0];
  if (listing === undefined) return null;
  if (begun?.lastSeen != null && yearsApart(begun.lastSeen, date) > MAX_YEARS_SINCE_SEEN) return null;
  const from =
    begun === undefined ? `first seen ${listing.firstSeen}, later than the day` : `seen ${listing.firstSeen}`;
  return { sector: listing.sector!, evidence: `sector: list ${listing.list}, ${listing.symbol} ${from}` };
}

const yearsApart = (from: IsoDate, to: IsoDate): number => Number(to.slice(0, 4)) - Number(from.slice(0, 4));

const LEGAL_WORDS =
  /\b(INC|INCORPORATED|CORP|CORPORATION|CO|COMPANY|COS|LTD|LIMITED|PLC|LP|LLC|NV|SA|AG|SE|HLDGS|HOLDINGS?|GROUP|GRP|NEW|DEL|THE|COM|CLASS [A-C]|CL [A-C])\b/g;

/** Issuers' names as filers shorten them: upper case, legal words and punctuation off; '' where nothing is left. */
function comparableIssuer(name: string): string {
  return name
    .toUpperCase()
    .replace(/\/[A-Z ]+\/?$/, '')
    .replace(/[^A-Z0-9 ]+/g, ' ')
    .replace(LEGAL_WORDS, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
