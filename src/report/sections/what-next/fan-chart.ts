import { AFTERMATH_HORIZONS_WEEKS, type EpisodeRow, type OutcomeRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import type { Block, ChartBlock, FanChartSpec, FanLine } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { outcomeRowsOf } from './rows.js';

/**
 * The interval of the difference, turned round and laid about the matched weeks: it leaves out the mean of the events exactly where the interval leaves
 * out zero.
 */
function bandOf(rows: readonly OutcomeRow[]): FanChartSpec['band'] {
  return rows.flatMap(({ horizonWeeks, matchedMean, difference, low, high }) =>
    matchedMean === null || difference === null || low === null || high === null
      ? []
      : [
          {
            weeks: horizonWeeks,
            low: matchedMean - (high - difference),
            high: matchedMean + (difference - low),
          },
        ],
  );
}

/** A line an event, and the means of events and of matched weeks. */
export function fanChart(context: Context, episodes: readonly Placed<EpisodeRow>[]): Block[] {
  const lines: FanLine[] = episodes.map(({ row }) => ({
    label: row.periodEnd,
    kind: 'event',
    points: AFTERMATH_HORIZONS_WEEKS.flatMap((weeks) => {
      const value = row.figures.return?.[String(weeks)];
      return value == null ? [] : [{ weeks, value }];
    }),
  }));
  const means = outcomeRowsOf(context).filter(({ row }) => row.outcome === 'return' && row.mean !== null);
  const meanLine = (kind: FanLine['kind'], label: string, field: 'mean' | 'matchedMean'): FanLine => ({
    label,
    kind,
    points: means.flatMap(({ row }) =>
      row[field] === null ? [] : [{ weeks: row.horizonWeeks, value: row[field] }],
    ),
  });
  const drawn = [
    ...lines,
    meanLine('mean of events', 'such weeks', 'mean'),
    meanLine('mean of matched weeks', 'weeks alike', 'matchedMean'),
  ].filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return [];
  const band = bandOf(means.map(({ row }) => row));
  const chart: ChartBlock = {
    kind: 'chart',
    title: [
      `What the price did after each such week, and on average after weeks like them${band.length === 0 ? '' : '; shaded, where the mean of such weeks would lie 95 times in 100 if nothing followed them'}`,
    ],
    description: `Return since the first close after publication, over ${words.listWords(AFTERMATH_HORIZONS_WEEKS.map(String))} weeks. A thin line for each of the events, a thick one for their mean, a broken one for the mean of matched weeks. Lines end where the weeks have not happened yet.${band.length === 0 ? '' : ' The band holds the mean of such weeks 95 times in 100 if nothing follows them, each horizon by itself.'}`,
    chart: {
      kind: 'fan',
      unit: 'share',
      axisLabel: 'weeks after publication',
      valueLabel: 'Return since the first close after publication, percent',
      horizonsWeeks: AFTERMATH_HORIZONS_WEEKS,
      lines: drawn,
      band,
    },
  };
  return [chart];
}
