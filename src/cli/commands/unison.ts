import type { Command } from 'commander';
import type { Answer, ClassAgreementRow, HerdingRow, UnisonRow } from '../../core/index.js';
import {
  addCommonOptions,
  addDrawOptions,
  addFilterOptions,
  addManagerOptions,
  addReportOption,
  type BasisOptions,
  basisQuestion,
  type CommonOptions,
  type DrawOptions,
  makeContext,
} from '../options.js';
import { printAnswer, type Section, sectionOf } from '../output.js';
import { ofKind } from '../study-view.js';
import { type Column, count, fixed, percent } from '../table.js';

type UnisonOptions = CommonOptions & BasisOptions & DrawOptions;

const AGREEMENT_COLUMNS: readonly Column<ClassAgreementRow>[] = [
  { header: 'of', value: (row) => row.contract ?? row.sector ?? 'all', align: 'left' },
  { header: 'week to', value: (row) => row.periodEnd },
  { header: 'agreement', value: (row) => fixed(row.agreement, 2) },
  { header: 'p', value: (row) => fixed(row.agreementP, 3) },
  { header: 'in own top decile', value: (row) => row.jointTail },
  { header: 'p', value: (row) => fixed(row.jointTailP, 3) },
  { header: 'in own bottom decile', value: (row) => row.jointTailSold },
  { header: 'p', value: (row) => fixed(row.jointTailSoldP, 3) },
  { header: 'together they', value: (row) => row.direction, align: 'left' },
  { header: 'why not known', value: (row) => row.reason ?? '', align: 'left' },
];

const withError = (value: number | null, error: number | null): string | null =>
  value === null ? null : `${value.toFixed(3)} (${error === null ? '-' : error.toFixed(3)})`;

const HERDING_COLUMNS: readonly Column<HerdingRow>[] = [
  { header: 'sector', value: (row) => row.sector ?? 'all', align: 'left' },
  { header: 'class', value: (row) => row.class ?? 'all', align: 'left' },
  { header: 'period to', value: (row) => row.periodEnd },
  { header: 'managers', value: (row) => count(row.managers) },
  { header: 'securities', value: (row) => count(row.securities) },
  { header: 'net buyers', value: (row) => percent(row.netBuyerShare) },
  { header: 'breadth', value: (row) => percent(row.breadthChange, 2) },
  { header: 'LSV', value: (row) => percent(row.lsv, 2) },
  { header: 'buy', value: (row) => percent(row.lsvBuy, 2) },
  { header: 'sell', value: (row) => percent(row.lsvSell, 2) },
  { header: 'rho', value: (row) => fixed(row.overdispersion, 4) },
  { header: 'p', value: (row) => fixed(row.overdispersionP, 3) },
  { header: 'following', value: (row) => withError(row.following, row.followingStandardError) },
  { header: 'own', value: (row) => withError(row.followingOwn, row.followingOwnStandardError) },
  { header: 'others', value: (row) => withError(row.followingOthers, row.followingOthersStandardError) },
];

function sections({ data }: Answer<UnisonRow>): Section[] {
  return [
    sectionOf('Classes together', ofKind(data, 'class-agreement'), AGREEMENT_COLUMNS),
    sectionOf('Managers or accounts in the same securities', ofKind(data, 'herding'), HERDING_COLUMNS),
  ];
}

export function registerUnison(program: Command): void {
  const command = program
    .command('unison')
    .description('did classes, managers or accounts move together, more than they do by themselves')
    .option('--week <date>', 'any day of the week (basis 13f: quarter) asked about (default: the newest)')
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark unison --contract 20974+ --week 2026-04-14\n  tidemark unison --basis 13f --sector technology\n',
    );
  addDrawOptions(command, 'draws of a world without unison', 999);
  addCommonOptions(
    addManagerOptions(addReportOption(addFilterOptions(command))),
    'write the answer to this file',
  ).action(async (options: UnisonOptions) => {
    const { answeringBasis, FLOW_BASES, showUnison } = await import('../../app/index.js');
    const question = await basisQuestion(options, FLOW_BASES);
    const { resamples, seed } = options;
    const answer = await showUnison(makeContext(options), {
      ...question,
      basis: answeringBasis('unison', question.basis),
      resamples,
      seed,
    });
    await printAnswer(answer, { sections }, options);
  });
}
