import { type Command, Option } from 'commander';
import type { TapeSumAnswerRow } from '../../app/index.js';
import { InvalidRequest } from '../../core/index.js';
import { addCommonOptions, collect, makeContext, wholeNumber } from '../options.js';
import { printAnswer, sectionOf } from '../output.js';
import { count, dollars, fixed, percent } from '../table.js';
import {
  addFilesOptions,
  addSigningOptions,
  filesQuestion,
  SET_ASIDE_COLUMNS,
  type SigningOptions,
  signingQuestion,
} from './tape-options.js';

interface SumOptions extends SigningOptions {
  readonly by: string;
  readonly every: 'minute' | 'day' | 'week';
  readonly threads?: number;
  readonly lags?: string[];
  readonly bar: string;
  readonly distribution: 'student-t' | 'normal';
  readonly bucketShares?: string;
  readonly window: number;
}

export function registerTapeSum(tape: Command): void {
  const command = tape
    .command('sum')
    .description('dollars bought and sold by symbol, class and period')
    .argument('<file...>', 'tape files, or a folder of the layout')
    .option('--by <keys>', 'any of symbol, class, period, sector, by commas', 'symbol,class,period')
    .addOption(
      new Option('--every <period>', 'length of a period').choices(['minute', 'day', 'week']).default('day'),
    )
    .option('--lags <times>', 'sum at these lags too, by commas: 0,1ns,1ms,5s', collect)
    .option('--bar <time>', 'rule bvc: length of a bar', '60s')
    .addOption(
      new Option('--distribution <kind>', 'rule bvc: of price changes')
        .choices(['student-t', 'normal'])
        .default('student-t'),
    )
    .option('--bucket-shares <shares>', 'rule bvc: bucket of VPIN (default: a fiftieth of the day)')
    .option('--window <number>', 'rule bvc: bars of sigma and buckets of VPIN', wholeNumber, 20)
    .option('--threads <number>', 'threads at most (default: one a processor)', wholeNumber)
    .addHelpText(
      'after',
      '\nExamples:\n  tidemark tape sum trades.csv.gz quotes.csv.gz --by symbol,class\n  tidemark tape sum .tidemark/tape --rule emo --every week\n',
    );
  addCommonOptions(addSigningOptions(addFilesOptions(command)), 'write the answer to this file').action(
    async (paths: string[], options: SumOptions) => {
      if (options.rule === 'bvc') return printBulk(paths, options);
      const { parseLag, sumTapeFiles, TAPE_SUM_KEYS } = await import('../../app/index.js');
      const by = options.by.split(',').map((text) => {
        const key = TAPE_SUM_KEYS.find((known) => known === text.trim());
        if (key === undefined)
          throw new InvalidRequest(`--by '${text}' is unknown; any of ${TAPE_SUM_KEYS.join(', ')}`);
        return key;
      });
      const answer = await sumTapeFiles(makeContext(options), {
        ...(await signingQuestion(paths, options)),
        bucket: options.every,
        by,
        ...(options.threads === undefined ? {} : { threads: options.threads }),
        ...(options.lags === undefined ? {} : { lags: options.lags.map(parseLag) }),
      });
      const sections = () => [
        sectionOf(
          'Dollars by side',
          answer.data.filter((row) => row.kind === 'sum'),
          [
            { header: 'symbol', value: (row) => row.symbol ?? 'all', align: 'left' },
            { header: 'class', value: (row) => row.class ?? 'all', align: 'left' },
            { header: 'period', value: (row) => row.period ?? 'all', align: 'left' },
            ...(by.includes('sector')
              ? [
                  {
                    header: 'sector',
                    value: (row: TapeSumAnswerRow) => row.sector,
                    align: 'left' as const,
                  },
                ]
              : []),
            { header: 'prints', value: (row) => count(row.prints) },
            { header: 'bought', value: (row) => dollars(row.buy) },
            { header: 'sold', value: (row) => dollars(row.sell) },
            { header: 'unsigned', value: (row) => dollars(row.unsigned) },
            { header: 'turnover', value: (row) => dollars(row.total) },
            { header: 'imbalance', value: (row) => fixed(row.imbalance, 4) },
          ],
        ),
        sectionOf(
          'The same at other lags',
          answer.data.filter((row) => row.kind === 'lag'),
          [
            { header: 'lag', value: (row) => row.lag },
            { header: 'bought', value: (row) => dollars(row.buy) },
            { header: 'sold', value: (row) => dollars(row.sell) },
            { header: 'unsigned', value: (row) => dollars(row.unsigned) },
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

/** Estimates by bulk volume, which no sum of signed prints may hold. */
async function printBulk(paths: readonly string[], options: SumOptions): Promise<void> {
  const { parseLag, parseMicros, sumTapeInBulk } = await import('../../app/index.js');
  const files = filesQuestion(paths, options);
  const answer = await sumTapeInBulk(makeContext(options), {
    ...files,
    ...(options.symbol === undefined ? {} : { symbols: options.symbol }),
    ...(files.date === undefined ? {} : { dates: [files.date] }),
    barNanos: parseLag(options.bar),
    distribution: options.distribution,
    sigmaBars: options.window,
    window: options.window,
    ...(options.bucketShares === undefined
      ? {}
      : { bucketShares: parseMicros(options.bucketShares, '--bucket-shares') / 1e6 }),
  });
  const sections = () => [
    sectionOf(
      'Estimated shares by bulk volume',
      answer.data.filter((row) => row.kind === 'bulk'),
      [
        { header: 'symbol', value: (row) => row.symbol, align: 'left' },
        { header: 'day', value: (row) => row.period },
        { header: 'bars', value: (row) => count(row.bars) },
        { header: 'answered', value: (row) => count(row.barsAnswered) },
        { header: 'bought, est.', value: (row) => count(row.buyShares) },
        { header: 'sold, est.', value: (row) => count(row.sellShares) },
        { header: 'no answer', value: (row) => count(row.unansweredShares) },
      ],
    ),
    sectionOf(
      'VPIN, estimated',
      answer.data.filter((row) => row.kind === 'vpin'),
      [
        { header: 'symbol', value: (row) => row.symbol, align: 'left' },
        { header: 'day', value: (row) => row.period },
        { header: 'shares a bucket', value: (row) => count(row.bucketShares) },
        { header: 'buckets', value: (row) => count(row.buckets) },
        { header: 'window', value: (row) => count(row.window) },
        { header: 'VPIN', value: (row) => fixed(row.vpin, 4) },
        { header: 'looks ahead', value: (row) => (row.looksAhead ? 'yes' : 'no') },
      ],
    ),
    sectionOf(
      'Rows set aside',
      answer.data.filter((row) => row.kind === 'set-aside'),
      SET_ASIDE_COLUMNS,
    ),
  ];
  await printAnswer(answer, { sections }, options);
}
