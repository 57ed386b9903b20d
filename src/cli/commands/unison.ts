import { type Command, Option } from 'commander';
import {
  addCommonOptions,
  addFilterOptions,
  type CommonOptions,
  dateOption,
  type FilterOptions,
  makeContext,
  requireCot,
  wholeNumber,
} from '../options.js';
import { printAnswer } from '../output.js';
import { fixed } from '../table.js';

interface UnisonOptions extends CommonOptions, FilterOptions {
  readonly week?: string;
  readonly report: 'futures-only' | 'combined';
  readonly resamples: number;
  readonly seed: number;
}

export function registerUnison(program: Command): void {
  const command = program
    .command('unison')
    .description('did the classes move together, more than such classes do by themselves')
    .option('--week <date>', 'any day of the week asked about (default: the newest week)')
    .addOption(
      new Option('--report <report>', 'which of the two CFTC reports')
        .choices(['futures-only', 'combined'])
        .default('futures-only'),
    )
    .option('--resamples <number>', 'paths drawn from the fitted autoregression', wholeNumber, 999)
    .option('--seed <number>', 'seed of the draws', wholeNumber, 1)
    .addHelpText('after', '\nExample:\n  tidemark unison --contract 20974+ --week 2026-04-14\n');
  addCommonOptions(addFilterOptions(command), 'write the answer to this file').action(
    async (options: UnisonOptions) => {
      const { showUnison } = await import('../../app/index.js');
      requireCot(options.basis);
      const week = dateOption(options.week, '--week');
      const answer = await showUnison(makeContext(options), {
        report: options.report,
        resamples: options.resamples,
        seed: options.seed,
        ...(week === undefined ? {} : { week }),
        ...(options.contract === undefined ? {} : { contracts: options.contract }),
        ...(options.sector === undefined ? {} : { sector: options.sector }),
      });
      type Row = (typeof answer.data)[number];
      const agreement =
        <Value>(pick: (row: Extract<Row, { kind: 'class-agreement' }>) => Value) =>
        (row: Row) =>
          row.kind === 'class-agreement' ? pick(row) : null;
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'contract', value: agreement((row) => row.contract), align: 'left' },
            { header: 'week to', value: (row) => row.periodEnd },
            { header: 'agreement', value: agreement((row) => fixed(row.agreement, 2)) },
            { header: 'p', value: agreement((row) => fixed(row.agreementP, 3)) },
            { header: 'in own top decile', value: agreement((row) => row.jointTail) },
            { header: 'p', value: agreement((row) => fixed(row.jointTailP, 3)) },
            { header: 'together they', value: agreement((row) => row.direction), align: 'left' },
            { header: 'why not known', value: agreement((row) => row.reason ?? ''), align: 'left' },
          ],
        },
        options,
      );
    },
  );
}
