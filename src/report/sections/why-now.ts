import type {
  CoefficientRow,
  CrossSectionRow,
  Driver,
  DriverModelRow,
  DriverRow,
  DriversAnswerRow,
  FactorRow,
  PolicyRow,
} from '../../core/index.js';
import type { Context } from '../context.js';
import { withReason } from '../figures.js';
import { formatValue, withoutUnitWord } from '../format.js';
import type {
  Block,
  Evidence,
  Figure,
  Finding,
  IntervalsChartSpec,
  Prose,
  Section,
  TableBlock,
  Tone,
  Unit,
} from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording.js';
import { unitOfWords } from './claim-units.js';
import { fromStudy, type Placed } from './study-rows.js';

const DRIVERS_EVIDENCE: Evidence = { anchor: 'why-now', sources: null };

export const DRIVER_WORDS: Readonly<Record<Driver, string>> = {
  ai: 'Artificial intelligence',
  earnings: 'Earnings',
  macro: 'Rates and policy',
  rotation: 'Money leaving cyclicals',
};

const TONES: Readonly<Record<NonNullable<DriverRow['verdict']> | 'none', Tone>> = {
  for: 'pass',
  against: 'fail',
  'not shown': 'chance',
  none: 'insufficient',
};

const rowsOf = <Kind extends DriversAnswerRow['kind']>(context: Context, kind: Kind) =>
  fromStudy<DriversAnswerRow, Kind>(context.input.drivers, kind);

export const driverRowsOf = (context: Context): readonly Placed<DriverRow>[] => rowsOf(context, 'driver');

/** Four declared drivers of the headline's flow; null where nobody asked. */
export function whyNowSection(context: Context): Section | null {
  const { drivers } = context.input;
  if (drivers === undefined) return null;
  const [model] = rowsOf(context, 'model');
  const blocks: Block[] =
    model === undefined
      ? [{ kind: 'paragraph', content: [`What drove the flow is not known: ${drivers.reason}.`] }]
      : studyBlocks(context, model);
  return { anchor: 'why-now', title: 'Why now? Four drivers', short: 'Why now', blocks };
}

function studyBlocks(context: Context, model: Placed<DriverModelRow>): Block[] {
  const drivers = driverRowsOf(context);
  return [
    { kind: 'paragraph', content: finding(context, model, drivers), lead: true },
    ...chart(context, model, drivers),
    { kind: 'findings', items: drivers.map((one) => driverFinding(context, one)) },
    ...policyBlocks(context),
    { kind: 'note', content: [`Declared before it was fitted: ${model.row.declaration}.`] },
    { kind: 'note', content: [LIMITS] },
    factorsTable(context),
    ...crossSection(context),
  ];
}

const LIMITS =
  'All of it is association in the same week; none of it shows a cause. A part whose interval covers zero is not shown, whatever its size.';

function at(
  context: Context,
  { index, row }: Placed<{ readonly reason?: string | null }>,
  field: string,
  unit: Unit,
  evidence: Evidence = DRIVERS_EVIDENCE,
): Figure {
  return context.book.at(
    `/drivers/rows/${index}/${field}`,
    unit,
    evidence,
    row.reason ?? 'the regression was not fitted',
  );
}

const VOLATILITY: Unit = 'times own volatility';

function shownWords(drivers: readonly Placed<DriverRow>[]): string {
  const named = (verdict: DriverRow['verdict']): string[] =>
    drivers
      .filter(({ row }) => row.verdict === verdict)
      .map(({ row }) => words.uncapitalised(DRIVER_WORDS[row.driver]));
  const parts = [
    ['for', 'goes with it', 'go with it'],
    ['against', 'speaks against it', 'speak against it'],
    ['not shown', 'is not shown', 'are not shown'],
    [null, 'is not known', 'are not known'],
  ] as const;
  return parts
    .flatMap(([verdict, one, many]) => {
      const names = named(verdict);
      return names.length === 0 ? [] : [`${words.listWords(names)} ${names.length === 1 ? one : many}`];
    })
    .join('; ');
}

function finding(
  context: Context,
  model: Placed<DriverModelRow>,
  drivers: readonly Placed<DriverRow>[],
): Prose {
  const { row } = model;
  if (row.r2 === null) return [`The regression could not be fitted: ${row.reason ?? 'no reason given'}.`];
  const lead: Prose = [{ kind: 'strong', content: [`${words.capitalised(shownWords(drivers))}.`] }];
  const share = at(context, model, 'unexplainedShare', 'share');
  const outside = withReason(at(context, model, 'outOfSampleR2', 'share'));
  return prose`${lead} Drivers, the market’s return and the flow of the ${context.period.one} before together explain ${at(context, model, 'r2', 'share')} of the flow over ${at(context, model, 'n', 'weeks')} (${outside} out of sample); ${share} is unexplained. Of this ${context.period.one}’s ${at(context, model, 'actual', VOLATILITY)} the model fits ${at(context, model, 'fitted', VOLATILITY)}.`;
}

type Panel = IntervalsChartSpec['panels'][number];
type Bar = Panel['rows'][number];

function textOf(value: number, low: number | null, high: number | null, unit: Unit): string {
  const print = (figure: number): string => withoutUnitWord(formatValue(figure, unit));
  return low === null || high === null ? print(value) : `${print(value)} (${print(low)} to ${print(high)})`;
}

const partBar = ({ row }: Placed<DriverRow>): Bar => ({
  label: DRIVER_WORDS[row.driver],
  value: row.contribution,
  low: row.contributionLow,
  high: row.contributionHigh,
  text:
    row.contribution === null
      ? 'not known'
      : textOf(row.contribution, row.contributionLow, row.contributionHigh, VOLATILITY),
  kind: row.verdict === 'for' || row.verdict === 'against' ? 'shown' : 'not shown',
});

const CONTROL_WORDS: Readonly<Record<string, string>> = {
  'market-return': 'The market’s return',
  'lagged-flow': 'The flow of the period before',
};

const controlBar = ({ row }: Placed<CoefficientRow>): Bar => ({
  label: CONTROL_WORDS[row.factor] ?? words.fieldWords(row.factor),
  value: row.contribution,
  low: null,
  high: null,
  text: row.contribution === null ? 'not known' : textOf(row.contribution, null, null, VOLATILITY),
  kind: 'not shown',
});

function totalBar(label: string, value: number | null): Bar {
  const text = value === null ? 'not known' : textOf(value, null, null, VOLATILITY);
  return { label, value, low: null, high: null, text, kind: 'total' };
}

const shareBar = ({ row }: Placed<DriverRow>): Bar => ({
  label: DRIVER_WORDS[row.driver],
  value: row.r2Share,
  low: row.r2ShareLow,
  high: row.r2ShareHigh,
  text: row.r2Share === null ? 'not known' : textOf(row.r2Share, row.r2ShareLow, row.r2ShareHigh, 'share'),
  kind: 'not shown',
});

/** Left the parts of this week, which add up to its flow less the usual; right the Shapley shares over all weeks. */
function chart(
  context: Context,
  { row }: Placed<DriverModelRow>,
  drivers: readonly Placed<DriverRow>[],
): Block[] {
  if (row.r2 === null) return [];
  const controls = rowsOf(context, 'coefficient').filter((one) => one.row.driver === 'control');
  return [
    {
      kind: 'chart',
      title: [`What each driver has to do with the ${context.period.one}, and with all of them`],
      description: `Left, the part of each driver in the flow of this ${context.period.one}, with its 95 % interval, beside the controls, what is left and the flow itself. Right, the share of the variance over all ${context.period.many} that each driver explains, with its bootstrap band.`,
      chart: {
        kind: 'intervals',
        panels: [
          {
            title: `Parts of this ${context.period.one}’s flow`,
            axisLabel: 'times own volatility; whisker = 95 % interval',
            unit: VOLATILITY,
            rows: [
              ...drivers.map(partBar),
              ...controls.map(controlBar),
              totalBar('Left unexplained', row.residual),
              totalBar('The flow itself', row.actual),
            ],
          },
          {
            title: `Share of the variance over all ${context.period.many} (Shapley)`,
            axisLabel: 'percent; whisker = 95 % bootstrap band',
            unit: 'share',
            rows: [
              ...drivers.map(shareBar),
              {
                label: 'All drivers and controls',
                value: row.r2,
                low: null,
                high: null,
                text: textOf(row.r2, null, null, 'share'),
                kind: 'total',
              },
            ],
          },
        ],
      },
    },
  ];
}

const HAPPENED = {
  true: 'It has happened: the data speak against this driver.',
  false: 'It has not happened.',
  null: 'Whether it has happened cannot be told.',
} as const;

function driverFinding(context: Context, one: Placed<DriverRow>): Finding {
  const { row } = one;
  const interval = (field: string, unit: Unit): Prose =>
    prose`${at(context, one, field, unit)} (${withoutUnit(at(context, one, `${field}Low`, unit))} to ${withoutUnit(at(context, one, `${field}High`, unit))})`;
  const unknown = row.contribution === null;
  return {
    tone: TONES[row.verdict ?? 'none'],
    verdict: row.verdict ?? 'not known',
    name: DRIVER_WORDS[row.driver],
    question: row.falsifier,
    explanation: unknown
      ? words.sentence(`not known: ${row.reason ?? 'no reason given'}`)
      : HAPPENED[`${row.falsified}`],
    figures: [
      {
        label: `Part of the ${context.period.one}, 95 % interval`,
        content: unknown
          ? [at(context, one, 'contribution', VOLATILITY)]
          : interval('contribution', VOLATILITY),
      },
      {
        label: 'Share of the variance, 95 % band',
        content:
          row.r2ShareLow === null ? [at(context, one, 'r2Share', 'share')] : interval('r2Share', 'share'),
      },
    ],
  };
}

const STATE_WORDS: Readonly<Record<NonNullable<PolicyRow['state']>, string>> = {
  easing: 'easing',
  tightening: 'tightening',
  plateau: 'on a plateau after a rise',
  hold: 'on hold after a cut',
};

function policyBlocks(context: Context): Block[] {
  const [policy] = rowsOf(context, 'policy');
  if (policy === undefined) return [];
  const { row } = policy;
  const evidence = context.book.rows('rows-policy', 'Monetary policy', row.sources);
  const figure = (field: string, unit: Unit): Figure => at(context, policy, field, unit, evidence);
  const beta =
    row.durationBeta === null
      ? withReason(figure('durationBeta', 'index'))
      : prose`${figure('durationBeta', 'index')} % a percentage point (${figure('durationLow', 'index')} to ${figure('durationHigh', 'index')})`;
  const facts = [
    {
      label: 'Monetary policy',
      content: [
        row.state === null ? `not known (${row.reason ?? 'no reason given'})` : STATE_WORDS[row.state],
      ],
    },
    {
      label: 'Last move of the target range',
      content: prose`${figure('lastMoveBasisPoints', 'basis points')} on ${figure('lastMove', 'date')}, ${figure('weeksSinceMove', 'weeks')} before`,
    },
    { label: 'The market’s excess return on the ten-year yield, 104 weeks', content: beta },
    {
      label: 'The same on days of Fed decisions',
      content: prose`${figure('fomcDayBeta', 'index')} on ${figure('fomcDays', 'days')}`,
    },
  ];
  return [
    { kind: 'heading', text: 'Where policy stands' },
    { kind: 'facts', items: facts },
  ];
}

function factorsTable(context: Context): Block {
  const factors = rowsOf(context, 'factor');
  const table: TableBlock = {
    kind: 'table',
    dense: true,
    caption: [
      `Every declared factor in the ${context.period.one}: its value, how far that lies from the ${context.period.many} before, and whether it stands in the regression.`,
    ],
    columns: [
      { label: 'Factor' },
      { label: 'Value', numeric: true },
      { label: 'Unit' },
      { label: 'From usual', numeric: true },
      { label: context.period.each === 'Weekly' ? 'Weeks' : 'Quarters', numeric: true },
      { label: 'In the regression' },
      { label: 'What it is' },
    ],
    rows: factors.map((one) => factorCells(context, one)),
  };
  return {
    kind: 'details',
    summary: 'The factors behind the drivers, and those that are missing',
    blocks: [table],
  };
}

const factorWords = ({ factor }: FactorRow): string =>
  words.capitalised(words.fieldWords(factor).replace(/^ai\b/, 'AI'));

function factorCells(context: Context, one: Placed<FactorRow>): TableBlock['rows'][number] {
  const { row } = one;
  const evidence = context.book.rows(`rows-factor-${one.index}`, `Factor: ${factorWords(row)}`, row.sources);
  const unit = unitOfWords(row.unit);
  const lead = row.value === null ? 'not known: ' : '';
  const why = row.reason === null ? [] : [` ${words.sentence(`${lead}${row.reason}`)}`];
  return {
    cells: [
      [factorWords(row)],
      [at(context, one, 'value', unit, evidence)],
      [row.unit],
      [
        at(
          context,
          { ...one, row: { reason: row.reason ?? 'too few weeks' } },
          'z',
          'standard deviations',
          evidence,
        ),
      ],
      [at(context, one, 'weeks', 'count')],
      [row.isRegressor ? 'yes' : 'no'],
      [words.sentence(row.definition), ...why],
    ],
  };
}

function crossSection(context: Context): Block[] {
  const rows = rowsOf(context, 'cross-section').filter(({ row }) => row.estimate !== null);
  if (rows.length === 0) return [];
  const columns = [
    ['names', 'count'],
    ['periods', 'count'],
    ['estimate', 'index'],
    ['low', 'index'],
    ['high', 'index'],
    ['p', 'probability'],
  ] as const;
  const cell = (one: Placed<CrossSectionRow>, field: string, unit: Unit): Prose => [
    at(context, one, field, unit),
  ];
  return [
    {
      kind: 'table',
      caption: [
        'Which names were bought: flow of each name on its exposures, one regression a period, averaged (Fama and MacBeth 1973).',
      ],
      columns: [
        { label: 'Exposure' },
        { label: 'Names', numeric: true },
        { label: 'Periods', numeric: true },
        { label: 'Slope', numeric: true },
        { label: 'Low', numeric: true },
        { label: 'High', numeric: true },
        { label: 'p', numeric: true },
      ],
      rows: rows.map((one) => ({
        cells: [
          [words.capitalised(words.fieldWords(one.row.exposure))],
          ...columns.map(([field, unit]) => cell(one, field, unit)),
        ],
      })),
    },
  ];
}

/** Factors that are not known in the week, each with its reason. */
export function unknownFactors(
  context: Context,
): readonly { readonly name: string; readonly reason: string }[] {
  return rowsOf(context, 'factor').flatMap(({ row }) =>
    row.value === null ? [{ name: factorWords(row), reason: row.reason ?? 'no reason given' }] : [],
  );
}

/** Reasons of the cross section, where it has no figures. */
export function unknownCrossSection(context: Context): readonly string[] {
  const rows = rowsOf(context, 'cross-section').filter(({ row }) => row.estimate === null);
  return [...new Set(rows.map(({ row }) => row.reason ?? 'no reason given'))];
}
