import type { DriversAnswerRow, DriversPlace, Sector } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { DEFAULT_SECTOR_LISTS, type SectorLists } from './configuration.js';
import { crossSectionRows } from './cross-section.js';
import { aiBasketFactor } from './factors/ai.js';
import { earningsFactors } from './factors/earnings.js';
import { wordFactors } from './factors/filing-words.js';
import { macroFactors, type Rates, readRates } from './factors/macro.js';
import { type MarketLevels, marketFactor, readMarketLevels } from './factors/market.js';
import { matchedAmount, rotationFactor, sectorFlows } from './factors/rotation.js';
import { type FactorWeeks, factorWeeks, type WeeklyFactor } from './factors/weekly-factor.js';
import { fitDrivers } from './model.js';
import { policyRow } from './policy.js';
import { coefficientRows, driverRows, factorRow, laggedFactor, modelRow } from './rows.js';

export interface DriversQuestion {
  readonly resamples: number;
  readonly seed: number;
  readonly lists?: SectorLists;
}

/** What is read once for all flows of a calendar: everything but the rotation and what depends on the sector. */
export interface DriverFactors {
  readonly weeks: FactorWeeks;
  readonly rates: Rates;
  readonly market: MarketLevels | null;
  readonly common: readonly WeeklyFactor[];
  /** By sector, null = all companies. */
  earnings(sector: Sector | null): Promise<readonly WeeklyFactor[]>;
}

/** Reads the factors of the weeks of a calendar up to the one asked about. */
export async function readDriverFactors(
  view: AsOfView,
  calendar: FlowSeries['calendar'],
  period: number,
): Promise<DriverFactors> {
  const weeks = factorWeeks(calendar, period);
  const rates = await readRates(view, weeks);
  const market = await readMarketLevels(view, weeks);
  const common = [
    marketFactor(view, weeks, market),
    await aiBasketFactor(view, weeks),
    ...(await wordFactors(view, weeks)),
    ...macroFactors(view, weeks, rates),
  ];
  const held = new Map<Sector | null, Promise<readonly WeeklyFactor[]>>();
  return {
    weeks,
    rates,
    market,
    common,
    earnings(sector) {
      const factors = held.get(sector) ?? earningsFactors(view, weeks, sector);
      held.set(sector, factors);
      return factors;
    },
  };
}

function placeOf(flow: FlowSeries, period: number): DriversPlace {
  return {
    basis: flow.basis,
    contract: flow.contract,
    sector: flow.sector,
    sectorIsProxy: flow.sectorIsProxy,
    class: flow.class,
    periodStart: flow.calendar.periodStarts[period]!,
    periodEnd: flow.calendar.periodEnds[period]!,
  };
}

const ORDER: readonly WeeklyFactor['driver'][] = ['ai', 'earnings', 'macro', 'rotation', 'control'];

/**
 * Why a class bought or sold in one week: the declared regression, the four drivers with their falsifiers, every factor, the state
 * of policy and the cross section (measures.md section 9). An association in the same week; it shows no cause.
 * @param all series of the basis, for the sectors that money may have left
 */
export async function studyDrivers(
  view: AsOfView,
  flow: FlowSeries,
  all: readonly FlowSeries[],
  factors: DriverFactors,
  question: DriversQuestion,
): Promise<DriversAnswerRow[]> {
  const { weeks, rates, market } = factors;
  const period = weeks.count - 1;
  const place = placeOf(flow, period);
  const series = flow.ruler('net', 'volScaled').values.slice(0, weeks.count);
  const sectors = sectorFlows(flow, all, question.lists ?? DEFAULT_SECTOR_LISTS);
  const offered = [
    ...factors.common,
    ...(await factors.earnings(flow.sector as Sector | null)),
    rotationFactor(weeks, sectors),
    matchedAmount(weeks, sectors),
  ].sort((a, b) => ORDER.indexOf(a.driver) - ORDER.indexOf(b.driver));
  const columns = offered.filter(({ isRegressor }) => isRegressor);
  const model = fitDrivers({ flow: series, columns, resamples: question.resamples, seed: question.seed });
  const shown = [
    ...offered,
    laggedFactor(series, async () => (flow.has(period - 1) ? flow.sources(period - 1) : [])),
  ];
  const policy = await policyRow(view, weeks, place, { rates, market });
  const factorRows = [];
  for (const factor of shown) factorRows.push(await factorRow(place, weeks, factor, model));
  return [
    modelRow(place, weeks, model, series.at(-1)!),
    ...driverRows(place, { factors: shown, model, policy }, factorRows),
    ...coefficientRows(place, model.fit),
    ...factorRows,
    policy,
    ...(await crossSectionRows(view, weeks, place, { flow, rates })),
  ];
}
