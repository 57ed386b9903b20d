import {
  addDays,
  COT_CLASSES,
  type CotClass,
  closeKnownAt,
  cotReleaseInstant,
  dateOfDayNumber,
  dayNumber,
  type Instant,
  type IsoDate,
  newYorkDate,
} from '../../../src/core/index.js';
import type { FlowSeries } from '../../../src/flows/index.js';
import type { AftermathMarket } from '../../../src/simulate/index.js';
import { netRulers } from '../../../src/simulate/rulers.js';
import type { AsOfView } from '../../../src/store/index.js';

/** A simulated market as a study sees it, without files and store. */
export interface MarketInMemory {
  readonly weeks: readonly IsoDate[];
  flows(asOf: Instant): FlowSeries[];
  view(asOf: Instant): AsOfView;
}

interface Series {
  readonly days: Int32Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
}

/** @param until what is published after this day is left out altogether; default nothing is */
export function marketInMemory(market: AftermathMarket, until = '9999-12-31' as IsoDate): MarketInMemory {
  const weeks = market.weeks
    .map(({ periodEnd }) => periodEnd)
    .filter((date) => newYorkDate(cotReleaseInstant(date)) <= until);
  const rulers = new Map(COT_CLASSES.map((name) => [name, rulersOf(market, name, weeks.length)]));
  const held = market.indexes.sessions.filter((date) => date <= until);
  const sessions = Int32Array.from(held, dayNumber);
  const survey = market.survey.filter(({ date }) => date <= until);
  const { bars } = market.indexes;
  const prices: Readonly<Record<string, Series>> = {
    '^NDX': { days: sessions, close: bars['^NDX'].close, volume: null },
    '^GSPC': { days: sessions, close: bars['^GSPC'].close, volume: null },
    QQQ: { days: sessions, close: market.fund.close, volume: market.fund.volume },
  };
  return {
    weeks,
    flows(asOf) {
      const known = weeks.filter((week) => cotReleaseInstant(week) <= asOf);
      return COT_CLASSES.map((name) => flowInMemory(name, known, rulers.get(name)!));
    },
    view: (asOf) => viewOf(prices, survey, asOf),
  };
}

type Rulers = Readonly<Record<'dollars' | 'pctOi' | 'volScaled', Float64Array>>;

function rulersOf({ contract }: AftermathMarket, name: CotClass, weeks: number): Rulers {
  const { dollars, pctOi, volScaled } = netRulers(contract.history, name, contract.closes);
  return {
    dollars: dollars.slice(0, weeks),
    pctOi: pctOi.slice(0, weeks),
    volScaled: volScaled.slice(0, weeks),
  };
}

/** Net of a class of `20974+` over report weeks, each known when its report is. */
export function flowInMemory(
  name: CotClass,
  known: readonly IsoDate[],
  rulers: Partial<Rulers> = {},
): FlowSeries {
  const calendar: FlowSeries['calendar'] = {
    name: 'cftc-week',
    periodStarts: known.map((week, i) => addDays(known[i - 1] ?? addDays(week, -7), 1)),
    periodEnds: known,
    lookbackPeriods: { '1y': 52, '3y': 157, '5y': 261, '10y': 522 },
  };
  return {
    basis: 'cot',
    class: name,
    sector: 'technology',
    sectorIsProxy: true,
    contract: '20974+',
    symbol: null,
    name: 'simulated',
    inFamily: true,
    calendar,
    mainRuler: 'dollars',
    has: (period) => period >= 0 && period < known.length,
    ruler: (_, ruler) => ({
      values:
        rulers[ruler as keyof Rulers]?.slice(0, known.length) ??
        new Float64Array(known.length).fill(Number.NaN),
      unit: ruler,
      reasonAt: () => null,
    }),
    knownAt: (period) => cotReleaseInstant(known[period]!),
    sources: (period) => [
      { source: 'simulated', fileName: 'simulated', fileSha256: '00', rowNumber: period + 1 },
    ],
    quality: () => ({ faults: [], remark: '', broughtRows: 0 }),
    breadth: () => null,
  };
}

const NO_PRICES = {
  basis: new Int32Array(0),
  day: new Int32Array(0),
  close: new Float64Array(0),
  volume: new Float64Array(0),
};

function viewOf(
  prices: Readonly<Record<string, Series>>,
  survey: AftermathMarket['survey'],
  asOf: Instant,
): AsOfView {
  const knownOf = ({ days, close, volume }: Series) => {
    let known = days.length;
    while (known > 0 && closeKnownAt(dateOfDayNumber(days[known - 1]!)) > asOf) known--;
    return {
      basis: new Int32Array(known).fill(1),
      day: days.slice(0, known),
      close: close.slice(0, known),
      volume: volume?.slice(0, known) ?? new Float64Array(known).fill(Number.NaN),
    };
  };
  const answered = survey.filter(({ date }) => closeKnownAt(date) <= asOf);
  const sentiment = {
    day: Int32Array.from(answered, ({ date }) => dayNumber(date)),
    value: Float64Array.from(answered, ({ bullish, bearish }) => bullish - bearish),
  };
  return {
    asOf,
    snapshotId: 'simulated',
    rows: 0,
    imports: [],
    query: () => Promise.reject(new Error('this view answers columns alone')),
    columns: async (sql: string, parameters: Record<string, unknown> = {}) => {
      if (sql.includes("survey = 'aaii'")) return sentiment;
      if (sql.includes('FROM sentiment')) return { day: new Int32Array(0), value: new Float64Array(0) };
      if (sql.includes('AS rate')) return { day: new Int32Array(0), rate: new Float64Array(0) };
      const series = prices[String(parameters.symbol)];
      return series === undefined ? NO_PRICES : knownOf(series);
    },
    close: () => {},
  } as unknown as AsOfView;
}
