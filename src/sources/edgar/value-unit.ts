import type { IsoDate } from '../../core/index.js';
import { WHOLE_DOLLARS_FROM } from './layout.js';

/**
 * `undecided`: either unit could be; the shares are as good as ever. `neither`: no unit makes a price of value / amount, so
 * the amounts themselves are in doubt.
 */
export type ValueUnit = 'dollars' | 'thousands' | 'undecided' | 'neither';

/** What a row says of the unit. */
export interface ValuePair {
  readonly value: number;
  readonly amount: number;
  readonly amountType: 'SH' | 'PRN';
  readonly isOption: boolean;
  readonly cusip: string;
}

export interface ValueUnitContext {
  /** When the filing was made, or signed where that is all there is. */
  readonly filedDate: IsoDate | null;
  /** Price in dollars at the period's end, null where it is not known. */
  readonly priceOf?: (cusip: string) => number | null;
}

export interface ValueUnitDecision {
  readonly unit: ValueUnit;
  /** One sentence with the figures. */
  readonly evidence: string;
  /** In the unit reported; null without a row that could tell. */
  readonly medianValuePerShare: number | null;
}

/**
 * What a unit is judged by, each log-normal in dollars. Shares: the median of a filer's value / shares is a price (over all
 * rows of a quarter it is near 50). Principal: trades near one dollar for one. Total: who must file holds 100 million or
 * more; five mega-caps at 1,752 dollars a share look like pennies until their total of 0.7 million is seen. Position: the
 * mean value of a row, for a cover page without its table.
 */
const UNIT_MODELS = {
  share: { typical: 50, logSd: 1.3, lowest: 0.05, highest: 20_000 },
  principal: { typical: 1, logSd: 0.5, lowest: 0.01, highest: 100 },
  total: { typical: 500_000_000, logSd: 2 },
  position: { typical: 2_000_000, logSd: 2 },
} as const;

/** Log odds of the unit that the filing date calls for, and log odds needed to decide: both 20 to 1. */
const UNIT_LOG_ODDS = { prior: Math.log(20), needed: Math.log(20) } as const;

/** With prices at hand: median of (value / amount) / price within this factor of 1 or of 1/1000. */
const PRICE_FACTOR = 2;

/** Ratios value / amount of a filing's rows, by what kind of row they come from, and the sum of all values. */
export interface UnitSample {
  readonly shares: number[];
  readonly options: number[];
  readonly principal: number[];
  total: number;
}

export function emptySample(): UnitSample {
  return { shares: [], options: [], principal: [], total: 0 };
}

/** Rows without a value or without an amount tell nothing. */
export function addToSample(sample: UnitSample, { value, amount, amountType, isOption }: ValuePair): void {
  if (!(value > 0 && amount > 0)) return;
  const kind = isOption ? sample.options : amountType === 'PRN' ? sample.principal : sample.shares;
  kind.push(value / amount);
  sample.total += value;
}

/**
 * Decides whether a filing's values are in dollars or in thousands, by the median of value / shares: against prices
 * where they are known, else by which unit makes it a plausible price and the total a plausible portfolio. The date of
 * filing is only a prior of 20 to 1. Rows of options and of principal speak only where there is no plain row of shares.
 */
export function decideValueUnit(pairs: readonly ValuePair[], context: ValueUnitContext): ValueUnitDecision {
  const sample = emptySample();
  for (const pair of pairs) addToSample(sample, pair);
  const decision = decideValueUnitOfSummary(summarise(sample), context.filedDate);
  const byPrice = context.priceOf === undefined ? null : comparePrices(pairs, context.priceOf);
  return byPrice === null ? decision : { ...decision, ...byPrice };
}

/** Rows of one kind: how many, and the median of their value / amount in the unit reported; null without a row. */
export interface RatioSummary {
  readonly rows: number;
  readonly median: number | null;
}

/** All of a table that the decision needs. */
export interface UnitSummary {
  readonly shares: RatioSummary;
  readonly options: RatioSummary;
  readonly principal: RatioSummary;
  /** Sum of the values of these rows. */
  readonly total: number;
}

export function summarise({ shares, options, principal, total }: UnitSample): UnitSummary {
  return {
    shares: ratioSummary(shares),
    options: ratioSummary(options),
    principal: ratioSummary(principal),
    total,
  };
}

function ratioSummary(ratios: readonly number[]): RatioSummary {
  return { rows: ratios.length, median: ratios.length === 0 ? null : median(ratios) };
}

/** The same without prices, from medians and the total alone. */
export function decideValueUnitOfSummary(summary: UnitSummary, filedDate: IsoDate | null): ValueUnitDecision {
  const { shares, options, principal, total } = summary;
  const isPrincipal = shares.rows === 0 && options.rows === 0;
  const { rows: count, median: perAmount } = shares.rows > 0 ? shares : isPrincipal ? principal : options;
  if (perAmount === null) {
    return {
      unit: 'undecided',
      evidence: 'no row has both a value and an amount',
      medianValuePerShare: null,
    };
  }
  const kind = shares.rows > 0 ? 'shares' : isPrincipal ? 'principal' : 'shares under options';
  const what = `median value/${kind} ${figure(perAmount)} of ${rows(count)}, total ${figure(total)}`;
  const model = UNIT_MODELS[isPrincipal ? 'principal' : 'share'];
  const medianValuePerShare = isPrincipal ? null : perAmount;
  if (perAmount > model.highest || perAmount * 1000 < model.lowest) {
    const evidence = `neither: ${what}; no price in dollars or in thousands`;
    return { unit: 'neither', evidence, medianValuePerShare };
  }
  const logOdds = logOddsOfDollars(perAmount, model) + logOddsOfDollars(total, UNIT_MODELS.total);
  return { ...weigh(logOdds, filedDate, what), medianValuePerShare };
}

/** The same for a cover page without its table: by the mean value of its positions. */
export function decideValueUnitOfCover(
  total: number | null,
  entries: number | null,
  filedDate: IsoDate | null,
): ValueUnitDecision {
  if (total === null || entries === null || total <= 0 || entries <= 0) {
    return { unit: 'undecided', evidence: 'no rows and no totals to judge by', medianValuePerShare: null };
  }
  const mean = total / entries;
  const what = `no rows at hand, declared total / entries ${figure(mean)}`;
  return {
    ...weigh(logOddsOfDollars(mean, UNIT_MODELS.position), filedDate, what),
    medianValuePerShare: null,
  };
}

function comparePrices(
  pairs: readonly ValuePair[],
  priceOf: (cusip: string) => number | null,
): Pick<ValueUnitDecision, 'unit' | 'evidence'> | null {
  const ratios: number[] = [];
  for (const { value, amount, amountType, isOption, cusip } of pairs) {
    const price = amountType === 'SH' && !isOption && value > 0 && amount > 0 ? priceOf(cusip) : null;
    if (price !== null && price > 0) ratios.push(value / amount / price);
  }
  if (ratios.length === 0) return null;
  const ratio = median(ratios);
  const unit = isNear(ratio, 1) ? 'dollars' : isNear(ratio, 1 / 1000) ? 'thousands' : 'neither';
  return {
    unit,
    evidence: `${unit}: median of value/shares over price ${figure(ratio)}, ${rows(ratios.length)} with a price (1 = dollars, 0.001 = thousands)`,
  };
}

function isNear(ratio: number, expected: number): boolean {
  return ratio > expected / PRICE_FACTOR && ratio < expected * PRICE_FACTOR;
}

/** Log odds of dollars over thousands of a figure in the reported unit. */
function logOddsOfDollars(
  figureReported: number,
  { typical, logSd }: { typical: number; logSd: number },
): number {
  const distance = (dollars: number): number => Math.log(dollars / typical) ** 2 / (2 * logSd ** 2);
  return distance(figureReported * 1000) - distance(figureReported);
}

function weigh(
  evidenceLogOdds: number,
  filedDate: IsoDate | null,
  what: string,
): Pick<ValueUnitDecision, 'unit' | 'evidence'> {
  const logOdds = evidenceLogOdds + priorLogOdds(filedDate);
  const { needed } = UNIT_LOG_ODDS;
  const unit = logOdds >= needed ? 'dollars' : logOdds <= -needed ? 'thousands' : 'undecided';
  return { unit, evidence: `${unit}: ${what}; ${eraText(unit, filedDate)}` };
}

function priorLogOdds(filedDate: IsoDate | null): number {
  if (filedDate === null) return 0;
  return filedDate >= WHOLE_DOLLARS_FROM ? UNIT_LOG_ODDS.prior : -UNIT_LOG_ODDS.prior;
}

function eraText(unit: ValueUnit, filedDate: IsoDate | null): string {
  if (filedDate === null) return 'date of filing unknown';
  const called = filedDate >= WHOLE_DOLLARS_FROM ? 'dollars' : 'thousands';
  const against = unit !== called && unit !== 'undecided' ? ', AGAINST the rule' : '';
  return `filed or signed ${filedDate}, when the rule was ${called}${against}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
