import type { Command } from 'commander';
import { FormatError } from '../../core/index.js';
import { addCommonOptions, type CommonOptions, makeContext } from '../options.js';
import { printAnswer, sectionOf } from '../output.js';
import { count } from '../table.js';

interface VerifyOptions extends CommonOptions {
  readonly files?: string;
}

export function registerVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('recompute every number of a report, and name what differs')
    .argument('<report>', 'report.json, report.html, or the folder of a report')
    .option('--files <dir>', 'hash the source files there and compare them with those that the report names')
    .addHelpText(
      'after',
      '\nThe rows come from --store where it is given, else from the extract beside the report.\n\nExample:\n  tidemark verify report/\n',
    );
  addCommonOptions(command, 'write the answer to this file').action(
    async (path: string, options: VerifyOptions) => {
      const { differs, extractBeside, verifyReport } = await import('../../app/index.js');
      const fromStore = options.store !== undefined || extractBeside(path) === null;
      const answer = await verifyReport(makeContext(options), {
        path,
        from: fromStore ? 'store' : 'extract',
        ...(options.files === undefined ? {} : { filesDirectory: options.files }),
      });
      const sections = () => [
        sectionOf(
          'Verified',
          answer.data.filter((row) => row.kind === 'verified'),
          [
            { header: 'file', value: (row) => row.file, align: 'left' },
            { header: 'figures', value: (row) => count(row.figures) },
            { header: 'differ', value: (row) => count(row.differences) },
          ],
        ),
        sectionOf(
          'What differs',
          answer.data.filter((row) => row.kind === 'difference'),
          [
            { header: 'file', value: (row) => row.file, align: 'left' },
            { header: 'at', value: (row) => row.at, align: 'left' },
            { header: 'printed', value: (row) => row.printed, align: 'left' },
            { header: 'recomputed', value: (row) => row.recomputed, align: 'left' },
          ],
        ),
        sectionOf(
          'Source files',
          answer.data.filter((row) => row.kind === 'source-file'),
          [
            { header: 'file', value: (row) => row.file, align: 'left' },
            { header: 'status', value: (row) => row.status, align: 'left' },
          ],
        ),
      ];
      await printAnswer(answer, { sections }, options);
      if (differs(answer))
        throw new FormatError(`'${path}' is not what its rows give; the answer lists what differs`);
    },
  );
}
