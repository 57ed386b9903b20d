import type { IsoDate } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { ListedCompany } from './listed-companies.js';
import { type MarketValues, NO_SHARE_COUNTS, readMarketValues } from './market-value.js';

/** Share of a sector's companies whose market value must be known throughout, by count. */
export const LEAST_COVERAGE = 0.95;

/** Market value of a group of companies at the start of each period of a calendar. */
export interface GroupValues {
  /** US dollars of the companies with a value in every period from the first known one to the last; NaN = not known. */
  readonly dollars: Float64Array;
  /** What the sum rests on, in words; null where no period has one. */
  readonly coverage: string | null;
  /** Why a period has none. */
  reasonAt(period: number): string;
}

export function unknownValues(periods: number, reason: string): GroupValues {
  return { dollars: new Float64Array(periods).fill(Number.NaN), coverage: null, reasonAt: () => reason };
}

const label = (sector: string | null): string => (sector === null ? 'listed' : sector);

const share = (known: number, of: number): string =>
  `${known} of ${of} (${((100 * known) / of).toFixed(1)} %)`;

const tooFew = (known: number, of: number, sector: string | null): string =>
  `of the ${label(sector)} companies ${share(known, of)} have a known market value, ${100 * LEAST_COVERAGE} % are needed`;

/**
 * Market values of sectors (null = all listed companies) at the starts of periods. Companies are those that the newest list
 * by the last period shows; a sum is of the same ones in all its periods, so that a change of it is no change of names.
 */
export async function readGroupValues(
  view: AsOfView,
  sectors: Iterable<string | null>,
  periodStarts: readonly IsoDate[],
): Promise<ReadonlyMap<string | null, GroupValues>> {
  const wanted = [...new Set(sectors)];
  const values = await readMarketValues(view);
  const last = periodStarts.at(-1);
  const groups = wanted.map((sector) => ({
    sector,
    members: last === undefined ? [] : values.companies.members(sector, last),
  }));
  const counted = groups.flatMap(({ members }) => (canCover(members, values) ? members : []));
  const valueOn = await values.read([...new Set(counted)], counted.length === 0 ? [] : periodStarts);
  const tables = new Map<ListedCompany, Float64Array>();
  const tableOf = (company: ListedCompany): Float64Array => {
    const held =
      tables.get(company) ??
      Float64Array.from(periodStarts, (day) => valueOn(company, day).dollars ?? Number.NaN);
    tables.set(company, held);
    return held;
  };
  return new Map(
    groups.map(({ sector, members }) => [
      sector,
      groupValues(sector, members, values, periodStarts, tableOf),
    ]),
  );
}

const countedAmong = (members: readonly ListedCompany[], values: MarketValues): number =>
  members.filter((company) => values.isCounted(company)).length;

const canCover = (members: readonly ListedCompany[], values: MarketValues): boolean =>
  members.length > 0 && countedAmong(members, values) >= LEAST_COVERAGE * members.length;

function groupValues(
  sector: string | null,
  members: readonly ListedCompany[],
  values: MarketValues,
  periodStarts: readonly IsoDate[],
  tableOf: (company: ListedCompany) => Float64Array,
): GroupValues {
  const periods = periodStarts.length;
  if (values.counted === 0) return unknownValues(periods, NO_SHARE_COUNTS);
  if (members.length === 0)
    return unknownValues(
      periods,
      `the store has no list of ${label(sector)} companies, so their market value is not known`,
    );
  if (!canCover(members, values))
    return unknownValues(periods, tooFew(countedAmong(members, values), members.length, sector));
  return summed(sector, members.map(tableOf), periodStarts);
}

/**
 * Sums the companies known without a gap, from the newest period with enough of them back to the first.
 * @param table dollars by company and period; NaN = not known
 */
function summed(
  sector: string | null,
  table: readonly Float64Array[],
  periodStarts: readonly IsoDate[],
): GroupValues {
  const periods = periodStarts.length;
  const isEnough = (companies: readonly Float64Array[]): boolean =>
    companies.length >= LEAST_COVERAGE * table.length;
  const knownAt = (companies: readonly Float64Array[], period: number): readonly Float64Array[] =>
    companies.filter((dollars) => !Number.isNaN(dollars[period]!));
  let end = periods - 1;
  while (end >= 0 && !isEnough(knownAt(table, end))) end--;
  let kept = end < 0 ? [] : knownAt(table, end);
  let start = end;
  while (start > 0 && isEnough(knownAt(kept, start - 1))) kept = knownAt(kept, --start);
  const dollars = new Float64Array(periods).fill(Number.NaN);
  for (let period = Math.max(start, 0); period <= end; period++)
    dollars[period] = kept.reduce((sum, company) => sum + company[period]!, 0);
  const names = `${share(kept.length, table.length)} ${label(sector)} companies`;
  return {
    dollars,
    coverage:
      end < 0
        ? null
        : `market value of ${names}, the same from ${periodStarts[start]} to ${periodStarts[end]}`,
    reasonAt: (period) =>
      period < start && isEnough(knownAt(table, period))
        ? `the ${label(sector)} companies whose market value is known differ too much from those of ${periodStarts[end]}`
        : tooFew(knownAt(period < start ? kept : table, period).length, table.length, sector),
  };
}
