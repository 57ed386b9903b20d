import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { InvalidRequest, TidemarkError } from '../core/index.js';
import { registerAftermath } from './commands/aftermath.js';
import { registerBuyers } from './commands/buyers.js';
import { registerClaims } from './commands/claims.js';
import { registerDemo } from './commands/demo.js';
import { registerDrivers } from './commands/drivers.js';
import { registerFlows } from './commands/flows.js';
import { registerGc } from './commands/gc.js';
import { registerImport } from './commands/import.js';
import { registerRecords } from './commands/records.js';
import { registerReport } from './commands/report.js';
import { registerSimulate } from './commands/simulate.js';
import { registerStatus } from './commands/status.js';
import { registerTape } from './commands/tape.js';
import { registerUnison } from './commands/unison.js';
import { registerVerify } from './commands/verify.js';

/** `help` of a command or, named in full, of a command within one. */
function registerHelp(program: Command): void {
  program
    .command('help')
    .description('show help with a runnable example')
    .argument('[command...]', 'command, such as records or tape sum')
    .action((names: readonly string[]) => {
      let found = program;
      for (const name of names) {
        const next = found.commands.find((command) => command.name() === name);
        if (next === undefined)
          throw new InvalidRequest(`command '${names.join(' ')}' is unknown; 'tidemark help' lists all`);
        found = next;
      }
      found.outputHelp();
    });
}

function makeProgram(): Command {
  const program = new Command('tidemark')
    .description(
      'Measures institutional buying of US equities, and says whether a record week means anything.',
    )
    .option('-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError()
    .helpCommand(false);
  for (const register of [
    registerDemo,
    registerImport,
    registerStatus,
    registerFlows,
    registerRecords,
    registerBuyers,
    registerUnison,
    registerClaims,
    registerDrivers,
    registerAftermath,
    registerReport,
    registerVerify,
    registerSimulate,
    registerTape,
    registerGc,
    registerHelp,
  ])
    register(program);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
    command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

function isDiskFault(error: unknown): error is NodeJS.ErrnoException {
  const code = (error as NodeJS.ErrnoException)?.code;
  return code === 'ENOSPC' || code === 'EROFS' || code === 'EACCES' || code === 'EDQUOT' || code === 'EPERM';
}

/** What stands after --out. */
function outOf(argv: readonly string[]): string | undefined {
  const joined = argv.find((word) => word.startsWith('--out='));
  if (joined !== undefined) return joined.slice('--out='.length);
  const at = argv.indexOf('--out');
  return at < 0 ? undefined : argv[at + 1];
}

const NO_SUCH_PLACE: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
};

/** Why nothing can be written to --out; null where that is not what failed. */
function outFault(error: unknown, argv: readonly string[]): string | null {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const out = outOf(argv);
  const why = NO_SUCH_PLACE[code ?? ''];
  if (out === undefined || path === undefined || why === undefined) return null;
  return resolve(path).startsWith(resolve(out)) ? `--out '${out}' cannot be written: ${why}` : null;
}

/** One line on stderr, and the exit code of cli.md. */
function explain(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    process.stderr.write(`tidemark: ${message}; see 'tidemark help'\n`);
    return 2;
  }
  if (error instanceof TidemarkError) {
    process.stderr.write(`tidemark: ${error.message}\n`);
    return error.exitCode;
  }
  if ((error as Error)?.name === 'AbortError') {
    process.stderr.write(
      'tidemark: stopped; what was finished is kept, run the same command again to go on\n',
    );
    return 130;
  }
  if (isDiskFault(error)) {
    process.stderr.write(
      `tidemark: ${error.message}; make room or choose another --store, nothing half written is used\n`,
    );
    return 6;
  }
  const place = outFault(error, argv);
  if (place !== null) {
    process.stderr.write(`tidemark: ${place}; name another place\n`);
    return 2;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `tidemark: a fault of ours: ${text.split('\n')[0]}; please report it with the command and TIDEMARK_DEBUG=1\n`,
  );
  if (process.env.TIDEMARK_DEBUG) process.stderr.write(`${text}\n`);
  return 1;
}

/** Runs one command line and gives its exit code; never throws. */
export async function run(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const program = makeProgram();
  if (argv.length <= 2) {
    process.stderr.write(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    return explain(error, argv);
  }
}
