import { addDays, type DriversAnswerRow, type DriversPlace, type Sector } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import {
  DEFAULT_SECTOR_LISTS,
  DURATION_WEEKS,
  HISTORY_OF,
  type NeededHistory,
  type SectorLists,
} from './configuration.js';
import { crossSectionRows } from './cross-section.js';
import { aiBasketFactor } from './factors/ai.js';
import { earningsFactors } from './factors/earnings.js';
import { wordFactors } from './factors/filing-words.js';
import { macroFactors, type Rates, readRates } from './factors/macro.js';
import { type MarketLevels, marketFactor, readMarketLevels } from './factors/market.js';
import {
  type FactorPeriods,
  factorPeriods,
  marketWeeks,
  type PeriodFactor,
} from './factors/period-factor.js';
import { matchedAmount, rotationFactor, sectorFlows } from './factors/rotation.js';
import { type DriverModel, fitDrivers } from './model.js';
import { type PolicyWeeks, policyRow } from './policy.js';
import { coefficientRows, driverRows, factorRow, laggedFactor, modelRow } from './rows.js';

export interface DriversQuestion {
  readonly resamples: number;
  readonly seed: number;
  readonly lists?: SectorLists;
}

/** What is read once for all flows of a calendar: everything but the rotation and what depends on the sector. */
export interface DriverFactors {
  readonly periods: FactorPeriods;
  readonly policyWeeks: PolicyWeeks;
  readonly rates: Rates;
  readonly market: MarketLevels | null;
  readonly common: readonly PeriodFactor[];
  /** By sector, null = all companies. */
  earnings(sector: Sector | null): Promise<readonly PeriodFactor[]>;
}

/** Reads the factors of the periods of a calendar up to the one asked about. */
export async function readDriverFactors(
  view: AsOfView,
  calendar: FlowSeries['calendar'],
  period: number,
): Promise<DriverFactors> {
  const periods = factorPeriods(calendar, period);
  const isEnough = periods.word === 'week' && periods.count >= DURATION_WEEKS;
  const weeks = isEnough ? periods : marketWeeks(periods.ends.at(-1)!, DURATION_WEEKS);
  const [since] = [weeks.starts[0]!, periods.starts[0]!].sort();
  const from = addDays(since!, -14);
  const rates = await readRates(view, from);
  const market = await readMarketLevels(view, from);
  const common = [
    marketFactor(view, periods, market),
    await aiBasketFactor(view, periods),
    ...(await wordFactors(view, periods)),
    ...macroFactors(view, periods, rates),
  ];
  const held = new Map<Sector | null, Promise<readonly PeriodFactor[]>>();
  return {
    periods,
    policyWeeks: { weeks, since: since! },
    rates,
    market,
    common,
    earnings(sector) {
      const factors = held.get(sector) ?? earningsFactors(view, periods, sector);
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

/** A model that lacks the flow asked about says why it is lacking. */
function explained(
  model: DriverModel,
  reason: string | null,
  { periods, fewest }: NeededHistory,
): DriverModel {
  if (reason === null || model.reason === null) return model;
  return {
    ...model,
    reason: `${model.reason}: ${reason}; the regression needs ${fewest} ${periods} that have one`,
  };
}

const ORDER: readonly PeriodFactor['driver'][] = ['ai', 'earnings', 'macro', 'rotation', 'control'];

/**
 * Why a class bought or sold in one week or quarter: the declared regression, the four drivers with their falsifiers, every factor, the state
 * of policy and the cross section (measures.md section 9). An association in the same period; it shows no cause.
 * @param all series of the basis, for the sectors that money may have left
 */
export async function studyDrivers(
  view: AsOfView,
  flow: FlowSeries,
  all: readonly FlowSeries[],
  factors: DriverFactors,
  question: DriversQuestion,
): Promise<DriversAnswerRow[]> {
  const { periods, policyWeeks, rates, market } = factors;
  const period = periods.count - 1;
  const place = placeOf(flow, period);
  const scaled = flow.ruler('net', 'volScaled');
  const series = scaled.values.slice(0, periods.count);
  const sectors = sectorFlows(flow, all, question.lists ?? DEFAULT_SECTOR_LISTS);
  const offered = [
    ...factors.common,
    ...(await factors.earnings(flow.sector as Sector | null)),
    rotationFactor(periods, sectors),
    matchedAmount(periods, sectors),
  ].sort((a, b) => ORDER.indexOf(a.driver) - ORDER.indexOf(b.driver));
  const columns = offered.filter(({ isRegressor }) => isRegressor);
  const history = HISTORY_OF[periods.word];
  const { resamples, seed } = question;
  const model = explained(
    fitDrivers({ flow: series, columns, resamples, seed, history }),
    scaled.reasonAt(period),
    history,
  );
  const shown = [
    ...offered,
    laggedFactor(series, periods, async () => (flow.has(period - 1) ? flow.sources(period - 1) : [])),
  ];
  const policy = await policyRow(view, policyWeeks, place, { rates, market });
  const factorRows = [];
  for (const factor of shown) factorRows.push(await factorRow(place, periods, factor, model));
  return [
    modelRow(place, periods, model, series.at(-1)!),
    ...driverRows(place, periods, { factors: shown, model, policy }, factorRows),
    ...coefficientRows(place, model.fit),
    ...factorRows,
    policy,
    ...(await crossSectionRows(view, periods, place, { flow, rates })),
  ];
}
