import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, makeContext, wholeNumber } from '../options.js';

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('simulate ten years of a market, import it, find its record week and write the report')
    .option('--seed <number>', 'seed of the market', wholeNumber, 1)
    .addHelpText('after', '\nExample:\n  tidemark demo --seed 1 --out tidemark-demo\n');
  addCommonOptions(command, 'directory for market, store and report (default: tidemark-demo)').action(
    async (options: CommonOptions & { readonly seed: number }) => {
      const { runDemo } = await import('../../app/index.js');
      const summary = await runDemo(makeContext(options), {
        seed: options.seed,
        directory: options.out ?? 'tidemark-demo',
      });
      process.stdout.write(
        options.format === 'json' ? `${JSON.stringify(summary.answer, null, 1)}\n` : summary.text,
      );
    },
  );
}
