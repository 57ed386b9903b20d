import type { Command } from 'commander';
import type { ClaimRow, ClaimsAnswerRow, ClaimVerdict, UnreadRow } from '../../core/index.js';
import {
  addCommonOptions,
  addDrawOptions,
  addReportOption,
  type CommonOptions,
  type DrawOptions,
  dateOption,
  makeContext,
  parseBasis,
} from '../options.js';
import { printAnswer, type Section, sectionOf } from '../output.js';
import type { Column } from '../table.js';

interface ClaimsOptions extends CommonOptions, DrawOptions {
  readonly week?: string;
  readonly basis?: string;
  readonly contract?: string;
  readonly sector?: string;
  readonly class?: string;
  readonly lookback?: string;
  readonly report: 'futures-only' | 'combined';
}

const MARKS: Readonly<Record<ClaimVerdict, string>> = {
  supported: '[+]',
  'weakly supported': '[~]',
  'not distinguishable from chance': '[ ]',
  contradicted: '[x]',
  'not measurable': '[?]',
};

const figure = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e9).toFixed(2)} bn`;
  if (size >= 1000 || Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(3);
};

const COLUMNS: readonly Column<ClaimRow>[] = [
  { header: '', value: (row) => MARKS[row.verdict], align: 'left' },
  { header: 'id', value: (row) => row.id, align: 'left' },
  { header: 'verdict', value: (row) => row.verdict, align: 'left' },
  { header: 'about', value: (row) => row.subject ?? '', align: 'left' },
  { header: 'claim', value: (row) => row.reading ?? row.text, align: 'left' },
  { header: 'figure', value: (row) => (row.effect === null ? null : figure(row.effect)) },
  {
    header: 'interval',
    value: (row) => (row.interval === null ? null : row.interval.map(figure).join(' to ')),
  },
  { header: 'in', value: (row) => row.effectUnit, align: 'left' },
  { header: 'n', value: (row) => row.n },
  { header: 'm', value: (row) => row.m },
];

const WHY_COLUMNS: readonly Column<ClaimRow>[] = [
  { header: 'id', value: (row) => row.id, align: 'left' },
  { header: 'about', value: (row) => row.subject ?? '', align: 'left' },
  {
    header: 'why, and what would change it',
    value: (row) => `${row.explanation} Would change it: ${row.wouldChange}`,
    align: 'left',
  },
];

const UNREAD_COLUMNS: readonly Column<UnreadRow>[] = [
  { header: 'line', value: (row) => row.line },
  { header: 'sentence', value: (row) => row.text, align: 'left' },
  { header: 'why it was not read', value: (row) => row.reason, align: 'left' },
];

/** A note's sentences with the claims read from each, where a sentence makes several. */
function sentenceColumns(claims: readonly ClaimRow[]): readonly Column<ClaimRow>[] {
  const idsOf = (text: string): string =>
    claims.flatMap((row) => (row.text === text ? [row.id] : [])).join(', ');
  return [
    { header: 'line', value: (row) => row.line ?? null },
    { header: 'claims', value: (row) => idsOf(row.text), align: 'left' },
    { header: 'sentence', value: (row) => row.text, align: 'left' },
  ];
}

function sections({ data }: { readonly data: readonly ClaimsAnswerRow[] }): Section[] {
  const claims = data.filter((row): row is ClaimRow => row.kind !== 'unread');
  const unread = data.filter((row): row is UnreadRow => row.kind === 'unread');
  const first = claims.filter((row, i) => claims.findIndex(({ text }) => text === row.text) === i);
  return [
    sectionOf('Claims, as they were read', claims, COLUMNS),
    sectionOf('Why', claims, WHY_COLUMNS),
    sectionOf('Sentences', first, sentenceColumns(claims)),
    sectionOf('Not read', unread, UNREAD_COLUMNS),
  ];
}

async function check(file: string, options: ClaimsOptions): Promise<void> {
  const { CLAIM_BASES, checkClaimFile, parseClaimClass, parseLookback } = await import('../../app/index.js');
  const week = dateOption(options.week, '--week');
  const answer = await checkClaimFile(makeContext(options), {
    file,
    report: options.report,
    resamples: options.resamples,
    seed: options.seed,
    ...(options.basis === undefined ? {} : { basis: parseBasis(options.basis, CLAIM_BASES) }),
    ...(options.contract === undefined ? {} : { contract: options.contract }),
    ...(options.sector === undefined ? {} : { sector: options.sector }),
    ...(options.class === undefined ? {} : { class: parseClaimClass(options.class) }),
    ...(week === undefined ? {} : { week }),
    ...(options.lookback === undefined ? {} : { lookback: parseLookback(options.lookback) }),
  });
  await printAnswer(answer, { sections }, options);
}

export function registerClaims(program: Command): void {
  const claims = program
    .command('claims')
    .description('what a note says, sentence by sentence, against the data')
    .addHelpText(
      'after',
      '\nExample:\n  tidemark claims check examples/note.txt --contract 20974+ --class asset-manager --week 2026-04-14\n',
    );
  const command = claims
    .command('check')
    .description('a file of claims (.yaml), or a note in plain words, to verdicts')
    .argument('<file>', 'file of claims, or note')
    .option('--basis <basis>', 'basis where a claim names none: cot, 13f, ledger, etf or tape (default: cot)')
    .option('--contract <code>', 'market where a claim names none: CFTC contract market code, such as 20974+')
    .option('--sector <sector>', 'market where a claim names none: sector, such as technology')
    .option('--class <class>', 'investors where a claim names none, such as asset-manager')
    .option('--week <date>', 'any day of the week that the claims are about (default: the newest)')
    .option('--lookback <span>', 'look-back where a claim names none: 1y, 3y, 5y, 10y or all')
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark claims check examples/note.txt --contract 20974+ --class asset-manager --week 2026-04-14\n  tidemark claims check my-claims.yaml --format md\n',
    );
  addDrawOptions(addReportOption(command), 'bootstrap paths', 10_000);
  addCommonOptions(command, 'write the answer to this file').action(check);
}
