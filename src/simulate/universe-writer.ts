import type { IsoDate } from '../core/index.js';
import type { SimulatedStock, StockMarket } from './stocks.js';

const quoted = (text: string): string => (text.includes(',') ? `"${text}"` : text);

/** Today's list of constituents as scraped from Wikipedia: dot tickers, CIK without leading zeros. */
export function constituentsCsv({ sessions, stocks }: StockMarket): string {
  const header = 'Symbol,Security,GICS Sector,GICS Sub-Industry,Headquarters Location,Date added,CIK,Founded';
  const rows = stocks
    .filter(({ lastSession }) => lastSession === sessions.length - 1)
    .map((stock) =>
      [
        stock.symbol,
        stock.name,
        stock.gicsSector,
        stock.gicsSubIndustry,
        stock.headquarters,
        stock.dateAdded,
        String(stock.cik),
        stock.founded,
      ]
        .map(quoted)
        .join(','),
    );
  return `${[header, ...rows].join('\n')}\n`;
}

/** A name that the GICS change of September 2018 moved, and where it stood before. */
const MOVED = {
  symbol: 'CS1',
  before: 'Information Technology',
  subIndustry: 'Internet Software & Services',
};
const LAST_SNAPSHOT_BEFORE_MOVE = '2018-03-31' as IsoDate;
const FIRST_SNAPSHOT_AFTER_MOVE = '2020-06-30' as IsoDate;

/** Sectors by the dates of the snapshots that showed them. */
export function sectorHistoryCsv({ sessions, stocks }: StockMarket): string {
  const lines = ['symbol,name,gics_sector,gics_sub_industry,cik,first_seen,last_seen'];
  const [first, last] = [sessions[0]!, sessions.at(-1)!];
  const row = (stock: SimulatedStock, sector: [string, string], seen: [IsoDate, IsoDate]): string =>
    [stock.symbol, stock.name, ...sector, String(stock.cik), ...seen].map(quoted).join(',');
  for (const stock of stocks) {
    const sector: [string, string] = [stock.gicsSector, stock.gicsSubIndustry];
    const hasMoved = stock.symbol === MOVED.symbol && first < LAST_SNAPSHOT_BEFORE_MOVE;
    if (hasMoved && last > FIRST_SNAPSHOT_AFTER_MOVE) {
      lines.push(row(stock, [MOVED.before, MOVED.subIndustry], [first, LAST_SNAPSHOT_BEFORE_MOVE]));
      lines.push(row(stock, sector, [FIRST_SNAPSHOT_AFTER_MOVE, last]));
    } else lines.push(row(stock, sector, [first, sessions[stock.lastSession]!]));
  }
  return `${lines.join('\n')}\n`;
}

/** Membership of the list: every name is a member throughout, but for the one that was bought. */
export function membershipCsv({ sessions, stocks }: StockMarket): string {
  const rows = stocks.map(({ symbol, dateAdded, lastSession }) => {
    const end = lastSession === sessions.length - 1 ? '' : sessions[lastSession + 1]!;
    return `${symbol},${dateAdded},${end}`;
  });
  return `${['ticker,start_date,end_date', ...rows].join('\n')}\n`;
}
