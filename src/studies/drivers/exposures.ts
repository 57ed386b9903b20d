import { AI_BASKET, basketOn, dayNumber, groupBy, type Sector } from '../../core/index.js';
import { rollingBeta } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';
import { DURATION_WEEKS } from './configuration.js';
import { Closes } from './factors/closes.js';
import { changeOf } from './factors/daily-values.js';
import { readFiledSurprises } from './factors/earnings.js';
import type { Rates } from './factors/macro.js';
import type { FactorPeriods } from './factors/period-factor.js';
import type { NamePanel } from './name-panel.js';

/** What a name is exposed to at the start of each week, as the panel is laid out; NaN = not known then. */
export interface Exposure {
  readonly name: string;
  /** True for a yes or no, which is not standardised. */
  readonly isMembership: boolean;
  readonly values: Float64Array;
}

export interface NameExposures {
  readonly exposures: readonly Exposure[];
  /** Mean dollars a day over the 60 sessions before the week. */
  readonly dailyVolume: Float64Array;
}

const MOMENTUM_FROM = 52;
const MOMENTUM_TO = 4;
/** A surprise is news until the next quarter's. */
const SURPRISE_DAYS = 100;
const VOLUME_SESSIONS = 60;

interface VolumeColumns extends Record<string, Int32Array | Float64Array> {
  symbol: Int32Array;
  day: Int32Array;
  dollars: Float64Array;
}

const VOLUME_SQL = `WITH daily AS (
    SELECT symbol, date, coalesce(notional, close * volume) AS dollars FROM prices
    WHERE frequency = 'daily' AND price_basis = 'split-adjusted' AND volume > 0 AND close > 0 AND list_contains($symbols, symbol)
  ), means AS (
    SELECT symbol, date, avg(dollars) OVER before AS dollars, count(*) OVER before AS sessions FROM daily
    WINDOW before AS (PARTITION BY symbol ORDER BY date ROWS BETWEEN ${VOLUME_SESSIONS - 1} PRECEDING AND CURRENT ROW)
  )
  SELECT list_position($symbols, symbol)::INTEGER AS symbol, (date - DATE '1970-01-01')::INTEGER AS day, dollars
  FROM means WHERE sessions = ${VOLUME_SESSIONS} ORDER BY symbol, day`;

const table = ({ symbols, weeks }: NamePanel): Float64Array =>
  new Float64Array(symbols.length * weeks).fill(Number.NaN);

async function readVolumes(view: AsOfView, weeks: FactorPeriods, panel: NamePanel): Promise<Float64Array> {
  const out = table(panel);
  const weeksOf = new Map<number, number[]>();
  weeks.baseSession.forEach((day, week) => {
    weeksOf.set(day, [...(weeksOf.get(day) ?? []), week]);
  });
  const { symbol, day, dollars } = await view.columns<VolumeColumns>(VOLUME_SQL, { symbols: panel.symbols });
  symbol.forEach((number, i) => {
    for (const week of weeksOf.get(day[i]!) ?? []) out[(number - 1) * panel.weeks + week] = dollars[i]!;
  });
  return out;
}

/** Slope of the name's weekly return on the ten-year change over the 104 weeks before each week. */
function tenYearBetas(weeks: FactorPeriods, panel: NamePanel, closes: Closes, rates: Rates): Float64Array {
  const { baseSession, endSession, baseBondDay, endBondDay } = weeks;
  const out = table(panel);
  const change = Float64Array.from(endBondDay, (day, i) => changeOf(rates.DGS10, baseBondDay[i]!, day));
  panel.symbols.forEach((symbol, row) => {
    const returns = Float64Array.from(
      endSession,
      (day, i) => 100 * closes.returnOf(symbol, baseSession[i]!, day),
    );
    const betas = rollingBeta(returns, change, DURATION_WEEKS);
    for (let week = 1; week < panel.weeks; week++) out[row * panel.weeks + week] = betas[week - 1]!;
  });
  return out;
}

function momenta({ baseSession }: FactorPeriods, panel: NamePanel, closes: Closes): Float64Array {
  const out = table(panel);
  panel.symbols.forEach((symbol, row) => {
    for (let week = MOMENTUM_FROM; week < panel.weeks; week++) {
      const [from, to] = [baseSession[week - MOMENTUM_FROM]!, baseSession[week - MOMENTUM_TO]!];
      out[row * panel.weeks + week] = closes.returnOf(symbol, from, to);
    }
  });
  return out;
}

async function surprises(
  view: AsOfView,
  weeks: FactorPeriods,
  panel: NamePanel,
  sector: Sector | null,
): Promise<Float64Array> {
  const out = table(panel);
  const bySymbol = groupBy(await readFiledSurprises(view, sector), ({ symbol }) => symbol);
  panel.symbols.forEach((symbol, row) => {
    const filed = bySymbol.get(symbol) ?? [];
    weeks.starts.forEach((start, week) => {
      const day = dayNumber(start);
      const last = filed.findLast((one) => one.day < day && one.day >= day - SURPRISE_DAYS);
      if (last !== undefined) out[row * panel.weeks + week] = last.surprise;
    });
  });
  return out;
}

function memberships(weeks: FactorPeriods, panel: NamePanel): Float64Array {
  const members = weeks.starts.map((date) => new Set(basketOn(AI_BASKET, date).map(({ symbol }) => symbol)));
  return Float64Array.from({ length: panel.symbols.length * panel.weeks }, (_, at) =>
    Number(members[at % panel.weeks]!.has(panel.symbols[Math.floor(at / panel.weeks)]!)),
  );
}

/** Everything that a name's flow is held against, as it was known before each week. */
export async function readExposures(
  view: AsOfView,
  weeks: FactorPeriods,
  panel: NamePanel,
  known: { readonly rates: Rates; readonly sector: Sector | null },
): Promise<NameExposures> {
  const days = [...new Set([...weeks.baseSession, ...weeks.endSession])].sort((a, b) => a - b);
  const closes = await Closes.read(view, panel.symbols, days);
  const dailyVolume = await readVolumes(view, weeks, panel);
  const exposure = (name: string, values: Float64Array, isMembership = false): Exposure => ({
    name,
    values,
    isMembership,
  });
  return {
    dailyVolume,
    exposures: [
      exposure('ten-year-beta', tenYearBetas(weeks, panel, closes, known.rates)),
      exposure('size', dailyVolume.map(Math.log)),
      exposure('momentum', momenta(weeks, panel, closes)),
      exposure('ai-member', memberships(weeks, panel), true),
      exposure('earnings-surprise', await surprises(view, weeks, panel, known.sector)),
    ],
  };
}
