import type { FlowSeries, RulerSeries } from '../../../flows/index.js';
import type { SectorLists } from '../configuration.js';
import type { FactorPeriods, PeriodFactor } from './period-factor.js';

/** Fewest cyclical sectors with a figure: one sector is no rotation. */
const FEWEST_SECTORS = 2;

/** The series that tell each sector's net, for one class. */
export interface SectorFlows {
  /** By sector; the sectors of the flow asked about are not among them. */
  readonly cyclical: readonly FlowSeries[];
  readonly growth: readonly FlowSeries[];
  /** Why there is nothing to tell; null where there is. */
  readonly reason: string | null;
}

/** Series of the same class by sector, one a sector: those of the sector itself before stand-ins, then the first. */
export function sectorFlows(asked: FlowSeries, all: readonly FlowSeries[], lists: SectorLists): SectorFlows {
  const ofClass = all.filter(
    (flow) => flow.class === asked.class && flow.inFamily && flow.calendar === asked.calendar,
  );
  const pick = (sector: string): readonly FlowSeries[] =>
    sector === asked.sector
      ? [asked]
      : ofClass
          .filter((flow) => flow.sector === sector)
          .sort((a, b) => Number(a.sectorIsProxy) - Number(b.sectorIsProxy))
          .slice(0, 1);
  const isWhole = asked.sector === null && asked.contract === null;
  const cyclical = lists.cyclical.filter((sector) => sector !== asked.sector).flatMap(pick);
  const reason = isWhole
    ? 'the flow asked about is that of all sectors: it holds the cyclical ones itself'
    : cyclical.length < FEWEST_SECTORS
      ? `basis ${asked.basis} tells ${cyclical.length} cyclical sectors for ${asked.class}, ${FEWEST_SECTORS} needed`
      : null;
  return { cyclical, growth: lists.growth.flatMap(pick), reason };
}

const placeOf = (flow: FlowSeries): string => flow.contract ?? flow.symbol ?? flow.sector ?? 'all';

/** Less the mean of the cyclical sectors' nets, each in units of its own volatility. */
export function rotationFactor(periods: FactorPeriods, { cyclical, reason }: SectorFlows): PeriodFactor {
  const scaled = cyclical.map((flow) => flow.ruler('net', 'volScaled').values);
  const known = (period: number): number[] =>
    scaled.map((values) => values[period]!).filter((value) => !Number.isNaN(value));
  const values = Float64Array.from({ length: periods.count }, (_, period) => {
    const nets = known(period);
    if (reason !== null || nets.length < FEWEST_SECTORS) return Number.NaN;
    return 0 - nets.reduce((sum, net) => sum + net, 0) / nets.length;
  });
  const unit = cyclical.some((flow) => flow.mainRuler === 'contracts') ? 'contracts' : 'dollars';
  return {
    driver: 'rotation',
    factor: 'cyclical-net-sold',
    definition: `less the mean net of the same class in the cyclical sectors (${cyclical.map((flow) => `${flow.sector}: ${placeOf(flow)}`).join(', ') || 'none'}), each in ${unit} over its own volatility; at least ${FEWEST_SECTORS} of them in the ${periods.word}`,
    unit: 'own volatility',
    isRegressor: true,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? (reason ??
          `${known(period).length} of ${cyclical.length} cyclical sectors have a figure in the ${periods.word}, ${FEWEST_SECTORS} needed`)
        : null,
    sources: async (period) =>
      cyclical.filter((flow) => flow.has(period)).flatMap((flow) => flow.sources(period)),
  };
}

/** Sum of dollars over series; NaN where one of them has none. */
function dollarsOf(rulers: readonly RulerSeries[], period: number): number {
  return rulers.reduce((sum, { values }) => sum + values[period]!, 0);
}

/**
 * What was bought in growth sectors against what was sold in cyclical ones. It contains the flow explained: it is described and
 * never a regressor.
 */
export function matchedAmount(
  periods: FactorPeriods,
  { cyclical, growth, reason }: SectorFlows,
): PeriodFactor {
  const dollars = (flows: readonly FlowSeries[]) => flows.map((flow) => flow.ruler('net', 'dollars'));
  const [cyclicals, growths] = [dollars(cyclical), dollars(growth)];
  const values = Float64Array.from({ length: periods.count }, (_, period) => {
    if (reason !== null || growths.length === 0) return Number.NaN;
    const [bought, sold] = [dollarsOf(growths, period), -dollarsOf(cyclicals, period)];
    return Number.isNaN(bought + sold) ? Number.NaN : Math.min(Math.max(bought, 0), Math.max(sold, 0));
  });
  const missing = (period: number): string => {
    const flows = [...growth, ...cyclical];
    const places = flows.filter((flow) => Number.isNaN(flow.ruler('net', 'dollars').values[period]!));
    const first = places[0]!;
    return `no dollars of ${places.map(placeOf).join(', ')}: ${first.ruler('net', 'dollars').reasonAt(period)}`;
  };
  return {
    driver: 'rotation',
    factor: 'matched-amount',
    definition: `min(max(net of ${growth.map(placeOf).join(' and ') || 'no growth sector'}, 0), max(-net of the cyclical sectors, 0)); contains the flow explained, so it is described and never a regressor`,
    unit: 'US dollars',
    isRegressor: false,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? (reason ??
          (growth.length === 0 ? 'the basis tells no growth sector for the class' : missing(period)))
        : null,
    sources: async (period) =>
      [...cyclical, ...growth].filter((flow) => flow.has(period)).flatMap((flow) => flow.sources(period)),
  };
}
