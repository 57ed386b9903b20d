import { type Command, InvalidArgumentError } from 'commander';
import { addCommonOptions, type CommonOptions, makeContext, wholeNumber } from '../options.js';
import { printAnswer } from '../output.js';

export function registerSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .description('write a synthetic market in the public file formats, with its planted truth in truth.json')
    .option('--seed <number>', 'seed of the market', wholeNumber, 1)
    .option(
      '--world <name>',
      'what is planted in flows and in what follows them: none, floor, rise, turbulence, consolidation, profit-taking, cascade, loop, ten-year-yield',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark simulate --seed 7 --out market/\n  tidemark simulate --world floor --out market/\n',
    );
  addCommonOptions(command, 'directory for the files').action(
    async (options: CommonOptions & { readonly seed: number; readonly world?: string }) => {
      if (options.out === undefined)
        throw new InvalidArgumentError('simulate needs --out DIR to write its files to');
      const { parseWorld, simulateInto } = await import('../../app/index.js');
      const { out, seed, world, ...printing } = options;
      const answer = await simulateInto(makeContext(options), {
        seed,
        directory: out,
        ...(world === undefined ? {} : { world: parseWorld(world) }),
      });
      await printAnswer(
        answer,
        {
          columns: [
            { header: 'file', value: (row) => row.file, align: 'left' },
            { header: 'bytes', value: (row) => row.bytes },
          ],
        },
        printing,
      );
    },
  );
}
