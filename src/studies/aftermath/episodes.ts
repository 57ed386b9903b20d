import {
  AFTERMATH_HORIZONS_WEEKS,
  dateOfDayNumber,
  type EpisodeRow,
  formatInstant,
  OUTCOMES,
  type Outcome,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { type EffectSources, Matches } from './effects.js';
import { drawdownTimes } from './outcomes.js';

/** Horizon whose matched weeks stand on the episode. */
const MATCHES_SHOWN_WEEKS = 13;
const LONGEST_HORIZON = AFTERMATH_HORIZONS_WEEKS.at(-1)!;

const figure = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

function figuresOf(sources: EffectSources, week: number): EpisodeRow['figures'] {
  const figures: Partial<Record<Outcome, Record<string, number | null>>> = {};
  for (const outcome of OUTCOMES) {
    for (const horizon of AFTERMATH_HORIZONS_WEEKS) {
      const values = sources.outcomes(horizon)[outcome];
      if (values === undefined) continue;
      figures[outcome] = { ...figures[outcome], [horizon]: figure(values[week]) };
    }
  }
  for (const [outcome, size] of [
    ['weeks-to-drawdown-5', 0.05],
    ['weeks-to-drawdown-10', 0.1],
  ] as const) {
    const { weeks, happened } = drawdownTimes(sources.paths, size, LONGEST_HORIZON);
    figures[outcome] = { [LONGEST_HORIZON]: happened[week] === 1 ? figure(weeks[week]) : null };
  }
  return figures;
}

/** Each event with everything that followed it. */
export function episodeRows(
  sources: EffectSources,
  flow: FlowSeries,
  { values, anchors }: { readonly values: Float64Array; readonly anchors: Float64Array | null },
): EpisodeRow[] {
  const matches = new Matches(sources);
  const { periodEnds } = flow.calendar;
  return Array.from(sources.events, (week): EpisodeRow => {
    const entry = sources.paths.entry[week]!;
    const returns = sources.outcomes(MATCHES_SHOWN_WEEKS).return;
    const matched =
      returns === undefined ? [] : [...matches.of(returns, MATCHES_SHOWN_WEEKS).matchesOf(week)];
    return {
      kind: 'episode',
      ...sources.place,
      periodEnd: periodEnds[week]!,
      knownAt: formatInstant(flow.knownAt(week)),
      value: values[week]!,
      firstClose: entry < 0 ? null : dateOfDayNumber(sources.paths.daily.days[entry]!),
      anchorPrice: figure(anchors?.[week]),
      figures: figuresOf(sources, week),
      matched: matched.map((at) => periodEnds[at]!),
      sources: flow.sources(week),
    };
  });
}
