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
import { recordDetails } from '../record-details.js';
import { count, dollars, percent } from '../table.js';

export interface RecordsOptions extends CommonOptions, FilterOptions {
  readonly week?: string;
  readonly lookback: string;
  readonly measure: string;
  readonly report: 'futures-only' | 'combined';
  readonly resamples: number;
  readonly seed: number;
}

/** Options that records and report share. */
export function addRecordsOptions(command: Command): Command {
  return addFilterOptions(command)
    .option('--week <date>', 'any day of the week asked about (default: the newest week known)')
    .option('--lookback <span>', '1y, 3y, 5y, 10y or all', '10y')
    .option('--measure <measure>', 'net, grossBuy or longBuy', 'net')
    .addOption(
      new Option('--report <report>', 'which of the two CFTC reports')
        .choices(['futures-only', 'combined'])
        .default('futures-only'),
    )
    .option('--resamples <number>', 'bootstrap paths', wholeNumber, 10_000)
    .option('--seed <number>', 'seed of the resampling', wholeNumber, 1);
}

/** The question behind the options, for the use cases of app. */
export async function recordsQuestion(options: RecordsOptions) {
  const { parseCotClass, parseLookback, parseMeasure } = await import('../../app/index.js');
  requireCot(options.basis);
  const week = dateOption(options.week, '--week');
  return {
    lookback: parseLookback(options.lookback),
    measure: parseMeasure(options.measure),
    report: options.report,
    resamples: options.resamples,
    seed: options.seed,
    ...(week === undefined ? {} : { week }),
    ...(options.contract === undefined ? {} : { contracts: options.contract }),
    ...(options.class === undefined ? {} : { classes: options.class.map(parseCotClass) }),
    ...(options.sector === undefined ? {} : { sector: options.sector }),
  };
}

export function registerRecords(program: Command): void {
  const command = program
    .command('records')
    .description(
      'records, ranks, the definition grid, significance, the seven checks; without filters the first screen',
    )
    .addHelpText(
      'after',
      '\nExample:\n  tidemark records --contract 20974+ --class asset-manager --week 2026-04-14 --measure net\n',
    );
  addCommonOptions(addRecordsOptions(command), 'write the answer to this file').action(
    async (options: RecordsOptions) => {
      const question = await recordsQuestion(options);
      const { showRecords } = await import('../../app/index.js');
      const answer = await showRecords(makeContext(options), question);
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'contract', value: (row) => row.contract, align: 'left' },
            { header: 'name', value: (row) => row.contractName?.split(' - ')[0], align: 'left' },
            { header: 'class', value: (row) => row.class, align: 'left' },
            { header: 'week to', value: (row) => row.periodEnd },
            { header: 'net position', value: (row) => count(row.netPositionContracts) },
            { header: 'pct 1y', value: (row) => percent(row.percentile1y, 0) },
            { header: '3y', value: (row) => percent(row.percentile3y, 0) },
            { header: '5y', value: (row) => percent(row.percentile5y, 0) },
            {
              header: options.measure,
              value: (row) =>
                row.ruler === 'dollars' ? dollars(row.value) : `${count(row.value)} contracts`,
            },
            { header: 'rank', value: (row) => (row.rank === null ? null : `${row.rank} of ${row.n + 1}`) },
            { header: 'weeks running', value: (row) => row.streakWeeks },
            { header: 'index', value: (row) => percent(row.indexReturn) },
            { header: 'kind', value: (row) => row.kind, align: 'left' },
            { header: 'verdict', value: (row) => row.verdict, align: 'left' },
            { header: 'next release', value: (row) => row.nextRelease },
          ],
          details: (shown) => (shown.data.length <= 3 ? shown.data.map(recordDetails).join('') : ''),
        },
        options,
      );
    },
  );
}
