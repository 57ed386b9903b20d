import { type Command, Option } from 'commander';
import { addCommonOptions, makeContext } from '../options.js';
import { printAnswer, sectionOf } from '../output.js';
import { printRows } from '../row-output.js';
import { count } from '../table.js';
import {
  addFilesOptions,
  addSigningOptions,
  type FilesOptions,
  filesQuestion,
  SET_ASIDE_COLUMNS,
  type SigningOptions,
  signingQuestion,
} from './tape-options.js';
import { registerTapeSum } from './tape-sum.js';

interface ImportOptions extends FilesOptions {
  readonly existing: 'combine' | 'replace';
}

function registerTapeImport(tape: Command): void {
  const command = tape
    .command('import')
    .description(
      'trades and quotes of any tape format into the normalised layout, and what they add up to into the store',
    )
    .argument('<file...>', 'files or folders')
    .addOption(
      new Option('--existing <how>', "a symbol's day that is there already")
        .choices(['combine', 'replace'])
        .default('combine'),
    )
    .addHelpText('after', '\nExample:\n  tidemark tape import taq/EQY_US_ALL_TRADE_20180102.gz\n');
  addCommonOptions(
    addFilesOptions(command),
    'folder of the layout, without sums (default: tape in the store, with sums)',
  ).action(async (paths: string[], options: ImportOptions) => {
    const { importTape } = await import('../../app/index.js');
    const { out, ...rest } = options;
    const answer = await importTape(makeContext(options), {
      ...filesQuestion(paths, options),
      existing: options.existing,
      ...(out === undefined ? {} : { directory: out }),
    });
    const sections = () => [
      sectionOf(
        'Files',
        answer.data.filter((row) => row.kind === 'file'),
        [
          { header: 'file', value: (row) => row.file, align: 'left' },
          { header: 'format', value: (row) => row.format ?? 'no tape', align: 'left' },
          { header: 'quotes are', value: (row) => row.quoteKind, align: 'left' },
          { header: 'rows', value: (row) => count(row.rowsRead) },
          { header: 'trades', value: (row) => count(row.trades) },
          { header: 'quotes', value: (row) => count(row.quotes) },
          { header: 'other', value: (row) => count(row.otherRows) },
          { header: 'set aside', value: (row) => count(row.rowsSetAside) },
        ],
      ),
      sectionOf(
        'Days',
        answer.data.filter((row) => row.kind === 'day'),
        [
          { header: 'date', value: (row) => row.date },
          { header: 'holds', value: (row) => row.holds, align: 'left' },
          { header: 'rows', value: (row) => count(row.rows) },
          { header: 'symbols', value: (row) => count(row.symbols) },
          { header: 'bytes', value: (row) => count(row.bytes) },
        ],
      ),
      sectionOf(
        'Signed and stored',
        answer.data.filter((row) => row.kind === 'stored'),
        [
          { header: 'date', value: (row) => row.date },
          { header: 'status', value: (row) => row.status, align: 'left' },
          { header: 'symbols', value: (row) => count(row.symbols) },
          { header: 'facts', value: (row) => count(row.factsStored) },
          { header: 'restated', value: (row) => count(row.symbolsRestated) },
        ],
      ),
      sectionOf(
        'Rows set aside',
        answer.data.filter((row) => row.kind === 'set-aside'),
        SET_ASIDE_COLUMNS,
      ),
    ];
    await printAnswer(answer, { sections }, rest);
  });
}

function registerTapeSign(tape: Command): void {
  const command = tape
    .command('sign')
    .description('every print with its sign, what decided it, and its class')
    .argument('<file...>', 'tape files, or a folder of the layout')
    .addHelpText(
      'after',
      '\nExample:\n  tidemark tape sign trades.csv.gz quotes.csv.gz --lag 5s --format parquet --out signed.parquet\n',
    );
  addCommonOptions(addSigningOptions(addFilesOptions(command)), 'write the prints to this file').action(
    async (paths: string[], options: SigningOptions) => {
      const { answerHead, intakeNotes, signTapeFiles } = await import('../../app/index.js');
      const context = makeContext(options);
      const question = await signingQuestion(paths, options);
      await signTapeFiles(context, question, (rows, intake) =>
        printRows(
          {
            head: answerHead('tape sign', context, {
              files: paths,
              symbols: question.symbols ?? null,
              dates: question.dates ?? null,
              ...question.signing,
            }),
            rows,
            notes: intakeNotes(intake),
          },
          options,
        ),
      );
    },
  );
}

export function registerTape(program: Command): void {
  const tape = program
    .command('tape')
    .description('trades and quotes: normalise them, sign every trade, sum dollars by side')
    .addHelpText('after', '\nExample:\n  tidemark tape sum trades.csv.gz quotes.csv.gz --by symbol,class\n');
  registerTapeImport(tape);
  registerTapeSign(tape);
  registerTapeSum(tape);
}
