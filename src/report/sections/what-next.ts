import {
  AFTERMATH_HORIZONS_WEEKS,
  type AftermathAnswerRow,
  type EpisodeRow,
  type EventRuleRow,
  type ForecastRow,
  type ForecastScoreRow,
  type Outcome,
  type OutcomeRow,
} from '../../core/index.js';
import type { Context } from '../context.js';
import { withReason } from '../figures.js';
import type {
  Block,
  ChartBlock,
  Evidence,
  FanLine,
  Figure,
  Prose,
  Section,
  TableBlock,
  Unit,
} from '../model.js';
import { joinProse, prose } from '../model.js';
import * as words from '../wording.js';
import { unitOfWords } from './claim-units.js';
import { fromStudy, type Placed } from './study-rows.js';

const AFTERMATH_EVIDENCE: Evidence = { anchor: 'what-next', sources: null };

/** The horizon that tables lead with: a quarter of a year. */
const MAIN_HORIZON = 13;

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  return: 'Return',
  'excess-return': 'Excess return',
  'maximum-drawdown': 'Largest drawdown',
  'volatility-ratio': 'Volatility after over before',
  'floor-days-above': 'Price floor: closes above the price of the event week',
  'floor-depth-below': 'Price floor: deepest close below it',
  'floor-rebounds': 'Price floor: touches that rebounded',
  'downside-quantile-5': 'Worst twentieth of days',
  'profit-taking': 'Net flow of those that bought before',
  'drawdown-beyond-5': 'Drawdowns beyond 5 %',
  'drawdown-beyond-10': 'Drawdowns beyond 10 %',
  'weeks-to-drawdown-5': 'Median time to a drawdown of 5 %',
  'weeks-to-drawdown-10': 'Median time to a drawdown of 10 %',
  'time-in-range': 'Time inside the range of before',
};

const rowsOf = <Kind extends AftermathAnswerRow['kind']>(context: Context, kind: Kind) =>
  fromStudy<AftermathAnswerRow, Kind>(context.input.aftermath, kind);

export const outcomeRowsOf = (context: Context): readonly Placed<OutcomeRow>[] => rowsOf(context, 'outcome');

/** What followed such weeks; null where nobody asked. */
export function whatNextSection(context: Context): Section | null {
  const { aftermath } = context.input;
  if (aftermath === undefined) return null;
  const [rule] = rowsOf(context, 'rule');
  const blocks: Block[] =
    rule === undefined
      ? [{ kind: 'paragraph', content: [`What followed such weeks is not known: ${aftermath.reason}.`] }]
      : studyBlocks(context, rule);
  return { anchor: 'what-next', title: 'What it may mean', short: 'What next', blocks };
}

function studyBlocks(context: Context, rule: Placed<EventRuleRow>): Block[] {
  const episodes = rowsOf(context, 'episode');
  return [
    { kind: 'paragraph', content: finding(context, rule), lead: true },
    { kind: 'paragraph', content: ruleWords(context, rule) },
    ...fanChart(context, episodes),
    ...outcomesTables(context),
    ...episodesTable(context, episodes),
    ...cascadeBlocks(context),
    ...loopBlocks(context),
    ...forecastBlocks(context),
    ...(context.input.aftermath?.notes ?? []).map((note): Block => ({ kind: 'note', content: [note] })),
  ];
}

function at(
  context: Context,
  { index, row }: Placed<object>,
  field: string,
  unit: Unit,
  evidence: Evidence = AFTERMATH_EVIDENCE,
): Figure {
  const reason =
    (row as { reason?: string | null }).reason ?? 'its horizon is not over, or no price is known';
  return context.book.at(`/aftermath/rows/${index}/${field}`, unit, evidence, reason);
}

const capitalised = words.capitalised;

/** What stands after many tests, or that nothing does; without five events, that nothing can. */
function finding(context: Context, rule: Placed<EventRuleRow>): Prose {
  const n = at(context, rule, 'n', 'count');
  const many = rule.row.n === 1 ? 'such week' : 'such weeks';
  const outcomes = outcomeRowsOf(context);
  const tested = outcomes.filter(({ row }) => row.verdict !== null);
  if (tested.length === 0) {
    const reason = rule.row.reason ?? 'no outcome could be tested';
    return prose`${{ kind: 'strong', content: ['Nothing is claimed.'] }} ${n} ${many}: ${reason}.`;
  }
  const speaks = tested.filter(({ row }) => row.verdict !== 'no effect seen');
  const count = (condition: string, passes: (row: AftermathAnswerRow) => boolean): Figure =>
    context.book.count(
      '/aftermath/rows',
      context.input.aftermath!.rows,
      condition,
      passes,
      AFTERMATH_EVIDENCE,
    );
  const none = count('verdict=no effect seen', (row) => 'verdict' in row && row.verdict === 'no effect seen');
  const lead: Prose = [
    {
      kind: 'strong',
      content: [
        speaks.length === 0
          ? 'Nothing that followed such weeks is told apart from what follows other weeks.'
          : `After such weeks, against weeks like them: ${words.listWords(speaks.map(effectWords))}.`,
      ],
    },
  ];
  return prose`${lead} ${n} ${many}; in ${none} outcomes and horizons no effect is seen after adjustment for all of them, which is not to say that there is none.`;
}

const effectWords = ({ row }: Placed<OutcomeRow>): string =>
  `${words.uncapitalised(OUTCOME_WORDS[row.outcome])} ${row.verdict} over ${row.horizonWeeks} weeks`;

function ruleWords(context: Context, rule: Placed<EventRuleRow>): Prose {
  const { row } = rule;
  const span =
    row.firstWeek === null
      ? prose``
      : prose`, ${at(context, rule, 'firstWeek', 'date')} to ${at(context, rule, 'lastWeek', 'date')}`;
  const prices =
    row.priceSeries === 'none'
      ? ''
      : ` Prices: ${row.priceSeries}, from the first close after the figures were public.`;
  return prose`Such weeks, by a rule fixed before any outcome was read: ${row.rule}. It found ${at(context, rule, 'found', 'weeks')}${span}, of which ${at(context, rule, 'n', 'count')} remain when only the first in ${at(context, rule, 'declusterWeeks', 'weeks')} counts.${prices}`;
}

/** A line an event, and the means of events and of matched weeks. */
function fanChart(context: Context, episodes: readonly Placed<EpisodeRow>[]): Block[] {
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
  const chart: ChartBlock = {
    kind: 'chart',
    title: ['What the price did after each such week, and on average after weeks like them'],
    description: `Return since the first close after publication, over ${words.listWords(AFTERMATH_HORIZONS_WEEKS.map(String))} weeks. A thin line for each of the events, a thick one for their mean, a broken one for the mean of matched weeks. Lines end where the weeks have not happened yet.`,
    chart: {
      kind: 'fan',
      unit: 'share',
      axisLabel: 'weeks after publication',
      horizonsWeeks: AFTERMATH_HORIZONS_WEEKS,
      lines: drawn,
    },
  };
  return [chart];
}

const OUTCOME_COLUMNS = [
  { label: 'n', field: 'n' },
  { label: 'After such weeks', field: 'mean' },
  { label: 'After weeks like them', field: 'matchedMean' },
  { label: 'Difference', field: 'difference' },
  { label: 'Low', field: 'low' },
  { label: 'High', field: 'high' },
  { label: 'p, adjusted', field: 'adjustedP' },
  { label: 'Could be seen', field: 'detectable' },
] as const;

function outcomeUnit({ unit }: OutcomeRow, field: string): Unit {
  if (field === 'n') return 'count';
  if (field === 'adjustedP') return 'probability';
  return /log return/.test(unit) ? 'share' : unitOfWords(unit);
}

function outcomesTable(context: Context, rows: readonly Placed<OutcomeRow>[], caption: Prose): TableBlock {
  return {
    kind: 'table',
    dense: true,
    caption,
    columns: [
      { label: 'What followed' },
      { label: 'Weeks', numeric: true },
      ...OUTCOME_COLUMNS.map(({ label }) => ({ label, numeric: true })),
      { label: 'Verdict' },
    ],
    rows: rows.map((one) => ({
      cells: [
        [OUTCOME_WORDS[one.row.outcome]],
        [at(context, one, 'horizonWeeks', 'count')],
        ...OUTCOME_COLUMNS.map(({ field }): Prose => {
          const shown =
            field === 'mean' && one.row.mean === null && one.row.median !== null ? 'median' : field;
          return [at(context, one, shown, outcomeUnit(one.row, field))];
        }),
        [one.row.verdict ?? 'no claim'],
      ],
    })),
  };
}

/** The main horizon in sight, the others folded. */
function outcomesTables(context: Context): Block[] {
  const rows = outcomeRowsOf(context);
  const isMain = ({ row }: Placed<OutcomeRow>): boolean =>
    row.horizonWeeks === MAIN_HORIZON || /^weeks-to/.test(row.outcome);
  const [main, others] = [rows.filter(isMain), rows.filter((row) => !isMain(row))];
  if (rows.length === 0) return [];
  const m = at(context, rows[0]!, 'm', 'count');
  const caption = prose`What followed such weeks against weeks matched on the 13-week return and volatility before; p adjusted by Holm over ${m} tests. ‘Could be seen’ is the difference that n events show with 80 % power.`;
  return [
    outcomesTable(context, main, caption),
    ...(others.length === 0
      ? []
      : [
          {
            kind: 'details',
            summary: 'The other horizons',
            blocks: [outcomesTable(context, others, ['The same over other horizons.'])],
          } as const,
        ]),
  ];
}

const EPISODE_FIGURES: readonly (readonly [Outcome, number, string])[] = [
  ...AFTERMATH_HORIZONS_WEEKS.map((weeks) => ['return', weeks, `Return, ${weeks} w`] as const),
  ['maximum-drawdown', MAIN_HORIZON, `Drawdown, ${MAIN_HORIZON} w`],
  ['floor-days-above', MAIN_HORIZON, `Closes above, ${MAIN_HORIZON} w`],
];

function episodesTable(context: Context, episodes: readonly Placed<EpisodeRow>[]): Block[] {
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
          label: capitalised(words.measureWords(context.input.record.measure, context.input.record.class)),
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

function cascadeBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'cascade');
  if (rows.length === 0) return [];
  const known = rows.filter(({ row }) => row.verdict !== null);
  const leads = known.filter(({ row }) => row.verdict === 'leads');
  const name = (investorClass: string): string => words.classShort(investorClass);
  const said =
    known.length === 0
      ? `Not known: ${rows[0]!.row.reason ?? 'no reason given'}.`
      : leads.length === 0
        ? 'No class is shown to buy before another.'
        : `${capitalised(words.listWords(leads.map(({ row }) => `${name(row.leader)} before ${words.uncapitalised(name(row.follower))}`)))}: the order of buying is shown.`;
  const columns = [
    { label: 'Lead, weeks', field: 'leadWeeks', unit: 'count' },
    { label: 'Correlation', field: 'correlation', unit: 'index' },
    { label: 'Granger p', field: 'grangerP', unit: 'probability' },
    { label: 'adjusted', field: 'grangerAdjustedP', unit: 'probability' },
    { label: 'Weeks', field: 'n', unit: 'count' },
  ] as const;
  const table: TableBlock = {
    kind: 'table',
    caption: [
      'One class before another: the largest cross-correlation beyond its block-bootstrap band, and Granger’s test in a vector autoregression, Holm over all pairs.',
    ],
    columns: [
      { label: 'First' },
      { label: 'Then' },
      ...columns.map(({ label }) => ({ label, numeric: true })),
      { label: 'Verdict' },
    ],
    rows: known.map((one) => ({
      cells: [
        [name(one.row.leader)],
        [name(one.row.follower)],
        ...columns.map(
          ({ field, unit }): Prose => [
            context.book.at(
              `/aftermath/rows/${one.index}/${field}`,
              unit,
              AFTERMATH_EVIDENCE,
              one.row.reason ?? 'no correlation is beyond its band',
            ),
          ],
        ),
        [one.row.verdict!],
      ],
    })),
  };
  return [
    { kind: 'heading', text: 'Does one class buy first, and others follow?' },
    { kind: 'paragraph', content: [said] },
    ...(known.length === 0
      ? []
      : [{ kind: 'details', summary: 'Every pair of classes', blocks: [table] } as const]),
  ];
}

function loopBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'loop');
  if (rows.length === 0) return [];
  const facts = rows.map((one) => ({
    label: one.row.ordering,
    content:
      one.row.gain === null
        ? withReason(at(context, one, 'gain', 'index'))
        : prose`gain ${at(context, one, 'gain', 'index')} (${at(context, one, 'low', 'index')} to ${at(context, one, 'high', 'index')}), ${at(context, one, 'gainWithoutLoop', 'index')} without the loop; ${one.row.verdict ?? 'no verdict'}`,
  }));
  const loops = rows.filter(({ row }) => row.verdict === 'loop').length;
  const said =
    loops === 0
      ? `That prices, mood and money feed each other is not ${rows.every(({ row }) => row.verdict === null) ? 'known' : 'shown'}.`
      : loops === rows.length
        ? 'Prices, mood and money feed each other, in every order of the decomposition.'
        : 'That prices, mood and money feed each other depends on the order of the decomposition, so it is not shown.';
  return [
    { kind: 'heading', text: 'Do prices, mood and money feed each other?' },
    { kind: 'paragraph', content: [said] },
    { kind: 'facts', items: facts },
  ];
}

const FORECAST_COLUMNS = [
  { label: 'Probability', field: 'probability' },
  { label: 'Low', field: 'low' },
  { label: 'High', field: 'high' },
  { label: 'Came', field: 'actual' },
] as const;

function forecastCell(context: Context, one: Placed<ForecastRow>, field: keyof ForecastRow): Prose {
  const { row } = one;
  const isOfKind = (field === 'probability') === (row.probability !== null);
  if (field !== 'actual' && !isOfKind) return ['–'];
  const unit = field === 'probability' ? 'share' : forecastUnit(row);
  const reason = 'it is not due yet';
  return [context.book.at(`/aftermath/rows/${one.index}/${field}`, unit, AFTERMATH_EVIDENCE, reason)];
}

function forecastBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'forecast');
  const [score] = rowsOf(context, 'forecast-score');
  if (rows.length === 0 && score === undefined) return [];
  const [interval] = rows.filter(({ row }) => row.level !== null);
  const level =
    interval === undefined ? prose`` : prose` Intervals are of ${at(context, interval, 'level', 'share')}.`;
  const table: TableBlock = {
    kind: 'table',
    caption: prose`What such weeks and weeks alike would have one expect, said before the fact.${level}`,
    columns: [
      { label: 'Statement' },
      ...FORECAST_COLUMNS.map(({ label }) => ({ label, numeric: true })),
      { label: 'Due' },
    ],
    rows: rows.map((one) => ({
      cells: [
        [words.sentence(one.row.statement)],
        ...FORECAST_COLUMNS.map(({ field }) => forecastCell(context, one, field)),
        [at(context, one, 'dueDate', 'date')],
      ],
    })),
  };
  return [
    { kind: 'heading', text: 'Forecasts, and how earlier ones did' },
    ...(rows.length === 0 ? [] : [table]),
    {
      kind: 'paragraph',
      content: score === undefined ? ['No forecast has been scored yet.'] : scoreWords(context, score),
    },
  ];
}

const forecastUnit = ({ outcome }: ForecastRow): Unit =>
  outcome === 'volatility-ratio' ? 'index' : outcome === 'profit-taking' ? 'USD' : 'share';

function scoreWords(context: Context, score: Placed<ForecastScoreRow>): Prose {
  const { row } = score;
  const figure = (field: string, unit: Unit): Figure => at(context, score, field, unit);
  const due = prose`Of ${figure('made', 'count')} forecasts made, ${figure('due', 'count')} are due.`;
  if (row.due === 0) return prose`${due} Nothing can be said yet of how good they are.`;
  const brier =
    row.brier === null
      ? prose``
      : prose` Brier score ${figure('brier', 'index')}, against ${figure('brierOfBaseRate', 'index')} of always saying the base rate.`;
  const coverage =
    row.coverage === null
      ? prose``
      : prose` Intervals of ${figure('level', 'share')} held ${figure('coverage', 'share')} (${figure('coverageLow', 'share')} to ${figure('coverageHigh', 'share')}).`;
  return prose`${due}${brier}${coverage}`;
}

/** Horizons that are not over for every event, as 'n of N'. */
export function unfinished(context: Context): readonly Prose[] {
  const [rule] = rowsOf(context, 'rule');
  if (rule === undefined) return [];
  const returns = outcomeRowsOf(context).filter(({ row }) => row.outcome === 'return' && row.n < rule.row.n);
  const parts = returns.map(
    (one) =>
      prose`${at(context, one, 'horizonWeeks', 'count')} weeks over for ${at(context, one, 'n', 'count')}`,
  );
  if (parts.length === 0) return [];
  return [
    prose`Weeks that have not happened, or whose price is not known: of ${at(context, rule, 'n', 'count')} events ${joinProse(parts, ', ')}.`,
  ];
}
