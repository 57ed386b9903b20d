import { type CrossSectionRow, type DriversPlace, type Sector, tradingDays } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { famaMacBeth } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';
import { type Exposure, type NameExposures, readExposures } from './exposures.js';
import type { Rates } from './factors/macro.js';
import type { FactorPeriods } from './factors/period-factor.js';
import { type NamePanel, readNamePanel } from './name-panel.js';

/** Exposures of a name that its flow is held against; size is the log of its usual dollar volume, not of its market value. */
const EXPOSURES = ['ten-year-beta', 'size', 'momentum', 'ai-member', 'earnings-surprise'] as const;

/** Names with the figure in a week, and such weeks, that an exposure needs. */
const FEWEST_NAMES = 10;
const FEWEST_WEEKS = 52;

const NO_FIGURES = {
  names: 0,
  periods: 0,
  estimate: null,
  standardError: null,
  t: null,
  p: null,
  low: null,
  high: null,
} as const;

function missing(place: DriversPlace, exposure: string, reason: string): CrossSectionRow {
  return { ...place, kind: 'cross-section', exposure, ...NO_FIGURES, reason };
}

/** The net of each name and week in per cent of the dollars that it usually trades in so many days. */
function flowOfVolume(weeks: FactorPeriods, panel: NamePanel, dailyVolume: Float64Array): Float64Array {
  const days = weeks.starts.map((start, week) => tradingDays(start, weeks.ends[week]!).length);
  return panel.net.map((net, at) => (100 * net) / (dailyVolume[at]! * days[at % panel.weeks]!));
}

/** Names of a week with a flow and the exposure. */
function namesOf(flow: Float64Array, { values }: Exposure, panel: NamePanel, week: number): number[] {
  return panel.symbols.flatMap((_, row) => {
    const at = row * panel.weeks + week;
    return Number.isNaN(flow[at]! + values[at]!) ? [] : [at];
  });
}

/** Each week's values less their mean over the names, in their standard deviations; a membership stays 0 or 1. */
function standardised(flow: Float64Array, exposure: Exposure, panel: NamePanel): Float64Array {
  const out = new Float64Array(flow.length).fill(Number.NaN);
  for (let week = 0; week < panel.weeks; week++) {
    const places = namesOf(flow, exposure, panel, week);
    const values = places.map((at) => exposure.values[at]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    if (values.length < FEWEST_NAMES || !(spread > 0)) continue;
    places.forEach((at, i) => {
      out[at] = exposure.isMembership ? values[i]! : (values[i]! - mean) / spread;
    });
  }
  return out;
}

function weeksWith(values: Float64Array, panel: NamePanel): number {
  const weeks = Array.from({ length: panel.weeks }, (_, week) => week);
  return weeks.filter((week) =>
    panel.symbols.some((_, row) => !Number.isNaN(values[row * panel.weeks + week]!)),
  ).length;
}

/** Flow per name on the exposures that are known for names enough, week by week, and the mean over weeks. */
export function crossSection(
  place: DriversPlace,
  panel: NamePanel,
  { flow, exposures }: { readonly flow: Float64Array; readonly exposures: readonly Exposure[] },
): CrossSectionRow[] {
  const columns = exposures.map((exposure) => ({
    name: exposure.name,
    values: standardised(flow, exposure, panel),
  }));
  const known = columns.filter(({ values }) => weeksWith(values, panel) >= FEWEST_WEEKS);
  const fit =
    known.length === 0
      ? null
      : famaMacBeth({
          period: Uint32Array.from(flow, (_, at) => at % panel.weeks),
          periods: panel.weeks,
          response: flow,
          exposures: known.map(({ values }) => values),
          minNames: Math.max(FEWEST_NAMES, known.length + 3),
        });
  return columns.map(({ name, values }) => {
    const column = known.findIndex((one) => one.name === name);
    if (column < 0 || fit === null)
      return missing(
        place,
        name,
        `${weeksWith(values, panel)} weeks in which ${FEWEST_NAMES} names have it and differ in it, ${FEWEST_WEEKS} needed`,
      );
    if ('reason' in fit) return missing(place, name, fit.reason);
    const { estimate, standardError, t, p, lower, upper } = fit.prices[column + 1]!;
    return {
      ...place,
      kind: 'cross-section',
      exposure: name,
      names: Math.round(fit.observations / fit.periods),
      periods: fit.periods,
      estimate,
      standardError,
      t,
      p,
      low: lower,
      high: upper,
      reason: null,
    };
  });
}

/**
 * What the names have in common that a class bought, week by week (Fama and MacBeth 1973): net over usual dollar volume on what each
 * name was exposed to before the week.
 */
export async function crossSectionRows(
  view: AsOfView,
  weeks: FactorPeriods,
  place: DriversPlace,
  about: { readonly flow: FlowSeries; readonly rates: Rates },
): Promise<CrossSectionRow[]> {
  if (place.basis !== 'ledger')
    return EXPOSURES.map((name) =>
      missing(
        place,
        name,
        `flows of names are read of the executions of a ledger alone, and basis ${place.basis} is none`,
      ),
    );
  const panel = await readNamePanel(view, weeks, about.flow);
  if (panel.symbols.length < FEWEST_NAMES)
    return EXPOSURES.map((name) =>
      missing(
        place,
        name,
        `the class trades ${panel.symbols.length} names of the sector, ${FEWEST_NAMES} needed`,
      ),
    );
  const known: NameExposures = await readExposures(view, weeks, panel, {
    rates: about.rates,
    sector: place.sector as Sector | null,
  });
  const flow = flowOfVolume(weeks, panel, known.dailyVolume);
  return crossSection(place, panel, { flow, exposures: known.exposures });
}
