import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AppContext } from '../app/index.js';
import {
  type Basis,
  type Instant,
  InvalidRequest,
  type IsoDate,
  parseInstant,
  parseIsoDate,
  silentProgress,
} from '../core/index.js';
import { stderrProgress } from './progress.js';

export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'parquet', 'md'] as const;
export type Format = (typeof FORMATS)[number];

/** Options that every command has. */
export interface CommonOptions {
  readonly store?: string;
  readonly asOf?: string;
  readonly format?: Format;
  readonly out?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Filters that commands take wherever they make sense. */
export interface FilterOptions {
  readonly sector?: string;
  readonly class?: string[];
  readonly contract?: string[];
  readonly basis?: string;
}

export function addCommonOptions(command: Command, outMeaning: string): Command {
  return command
    .option('--store <dir>', 'store directory (default: $TIDEMARK_STORE, else .tidemark)')
    .option(
      '--as-of <instant>',
      'answer from what was known then: YYYY-MM-DD (end of that day in New York) or ISO 8601',
    )
    .addOption(
      new Option('--format <format>', 'output format (default: table on a terminal, json in a pipe)').choices(
        FORMATS,
      ),
    )
    .option('--out <path>', outMeaning)
    .option('--quiet', 'no words on stderr')
    .option('--no-color', 'no colour');
}

/** Values of an option that may be repeated, or separated by commas. */
export const collect = (value: string, held: string[] = []): string[] => [
  ...held,
  ...value.split(',').filter((part) => part !== ''),
];

export function addFilterOptions(command: Command): Command {
  return command
    .option('--basis <basis>', 'basis of the flows: cot, 13f, ledger, etf or tape', 'cot')
    .option('--contract <code>', 'CFTC contract market code, such as 20974+; may be repeated', collect)
    .option('--class <class>', 'investor class, such as asset-manager; may be repeated', collect)
    .option('--sector <sector>', 'sector, such as technology');
}

/** Reads a whole number of an option; commander prints the message. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`'${text}' is not a whole number`);
  return Number(text);
}

/** More draws than any study can use, in time and memory that a user has. */
const MOST_DRAWS = 100_000;

function drawCount(text: string): number {
  const draws = wholeNumber(text);
  if (draws < 1 || draws > MOST_DRAWS)
    throw new InvalidArgumentError(`${draws} draws cannot be made; give 1 to ${MOST_DRAWS}`);
  return draws;
}

/** Options of a command that draws at random. */
export interface DrawOptions {
  readonly resamples: number;
  readonly seed: number;
}

export function addDrawOptions(command: Command, drawn: string, draws: number): Command {
  return command
    .option('--resamples <number>', drawn, drawCount, draws)
    .option('--seed <number>', 'seed of the draws', wholeNumber, 1);
}

export function dateOption(text: string | undefined, name: string): IsoDate | undefined {
  return text === undefined ? undefined : parseIsoDate(text, name);
}

/**
 * The basis asked for, one of those that the command takes.
 * @throws {InvalidRequest} naming the value and the choices
 */
export function parseBasis<Known extends string>(text: string | undefined, known: readonly Known[]): Known {
  const found = known.find((basis) => basis === (text ?? 'cot'));
  if (found === undefined)
    throw new InvalidRequest(`basis '${text}' is unknown here; one of ${known.join(', ')}`);
  return found;
}

/** Several bases, separated by commas, each once. */
export function parseBases<Known extends string>(text: string | undefined, known: readonly Known[]): Known[] {
  return [...new Set((text ?? 'cot').split(',').map((part) => parseBasis(part.trim(), known)))];
}

/** Adds the options that choose managers of Form 13F. */
export function addManagerOptions(command: Command): Command {
  return command
    .option(
      '--exclude <kinds>',
      'basis 13f: leave out passive or market-maker managers, or both, by commas',
      collect,
    )
    .option('--managers <file>', 'basis 13f: JSON file with classes of managers of your own');
}

export interface ManagerOptions {
  readonly exclude?: string[];
  readonly managers?: string;
}

/** The managers behind the options, for the use cases of app. */
async function managerQuestion({ exclude, managers }: ManagerOptions) {
  const { parseExclusion, readManagerOverrides } = await import('../app/report/index.js');
  return {
    ...(exclude === undefined ? {} : { exclude: exclude.map(parseExclusion) }),
    ...(managers === undefined ? {} : { overrides: await readManagerOverrides(managers) }),
  };
}

/** Adds the option that chooses one of the two reports of the CFTC. */
export function addReportOption(command: Command): Command {
  return command.addOption(
    new Option('--report <report>', 'which of the two CFTC reports')
      .choices(['futures-only', 'combined'])
      .default('futures-only'),
  );
}

/** Options of a command that asks one basis about one period. */
export interface BasisOptions extends FilterOptions, ManagerOptions {
  readonly week?: string;
  readonly report: 'futures-only' | 'combined';
}

/**
 * The question behind the filters, on one of the bases that the command takes.
 * @throws {InvalidRequest} naming the value and the choices
 */
export async function basisQuestion<Known extends Basis>(options: BasisOptions, known: readonly Known[]) {
  const { parseClass } = await import('../app/report/index.js');
  const basis = parseBasis(options.basis, known);
  const week = dateOption(options.week, '--week');
  const { contract, sector, report } = options;
  return {
    basis,
    report,
    ...(await managerQuestion(options)),
    ...(week === undefined ? {} : { week }),
    ...(contract === undefined ? {} : { contracts: contract }),
    ...(options.class === undefined ? {} : { classes: options.class.map((name) => parseClass(basis, name)) }),
    ...(sector === undefined ? {} : { sector }),
  };
}

/** The world outside, for a command line: the real clock, progress on stderr, Ctrl-C. */
export function makeContext(options: CommonOptions): AppContext {
  const now = (): Instant => Date.now() as Instant;
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const say = (message: string): void => {
    if (!options.quiet) process.stderr.write(`${message}\n`);
  };
  return {
    storeDirectory: options.store ?? process.env.TIDEMARK_STORE ?? '.tidemark',
    asOf: options.asOf === undefined ? now() : parseInstant(options.asOf, '--as-of'),
    effects: {
      clock: { now },
      progress: options.quiet ? silentProgress : stderrProgress(process.stderr, now),
      log: { info: say, warn: say },
    },
    signal: controller.signal,
  };
}
