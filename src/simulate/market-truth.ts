import { COT_CLASSES, type CotClass, cotReleaseInstant, formatInstant, type IsoDate } from '../core/index.js';
import { type AftermathTruth, aftermathTruth } from './aftermath/truth.js';
import { DRIVER_LOADING, type DriverWorld } from './driver-world.js';
import { cftcFileName, FILE_NAMES } from './file-names.js';
import { CLASS_PROCESSES, FLOW_PROCESS } from './flow-process.js';
import type { FuturesMarket } from './futures-market.js';
import { INDEXES, MARKET_FACTOR } from './indexes.js';
import type { LedgerTruth } from './ledger/ledger-truth.js';
import type { Ledger } from './ledger/simulate.js';
import { MACRO_PROCESS } from './macro.js';
import type { Misprints } from './misprints.js';
import { type PlantTruth, plantTruths } from './plant-truth.js';
import { STOCK_PROCESS } from './stocks.js';
import type { ThirteenFMarket } from './thirteen-f/simulate.js';
import type { ThirteenFTruth } from './thirteen-f/truth.js';
import { type ClassWeek, classWeek } from './truth.js';
import type { ReportWeek } from './weeks.js';

/** Raised whenever equal seeds give another market. */
export const SIMULATOR_VERSION = 2;

const FLOW_WEEKS = 60;

/** A row of a file that a correct reader sets aside or refuses to use. */
export interface MisprintTruth {
  readonly file: string;
  readonly subject: string;
  readonly date: IsoDate;
  readonly column: string;
  readonly printed: number;
  readonly trueValue: number;
  readonly says: string;
}

interface WeeklyFlows {
  readonly periodEnd: IsoDate;
  readonly price: number | null;
  readonly classes: Readonly<Record<CotClass, ClassWeek>>;
}

/** Everything a correct program should find, and how the market was made. */
export interface MarketTruth {
  readonly generator: { readonly name: 'tidemark simulate'; readonly version: number };
  readonly seed: number;
  readonly endDate: IsoDate;
  readonly planted: boolean;
  readonly reports: {
    readonly first: IsoDate;
    readonly last: IsoDate;
    readonly count: number;
    /** When the last report is public: a study as of then sees all of it. */
    readonly lastKnownAt: string;
  };
  readonly plants: readonly PlantTruth[];
  /** What asset managers' shocks go with beside the market, and how closely. */
  readonly driver: { readonly world: DriverWorld; readonly loading: number };
  /** What follows record weeks of `20974+`; null where nothing is declared. */
  readonly aftermath: AftermathTruth | null;
  readonly misprints: readonly MisprintTruth[];
  /** Report dates on which a thin contract is left out, from its first report on. */
  readonly absentWeeks: Readonly<Record<string, readonly IsoDate[]>>;
  /** Codes whose positions are contained in another: never to be added to it. */
  readonly components: Readonly<Record<string, string>>;
  readonly weeklyFlows: { readonly contract: string; readonly weeks: readonly WeeklyFlows[] };
  /** Holdings of managers, as Form 13F shows them. */
  readonly thirteenF: ThirteenFTruth;
  /** Executions of a prime broker, in technology. */
  readonly ledger: LedgerTruth;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface MarketParts {
  readonly seed: number;
  readonly endDate: IsoDate;
  readonly weeks: readonly ReportWeek[];
  readonly futures: FuturesMarket;
  readonly driver: DriverWorld;
  readonly misprints: Misprints | null;
  readonly thirteenF: ThirteenFMarket;
  readonly ledger: Ledger;
}

export function marketTruth(parts: MarketParts): MarketTruth {
  const { seed, endDate, weeks, futures, driver } = parts;
  const { aftermath, contracts } = futures;
  const last = weeks.at(-1)!.periodEnd;
  return {
    generator: { name: 'tidemark simulate', version: SIMULATOR_VERSION },
    seed,
    endDate,
    planted: futures.plan !== null,
    reports: {
      first: weeks[0]!.periodEnd,
      last,
      count: weeks.length,
      lastKnownAt: formatInstant(cotReleaseInstant(last)),
    },
    plants: futures.plan === null ? [] : plantTruths(futures.contracts, weeks, futures.plan),
    driver: { world: driver, loading: driver === 'none' ? 0 : DRIVER_LOADING },
    aftermath: aftermath === null ? null : aftermathTruth(contracts.nasdaq100, weeks, aftermath),
    misprints: misprintTruths(parts),
    absentWeeks: absentWeeks(futures, weeks),
    components: { '209742': '20974+' },
    weeklyFlows: weeklyFlows(futures, weeks),
    thirteenF: parts.thirteenF.truth,
    ledger: parts.ledger.truth,
    parameters: {
      classes: CLASS_PROCESSES,
      flows: FLOW_PROCESS,
      marketFactor: MARKET_FACTOR,
      indexes: INDEXES,
      stocks: STOCK_PROCESS,
      macro: MACRO_PROCESS,
    },
  };
}

function misprintTruths({ endDate, weeks, futures, misprints }: MarketParts): MisprintTruth[] {
  if (misprints === null) return [];
  const { position, price } = misprints;
  const date = weeks[position.week]!.periodEnd;
  const [year, endYear] = [date, endDate].map((day) => Number(day.slice(0, 4)));
  const { history } = futures.published.find((one) => one.history.contract.code === position.code)!;
  return [
    {
      file: cftcFileName(year!, endYear!),
      subject: position.code,
      date,
      column: 'Asset_Mgr_Positions_Long_All',
      printed: position.printed,
      trueValue: history.long[COT_CLASSES.indexOf('asset-manager')]![position.week]!,
      says: 'The row does not add up to its open interest and is set aside; its week can be rebuilt from the changes of the next row, marked as rebuilt and known only with that row.',
    },
    {
      file: FILE_NAMES.stockPrices,
      subject: price.symbol,
      date: price.date,
      column: 'close',
      printed: price.printed,
      trueValue: price.close,
      says: 'The close lies far above the high of its day and is not used.',
    },
  ];
}

function absentWeeks(futures: FuturesMarket, weeks: readonly ReportWeek[]): Record<string, IsoDate[]> {
  const absent: Record<string, IsoDate[]> = {};
  for (const { history, published } of futures.published) {
    const first = published.indexOf(true);
    const missing = weeks.filter((_, t) => t > first && !published[t]!).map(({ periodEnd }) => periodEnd);
    if (missing.length > 0) absent[history.contract.code] = missing;
  }
  return absent;
}

function weeklyFlows(futures: FuturesMarket, weeks: readonly ReportWeek[]): MarketTruth['weeklyFlows'] {
  const contract = futures.contracts.nasdaq100;
  const first = weeks.length - FLOW_WEEKS;
  const rows = weeks.slice(first).map(({ periodEnd }, i) => ({
    periodEnd,
    price: contract.closes?.[first + i] ?? null,
    classes: Object.fromEntries(
      COT_CLASSES.map((name) => [name, classWeek(contract, name, first + i)]),
    ) as Record<CotClass, ClassWeek>,
  }));
  return { contract: contract.history.contract.code, weeks: rows };
}
