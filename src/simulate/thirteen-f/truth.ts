import { type IsoDate, type ManagerClass, SECTORS, type Sector } from '../../core/index.js';
import type { FilingInputs, SimulatedFiling } from './filings.js';
import { HERDING_WORLDS, type HerdingWorld, HOLDINGS_PROCESS } from './holdings.js';
import { CLASS_HABITS, CLASSES } from './managers.js';
import { type FilingPeculiarity, peculiarities, type SecurityEvent, securityEvents } from './oddities.js';
import { dataSetFileName } from './quarters.js';

/** What managers of one class did in one sector in one quarter: all amendments of the data sets known. */
export interface TrueSectorFlow {
  readonly quarterEnd: IsoDate;
  readonly class: ManagerClass;
  readonly sector: Sector;
  /** Mean price of the quarter times shares that were added and given up, US dollars to the cent. */
  readonly longBuyUsd: number;
  readonly longSellUsd: number;
  readonly netUsd: number;
  /** Positions that grew and that shrank. */
  readonly buyers: number;
  readonly sellers: number;
}

/** One name in one quarter, over all managers. */
export interface TrueSecurityQuarter {
  readonly quarterEnd: IsoDate;
  readonly symbol: string;
  readonly splitFactor: number;
  readonly meanPrice: number | null;
  readonly buyers: number;
  readonly sellers: number;
  /** Change in shares over all managers, in shares of the quarter's end. */
  readonly deltaShares: number;
  readonly deltaHolders: number;
  /** What a responding class's trade was a purchase with, the planted unison left out. */
  readonly buyProbability: number;
}

export interface ThirteenFTruth {
  readonly quarters: readonly { readonly start: IsoDate; readonly end: IsoDate; readonly file: string }[];
  readonly managers: readonly {
    readonly cik: string;
    readonly name: string;
    readonly class: ManagerClass;
    readonly passive: boolean;
    readonly classFromNameAlone: boolean;
  }[];
  readonly securities: readonly {
    readonly symbol: string;
    readonly cusip: string;
    readonly sector: Sector;
  }[];
  readonly flows: readonly TrueSectorFlow[];
  /**
   * The same, in the quarters and sectors of the split and the spin-off, without those two names: no list of real splits
   * can hold invented names, so a program that trusts such lists alone compares neither, and says so.
   */
  readonly flowsWithoutUnlistedRatios: readonly TrueSectorFlow[];
  readonly bySecurity: readonly TrueSecurityQuarter[];
  readonly events: readonly SecurityEvent[];
  readonly peculiarities: readonly FilingPeculiarity[];
  readonly unison: {
    readonly world: HerdingWorld;
    readonly parameters: (typeof HERDING_WORLDS)[HerdingWorld];
    /** Technology bought in unison in the last quarter; null without plants. */
    readonly planted: {
      readonly quarterEnd: IsoDate;
      readonly sector: Sector;
      readonly buyers: readonly ManagerClass[];
      readonly sellers: readonly ManagerClass[];
    } | null;
  };
  readonly parameters: { readonly classes: typeof CLASS_HABITS; readonly process: typeof HOLDINGS_PROCESS };
}

export interface ThirteenFParts extends FilingInputs {
  readonly herding: HerdingWorld;
  readonly filings: readonly SimulatedFiling[];
}

export function thirteenFTruth(parts: ThirteenFParts): ThirteenFTruth {
  const { quarters, managers, securities, herding, planted } = parts;
  const inUnison = (way: -1 | 1): ManagerClass[] =>
    CLASSES.filter((name) => CLASS_HABITS[name].inUnison === way);
  const last = quarters.at(-1)!;
  const events = securityEvents(parts);
  return {
    quarters: quarters.map((quarter) => ({
      start: quarter.start,
      end: quarter.end,
      file: dataSetFileName(quarter),
    })),
    managers: managers.map(({ cik, name, class: itsClass, passive, needsOverride }) => ({
      cik,
      name,
      class: itsClass,
      passive,
      classFromNameAlone: !needsOverride,
    })),
    securities: securities.map(({ symbol, cusip, sector }) => ({ symbol, cusip, sector })),
    flows: trueFlows(parts, () => true),
    flowsWithoutUnlistedRatios: flowsWithoutUnlistedRatios(parts, events),
    bySecurity: securityQuarters(parts),
    events,
    peculiarities: peculiarities(parts),
    unison: {
      world: herding,
      parameters: HERDING_WORLDS[herding],
      planted: planted
        ? { quarterEnd: last.end, sector: 'technology', buyers: inUnison(1), sellers: inUnison(-1) }
        : null,
    },
    parameters: { classes: CLASS_HABITS, process: HOLDINGS_PROCESS },
  };
}

interface Change {
  readonly m: number;
  readonly j: number;
  readonly before: number;
  readonly after: number;
  /** In shares of the quarter's end. */
  readonly delta: number;
}

/** Changes in a quarter of every manager that filed a table for it and for the one before, mergers left out. */
function* changesIn(parts: ThirteenFParts, q: number): Generator<Change> {
  const { managers, securities, holdings, filings } = parts;
  const filedFor = (quarter: number): Set<string> =>
    new Set(
      filings
        .filter((filing) => filing.quarter === quarter && filing.form !== '13F-NT')
        .map(({ manager }) => manager.cik),
    );
  const [now, previous] = [filedFor(q), filedFor(q - 1)];
  for (const [m, { cik }] of managers.entries()) {
    if (!now.has(cik) || !previous.has(cik)) continue;
    for (const [j, { splitFactor, endPrice }] of securities.entries()) {
      if (endPrice[q] === null) continue;
      const at = m * securities.length + j;
      const [before, after] = [holdings.shares[q - 1]![at]!, holdings.shares[q]![at]!];
      yield { m, j, before, after, delta: after - before * splitFactor[q]! };
    }
  }
}

const toCents = (dollars: number): number => Math.round(dollars * 100) / 100;

/** @param counts whether a name counts in the quarter that ends on a day */
function trueFlows(
  parts: ThirteenFParts,
  counts: (symbol: string, quarterEnd: IsoDate) => boolean,
): TrueSectorFlow[] {
  const { quarters, managers, securities } = parts;
  return quarters.slice(1).flatMap(({ end }, i) => {
    const sums = new Map<string, { buy: number; sell: number; buyers: number; sellers: number }>();
    for (const { m, j, delta } of changesIn(parts, i + 1)) {
      const { symbol, sector, meanPrice } = securities[j]!;
      if (!counts(symbol, end)) continue;
      const key = `${managers[m]!.class} ${sector}`;
      const sum = sums.get(key) ?? { buy: 0, sell: 0, buyers: 0, sellers: 0 };
      sums.set(key, sum);
      const dollars = Math.abs(delta) * meanPrice[i + 1]!;
      if (delta > 0) {
        sum.buy += dollars;
        sum.buyers++;
      } else if (delta < 0) {
        sum.sell += dollars;
        sum.sellers++;
      }
    }
    return CLASSES.flatMap((name) =>
      SECTORS.flatMap((sector) => {
        const sum = sums.get(`${name} ${sector}`);
        if (sum === undefined) return [];
        return [
          {
            quarterEnd: end,
            class: name,
            sector,
            longBuyUsd: toCents(sum.buy),
            longSellUsd: toCents(sum.sell),
            netUsd: toCents(sum.buy - sum.sell),
            buyers: sum.buyers,
            sellers: sum.sellers,
          },
        ];
      }),
    );
  });
}

function flowsWithoutUnlistedRatios(
  parts: ThirteenFParts,
  events: readonly SecurityEvent[],
): TrueSectorFlow[] {
  const unlisted = events.filter(({ kind }) => kind !== 'merger');
  const sectorOf = new Map(parts.securities.map(({ symbol, sector }) => [symbol, sector]));
  const flows = trueFlows(
    parts,
    (symbol, quarterEnd) => !unlisted.some((one) => one.symbol === symbol && one.quarterEnd === quarterEnd),
  );
  return flows.filter(({ quarterEnd, sector }) =>
    unlisted.some((one) => one.quarterEnd === quarterEnd && sectorOf.get(one.symbol) === sector),
  );
}

function securityQuarters(parts: ThirteenFParts): TrueSecurityQuarter[] {
  const { quarters, securities, holdings } = parts;
  return quarters.slice(1).flatMap(({ end }, i) => {
    const q = i + 1;
    const sums = securities.map(() => ({ buyers: 0, sellers: 0, deltaShares: 0, deltaHolders: 0 }));
    for (const { j, delta, before, after } of changesIn(parts, q)) {
      const sum = sums[j]!;
      if (delta > 0) sum.buyers++;
      if (delta < 0) sum.sellers++;
      sum.deltaShares += delta;
      sum.deltaHolders += Number(after > 0) - Number(before > 0);
    }
    return sums.flatMap((sum, j) => {
      const { symbol, splitFactor, meanPrice, endPrice } = securities[j]!;
      if (endPrice[q] === null) return [];
      const buyProbability = Math.round(holdings.buyProbability[q]![j]! * 1e6) / 1e6;
      return [
        {
          quarterEnd: end,
          symbol,
          splitFactor: splitFactor[q]!,
          meanPrice: meanPrice[q]!,
          ...sum,
          buyProbability,
        },
      ];
    });
  });
}
