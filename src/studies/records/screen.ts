import {
  COT_CLASSES,
  formatInstant,
  nextCotRelease,
  type RecordRow,
  type ScreenRow,
} from '../../core/index.js';
import type { CotContractSeries } from '../../flows/index.js';
import { percentile } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';

const MINIMUM_WEEKS = 26;
const WEEKS = { '1y': 52, '3y': 157, '5y': 261 } as const;

/** Net position of one class over the calendar, in contracts of the latest multiplier; NaN where there is no report. */
function netPositions(contract: CotContractSeries, classIndex: number): Float64Array {
  return Float64Array.from(contract.points, (point, i) =>
    point === null
      ? Number.NaN
      : (point.long[classIndex]! - point.short[classIndex]!) * contract.toLatestContracts[i]!,
  );
}

/** Percentile of the last value among the weeks of the look-back that have data, half of them at least. */
function percentileOver(values: Float64Array, lookback: '1y' | '3y' | '5y'): number | null {
  const weeks = WEEKS[lookback];
  const held = values
    .subarray(Math.max(0, values.length - 1 - weeks))
    .filter((value) => !Number.isNaN(value));
  return held.length <= Math.max(MINIMUM_WEEKS, 0.5 * weeks)
    ? null
    : percentile(held, Number.POSITIVE_INFINITY);
}

/** The index's return from the report before to this one, as a share of 1. */
function indexReturn(contract: CotContractSeries, period: number): number | null {
  const now = contract.prices[period];
  const before = contract.prices[period - 1];
  return now && before ? now.price / before.price - 1 : null;
}

/** A line of the trader's first screen beside its record row (measures.md section 4). */
export function screenRow(
  contract: CotContractSeries,
  period: number,
  row: RecordRow,
  view: AsOfView,
): ScreenRow {
  const classIndex = COT_CLASSES.indexOf(row.class as (typeof COT_CLASSES)[number]);
  const positions = netPositions(contract, classIndex).subarray(0, period + 1);
  const contractsCell = row.rulers.table.find(
    (cell) => cell.ruler === 'contracts' && cell.measure === 'net' && cell.lookback === row.lookback,
  );
  const dollarsCell = row.rulers.table.find(
    (cell) => cell.ruler === 'dollars' && cell.measure === 'net' && cell.lookback === row.lookback,
  );
  return {
    contract: contract.code,
    contractName: contract.name,
    sector: row.sector,
    sectorIsProxy: row.sectorIsProxy,
    class: row.class,
    periodEnd: row.periodEnd,
    netPositionContracts: positions[period]!,
    percentile1y: percentileOver(positions, '1y'),
    percentile3y: percentileOver(positions, '3y'),
    percentile5y: percentileOver(positions, '5y'),
    net: dollarsCell?.value ?? null,
    contracts: contractsCell?.value ?? null,
    rank: row.rank,
    n: row.n,
    streakWeeks: row.streak.weeks,
    indexReturn: indexReturn(contract, period),
    nextRelease: formatInstant(nextCotRelease(view.asOf).release),
    sources: row.sources,
  };
}
