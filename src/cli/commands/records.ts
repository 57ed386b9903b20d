import type { Command } from 'commander';
import {
  addCommonOptions,
  addDrawOptions,
  addFilterOptions,
  addReportOption,
  type CommonOptions,
  type DrawOptions,
  dateOption,
  type FilterOptions,
  makeContext,
  parseBases,
} from '../options.js';
import { printAnswer } from '../output.js';
import { recordDetails } from '../record-details.js';
import { count, dollars, percent } from '../table.js';

export interface RecordsOptions extends CommonOptions, FilterOptions, DrawOptions {
  readonly week?: string;
  readonly lookback: string;
  readonly measure: string;
  readonly report: 'futures-only' | 'combined';
}

/** Options that records and report share. */
export function addRecordsOptions(command: Command): Command {
  const filtered = addReportOption(addFilterOptions(command))
    .option(
      '--week <date>',
      'any day of the week (basis 13f: quarter) asked about (default: the newest known)',
    )
    .option('--lookback <span>', '1y, 3y, 5y, 10y or all', '10y')
    .option('--measure <measure>', 'net, grossBuy or longBuy', 'net');
  return addDrawOptions(filtered, 'bootstrap paths', 10_000);
}

/** What records and report ask of the record itself, for the use cases of app. */
export async function recordQuestion({ lookback, measure, resamples, seed }: RecordsOptions) {
  const { parseLookback, parseMeasure } = await import('../../app/report/index.js');
  return { lookback: parseLookback(lookback), measure: parseMeasure(measure), resamples, seed };
}

/** The question behind the options, on any bases. */
async function answerQuestion(options: RecordsOptions) {
  const { FLOW_BASES, parseClass } = await import('../../app/report/index.js');
  const bases = parseBases(options.basis, FLOW_BASES);
  const [only] = bases;
  const week = dateOption(options.week, '--week');
  return {
    ...(await recordQuestion(options)),
    bases,
    report: options.report,
    ...(week === undefined ? {} : { week }),
    ...(options.contract === undefined ? {} : { contracts: options.contract }),
    ...(options.sector === undefined ? {} : { sector: options.sector }),
    ...(options.class === undefined
      ? {}
      : { classes: bases.length > 1 ? options.class : options.class.map((name) => parseClass(only!, name)) }),
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
      '\nExamples:\n  tidemark records --contract 20974+ --class asset-manager --week 2026-04-14 --measure net\n  tidemark records --basis ledger --sector technology --class institutions\n',
    );
  addCommonOptions(addRecordsOptions(command), 'write the answer to this file').action(
    async (options: RecordsOptions) => {
      const question = await answerQuestion(options);
      const { showRecords } = await import('../../app/index.js');
      const answer = await showRecords(makeContext(options), question);
      await printAnswer(
        answer,
        {
          columns: [
            {
              header: 'of',
              value: (row) => row.contract ?? row.symbol ?? row.sector ?? 'all',
              align: 'left',
            },
            { header: 'name', value: (row) => row.contractName?.split(' - ')[0], align: 'left' },
            { header: 'class', value: (row) => row.class, align: 'left' },
            { header: 'period to', value: (row) => row.periodEnd },
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
            { header: 'periods running', value: (row) => row.streak.weeks },
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
