import type { IsoDate } from '../core/index.js';
import { type Aftermath, type AftermathPlan, simulateAftermath } from './aftermath/simulate.js';
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
  /** False in worlds of what follows, whose own record weeks stand in the same contract. */
  readonly hasRecord: boolean;
}

export interface FuturesMarket {
  readonly contracts: Readonly<Record<ContractName, TrueContract>>;
  /** Every contract of the report, in the order of the files. */
  readonly published: readonly PublishedContract[];
  readonly plan: PlantPlan | null;
  /** Null in a market where nothing is declared to follow record weeks. */
  readonly aftermath: Aftermath | null;
}

const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];

/** Positions of every contract, with the plants in them where asked for. */
export function simulateFutures(
  seed: number,
  weeks: readonly ReportWeek[],
  drawnIndexes: IndexMarket,
  world: {
    readonly isPlanted: boolean;
    readonly driven: Float64Array | null;
    readonly aftermath: AftermathPlan | null;
  },
): FuturesMarket {
  const reportDates = weeks.map(({ periodEnd }) => periodEnd);
  const common = { ...commonShocks(seed, drawnIndexes, reportDates), driven: world.driven };
  const paths = mapContracts((name) => drawPositionPath(CONTRACTS[name], weeks, common, seed));
  const aftermath =
    world.aftermath === null
      ? null
      : simulateAftermath(paths.nasdaq100, { seed, weeks, indexes: drawnIndexes }, world.aftermath);
  const indexes = aftermath?.indexes ?? drawnIndexes;
  const closes = mapContracts((name) => closesOn(indexes, CONTRACTS[name].indexSymbol, reportDates));
  const plan = world.isPlanted ? plantAll(paths, closes, weeks, aftermath === null) : null;
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
  return { contracts, published, plan, aftermath };
}

function mapContracts<Value>(make: (name: ContractName) => Value): Record<ContractName, Value> {
  return Object.fromEntries(CONTRACT_NAMES.map((name) => [name, make(name)])) as Record<ContractName, Value>;
}

/** Closes of an index at each report date; null where the contract has none. */
export function closesOn(
  indexes: IndexMarket,
  symbol: keyof IndexMarket['bars'] | null,
  dates: readonly IsoDate[],
): number[] | null {
  if (symbol === null) return null;
  const { close } = indexes.bars[symbol];
  return sessionIndexes(indexes.sessions, dates).map((i) => close[i]!);
}

/** Shocks that all contracts share: asset managers' own, and the market's return from report date to report date. */
export function commonShocks(
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
  hasRecord: boolean,
): PlantPlan {
  const plot = (name: ContractName): Plot => ({ path: paths[name], closes: closes[name] ?? [], weeks });
  const schedule = schedulePlants(weeks, closes.sp500 ?? []);
  if (hasRecord) plantRecord(plot('nasdaq100'), schedule);
  const nominalPredecessor = plantNominalRecord(plot('sp500'), schedule);
  plantRollRecord(plot('russell2000'), schedule);
  plantReconstitutionRecord(plot('russell2000'), schedule);
  plantUnitChange(plot('djia'), schedule);
  return { schedule, nominalPredecessor, hasRecord };
}
