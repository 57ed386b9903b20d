import { type Command, InvalidArgumentError, Option } from 'commander';
import type {
  AftermathAnswerRow,
  Answer,
  CascadeRow,
  EpisodeRow,
  EventRuleRow,
  ForecastRow,
  ForecastScoreRow,
  LoopRow,
  OutcomeRow,
} from '../../core/index.js';
import {
  addCommonOptions,
  addDrawOptions,
  addFilterOptions,
  addReportOption,
  type BasisOptions,
  basisQuestion,
  type CommonOptions,
  type DrawOptions,
  makeContext,
} from '../options.js';
import { printAnswer, type Section, sectionOf } from '../output.js';
import { ofKind, PLACE, WHY } from '../study-view.js';
import { type Column, count, fixed, percent, within } from '../table.js';

interface AftermathOptions extends CommonOptions, BasisOptions, DrawOptions {
  readonly measure: string;
  readonly ruler?: string;
  readonly rule: 'records' | 'z520';
  readonly threshold?: number;
  readonly recordForecast?: boolean;
}

const RULE_COLUMNS: readonly Column<EventRuleRow>[] = [
  ...PLACE,
  { header: 'rule', value: (row) => row.rule, align: 'left' },
  { header: 'found', value: (row) => row.found },
  { header: 'events', value: (row) => row.n },
  { header: 'weeks from', value: (row) => row.firstWeek },
  { header: 'to', value: (row) => row.lastWeek },
  { header: 'price', value: (row) => row.priceSeries, align: 'left' },
  { header: 'remark', value: (row) => row.reason ?? '', align: 'left' },
];

/** Of the difference; of the median where that has a band of its own. */
function intervalText({ unit, low, high }: OutcomeRow): string | null {
  const text = within(low, high, 3);
  return text !== null && unit === 'weeks' ? `${text} of the median` : text;
}

const OUTCOME_COLUMNS: readonly Column<OutcomeRow>[] = [
  ...PLACE,
  { header: 'outcome', value: (row) => row.outcome, align: 'left' },
  { header: 'weeks', value: (row) => row.horizonWeeks },
  { header: 'n', value: (row) => row.n },
  { header: 'mean', value: (row) => fixed(row.mean, 3) },
  { header: 'median', value: (row) => fixed(row.median, 3) },
  { header: 'matched', value: (row) => fixed(row.matchedMean, 3) },
  { header: 'difference', value: (row) => fixed(row.difference, 3) },
  { header: '95 % interval', value: intervalText },
  { header: 'p', value: (row) => fixed(row.p, 3) },
  { header: 'adjusted', value: (row) => fixed(row.adjustedP, 3) },
  { header: 'one left out', value: (row) => within(row.leaveOneOutLow, row.leaveOneOutHigh, 3) },
  { header: 'could show', value: (row) => fixed(row.detectable, 3) },
  { header: 'verdict', value: (row) => row.verdict, align: 'left' },
  WHY,
];

const after = (outcome: keyof EpisodeRow['figures'], weeks: number) => (row: EpisodeRow) =>
  percent(row.figures[outcome]?.[weeks] ?? null);

const EPISODE_COLUMNS: readonly Column<EpisodeRow>[] = [
  ...PLACE,
  { header: 'week to', value: (row) => row.periodEnd },
  { header: 'first close', value: (row) => row.firstClose },
  { header: 'value', value: (row) => (Math.abs(row.value) >= 1000 ? count(row.value) : fixed(row.value, 3)) },
  ...[1, 4, 13, 26, 52].map((weeks) => ({ header: `return ${weeks}`, value: after('return', weeks) })),
  { header: 'excess 13', value: after('excess-return', 13) },
  { header: 'drawdown 13', value: after('maximum-drawdown', 13) },
  { header: 'anchor', value: (row) => fixed(row.anchorPrice, 2) },
  { header: 'days above 13', value: after('floor-days-above', 13) },
];

const CASCADE_COLUMNS: readonly Column<CascadeRow>[] = [
  ...PLACE,
  { header: 'leader', value: (row) => row.leader, align: 'left' },
  { header: 'follower', value: (row) => row.follower, align: 'left' },
  { header: 'lead in weeks', value: (row) => row.leadWeeks },
  { header: 'correlation', value: (row) => fixed(row.correlation, 3) },
  { header: 'band of none', value: (row) => within(row.bandLow, row.bandHigh, 3) },
  { header: 'Granger p', value: (row) => fixed(row.grangerP, 3) },
  { header: 'adjusted', value: (row) => fixed(row.grangerAdjustedP, 3) },
  { header: 'weeks', value: (row) => count(row.n) },
  { header: 'verdict', value: (row) => row.verdict, align: 'left' },
  { header: 'remark', value: (row) => row.reason ?? '', align: 'left' },
];

const LOOP_COLUMNS: readonly Column<LoopRow>[] = [
  ...PLACE,
  { header: 'order', value: (row) => row.ordering, align: 'left' },
  { header: 'gain', value: (row) => fixed(row.gain, 4) },
  { header: '95 % band', value: (row) => within(row.low, row.high, 4) },
  { header: 'without loop', value: (row) => fixed(row.gainWithoutLoop, 4) },
  { header: 'spectral radius', value: (row) => fixed(row.spectralRadius, 3) },
  { header: 'weeks', value: (row) => count(row.n) },
  { header: 'verdict', value: (row) => row.verdict, align: 'left' },
  { header: 'remark', value: (row) => row.reason ?? '', align: 'left' },
];

const FORECAST_COLUMNS: readonly Column<ForecastRow>[] = [
  ...PLACE,
  { header: 'made', value: (row) => row.madeAt },
  { header: 'week to', value: (row) => row.periodEnd },
  { header: 'says', value: (row) => row.statement, align: 'left' },
  { header: 'due', value: (row) => row.dueDate },
  { header: 'probability', value: (row) => percent(row.probability) },
  { header: 'interval', value: (row) => within(row.low, row.high, 3) },
  { header: 'came', value: (row) => fixed(row.actual, 3) },
  { header: 'Brier', value: (row) => fixed(row.brier, 3) },
  { header: 'held', value: (row) => (row.covered === null ? '-' : row.covered ? 'yes' : 'no') },
];

const SCORE_COLUMNS: readonly Column<ForecastScoreRow>[] = [
  { header: 'made', value: (row) => row.made },
  { header: 'due', value: (row) => row.due },
  { header: 'Brier', value: (row) => fixed(row.brier, 3) },
  { header: 'of the base rate', value: (row) => fixed(row.brierOfBaseRate, 3) },
  { header: 'coverage', value: (row) => percent(row.coverage) },
  { header: '95 % interval', value: (row) => within(row.coverageLow, row.coverageHigh, 2) },
  { header: 'stated', value: (row) => percent(row.level) },
];

function sections({ data }: Answer<AftermathAnswerRow>): Section[] {
  return [
    sectionOf('The event rule', ofKind(data, 'rule'), RULE_COLUMNS),
    sectionOf('What followed, against weeks like them', ofKind(data, 'outcome'), OUTCOME_COLUMNS),
    sectionOf('Every episode', ofKind(data, 'episode'), EPISODE_COLUMNS),
    sectionOf('Who goes first', ofKind(data, 'cascade'), CASCADE_COLUMNS),
    sectionOf('Price, mood and money', ofKind(data, 'loop'), LOOP_COLUMNS),
    sectionOf('Forecasts', ofKind(data, 'forecast'), FORECAST_COLUMNS),
    sectionOf('How forecasts have done', ofKind(data, 'forecast-score'), SCORE_COLUMNS),
  ];
}

function aboveZero(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError(`'${text}' is no number above 0`);
  return value;
}

export function registerAftermath(program: Command): void {
  const command = program
    .command('aftermath')
    .description('what followed weeks like the one asked about: every episode, against weeks like them')
    .option('--week <date>', 'any day of the last week that may be an event (default: the newest)')
    .option('--measure <measure>', 'net, grossBuy or longBuy', 'net')
    .option('--ruler <ruler>', 'scale that events are found on (default: dollars where there are prices)')
    .addOption(
      new Option(
        '--rule <rule>',
        'what makes an event: records on all weeks before, or z520 above the threshold',
      )
        .choices(['records', 'z520'])
        .default('records'),
    )
    .option('--threshold <number>', 'of rule z520, in standard deviations (default: 2)', aboveZero)
    .option('--record-forecast', 'write what is foretold into the ledger of the store; it is never rewritten')
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark aftermath --contract 20974+ --class asset-manager --week 2026-04-14\n  tidemark aftermath --contract 13874+ --rule z520 --threshold 2.5\n',
    );
  addDrawOptions(addReportOption(command), 'bootstrap draws', 2000);
  addCommonOptions(addFilterOptions(command), 'write the answer to this file').action(
    async (options: AftermathOptions) => {
      const { answeringBasis, FLOW_BASES, parseMeasure, parseRuler, showAftermath } = await import(
        '../../app/index.js'
      );
      const question = await basisQuestion(options, FLOW_BASES);
      const answer = await showAftermath(makeContext(options), {
        ...question,
        basis: answeringBasis('aftermath', question.basis),
        measure: parseMeasure(options.measure),
        rule: options.rule,
        resamples: options.resamples,
        seed: options.seed,
        recordForecast: options.recordForecast ?? false,
        ...(options.ruler === undefined ? {} : { ruler: parseRuler(options.ruler) }),
        ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
      });
      await printAnswer(answer, { sections }, options);
    },
  );
}
