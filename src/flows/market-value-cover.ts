import { addDays, type IsoDate, newYorkDate, SECTORS } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { readMarketValues } from './market-value.js';
import { LEAST_COVERAGE } from './sector-values.js';

/** Of how many companies a view knows the market value, on the day after its last raw close. */
export interface MarketValueCover {
  /** Companies that filed shares outstanding. */
  readonly counted: number;
  /** The last day with a raw close; null where the view knows none. */
  readonly day: IsoDate | null;
  /** Companies on the newest list of names, and those of them with a market value after that day. */
  readonly listed: number;
  readonly valued: number;
  /** A few symbols of those. */
  readonly symbols: readonly string[];
  /** Sectors of whose companies enough have a market value. */
  readonly sectors: readonly string[];
  readonly leastCoverage: number;
}

const NAMED = 5;

export async function readMarketValueCover(view: AsOfView): Promise<MarketValueCover> {
  const values = await readMarketValues(view);
  const [last] = await view.query<{ day: IsoDate | null }>(
    "SELECT max(date) AS day FROM prices WHERE price_basis = 'split-adjusted' AND close > 0",
  );
  const day = last?.day ?? null;
  const after = day === null ? newYorkDate(view.asOf) : addDays(day, 1);
  const members = values.companies.members(null, after);
  const valueOn = await values.read(members, [after]);
  const valued = members.filter((company) => valueOn(company, after).dollars !== null);
  const count = (sector: string, of: typeof members): number =>
    of.filter((company) => company.sector === sector).length;
  return {
    counted: values.counted,
    day,
    listed: members.length,
    valued: valued.length,
    symbols: valued.slice(0, NAMED).map(({ symbols }) => symbols[0]!),
    sectors: SECTORS.filter((sector) => {
      const of = count(sector, members);
      return of > 0 && count(sector, valued) >= LEAST_COVERAGE * of;
    }),
    leastCoverage: LEAST_COVERAGE,
  };
}
