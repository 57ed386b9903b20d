import { CONTRACTS } from '../contracts.js';
import { drawPositionPath } from '../flow-process.js';
import { closesOn, commonShocks } from '../futures-market.js';
import { simulateIndexes } from '../indexes.js';
import { roundPositions } from '../positions.js';
import { type MarketSpan, marketSpan } from '../span.js';
import type { TrueContract } from '../truth.js';
import type { ReportWeek } from '../weeks.js';
import { type Aftermath, type AftermathPlan, simulateAftermath } from './simulate.js';
import { type AftermathTruth, aftermathTruth } from './truth.js';
import { FOLLOWED_INDEX } from './walk.js';

/** The part of a market in which something follows record weeks: the index, its fund, its contract, the survey. */
export interface AftermathMarket extends Aftermath {
  readonly weeks: readonly ReportWeek[];
  readonly contract: TrueContract;
  readonly truth: AftermathTruth;
}

/**
 * The same draws as `simulateMarket({ seed, aftermath, planted: false })`, without what has no part in them and without files: for
 * calibration over hundreds of markets.
 */
export function simulateAftermathMarket(
  options: { readonly seed: number; readonly span?: MarketSpan } & AftermathPlan,
): AftermathMarket {
  const { seed, span = marketSpan(), ...plan } = options;
  const { weeks, firstDay, endDate } = span;
  const drawn = simulateIndexes(seed, firstDay, endDate);
  const dates = weeks.map(({ periodEnd }) => periodEnd);
  const common = { ...commonShocks(seed, drawn, dates), driven: null };
  const path = drawPositionPath(CONTRACTS.nasdaq100, weeks, common, seed);
  const aftermath = simulateAftermath(path, { seed, weeks, indexes: drawn }, plan);
  const contract = {
    history: roundPositions(path),
    closes: closesOn(aftermath.indexes, FOLLOWED_INDEX, dates),
  };
  return { ...aftermath, weeks, contract, truth: aftermathTruth(contract, weeks, aftermath) };
}
