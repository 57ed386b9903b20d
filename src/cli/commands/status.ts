import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, makeContext } from '../options.js';
import { printAnswer } from '../output.js';
import { count } from '../table.js';

export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .description('what the store holds: rows, periods, age, gaps, set-aside rows, what can be computed')
    .option('--source <source>', 'one source only, such as cftc')
    .addHelpText('after', '\nExample:\n  tidemark status --source cftc\n');
  addCommonOptions(command, 'write the answer to this file').action(
    async (options: CommonOptions & { readonly source?: string }) => {
      const { showStatus } = await import('../../app/index.js');
      const answer = await showStatus(
        makeContext(options),
        options.source === undefined ? {} : { source: options.source },
      );
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'source', value: (row) => row.source, align: 'left' },
            { header: 'what', value: (row) => row.kind, align: 'left' },
            { header: 'files', value: (row) => count(row.files) },
            { header: 'rows', value: (row) => count(row.rows) },
            { header: 'first', value: (row) => row.firstPeriod },
            { header: 'last', value: (row) => row.lastPeriod },
            { header: 'last known', value: (row) => row.lastKnown },
            { header: 'age days', value: (row) => count(row.ageDays) },
            { header: 'set aside', value: (row) => count(row.setAsideRows) },
            {
              header: 'gaps',
              value: (row) =>
                row.gaps.length === 0
                  ? ''
                  : row.gaps.map((gap) => `${gap.from}..${gap.to} (${gap.periods})`).join(' '),
              align: 'left',
            },
          ],
        },
        options,
      );
    },
  );
}
