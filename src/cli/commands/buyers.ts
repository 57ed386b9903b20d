import { type Command, Option } from 'commander';
import {
  addCommonOptions,
  addFilterOptions,
  type CommonOptions,
  dateOption,
  type FilterOptions,
  makeContext,
  requireCot,
} from '../options.js';
import { printAnswer } from '../output.js';
import { count, dollars, percent } from '../table.js';

interface BuyersOptions extends CommonOptions, FilterOptions {
  readonly week?: string;
  readonly report: 'futures-only' | 'combined';
}

export function registerBuyers(program: Command): void {
  const command = program
    .command('buyers')
    .description(
      'who bought in a week and who sold to them, by class, under two mappings of classes to roles',
    )
    .option('--week <date>', 'any day of the week asked about (default: the newest week)')
    .addOption(
      new Option('--report <report>', 'which of the two CFTC reports')
        .choices(['futures-only', 'combined'])
        .default('futures-only'),
    )
    .addHelpText('after', '\nExample:\n  tidemark buyers --contract 20974+ --week 2026-04-14\n');
  addCommonOptions(addFilterOptions(command), 'write the answer to this file').action(
    async (options: BuyersOptions) => {
      const { parseCotClass, showBuyers } = await import('../../app/index.js');
      requireCot(options.basis);
      const week = dateOption(options.week, '--week');
      const answer = await showBuyers(makeContext(options), {
        report: options.report,
        ...(week === undefined ? {} : { week }),
        ...(options.contract === undefined ? {} : { contracts: options.contract }),
        ...(options.class === undefined ? {} : { classes: options.class.map(parseCotClass) }),
        ...(options.sector === undefined ? {} : { sector: options.sector }),
      });
      type Row = (typeof answer.data)[number];
      const amount = (row: Row, value: number | null): string | null =>
        row.unit === 'US dollars' ? dollars(value) : value === null ? null : `${count(value)} contracts`;
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'contract', value: (row) => row.contract, align: 'left' },
            { header: 'week to', value: (row) => row.periodEnd },
            { header: 'class', value: (row) => row.class, align: 'left' },
            { header: 'side', value: (row) => row.side, align: 'left' },
            { header: 'bought', value: (row) => amount(row, row.grossBuy) },
            { header: 'sold', value: (row) => amount(row, row.grossSell) },
            { header: 'net', value: (row) => amount(row, row.net) },
            { header: 'of purchases', value: (row) => percent(row.grossBuyShare) },
            { header: 'of net buying', value: (row) => percent(row.netShare) },
            {
              header: 'funds as institutions',
              value: (row) => row.roles['funds-as-institutions'],
              align: 'left',
            },
            {
              header: 'funds as speculators',
              value: (row) => row.roles['funds-as-speculators'],
              align: 'left',
            },
          ],
        },
        options,
      );
    },
  );
}
