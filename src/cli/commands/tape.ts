import { type Command, Option } from 'commander';
import type { TapeSetAside } from '../../app/index.js';
import { InvalidRequest } from '../../core/index.js';
import {
  addCommonOptions,
  type CommonOptions,
  collect,
  dateOption,
  makeContext,
  wholeNumber,
} from '../options.js';
import { printAnswer, sectionOf } from '../output.js';
import { printRows } from '../row-output.js';
import { type Column, count, dollars, fixed, percent } from '../table.js';

const SET_ASIDE_COLUMNS: readonly Column<TapeSetAside>[] = [
  { header: 'file', value: (row) => row.file, align: 'left' },
  { header: 'line', value: (row) => row.rowNumber },
  { header: 'column', value: (row) => row.column, align: 'left' },
  { header: 'found', value: (row) => row.found, align: 'left' },
  { header: 'reason', value: (row) => row.reason, align: 'left' },
];

interface FilesOptions extends CommonOptions {
  readonly symbol?: string[];
  readonly date?: string;
  readonly quoteKind?: 'nbbo' | 'venue';
}

interface SigningOptions extends FilesOptions {
  readonly rule: string;
  readonly lag: string;
  readonly locked: 'unusable' | 'midpoint';
  readonly edges: 'closed' | 'open';
  readonly widestQuote?: string;
  readonly oddLots: 'regular' | 'no-tick' | 'exclude';
  readonly signExtended?: boolean;
  readonly retail: 'bhjos' | 'bjzz' | 'none';
  readonly retailPopulation: 'sub-penny' | 'bjzz';
  readonly tickSize: string;
  readonly blockShares: string;
  readonly blockDollars: string;
  readonly aggressor: 'prefer' | 'ignore';
}

interface SumOptions extends SigningOptions {
  readonly by: string;
  readonly every: 'minute' | 'day' | 'week';
  readonly threads?: number;
}

interface ImportOptions extends FilesOptions {
  readonly existing: 'combine' | 'replace';
}

function addSigningOptions(command: Command): Command {
  return command
    .option('--rule <rule>', 'signing rule: lee-ready, quote, tick, reverse-tick, emo or clnv', 'lee-ready')
    .option('--lag <time>', 'the quote that counts is this much older than the trade: 1ns, 2ms, 5s, 0', '1ns')
    .addOption(
      new Option('--locked <how>', 'a locked quote').choices(['unusable', 'midpoint']).default('unusable'),
    )
    .addOption(
      new Option('--edges <how>', 'edges of the bands of clnv').choices(['closed', 'open']).default('closed'),
    )
    .option('--widest-quote <dollars>', 'leave out quotes of a venue that are wider')
    .addOption(
      new Option('--odd-lots <how>', 'odd lots')
        .choices(['regular', 'no-tick', 'exclude'])
        .default('regular'),
    )
    .option('--sign-extended', 'sign prints of extended hours too')
    .addOption(
      new Option('--retail <rule>', 'what identifies retail prints')
        .choices(['bhjos', 'bjzz', 'none'])
        .default('bhjos'),
    )
    .addOption(
      new Option('--retail-population <which>', 'candidates of bhjos')
        .choices(['sub-penny', 'bjzz'])
        .default('sub-penny'),
    )
    .option('--tick-size <dollars>', 'price grid of the sub-penny rules', '0.01')
    .option('--block-shares <shares>', 'a print of so many shares is a block', '10000')
    .option('--block-dollars <dollars>', 'and one of so many dollars', '200000')
    .addOption(
      new Option('--aggressor <how>', 'an initiator told by the source')
        .choices(['prefer', 'ignore'])
        .default('prefer'),
    );
}

const SYMBOL = 'symbol, may be repeated; names it where a single file does not';
const DATE = 'session date YYYY-MM-DD; names it where a file does not';

function addFilesOptions(command: Command): Command {
  return command
    .option('--symbol <symbol>', SYMBOL, collect)
    .option('--date <date>', DATE)
    .addOption(
      new Option('--quote-kind <kind>', 'what quotes are (default: as the format declares)').choices([
        'nbbo',
        'venue',
      ]),
    );
}

/** Symbol and date as filters, and as what a file leaves unsaid. */
function filesQuestion(paths: readonly string[], options: FilesOptions) {
  const date = dateOption(options.date, '--date');
  const only = options.symbol?.length === 1 ? options.symbol[0] : undefined;
  return {
    paths,
    ...(only === undefined ? {} : { symbol: only }),
    ...(date === undefined ? {} : { date }),
    ...(options.quoteKind === undefined ? {} : { quoteKind: options.quoteKind }),
  };
}

async function signingQuestion(paths: readonly string[], options: SigningOptions) {
  const { parseLag, parseMicros, parseSigningRule } = await import('../../app/index.js');
  const files = filesQuestion(paths, options);
  return {
    ...files,
    ...(options.symbol === undefined ? {} : { symbols: options.symbol }),
    ...(files.date === undefined ? {} : { dates: [files.date] }),
    signing: {
      rule: parseSigningRule(options.rule),
      lagNanos: parseLag(options.lag),
      locked: options.locked,
      edges: options.edges,
      ...(options.quoteKind === undefined ? {} : { quoteKind: options.quoteKind }),
      ...(options.widestQuote === undefined
        ? {}
        : { widestVenueQuoteMicros: parseMicros(options.widestQuote, '--widest-quote') }),
      oddLots: options.oddLots,
      signExtended: options.signExtended ?? false,
      retail: options.retail,
      retailPopulation: options.retailPopulation,
      tickSizeMicros: parseMicros(options.tickSize, '--tick-size'),
      blockSizeMicros: parseMicros(options.blockShares, '--block-shares'),
      blockNotionalMicros: parseMicros(options.blockDollars, '--block-dollars'),
      aggressor: options.aggressor,
    },
  };
}

function registerTapeImport(tape: Command): void {
  const command = tape
    .command('import')
    .description('trades and quotes of any tape format into the normalised Parquet layout')
    .argument('<file...>', 'files or folders')
    .addOption(
      new Option('--existing <how>', "a symbol's day that is there already")
        .choices(['combine', 'replace'])
        .default('combine'),
    )
    .addHelpText('after', '\nExample:\n  tidemark tape import taq/EQY_US_ALL_TRADE_20180102.gz\n');
  addCommonOptions(addFilesOptions(command), 'folder of the layout (default: tape in the store)').action(
    async (paths: string[], options: ImportOptions) => {
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
          'Rows set aside',
          answer.data.filter((row) => row.kind === 'set-aside'),
          SET_ASIDE_COLUMNS,
        ),
      ];
      await printAnswer(answer, { sections }, rest);
    },
  );
}

function registerTapeSum(tape: Command): void {
  const command = tape
    .command('sum')
    .description('dollars bought and sold by symbol, class and period')
    .argument('<file...>', 'tape files, or a folder of the layout')
    .option('--by <keys>', 'any of symbol, class, period, by commas', 'symbol,class,period')
    .addOption(
      new Option('--every <period>', 'length of a period').choices(['minute', 'day', 'week']).default('day'),
    )
    .option('--threads <number>', 'threads at most (default: one a processor)', wholeNumber)
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark tape sum trades.csv.gz quotes.csv.gz --by symbol,class\n  tidemark tape sum .tidemark/tape --rule emo --every week\n',
    );
  addCommonOptions(addSigningOptions(addFilesOptions(command)), 'write the answer to this file').action(
    async (paths: string[], options: SumOptions) => {
      const { sumTapeFiles, TAPE_KEYS } = await import('../../app/index.js');
      const by = options.by.split(',').map((text) => {
        const key = TAPE_KEYS.find((known) => known === text.trim());
        if (key === undefined)
          throw new InvalidRequest(`--by '${text}' is unknown; any of ${TAPE_KEYS.join(', ')}`);
        return key;
      });
      const answer = await sumTapeFiles(makeContext(options), {
        ...(await signingQuestion(paths, options)),
        bucket: options.every,
        by,
        ...(options.threads === undefined ? {} : { threads: options.threads }),
      });
      const sections = () => [
        sectionOf(
          'Dollars by side',
          answer.data.filter((row) => row.kind === 'sum'),
          [
            { header: 'symbol', value: (row) => row.symbol ?? 'all', align: 'left' },
            { header: 'class', value: (row) => row.class ?? 'all', align: 'left' },
            { header: 'period', value: (row) => row.period ?? 'all', align: 'left' },
            { header: 'prints', value: (row) => count(row.prints) },
            { header: 'bought', value: (row) => dollars(row.buy) },
            { header: 'sold', value: (row) => dollars(row.sell) },
            { header: 'unsigned', value: (row) => dollars(row.unsigned) },
            { header: 'turnover', value: (row) => dollars(row.total) },
            { header: 'imbalance', value: (row) => fixed(row.imbalance, 4) },
          ],
        ),
        sectionOf(
          'How prints were signed',
          answer.data.filter((row) => row.kind === 'signing'),
          [
            { header: 'trades', value: (row) => row.tradeFormat, align: 'left' },
            { header: 'quotes', value: (row) => row.quoteFormat, align: 'left' },
            { header: 'can be signed', value: (row) => count(row.counts.signable) },
            { header: 'by quote', value: (row) => count(row.counts.byQuote) },
            { header: 'by tick', value: (row) => count(row.counts.byTick) },
            { header: 'by source', value: (row) => count(row.counts.byAggressor) },
            { header: 'by nothing', value: (row) => count(row.counts.byNone) },
            { header: 'no quote', value: (row) => percent(row.shareNoQuote) },
            { header: 'locked', value: (row) => percent(row.shareLocked) },
            { header: 'crossed', value: (row) => percent(row.shareCrossed) },
          ],
        ),
        sectionOf(
          'Rows set aside',
          answer.data.filter((row) => row.kind === 'set-aside'),
          SET_ASIDE_COLUMNS,
        ),
      ];
      await printAnswer(answer, { sections }, options);
    },
  );
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
    .description('trades and quotes: normalise them, sign every trade, sum dollars by side');
  registerTapeImport(tape);
  registerTapeSign(tape);
  registerTapeSum(tape);
}
