import { type Instant, type IsoDate, type Measure, type Ruler, weekNumber } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import {
  dollarRulers,
  NO_CONSUMER_PRICES,
  NO_MARKET_VALUE,
  NO_VOLATILITY,
  RULER_UNITS,
} from './dollar-rulers.js';
import { type DollarVolume, readDollarVolume } from './dollar-volume.js';
import { fundWeekFlows } from './etf.js';
import { readFundHistories } from './etf-days.js';
import { sectorFund } from './etf-funds.js';
import { lastSessionOf, mondayOf } from './etf-weeks.js';
import {
  cachedRulers,
  type FlowSeries,
  type PeriodCalendar,
  type RulerSeries,
  WEEKS_OF_LOOKBACK,
} from './flow-series.js';

type Week = ReturnType<typeof fundWeekFlows>[number];

interface Scales {
  readonly consumerPrices: ConsumerPrices | null;
  readonly volumes: ReadonlyMap<string, DollarVolume | null>;
}

function calendarOf(first: number, last: number): PeriodCalendar {
  const weeks = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    name: 'market-week',
    periodStarts: weeks.map(mondayOf),
    periodEnds: weeks.map(lastSessionOf),
    lookbackPeriods: WEEKS_OF_LOOKBACK,
  };
}

/**
 * Weekly series of basis etf, one a fund. Only net is told: grossBuy and longBuy have no values. The declared family holds
 * the funds that stand for a sector.
 * @returns empty where the view knows no whole week of any fund
 */
export async function readEtfFlows(view: AsOfView): Promise<FlowSeries[]> {
  const funds = (await readFundHistories(view))
    .map((history) => ({ symbol: history.symbol, weeks: fundWeekFlows(history) }))
    .filter(({ weeks }) => weeks.length > 0);
  if (funds.length === 0) return [];
  const numbers = funds.flatMap(({ weeks }) => weeks.map(({ periodStart }) => weekNumber(periodStart)));
  const first = Math.min(...numbers);
  const calendar = calendarOf(first, Math.max(...numbers));
  const volumes = new Map<string, DollarVolume | null>();
  for (const { symbol } of funds) {
    const sector = sectorFund(symbol)?.sector;
    if (sector !== undefined && !volumes.has(sector))
      volumes.set(sector, await readDollarVolume(view, sector));
  }
  const scales = { consumerPrices: await readConsumerPrices(view), volumes };
  return funds.map(({ symbol, weeks }) => {
    const byPeriod = new Map(weeks.map((week) => [weekNumber(week.periodStart) - first, week]));
    return seriesOf(symbol, calendar, byPeriod, scales);
  });
}

function seriesOf(
  symbol: string,
  calendar: PeriodCalendar,
  weeks: ReadonlyMap<number, Week>,
  scales: Scales,
): FlowSeries {
  const fund = sectorFund(symbol);
  const dollars = Float64Array.from(calendar.periodEnds, (_, period) => weeks.get(period)?.net ?? Number.NaN);
  return {
    basis: 'etf',
    class: 'fund-investors',
    sector: fund?.sector ?? null,
    sectorIsProxy: fund?.isProxy ?? false,
    contract: null,
    symbol,
    name: `${symbol}, creations less redemptions`,
    inFamily: fund !== null,
    calendar,
    mainRuler: 'dollars',
    has: (period) => weeks.get(period)?.net != null,
    ruler: cachedRulers((measure, ruler) =>
      rulerOf({ measure, ruler, sector: fund?.sector ?? null }, dollars, calendar, weeks, scales),
    ),
    knownAt: (period) => weeks.get(period)?.knownAt as Instant,
    sources: (period) => weeks.get(period)?.sources ?? [],
    quality: (period) => ({
      faults: weeks.get(period)?.flags ?? [],
      remark: 'counts of shares from issuers, as a list carries them',
      broughtRows: 0,
    }),
    breadth: () => null,
  };
}

function rulerOf(
  about: { readonly measure: Measure; readonly ruler: Ruler; readonly sector: string | null },
  net: Float64Array,
  { periodStarts, periodEnds }: PeriodCalendar,
  weeks: ReadonlyMap<number, Week>,
  { consumerPrices, volumes }: Scales,
): RulerSeries {
  const { measure, ruler, sector } = about;
  const nothing = () => new Float64Array(net.length).fill(Number.NaN);
  const volume = sector === null ? null : (volumes.get(sector) ?? null);
  const periodVolume = Float64Array.from(
    periodEnds,
    (end, i) => volume?.overPeriod(periodStarts[i]!, end) ?? Number.NaN,
  );
  const rulers = dollarRulers(net, { periodEnds, consumerPrices, periodVolume });
  const makers: Record<Ruler, readonly [() => Float64Array, string]> = {
    contracts: [nothing, 'funds are counted in shares, not contracts'],
    dollars: [() => net, 'not known'],
    real: [rulers.real, NO_CONSUMER_PRICES],
    pctOi: [nothing, 'shares have no open interest'],
    bpsCap: [nothing, NO_MARKET_VALUE],
    pctAdv: [
      rulers.pctAdv,
      sector === null
        ? 'the fund stands for no sector whose dollar volume could be taken'
        : `no unbroken 60 trading days of raw closes and volumes before the week for ${sector} names`,
    ],
    volScaled: [rulers.volScaled, NO_VOLATILITY],
  };
  const [make, reason] = makers[ruler];
  const values = measure === 'net' ? make() : nothing();
  return {
    values,
    unit: RULER_UNITS[ruler],
    reasonAt: (period) => {
      if (!Number.isNaN(values[period]!)) return null;
      if (measure !== 'net') return 'creations and redemptions are seen net';
      return Number.isNaN(net[period]!) ? noWeek(weeks.get(period), periodEnds[period]!) : reason;
    },
  };
}

const noWeek = (week: Week | undefined, end: IsoDate): string =>
  week?.reason ?? `no count of shares on the last trading day of the week, ${end}`;
