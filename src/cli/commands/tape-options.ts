import { type Command, Option } from 'commander';
import type { TapeSetAside } from '../../app/index.js';
import { type CommonOptions, collect, dateOption } from '../options.js';
import type { Column } from '../table.js';

export const SET_ASIDE_COLUMNS: readonly Column<TapeSetAside>[] = [
  { header: 'file', value: (row) => row.file, align: 'left' },
  { header: 'line', value: (row) => row.rowNumber },
  { header: 'column', value: (row) => row.column, align: 'left' },
  { header: 'found', value: (row) => row.found, align: 'left' },
  { header: 'reason', value: (row) => row.reason, align: 'left' },
];

export interface FilesOptions extends CommonOptions {
  readonly symbol?: string[];
  readonly date?: string;
  readonly quoteKind?: 'nbbo' | 'venue';
  readonly nationalBestOnly?: boolean;
}

export interface SigningOptions extends FilesOptions {
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

export function addSigningOptions(command: Command): Command {
  return command
    .option(
      '--rule <rule>',
      'signing rule: lee-ready, quote, tick, reverse-tick, emo or clnv; bvc to sum estimates',
      'lee-ready',
    )
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

export function addFilesOptions(command: Command): Command {
  return command
    .option('--symbol <symbol>', SYMBOL, collect)
    .option('--date <date>', DATE)
    .addOption(
      new Option('--quote-kind <kind>', 'what quotes are (default: as the format declares)').choices([
        'nbbo',
        'venue',
      ]),
    )
    .option(
      '--national-best-only',
      'of TAQ quote files the rows alone that are the national best by themselves',
    );
}

/** Symbol and date as filters, and as what a file leaves unsaid. */
export function filesQuestion(paths: readonly string[], options: FilesOptions) {
  const date = dateOption(options.date, '--date');
  const only = options.symbol?.length === 1 ? options.symbol[0] : undefined;
  return {
    paths,
    ...(only === undefined ? {} : { symbol: only }),
    ...(date === undefined ? {} : { date }),
    ...(options.quoteKind === undefined ? {} : { quoteKind: options.quoteKind }),
    ...(options.nationalBestOnly ? { nationalBestOnly: true } : {}),
  };
}

export async function signingQuestion(paths: readonly string[], options: SigningOptions) {
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
