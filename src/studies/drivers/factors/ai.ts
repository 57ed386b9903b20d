import { AI_BASKET, basketOn, FUND_OF_SECTOR, SECTOR_LABELS } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';
import { AI_SECTOR } from '../configuration.js';
import { Closes } from './closes.js';
import { dayValueSources } from './daily-values.js';
import type { FactorPeriods, PeriodFactor } from './period-factor.js';

/** Members with a return, of those that the week could count in: fewer make no basket. */
const FEWEST_MEMBERS = 3;
const LEAST_SHARE = 0.75;
/** Names of the sector, where its fund is not in the store. */
const FEWEST_NAMES = 5;

interface SectorReturn {
  readonly label: string;
  readonly symbols: readonly string[];
  readonly needed: number;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function sectorNames(view: AsOfView): Promise<string[]> {
  const rows = await view.query<{ symbol: string }>(
    `SELECT symbol FROM constituents GROUP BY symbol HAVING arg_max(sector, first_seen) = $sector ORDER BY symbol`,
    { sector: AI_SECTOR },
  );
  return rows.map(({ symbol }) => symbol);
}

/** The sector's fund; the listed names of the sector where the view knows no close of it. */
async function readSector(
  view: AsOfView,
  days: readonly number[],
): Promise<SectorReturn & { readonly closes: Closes }> {
  const fund = FUND_OF_SECTOR[AI_SECTOR];
  const closes = await Closes.read(view, [fund], days);
  if (closes.has(fund)) return { label: fund, symbols: [fund], needed: 1, closes };
  const symbols = await sectorNames(view);
  return {
    label: `the equal-weight mean of ${symbols.length} listed ${SECTOR_LABELS[AI_SECTOR]} names`,
    symbols,
    needed: FEWEST_NAMES,
    closes: await Closes.read(view, symbols, days),
  };
}

function meanReturn(closes: Closes, symbols: readonly string[], before: number, day: number): number[] {
  return symbols
    .map((symbol) => closes.returnOf(symbol, before, day))
    .filter((value) => !Number.isNaN(value));
}

/** The return of the AI basket over that of its sector, period by period. */
export async function aiBasketFactor(view: AsOfView, periods: FactorPeriods): Promise<PeriodFactor> {
  const basket = AI_BASKET.members.map(({ symbol }) => symbol);
  const days = [...new Set([...periods.baseSession, ...periods.endSession])].sort((a, b) => a - b);
  const closes = await Closes.read(view, basket, days);
  const sector = await readSector(view, days);
  const reasons: (string | null)[] = [];
  const values = Float64Array.from({ length: periods.count }, (_, i) => {
    const [before, day] = [periods.baseSession[i]!, periods.endSession[i]!];
    const members = basketOn(AI_BASKET, periods.starts[i]!).map(({ symbol }) => symbol);
    const own = meanReturn(closes, members, before, day);
    const others = meanReturn(sector.closes, sector.symbols, before, day);
    const isKnown = own.length >= Math.max(FEWEST_MEMBERS, LEAST_SHARE * members.length);
    reasons[i] = !isKnown
      ? `${own.length} of ${members.length} members of the basket have closes of one basis at both ends of the ${periods.word}`
      : others.length < sector.needed
        ? `${sector.label} has no closes of one basis at both ends of the ${periods.word}`
        : null;
    return reasons[i] === null ? 100 * (meanOf(own) - meanOf(others)) : Number.NaN;
  });
  return {
    driver: 'ai',
    factor: 'ai-basket-excess-return',
    definition: `equal-weight return of the AI basket (${AI_BASKET.version}, ${basket.length} names, each from the day of a public statement on) less that of ${sector.label}; the basket was picked on ${AI_BASKET.pickedOn}, with hindsight, and part of it is in the sector as well`,
    unit: 'percent',
    isRegressor: true,
    values,
    reasonAt: (period) => reasons[period] ?? null,
    sources: (period) =>
      dayValueSources(
        view,
        'prices',
        [...basket, ...(sector.symbols.length === 1 ? sector.symbols : [])],
        [periods.baseSession[period]!, periods.endSession[period]!],
      ),
  };
}
