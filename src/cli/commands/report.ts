import type { Command } from 'commander';
import { addCommonOptions, makeContext } from '../options.js';
import { printAnswer } from '../output.js';
import { addRecordsOptions, type RecordsOptions, recordsQuestion } from './records.js';

export function registerReport(program: Command): void {
  const command = program
    .command('report')
    .description('write the report of a week: HTML (one file, works offline), Markdown and JSON')
    .addHelpText(
      'after',
      '\nExample:\n  tidemark report --contract 20974+ --class asset-manager --week 2026-04-14 --out report/\n',
    );
  addCommonOptions(addRecordsOptions(command), 'directory for the three files (default: report)').action(
    async (options: RecordsOptions) => {
      const question = await recordsQuestion(options);
      const { writeReport } = await import('../../app/index.js');
      const { out, ...printing } = options;
      const answer = await writeReport(makeContext(options), { ...question, directory: out ?? 'report' });
      await printAnswer(
        answer,
        { columns: [{ header: 'file', value: (row) => row.file, align: 'left' }] },
        printing,
      );
    },
  );
}
