import { type Instant, type IsoDate, weekNumber } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { fundWeekFlows } from './etf.js';
import { readFundHistories } from './etf-days.js';
import { type SectorFund, sectorFund } from './etf-funds.js';
import type { FlowSeries } from './flow-series.js';
import { marketWeeks } from './market-weeks.js';
import { noVolume, type StockAmounts } from './stock-rulers.js';
import { readStockScales, type StockScales } from './stock-scales.js';
import { type StockSeriesOwn, stockSeries } from './stock-series.js';

type Week = ReturnType<typeof fundWeekFlows>[number];

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
  const ends = funds.map(({ weeks }) =>
    [weeks[0]!, weeks.at(-1)!].map((week) => weekNumber(week.periodStart)),
  );
  const first = Math.min(...ends.map(([firstWeek]) => firstWeek!));
  const calendar = marketWeeks(first, Math.max(...ends.map(([, lastWeek]) => lastWeek!)));
  const scales = await readStockScales(
    view,
    calendar,
    funds.map(({ symbol }) => sectorFund(symbol)?.sector),
  );
  return funds.map(({ symbol, weeks }) => {
    const byPeriod = new Map(weeks.map((week) => [weekNumber(week.periodStart) - first, week]));
    return seriesOf(symbol, byPeriod, scales);
  });
}

function seriesOf(symbol: string, weeks: ReadonlyMap<number, Week>, scales: StockScales): FlowSeries {
  const fund = sectorFund(symbol);
  const own: StockSeriesOwn = {
    basis: 'etf',
    class: 'fund-investors',
    sector: fund?.sector ?? null,
    sectorIsProxy: fund?.isProxy ?? false,
    symbol,
    name: `${symbol}, creations less redemptions`,
    inFamily: fund !== null,
    has: (period) => weeks.get(period)?.net != null,
    knownAt: (period) => weeks.get(period)?.knownAt as Instant,
    sources: (period) => weeks.get(period)?.sources ?? [],
    quality: (period) => ({
      faults: weeks.get(period)?.flags ?? [],
      remark: 'counts of shares from issuers, as a list carries them',
      broughtRows: 0,
    }),
    breadth: () => null,
  };
  return stockSeries(own, amountsOf(fund, weeks, scales));
}

function amountsOf(
  fund: SectorFund | null,
  weeks: ReadonlyMap<number, Week>,
  scales: StockScales,
): StockAmounts {
  const { periodEnds } = scales.calendar;
  const net = (period: number): number => weeks.get(period)?.net ?? Number.NaN;
  return {
    scales,
    names: fund?.sector,
    isProxy: fund?.isProxy ?? false,
    amounts: (measure) =>
      Float64Array.from(periodEnds, (_, period) => (measure === 'net' ? net(period) : Number.NaN)),
    missing(period, measure) {
      if (measure !== 'net') return 'creations and redemptions are seen net';
      return Number.isNaN(net(period)) ? noWeek(weeks.get(period), periodEnds[period]!) : null;
    },
    reasons: {
      contracts: 'funds are counted in shares, not contracts',
      pctOi: 'shares have no open interest',
      pctAdv:
        fund === null
          ? 'the fund stands for no sector whose dollar volume could be taken'
          : noVolume(`${fund.sector} names`, 'week'),
    },
  };
}

const noWeek = (week: Week | undefined, end: IsoDate): string =>
  week?.reason ?? `no count of shares on the last trading day of the week, ${end}`;
