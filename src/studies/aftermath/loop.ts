import { type AftermathPlace, dateOfDayNumber, dayNumber, HeldBy, type LoopRow } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { testLoopInOrders } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';
import type { Resampling } from './effects.js';
import { type DailyCloses, lastAtOrBefore, lastSessionDay } from './price-series.js';

/** One value a week of mood; NaN = no survey in the week. */
export interface WeeklyMood {
  readonly name: string;
  readonly values: Float64Array;
}

interface Rows extends Record<string, Int32Array | Float64Array> {
  day: Int32Array;
  value: Float64Array;
}

const SQL = {
  'AAII bullish less bearish': `SELECT (date - DATE '1970-01-01')::INTEGER AS day,
      sum(CASE measure WHEN 'bullish' THEN value ELSE -value END) AS value
    FROM sentiment WHERE survey = 'aaii' AND measure IN ('bullish', 'bearish') AND value IS NOT NULL
    GROUP BY date HAVING count(*) = 2 ORDER BY day`,
  'NAAIM exposure': `SELECT (date - DATE '1970-01-01')::INTEGER AS day, any_value(value) AS value
    FROM sentiment WHERE survey = 'naaim' AND measure = 'naaim-number' AND value IS NOT NULL GROUP BY date ORDER BY day`,
} as const;

/** The last survey dated in each week of a calendar; AAII where it is known, else NAAIM, else null. */
async function readMood(
  view: AsOfView,
  { periodStarts, periodEnds }: FlowSeries['calendar'],
  last: number,
): Promise<WeeklyMood | null> {
  for (const [name, sql] of Object.entries(SQL)) {
    const { day, value } = await view.columns<Rows>(sql);
    if (day.length === 0) continue;
    const values = Float64Array.from({ length: last + 1 }, (_, week) => {
      const at = lastAtOrBefore(day, dayNumber(periodEnds[week]!));
      return at >= 0 && day[at]! >= dayNumber(periodStarts[week]!) ? value[at]! : Number.NaN;
    });
    return { name, values };
  }
  return null;
}

/** Return of each week in percent, from the last close before it to its last; NaN = not known. */
function weeklyReturns({ days, closes }: DailyCloses, { calendar }: FlowSeries, last: number): Float64Array {
  const closeOn = (day: number): number => {
    const at = lastAtOrBefore(days, day);
    return at >= 0 && days[at] === day ? closes[at]! : Number.NaN;
  };
  return Float64Array.from({ length: last + 1 }, (_, week) => {
    const before = lastSessionDay(dateOfDayNumber(dayNumber(calendar.periodStarts[week]!) - 1));
    return 100 * (closeOn(lastSessionDay(calendar.periodEnds[week]!)) / closeOn(before) - 1);
  });
}

/** Draws behind the band of the gain and the links' p. */
const MOST_LOOP_RESAMPLES = 1000;

const ORDERINGS = [
  { name: 'return, sentiment, flow', order: [0, 1, 2] },
  { name: 'flow, sentiment, return', order: [2, 1, 0] },
] as const;

const EMPTY = {
  gain: null,
  low: null,
  high: null,
  gainWithoutLoop: null,
  spectralRadius: null,
  lags: null,
  n: 0,
  verdict: null,
} as const;

/** A loop is of the flow's net, whichever of its legs is asked about. */
const LOOPS = new HeldBy<FlowSeries, Promise<readonly LoopRow[]>>();

/** Reads the mood of the weeks and tests the loop; the rows of `loopRows`. */
export async function readLoopRows(
  view: AsOfView,
  place: AftermathPlace,
  flow: FlowSeries,
  daily: DailyCloses | null,
  last: number,
  resampling: Resampling,
): Promise<LoopRow[]> {
  const key = JSON.stringify([last, resampling]);
  const rows = await LOOPS.of(flow, key, async () => {
    const mood = await readMood(view, flow.calendar, last);
    return loopRows(place, flow, { daily, mood }, last, resampling);
  });
  return rows.map((row) => ({ ...row, ...place }));
}

/**
 * Do rising prices lift the mood, the mood the flow, and the flow prices again? Both orders are shown; 'loop' only where every link
 * is shown in that order.
 */
export function loopRows(
  place: AftermathPlace,
  flow: FlowSeries,
  { daily, mood }: { readonly daily: DailyCloses | null; readonly mood: WeeklyMood | null },
  last: number,
  resampling: Resampling,
): LoopRow[] {
  const row = (ordering: string) => ({ kind: 'loop' as const, ...place, ordering, ...EMPTY });
  const missing =
    daily === null
      ? 'no daily close of the index or of a fund on it is known'
      : mood === null
        ? "no survey of sentiment is known; 'tidemark import' AAII or NAAIM"
        : null;
  if (daily === null || mood === null)
    return ORDERINGS.map(({ name }) => ({ ...row(name), reason: missing }));
  const series = [
    weeklyReturns(daily, flow, last),
    mood.values,
    flow.ruler('net', 'volScaled').values.slice(0, last + 1),
  ];
  const request = {
    cycle: [0, 1, 2],
    resamples: Math.min(resampling.resamples, MOST_LOOP_RESAMPLES),
    seed: resampling.seed,
  };
  const tests = testLoopInOrders(
    series,
    request,
    ORDERINGS.map(({ order }) => order),
  );
  return ORDERINGS.map(({ name }, place): LoopRow => {
    const ordering = `${name} (${mood.name})`;
    if ('reason' in tests) return { ...row(ordering), reason: tests.reason };
    const found = tests[place]!;
    return {
      ...row(ordering),
      gain: found.gain,
      low: found.band[0],
      high: found.band[1],
      gainWithoutLoop: found.withoutLoop.gain,
      spectralRadius: found.spectralRadius,
      lags: found.lags,
      n: found.observations,
      verdict: found.p < 0.05 ? 'loop' : 'not shown',
      reason: found.p < 0.05 ? null : `the weakest link has p = ${found.p.toFixed(3)}`,
    };
  });
}
