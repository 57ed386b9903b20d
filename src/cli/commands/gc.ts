import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, makeContext } from '../options.js';
import { printAnswer } from '../output.js';
import { cellText } from '../table.js';

export function registerGc(program: Command): void {
  const command = program
    .command('gc')
    .description('remove what no snapshot needs, and compact small files')
    .addHelpText('after', '\nExample:\n  tidemark gc --store .tidemark\n');
  addCommonOptions(command, 'write the answer to this file').action(async (options: CommonOptions) => {
    const { collectGarbage } = await import('../../app/index.js');
    const answer = await collectGarbage(makeContext(options));
    const names = Object.keys(answer.data[0] ?? {}) as (keyof (typeof answer.data)[number])[];
    await printAnswer(
      answer,
      { columns: names.map((name) => ({ header: String(name), value: (row) => cellText(row[name]) })) },
      options,
    );
  });
}
