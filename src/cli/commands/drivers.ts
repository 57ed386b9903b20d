import type { Command } from 'commander';
import type {
  Answer,
  CoefficientRow,
  CrossSectionRow,
  DriverModelRow,
  DriverRow,
  DriversAnswerRow,
  FactorRow,
  PolicyRow,
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

type DriversOptions = CommonOptions & BasisOptions & DrawOptions;

const MODEL_COLUMNS: readonly Column<DriverModelRow>[] = [
  ...PLACE,
  { header: 'period to', value: (row) => row.periodEnd },
  { header: 'periods', value: (row) => count(row.n) },
  { header: 'from', value: (row) => row.firstWeek },
  { header: 'R2', value: (row) => percent(row.r2) },
  { header: 'out of sample', value: (row) => percent(row.outOfSampleR2) },
  { header: 'unexplained', value: (row) => percent(row.unexplainedShare) },
  { header: 'flow', value: (row) => fixed(row.actual, 2) },
  { header: 'fitted', value: (row) => fixed(row.fitted, 2) },
  { header: 'left', value: (row) => fixed(row.residual, 2) },
  WHY,
];

const DRIVER_COLUMNS: readonly Column<DriverRow>[] = [
  ...PLACE,
  { header: 'driver', value: (row) => row.driver, align: 'left' },
  { header: 'share of R2', value: (row) => percent(row.r2Share) },
  {
    header: '95 % band',
    value: (row) =>
      within(
        row.r2ShareLow === null ? null : 100 * row.r2ShareLow,
        row.r2ShareHigh === null ? null : 100 * row.r2ShareHigh,
        1,
      ),
  },
  { header: 'part', value: (row) => fixed(row.contribution, 2) },
  { header: '95 % interval', value: (row) => within(row.contributionLow, row.contributionHigh, 2) },
  { header: 'verdict', value: (row) => row.verdict, align: 'left' },
  { header: 'falsified', value: (row) => (row.falsified === null ? '-' : row.falsified ? 'yes' : 'no') },
  WHY,
  { header: 'falsifier', value: (row) => row.falsifier, align: 'left' },
];

const COEFFICIENT_COLUMNS: readonly Column<CoefficientRow>[] = [
  ...PLACE,
  { header: 'factor', value: (row) => row.factor, align: 'left' },
  { header: 'estimate', value: (row) => fixed(row.estimate, 3) },
  { header: 'error', value: (row) => fixed(row.standardError, 3) },
  { header: 't', value: (row) => fixed(row.t, 2) },
  { header: 'p', value: (row) => fixed(row.p, 3) },
  { header: 'part', value: (row) => fixed(row.contribution, 2) },
];

const FACTOR_COLUMNS: readonly Column<FactorRow>[] = [
  ...PLACE,
  { header: 'driver', value: (row) => row.driver, align: 'left' },
  { header: 'factor', value: (row) => row.factor, align: 'left' },
  { header: 'value', value: (row) => fixed(row.value, 3) },
  { header: 'z', value: (row) => fixed(row.z, 2) },
  { header: 'unit', value: (row) => row.unit, align: 'left' },
  { header: 'periods', value: (row) => count(row.weeks) },
  { header: 'regressor', value: (row) => (row.isRegressor ? 'yes' : 'no') },
  { header: 'why not', value: (row) => row.reason ?? '', align: 'left' },
];

const POLICY_COLUMNS: readonly Column<PolicyRow>[] = [
  ...PLACE,
  { header: 'policy', value: (row) => row.state, align: 'left' },
  { header: 'target', value: (row) => fixed(row.targetUpper, 2) },
  { header: 'last move', value: (row) => row.lastMove },
  { header: 'basis points', value: (row) => row.lastMoveBasisPoints },
  { header: 'weeks since', value: (row) => row.weeksSinceMove },
  { header: 'duration', value: (row) => fixed(row.durationBeta, 2) },
  { header: '95 % interval', value: (row) => within(row.durationLow, row.durationHigh, 2) },
  { header: 'on decision days', value: (row) => fixed(row.fomcDayBeta, 2) },
  { header: 'days', value: (row) => row.fomcDays },
  WHY,
];

const CROSS_COLUMNS: readonly Column<CrossSectionRow>[] = [
  ...PLACE,
  { header: 'exposure', value: (row) => row.exposure, align: 'left' },
  { header: 'names', value: (row) => count(row.names) },
  { header: 'periods', value: (row) => count(row.periods) },
  { header: 'estimate', value: (row) => fixed(row.estimate, 4) },
  { header: '95 % interval', value: (row) => within(row.low, row.high, 4) },
  { header: 'p', value: (row) => fixed(row.p, 3) },
  WHY,
];

function sections({ data }: Answer<DriversAnswerRow>): Section[] {
  return [
    sectionOf('The regression', ofKind(data, 'model'), MODEL_COLUMNS),
    sectionOf('The four drivers', ofKind(data, 'driver'), DRIVER_COLUMNS),
    sectionOf('Coefficients', ofKind(data, 'coefficient'), COEFFICIENT_COLUMNS),
    sectionOf('Factors', ofKind(data, 'factor'), FACTOR_COLUMNS),
    sectionOf('Policy', ofKind(data, 'policy'), POLICY_COLUMNS),
    sectionOf('Across names', ofKind(data, 'cross-section'), CROSS_COLUMNS),
  ];
}

export function registerDrivers(program: Command): void {
  const command = program
    .command('drivers')
    .description(
      'why a class bought or sold in a week or quarter: four declared drivers, and what they leave unexplained',
    )
    .option('--week <date>', 'any day of the week (basis 13f: quarter) asked about (default: the newest)')
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark drivers --contract 20974+ --class asset-manager --week 2026-04-14\n  tidemark drivers --basis ledger --sector technology\n  tidemark drivers --basis 13f --class hedge-fund --sector technology\n',
    );
  addDrawOptions(addReportOption(command), 'bootstrap draws for the bands of the shares', 1000);
  addCommonOptions(addFilterOptions(command), 'write the answer to this file').action(
    async (options: DriversOptions) => {
      const { FLOW_BASES, showDrivers } = await import('../../app/index.js');
      const { resamples, seed } = options;
      const question = await basisQuestion(options, FLOW_BASES);
      const answer = await showDrivers(makeContext(options), { ...question, resamples, seed });
      await printAnswer(answer, { sections }, options);
    },
  );
}
