import {
  type CalendarFlag,
  COT_CLASSES,
  type CotClass,
  cotReleaseInstant,
  formatInstant,
  type IsoDate,
} from '../core/index.js';
import type { PositionHistory } from './positions.js';
import { legChanges, netRulers, rankBefore, SIZING_RULERS, type SizingRuler } from './rulers.js';
import type { ReportWeek } from './weeks.js';

/** What one class did in one week: legs in whole contracts of the week's unit, money to the cent. */
export interface ClassWeek {
  readonly class: CotClass;
  readonly long: number;
  readonly short: number;
  readonly deltaLong: number;
  readonly deltaShort: number;
  readonly netContracts: number;
  readonly longBuyUsd: number | null;
  readonly longSellUsd: number | null;
  readonly shortSellUsd: number | null;
  readonly shortCoverUsd: number | null;
  readonly netUsd: number | null;
}

/** Rank of the week's net among itself and the weeks before it, 1 = largest, by look-back in weeks. */
interface TrueRanks {
  readonly fiveYears: Readonly<Record<SizingRuler, number>>;
  readonly tenYears: Readonly<Record<SizingRuler, number>>;
  readonly all: Readonly<Record<SizingRuler, number>>;
}

/** The week behind a plant, whatever is said of it. */
export interface PlantedWeek {
  readonly contract: string;
  readonly class: CotClass;
  readonly measure: 'net';
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  /** When the report is public: ISO 8601, UTC. */
  readonly knownAt: string;
  readonly flags: readonly CalendarFlag[];
  readonly multiplier: number;
  readonly multiplierBefore: number;
  readonly price: number | null;
  readonly priceSymbol: string | null;
  readonly openInterest: number;
  readonly openInterestBefore: number;
  /** The class itself first, then the others: their nets sum to 0. */
  readonly classes: readonly ClassWeek[];
  readonly ranks: TrueRanks;
  /** The week's net over the largest before it, all history, by ruler. */
  readonly timesLargestBefore: Readonly<Record<SizingRuler, number>>;
}

/** A published contract with the closes of its index at each report date. */
export interface TrueContract {
  readonly history: PositionHistory;
  readonly closes: readonly number[] | null;
}

const LOOKBACK_WEEKS = { fiveYears: 261, tenYears: 522, all: Number.POSITIVE_INFINITY } as const;

/** Contracts times US dollars an index point times index points, exact: the close has two decimals. */
function dollarsExact(contracts: number, multiplier: number, close: number | null): number | null {
  if (close === null) return null;
  return (contracts * multiplier * Math.round(close * 100)) / 100;
}

export function classWeek(contract: TrueContract, name: CotClass, week: number): ClassWeek {
  const { history, closes } = contract;
  const c = COT_CLASSES.indexOf(name);
  const change = legChanges(history, name, week);
  const dollars = (contracts: number): number | null =>
    dollarsExact(contracts, history.multiplier[week]!, closes?.[week] ?? null);
  return {
    class: name,
    long: history.long[c]![week]!,
    short: history.short[c]![week]!,
    deltaLong: change.long,
    deltaShort: change.short,
    netContracts: change.long - change.short,
    longBuyUsd: dollars(Math.max(change.long, 0)),
    longSellUsd: dollars(Math.max(-change.long, 0)),
    shortSellUsd: dollars(Math.max(change.short, 0)),
    shortCoverUsd: dollars(Math.max(-change.short, 0)),
    netUsd: dollars(change.long - change.short),
  };
}

/** Everything true of one class in one week of one contract. */
export function plantedWeek(
  contract: TrueContract,
  weeks: readonly ReportWeek[],
  at: { readonly week: number; readonly class: CotClass },
): PlantedWeek {
  const { history, closes } = contract;
  const { week } = at;
  const { periodStart, periodEnd, flags } = weeks[week]!;
  const others = COT_CLASSES.filter((name) => name !== at.class);
  return {
    contract: history.contract.code,
    class: at.class,
    measure: 'net',
    periodStart,
    periodEnd,
    knownAt: formatInstant(cotReleaseInstant(periodEnd)),
    flags,
    multiplier: history.multiplier[week]!,
    multiplierBefore: history.multiplier[week - 1]!,
    price: closes?.[week] ?? null,
    priceSymbol: history.contract.indexSymbol,
    openInterest: history.openInterest[week]!,
    openInterestBefore: history.openInterest[week - 1]!,
    classes: [at.class, ...others].map((name) => classWeek(contract, name, week)),
    ...standing(contract, at),
  };
}

function standing(
  { history, closes }: TrueContract,
  at: { readonly week: number; readonly class: CotClass },
): Pick<PlantedWeek, 'ranks' | 'timesLargestBefore'> {
  const rulers = netRulers(history, at.class, closes);
  const byRuler = (figure: (ruler: SizingRuler) => number): Record<SizingRuler, number> =>
    Object.fromEntries(SIZING_RULERS.map((ruler) => [ruler, figure(ruler)])) as Record<SizingRuler, number>;
  const ranks = (lookback: number): Record<SizingRuler, number> =>
    byRuler((ruler) => rankBefore(rulers[ruler], at.week, at.week - lookback));
  return {
    ranks: {
      fiveYears: ranks(LOOKBACK_WEEKS.fiveYears),
      tenYears: ranks(LOOKBACK_WEEKS.tenYears),
      all: ranks(LOOKBACK_WEEKS.all),
    },
    timesLargestBefore: byRuler((ruler) => {
      const values = rulers[ruler];
      const before = values.subarray(0, at.week).filter((value) => !Number.isNaN(value));
      return values[at.week]! / Math.max(...before);
    }),
  };
}
