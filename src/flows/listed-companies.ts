import { type IsoDate, tickerSymbol } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** A company on a list of names, with all its listed classes of shares. */
export interface ListedCompany {
  /** Central Index Key; null where no list tells it. */
  readonly cik: string | null;
  readonly symbols: readonly string[];
  readonly sector: string | null;
}

/** Who is behind a symbol, and who is listed, as far as a view knows. */
export interface ListedCompanies {
  /** The company of a symbol with the classes of shares that are listed on the day. */
  companyOf(symbol: string, day: IsoDate): ListedCompany;
  /** The companies that the newest list by the day shows in a sector; null = in any. */
  members(sector: string | null, day: IsoDate): readonly ListedCompany[];
}

interface Listing {
  readonly list: string;
  readonly symbol: string;
  readonly sector: string | null;
  readonly cik: string | null;
  readonly firstSeen: IsoDate;
  readonly lastSeen: IsoDate | null;
}

/** Classes of shares with a symbol of their own: 'BRK-A'. Two letters ('JPM-PC') are preferred shares, warrants and units. */
const CLASS_OF_SHARES = /^[A-Z]+-[A-K]$/;

/** Reads who is listed: dated lists of names, and the SEC's list of tickers of today for what these do not tell. */
export async function readListedCompanies(view: AsOfView): Promise<ListedCompanies> {
  const listings = await view.query<Listing & Record<string, unknown>>(
    `SELECT list, symbol, sector, cik, first_seen, last_seen FROM constituents WHERE first_seen IS NOT NULL
     ORDER BY list, symbol, first_seen, last_seen`,
  );
  const issuers = await view.query<{ cik: string; ticker: string }>(
    'SELECT cik, ticker FROM issuers ORDER BY cik, ticker',
  );
  const cikOf = new Map(issuers.map(({ cik, ticker }) => [tickerSymbol(ticker), cik]));
  for (const { symbol, cik } of listings) if (cik !== null) cikOf.set(symbol, cik);
  const classesOf = new Map<string, string[]>();
  for (const [symbol, cik] of cikOf)
    if (CLASS_OF_SHARES.test(symbol)) classesOf.set(cik, [...(classesOf.get(cik) ?? []), symbol]);
  const days = new Map<IsoDate, ReadonlyMap<string, ListedCompany>>();
  const listedOn = (day: IsoDate): ReadonlyMap<string, ListedCompany> => {
    const held = days.get(day) ?? companiesOn(listings, day, cikOf, classesOf);
    days.set(day, held);
    return held;
  };
  return {
    companyOf(symbol, day) {
      const cik = cikOf.get(symbol) ?? null;
      const listed = listedOn(day).get(cik ?? symbol);
      const symbols = [
        symbol,
        ...(listed?.symbols ?? []),
        ...(cik === null ? [] : (classesOf.get(cik) ?? [])),
      ];
      return { cik, symbols: [...new Set(symbols)].sort(), sector: listed?.sector ?? null };
    },
    members: (sector, day) =>
      [...listedOn(day).values()].filter((company) => sector === null || company.sector === sector),
  };
}

/** Companies by key (or by symbol, where none is known) on the newest lists by a day. */
function companiesOn(
  listings: readonly Listing[],
  day: IsoDate,
  cikOf: ReadonlyMap<string, string>,
  classesOf: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ListedCompany> {
  const newest = new Map<string, IsoDate>();
  for (const { list, firstSeen, lastSeen } of listings)
    for (const seen of [firstSeen, lastSeen])
      if (seen !== null && seen <= day && seen > (newest.get(list) ?? '')) newest.set(list, seen);
  const companies = new Map<string, ListedCompany>();
  for (const { list, symbol, sector, firstSeen, lastSeen } of listings) {
    const seen = newest.get(list);
    if (seen === undefined || firstSeen > seen || (lastSeen !== null && lastSeen < seen)) continue;
    const cik = cikOf.get(symbol) ?? null;
    const key = cik ?? symbol;
    const others = companies.get(key)?.symbols ?? (cik === null ? [] : (classesOf.get(cik) ?? []));
    companies.set(key, { cik, symbols: [...new Set([...others, symbol])].sort(), sector });
  }
  return companies;
}
