import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, makeContext } from '../options.js';
import { printAnswer } from '../output.js';
import { count } from '../table.js';

interface ImportOptions extends CommonOptions {
  readonly strict?: boolean;
  readonly mapping?: string;
}

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description('import files, folders, zip and gz; the kind is detected by content')
    .argument('<path...>', 'files or folders')
    .option('--strict', 'stop at the first file that cannot be read')
    .option('--mapping <file>', 'JSON that maps the column names of foreign CSV files')
    .addHelpText('after', '\nExample:\n  tidemark import cftc/ prices/ fred/DGS10.csv\n');
  addCommonOptions(command, 'write the answer to this file').action(
    async (paths: string[], options: ImportOptions) => {
      const { importFiles } = await import('../../app/import/index.js');
      const answer = await importFiles(makeContext(options), {
        paths,
        strict: options.strict ?? false,
        ...(options.mapping === undefined ? {} : { mappingFile: options.mapping }),
      });
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'file', value: (row) => row.fileName, align: 'left' },
            { header: 'kind', value: (row) => row.kind, align: 'left' },
            { header: 'status', value: (row) => row.status, align: 'left' },
            { header: 'read', value: (row) => count(row.rowsRead) },
            { header: 'kept', value: (row) => count(row.rowsKept) },
            { header: 'unchanged', value: (row) => count(row.rowsUnchanged) },
            { header: 'revised', value: (row) => count(row.rowsRevised) },
            { header: 'set aside', value: (row) => count(row.rowsSetAside) },
            { header: 'message', value: (row) => row.message ?? '', align: 'left' },
          ],
        },
        options,
      );
    },
  );
}
