import type { Execution, LedgerSide } from './executions.js';
import { INSTITUTIONS, LEDGER_CLASS_NAMES, type LedgerClassName } from './ledger-classes.js';
import type { LedgerMarket } from './ledger-weeks.js';

/** Legs of a group of classes in technology, in whole cents. */
export type Legs = Readonly<Record<LedgerSide, number>>;

export const MEASURES = ['longBuy', 'grossBuy', 'net', 'grossing'] as const;
export type LedgerMeasure = (typeof MEASURES)[number];
export const LEDGER_RULERS = ['dollars', 'pctAdv', 'volScaled'] as const;
export type LedgerRuler = (typeof LEDGER_RULERS)[number];

export function emptyLegs(): Record<LedgerSide, number> {
  return { buy: 0, sell: 0, 'sell-short': 0, 'buy-to-cover': 0 };
}

/** Whole cents; quantities and prices are such that the product is exact. */
export const amountCents = ({ quantity, priceCents }: Execution): number => quantity * priceCents;

export function addExecution(legs: Record<LedgerSide, number>, execution: Execution): void {
  legs[execution.side] += amountCents(execution);
}

/** The note's measure and its parts, in whole cents. */
export function measureOf(legs: Legs, measure: LedgerMeasure): number {
  const { buy, sell, 'sell-short': short, 'buy-to-cover': cover } = legs;
  if (measure === 'longBuy') return buy;
  if (measure === 'grossBuy') return buy + cover;
  if (measure === 'net') return buy + cover - sell - short;
  return buy + short - sell - cover;
}

export const CLASS_PLACE = Object.fromEntries(LEDGER_CLASS_NAMES.map((name, c) => [name, c])) as Readonly<
  Record<LedgerClassName, number>
>;
export const INSTITUTION_PLACES: readonly number[] = INSTITUTIONS.map((name) => CLASS_PLACE[name]);
/** Every class that is no retail: what some call institutions. */
export const NON_RETAIL_PLACES: readonly number[] = LEDGER_CLASS_NAMES.filter(
  (name) => name !== 'retail',
).map((name) => CLASS_PLACE[name]);

/** Legs in technology of the given classes in one week. */
export function technologyLegs(
  executions: readonly Execution[],
  technology: ReadonlySet<number>,
  classes: readonly number[],
): Legs {
  const legs = emptyLegs();
  for (const execution of executions) {
    if (technology.has(execution.stock) && classes.includes(execution.class)) addExecution(legs, execution);
  }
  return legs;
}

/** One measure of a group of classes, week by week, on the rulers that plants are sized with; dollars, not cents. */
export interface MeasureOnRulers {
  readonly dollars: Float64Array;
  readonly pctAdv: Float64Array;
  readonly volScaled: Float64Array;
  /** What a dollar of the week counts on each ruler. */
  readonly perDollar: Readonly<Record<LedgerRuler, Float64Array>>;
}

export function onRulers(
  market: LedgerMarket,
  weekly: readonly Legs[],
  measure: LedgerMeasure,
): MeasureOnRulers {
  const dollars = Float64Array.from(weekly, (legs) => measureOf(legs, measure) / 100);
  const perVolume = Float64Array.from(market.weeks, (_, week) => {
    const volume = market.technology.reduce((sum, stock) => sum + market.usualVolume[stock]![week]!, 0);
    return 1 / volume;
  });
  const perVolatility = trailingVolatility(dollars).map((value) => 1 / value);
  return {
    dollars,
    pctAdv: dollars.map((value, week) => value * perVolume[week]!),
    volScaled: dollars.map((value, week) => value * perVolatility[week]!),
    perDollar: {
      dollars: new Float64Array(dollars.length).fill(1),
      pctAdv: perVolume,
      volScaled: perVolatility,
    },
  };
}

/** s(t)^2 = 0.97 s(t-1)^2 + 0.03 x(t-1)^2, seeded with the mean square of the first 52 weeks; NaN before. */
function trailingVolatility(values: Float64Array): Float64Array {
  const seedWeeks = 52;
  const volatility = new Float64Array(values.length).fill(Number.NaN);
  let variance = values.subarray(0, seedWeeks).reduce((sum, value) => sum + value ** 2 / seedWeeks, 0);
  for (let t = seedWeeks; t < values.length; t++) {
    if (t > seedWeeks) variance = 0.97 * variance + 0.03 * values[t - 1]! ** 2;
    volatility[t] = Math.sqrt(variance);
  }
  return volatility;
}

/** Dollars with which a week is `factor` times the largest of the weeks before it on every ruler, some weeks left out. */
export function dollarsForRecord(
  series: MeasureOnRulers,
  week: number,
  { factor, leavingOut = [] }: { readonly factor: number; readonly leavingOut?: readonly number[] },
): number {
  const needed = LEDGER_RULERS.map((ruler) => {
    let largest = 0;
    for (let t = 0; t < week; t++) {
      if (series[ruler][t]! > largest && !leavingOut.includes(t)) largest = series[ruler][t]!;
    }
    return (factor * largest) / series.perDollar[ruler][week]!;
  });
  return Math.max(...needed);
}
