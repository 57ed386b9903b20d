import type { Command } from 'commander';
import {
  addCommonOptions,
  addManagerOptions,
  basisQuestion,
  type ManagerOptions,
  makeContext,
} from '../options.js';
import { printAnswer } from '../output.js';
import { addRecordsOptions, type RecordsOptions, recordQuestion } from './records.js';

interface ReportOptions {
  readonly extract: boolean;
  readonly note?: string;
}

export function registerReport(program: Command): void {
  const command = program
    .command('report')
    .description('write the report of a week or quarter: HTML (one file, works offline), Markdown and JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark report --contract 20974+ --class asset-manager --week 2026-04-14 --out report/\n  tidemark report --basis 13f --sector technology --out report/\n',
    );
  addCommonOptions(
    addManagerOptions(addRecordsOptions(command)),
    'directory for the report (default: report)',
  )
    .option(
      '--note <file>',
      'a note in plain words or a file of claims, whose statements the report answers (default: the standard note)',
    )
    .option('--no-extract', 'leave out the rows behind the report, which verify reads')
    .action(async (options: RecordsOptions & ManagerOptions & ReportOptions) => {
      const { REPORT_BASES, readNote, writeReport } = await import('../../app/report/index.js');
      const question = {
        ...(await basisQuestion(options, REPORT_BASES)),
        ...(await recordQuestion(options)),
        ...(options.managers === undefined ? {} : { managersFile: options.managers }),
        ...(options.note === undefined ? {} : { note: await readNote(options.note) }),
      };
      const { out, ...printing } = options;
      const answer = await writeReport(makeContext(options), {
        ...question,
        directory: out ?? 'report',
        bringsRows: options.extract,
      });
      await printAnswer(
        answer,
        { columns: [{ header: 'file', value: (row) => row.file, align: 'left' }] },
        printing,
      );
    });
}
