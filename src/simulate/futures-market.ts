import type { IsoDate } from '../core/index.js';
import type { PublishedContract } from './cftc-writer.js';
import { CONTRACTS, type ContractName, NASDAQ_MINI } from './contracts.js';
import { type CommonShocks, drawPositionPath, type PositionPath } from './flow-process.js';
import { type IndexMarket, MARKET_FACTOR, sessionIndexes } from './indexes.js';
import { type PlantSchedule, schedulePlants } from './plant-schedule.js';
import {
  type Plot,
  plantNominalRecord,
  plantReconstitutionRecord,
  plantRecord,
  plantRollRecord,
  plantUnitChange,
} from './plants.js';
import { roundPositions, sharePositions } from './positions.js';
import { normalDraws, randomStream } from './random-streams.js';
import { publishedWeeks, simulateTraderCounts } from './trader-counts.js';
import type { TrueContract } from './truth.js';
import type { ReportWeek } from './weeks.js';

/** Which weeks were planted; null in a market without plants. */
interface PlantPlan {
  readonly schedule: PlantSchedule;
  readonly nominalPredecessor: number;
}

export interface FuturesMarket {
  readonly contracts: Readonly<Record<ContractName, TrueContract>>;
  /** Every contract of the report, in the order of the files. */
  readonly published: readonly PublishedContract[];
  readonly plan: PlantPlan | null;
}

const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];

/** Positions of every contract, with the plants in them where asked for. */
export function simulateFutures(
  seed: number,
  weeks: readonly ReportWeek[],
  indexes: IndexMarket,
  world: { readonly isPlanted: boolean; readonly driven: Float64Array | null },
): FuturesMarket {
  const reportDates = weeks.map(({ periodEnd }) => periodEnd);
  const common = { ...commonShocks(seed, indexes, reportDates), driven: world.driven };
  const paths = mapContracts((name) => drawPositionPath(CONTRACTS[name], weeks, common, seed));
  const closes = mapContracts((name) => closesOn(indexes, CONTRACTS[name].indexSymbol, reportDates));
  const plan = world.isPlanted ? plantAll(paths, closes, weeks) : null;
  const contracts = mapContracts((name) => ({
    history: roundPositions(paths[name]),
    closes: closes[name],
  }));
  const mini = sharePositions(contracts.nasdaq100.history, NASDAQ_MINI, NASDAQ_MINI.shareOfConsolidated);
  const histories = [...CONTRACT_NAMES.map((name) => contracts[name].history), mini];
  const published = histories.map((history) => {
    const counts = simulateTraderCounts(history, seed);
    return { history, counts, published: publishedWeeks(history, counts, weeks) };
  });
  return { contracts, published, plan };
}

function mapContracts<Value>(make: (name: ContractName) => Value): Record<ContractName, Value> {
  return Object.fromEntries(CONTRACT_NAMES.map((name) => [name, make(name)])) as Record<ContractName, Value>;
}

function closesOn(
  indexes: IndexMarket,
  symbol: keyof IndexMarket['bars'] | null,
  dates: readonly IsoDate[],
): number[] | null {
  if (symbol === null) return null;
  const { close } = indexes.bars[symbol];
  return sessionIndexes(indexes.sessions, dates).map((i) => close[i]!);
}

/** Shocks that all contracts share: asset managers' own, and the market's return from report date to report date. */
function commonShocks(
  seed: number,
  indexes: IndexMarket,
  dates: readonly IsoDate[],
): Omit<CommonShocks, 'driven'> {
  const ends = sessionIndexes(indexes.sessions, dates);
  const usual = MARKET_FACTOR.deviation * Math.sqrt(5);
  const marketReturns = Float64Array.from(ends, (end, t) => {
    const week = indexes.marketReturns.subarray(t === 0 ? end : ends[t - 1]! + 1, end + 1);
    return week.reduce((sum, value) => sum + value, 0) / usual;
  });
  return { assetManagers: normalDraws(randomStream(seed, 'asset managers'), dates.length), marketReturns };
}

function plantAll(
  paths: Record<ContractName, PositionPath>,
  closes: Record<ContractName, readonly number[] | null>,
  weeks: readonly ReportWeek[],
): PlantPlan {
  const plot = (name: ContractName): Plot => ({ path: paths[name], closes: closes[name] ?? [], weeks });
  const schedule = schedulePlants(weeks, closes.sp500 ?? []);
  plantRecord(plot('nasdaq100'), schedule);
  const nominalPredecessor = plantNominalRecord(plot('sp500'), schedule);
  plantRollRecord(plot('russell2000'), schedule);
  plantReconstitutionRecord(plot('russell2000'), schedule);
  plantUnitChange(plot('djia'), schedule);
  return { schedule, nominalPredecessor };
}
