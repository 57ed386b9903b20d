import { AFTERMATH_HORIZONS_WEEKS, type EpisodeRow, type Outcome } from '../../../core/index.js';
import type { Context } from '../../context.js';
import type { Block, Evidence, Prose, Unit } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { at, MAIN_HORIZON } from './rows.js';

const EPISODE_FIGURES: readonly (readonly [Outcome, number, string])[] = [
  ...AFTERMATH_HORIZONS_WEEKS.map((weeks) => ['return', weeks, `Return, ${weeks} w`] as const),
  ['maximum-drawdown', MAIN_HORIZON, `Drawdown, ${MAIN_HORIZON} w`],
  ['floor-days-above', MAIN_HORIZON, `Closes above, ${MAIN_HORIZON} w`],
];

export function episodesTable(context: Context, episodes: readonly Placed<EpisodeRow>[]): Block[] {
  if (episodes.length === 0) return [];
  const columns = EPISODE_FIGURES.filter(([outcome, weeks]) =>
    episodes.some(({ row }) => row.figures[outcome]?.[String(weeks)] !== undefined),
  );
  const measureUnit: Unit = words.rulerUnit(context.input.record.ruler);
  const evidence = ({ row, index }: Placed<EpisodeRow>): Evidence =>
    context.book.rows(`rows-episode-${index}`, `Event of ${row.periodEnd}`, row.sources);
  return [
    {
      kind: 'table',
      dense: true,
      caption: [
        'Every such week, with what followed. What is not known has not happened yet, or has no price.',
      ],
      columns: [
        { label: 'Week to' },
        {
          label: words.capitalised(
            words.measureWords(context.input.record.measure, context.input.record.class),
          ),
          numeric: true,
        },
        { label: 'First close' },
        ...columns.map(([, , label]) => ({ label, numeric: true })),
      ],
      rows: episodes.map((one) => ({
        emphasis: one.row.periodEnd === context.input.record.periodEnd,
        cells: [
          [at(context, one, 'periodEnd', 'date', evidence(one))],
          [at(context, one, 'value', measureUnit, evidence(one))],
          [at(context, one, 'firstClose', 'date', evidence(one))],
          ...columns.map(
            ([outcome, weeks]): Prose =>
              one.row.figures[outcome]?.[String(weeks)] === undefined
                ? ['–']
                : [at(context, one, `figures/${outcome}/${weeks}`, 'share', evidence(one))],
          ),
        ],
      })),
    },
  ];
}
