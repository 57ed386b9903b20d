import type { Command } from 'commander';
import type {
  Answer,
  BuyersAnswerRow,
  BuyersRow,
  ManagerGroupRow,
  RoleRow,
  ShareBounds,
} from '../../core/index.js';
import {
  addCommonOptions,
  addFilterOptions,
  addManagerOptions,
  addReportOption,
  type BasisOptions,
  basisQuestion,
  type CommonOptions,
  makeContext,
} from '../options.js';
import { printAnswer, type Section, sectionOf } from '../output.js';
import { type Column, count, dollars, fixed, percent } from '../table.js';

interface BuyersOptions extends CommonOptions, BasisOptions {
  readonly bounds: boolean;
}

const amount = (unit: BuyersRow['unit'], value: number | null): string | null =>
  unit === 'US dollars' ? dollars(value) : value === null ? null : `${count(value)} contracts`;

const CLASS_COLUMNS: readonly Column<BuyersRow>[] = [
  { header: 'of', value: (row) => row.contract ?? row.sector ?? 'all', align: 'left' },
  { header: 'period to', value: (row) => row.periodEnd },
  { header: 'class', value: (row) => row.class, align: 'left' },
  { header: 'side', value: (row) => row.side, align: 'left' },
  { header: 'bought', value: (row) => amount(row.unit, row.grossBuy) },
  { header: 'sold', value: (row) => amount(row.unit, row.grossSell) },
  { header: 'net', value: (row) => amount(row.unit, row.net) },
  { header: 'of purchases', value: (row) => percent(row.grossBuyShare) },
  { header: 'of net buying', value: (row) => percent(row.netShare) },
  { header: 'funds as institutions', value: (row) => row.roles['funds-as-institutions'], align: 'left' },
  { header: 'funds as speculators', value: (row) => row.roles['funds-as-speculators'], align: 'left' },
];

const ROLE_COLUMNS: readonly Column<RoleRow>[] = [
  { header: 'of', value: (row) => row.contract ?? row.sector ?? 'all', align: 'left' },
  { header: 'mapping', value: (row) => row.mapping, align: 'left' },
  ...(['institution', 'speculator', 'retail', 'intermediary', 'unknown'] as const).map((role) => ({
    header: role,
    value: (row: RoleRow) => amount(row.unit, row[role]),
  })),
  { header: 'largest net buyer', value: (row) => row.largestBuyer, align: 'left' },
  { header: 'both mappings say', value: (row) => row.verdict, align: 'left' },
];

const GROUP_COLUMNS: readonly Column<ManagerGroupRow>[] = [
  { header: 'by', value: (row) => row.kind, align: 'left' },
  { header: 'group', value: (row) => row.group, align: 'left' },
  { header: 'managers', value: (row) => count(row.managers) },
  { header: 'bought', value: (row) => dollars(row.grossBuy) },
  { header: 'sold', value: (row) => dollars(row.grossSell) },
  { header: 'net', value: (row) => dollars(row.net) },
  { header: 'of purchases', value: (row) => percent(row.grossBuyShare) },
  { header: 'of net buying', value: (row) => percent(row.netShare) },
  { header: 'median churn', value: (row) => fixed(row.medianChurn, 2) },
];

const BOUNDS_COLUMNS: readonly Column<ShareBounds>[] = [
  { header: 'class', value: (row) => row.class, align: 'left' },
  { header: 'quarter to', value: (row) => row.quarterEnd },
  { header: 'low', value: (row) => percent(row.low) },
  { header: 'high', value: (row) => percent(row.high) },
  { header: 'in dollars', value: (row) => dollars(row.amountLow) },
  { header: 'to', value: (row) => dollars(row.amountHigh) },
  { header: '13F showed', value: (row) => percent(row.actual) },
  { header: 'inside', value: (row) => (row.hit === null ? null : row.hit ? 'yes' : 'no') },
  { header: 'score', value: (row) => fixed(row.score, 3) },
  { header: 'quarters', value: (row) => row.quartersUsed },
  { header: 'why not known', value: (row) => row.reason ?? '', align: 'left' },
];

function sections({ data }: Answer<BuyersAnswerRow>): Section[] {
  const of = <Kind extends BuyersAnswerRow['kind']>(...kinds: readonly Kind[]) =>
    data.filter((row): row is Extract<BuyersAnswerRow, { kind: Kind }> => kinds.includes(row.kind as Kind));
  return [
    sectionOf('Who bought, and who sold to them', of('class'), CLASS_COLUMNS),
    sectionOf('Net by kind of investor, under both mappings', of('role'), ROLE_COLUMNS),
    sectionOf('Managers by horizon and size', of('horizon', 'size') as ManagerGroupRow[], GROUP_COLUMNS),
    sectionOf('Bounds for classes that only Form 13F names', of('bounds'), BOUNDS_COLUMNS),
  ];
}

export function registerBuyers(program: Command): void {
  const command = program
    .command('buyers')
    .description(
      'who bought in a week or quarter and who sold to them: by class, kind of investor, horizon and size, with bounds',
    )
    .option('--week <date>', 'any day of the week (basis 13f: quarter) asked about (default: the newest)')
    .option(
      '--no-bounds',
      'leave out the bounds for pensions and sovereign funds, which read many quarters the first time',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark buyers --contract 20974+ --week 2026-04-14\n  tidemark buyers --basis 13f --sector technology --exclude passive,market-maker\n',
    );
  addCommonOptions(
    addManagerOptions(addReportOption(addFilterOptions(command))),
    'write the answer to this file',
  ).action(async (options: BuyersOptions) => {
    const { FLOW_BASES, showBuyers } = await import('../../app/index.js');
    const question = await basisQuestion(options, FLOW_BASES);
    const answer = await showBuyers(makeContext(options), { ...question, bounds: options.bounds });
    await printAnswer(answer, { sections }, options);
  });
}
