import { groupBy, HeldBy, type IsoDate } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type ListedCompanies, type ListedCompany, readListedCompanies } from './listed-companies.js';
import { type RawClose, readRawCloses } from './raw-closes.js';
import { type CountHistory, countHistory, readShareCounts, type ShareCount } from './share-counts.js';
import { readVendorSplits } from './thirteen-f-prices.js';

/** Market value of a company in US dollars: shares of all classes times their last close before the day. */
export type MarketValue =
  | {
      readonly dollars: number;
      readonly countedOn: IsoDate;
      readonly closeDate: IsoDate;
      readonly reason: null;
    }
  | { readonly dollars: null; readonly reason: string };

/** Closes of classes of one company that are counted together differ by no more than this. */
const LIKE_CLASSES = 1.25;

export const NO_SHARE_COUNTS =
  'the store has no source of shares outstanding, so the market value of the sector is not known';

/** What market values of a view are made of, read once. */
export interface MarketValues {
  readonly companies: ListedCompanies;
  /** Companies that filed a count. */
  readonly counted: number;
  /** Whether the company filed any count. */
  isCounted(company: ListedCompany): boolean;
  /** Reads the closes that the values of companies on days need. */
  read(
    companies: readonly ListedCompany[],
    days: readonly IsoDate[],
  ): Promise<(company: ListedCompany, day: IsoDate) => MarketValue>;
}

const READ = new HeldBy<AsOfView, Promise<MarketValues>>();

/** The market values that a view can tell. */
export function readMarketValues(view: AsOfView): Promise<MarketValues> {
  return READ.of(view, '', () => make(view));
}

async function make(view: AsOfView): Promise<MarketValues> {
  const counts = await readShareCounts(view);
  const companies = await readListedCompanies(view);
  const vendor = groupBy(counts.size === 0 ? [] : await readVendorSplits(view), ({ symbol }) => symbol);
  const countsOf = ({ cik }: ListedCompany): ShareCount[] => (cik === null ? [] : (counts.get(cik) ?? []));
  const histories = new Map<string, CountHistory>();
  const historyOf = (company: ListedCompany): CountHistory => {
    const symbol = company.symbols[0]!;
    const key = company.cik ?? symbol;
    const held = histories.get(key) ?? countHistory(countsOf(company), symbol, vendor.get(symbol) ?? []);
    histories.set(key, held);
    return held;
  };
  return {
    companies,
    counted: counts.size,
    isCounted: (company) => countsOf(company).length > 0,
    async read(asked, days) {
      const symbols = asked
        .filter((company) => countsOf(company).length > 0)
        .flatMap(({ symbols }) => symbols);
      const closeOf = await readRawCloses(view, [...new Set(symbols)], [...new Set(days)], vendor);
      return (company, day) => valueOn(company, day, historyOf(company), closeOf);
    },
  };
}

function valueOn(
  { symbols }: ListedCompany,
  day: IsoDate,
  history: CountHistory,
  closeOf: (symbol: string, day: IsoDate) => RawClose,
): MarketValue {
  const closes = symbols.map((symbol) => closeOf(symbol, day));
  const [first] = closes;
  const counted = history.on(day, first?.date ?? day);
  if (counted.shares === null) return { dollars: null, reason: counted.reason };
  const missing = closes.find(({ close }) => close === null);
  if (missing !== undefined) return { dollars: null, reason: missing.reason! };
  if (closes.some(({ date }) => date !== first!.date))
    return { dollars: null, reason: `the last closes of ${symbols.join(' and ')} are of different days` };
  const prices = closes.map(({ close }) => close!);
  if (Math.max(...prices) > LIKE_CLASSES * Math.min(...prices))
    return {
      dollars: null,
      reason: `the shares of ${symbols.join(' and ')} are counted together and priced apart`,
    };
  const price = prices.reduce((sum, close) => sum + close, 0) / prices.length;
  return {
    dollars: counted.shares * price,
    countedOn: counted.countedOn,
    closeDate: first!.date!,
    reason: null,
  };
}
