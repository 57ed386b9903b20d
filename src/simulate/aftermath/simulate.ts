import type { PositionPath } from '../flow-process.js';
import type { DailyBars, IndexMarket } from '../indexes.js';
import type { ReportWeek } from '../weeks.js';
import { fundBars } from './fund.js';
import { type AftermathLaw, type AftermathWorld, lawOf, type RecordPlan, SPREAD_RECORDS } from './laws.js';
import { type SurveyWeek, surveyWeeks } from './survey-writer.js';
import { FOLLOWED_INDEX, type RecordWeek, walkThrough } from './walk.js';

/** A declared world: its law, and when its record weeks are. */
export interface AftermathPlan {
  readonly world: AftermathWorld;
  readonly records?: RecordPlan;
}

/** What a world made of a market, beside its flows. */
export interface Aftermath {
  readonly world: AftermathWorld;
  readonly law: AftermathLaw;
  readonly records: readonly RecordWeek[];
  readonly indexes: IndexMarket;
  readonly fund: DailyBars;
  readonly survey: readonly SurveyWeek[];
}

/**
 * Lets a world happen to a drawn market: record weeks and what the law ties to them go into the path of `20974+`, prices into its
 * index. The draws of the market are those of every other world of the seed.
 */
export function simulateAftermath(
  path: PositionPath,
  market: { readonly seed: number; readonly weeks: readonly ReportWeek[]; readonly indexes: IndexMarket },
  { world, records: plan = SPREAD_RECORDS }: AftermathPlan,
): Aftermath {
  const law = lawOf(world);
  const { levels, mood, records } = walkThrough(path, { ...market, law, plan });
  const followed = movedBars(market.indexes.bars[FOLLOWED_INDEX], levels);
  return {
    world,
    law,
    records,
    indexes: { ...market.indexes, bars: { ...market.indexes.bars, [FOLLOWED_INDEX]: followed } },
    fund: fundBars(followed),
    survey: surveyWeeks(mood, market.weeks),
  };
}

/** Bars moved to other closes, each day's in proportion; volume stays. */
function movedBars(bars: DailyBars, close: Float64Array): DailyBars {
  const moved = (points: Float64Array): Float64Array =>
    points.map((value, i) => Math.round((100 * value * close[i]!) / bars.close[i]!) / 100);
  return { open: moved(bars.open), high: moved(bars.high), low: moved(bars.low), close, volume: bars.volume };
}
