import { type Answer, NotCovered } from '../../core/index.js';
import {
  type BarPrint,
  bulkVolume,
  type ChangeDistribution,
  listTapeDays,
  PRINT_CLASSES,
  readableDays,
  SIGNED_CLASSES,
  sessionHours,
  symbolsOf,
  type TapeDayIndex,
  type TapeSymbol,
  timeBars,
  volumeBars,
  vpin,
} from '../../tape/index.js';
import { type AppContext, makeAnswer, NO_STORE } from '../context.js';
import { signedBatches } from './signed-batches.js';
import { type TapeFilesQuestion, type TapeSetAside, withTape } from './tape-inputs.js';
import { intakeNotes } from './tape-sum.js';

export interface TapeBulkQuestion extends TapeFilesQuestion {
  readonly symbols?: readonly string[];
  readonly dates?: readonly string[];
  readonly barNanos: number;
  readonly distribution: ChangeDistribution['kind'];
  /** Bars over whose changes sigma is taken: the bar's own and those before it. */
  readonly sigmaBars: number;
  /** Shares of a bucket of VPIN; a fiftieth of the day's volume if left out, which looks ahead. */
  readonly bucketShares?: number;
  /** Buckets of VPIN's window. */
  readonly window: number;
}

/** Estimated sides of a symbol's day by bulk volume. Never to be added to dollars of signed prints. */
export interface BulkRow {
  readonly kind: 'bulk';
  readonly symbol: string;
  readonly period: string;
  readonly isEstimate: true;
  readonly bars: number;
  readonly barsAnswered: number;
  readonly buyShares: number | null;
  readonly sellShares: number | null;
  /** Of bars without an answer. */
  readonly unansweredShares: number;
  readonly reason: string | null;
}

/** Volume-synchronised probability of informed trading at the end of a symbol's day. */
export interface VpinRow {
  readonly kind: 'vpin';
  readonly symbol: string;
  readonly period: string;
  readonly isEstimate: true;
  readonly bucketShares: number;
  readonly buckets: number;
  readonly window: number;
  /** At the last bucket; null before a window is full. */
  readonly vpin: number | null;
  /** True where the bucket's size was taken from the day itself. */
  readonly looksAhead: boolean;
  readonly reason: string | null;
}

type TapeBulkAnswer = BulkRow | VpinRow | TapeSetAside;

const MICROS = 1e6;
const BUCKETS_OF_A_DAY = 50;
const DEGREES_OF_FREEDOM = 0.25;

/** Prints of a symbol's regular hours that move the tick reference. */
function barPrints(index: TapeDayIndex, symbol: TapeSymbol): BarPrint[] {
  const prints: BarPrint[] = [];
  for (const signed of signedBatches(index, symbol, { rule: 'tick', retail: 'none' })) {
    const { timeNanos, priceMicros, sizeMicros } = signed.trades;
    for (let i = 0; i < signed.length; i++)
      if (SIGNED_CLASSES.includes(PRINT_CLASSES[signed.printClass[i]!]!))
        prints.push({
          timeNanos: timeNanos[i]!,
          priceMicros: priceMicros[i]!,
          sizeMicros: sizeMicros[i]!,
        });
  }
  return prints;
}

const distributionOf = (kind: ChangeDistribution['kind']): ChangeDistribution =>
  kind === 'normal' ? { kind } : { kind, degreesOfFreedom: DEGREES_OF_FREEDOM };

interface SymbolDay {
  readonly symbol: string;
  readonly index: TapeDayIndex;
  readonly prints: readonly BarPrint[];
}

function bulkRow({ symbol, index, prints }: SymbolDay, question: TapeBulkQuestion): BulkRow {
  const bars = timeBars(prints, question.barNanos, sessionHours(index.date));
  const { bars: answers } = bulkVolume(bars, {
    distribution: distributionOf(question.distribution),
    sigma: { kind: 'trailing', bars: question.sigmaBars },
  });
  const known = answers.filter((answer) => answer.buyShares !== null);
  const unanswered = bars.filter((_, i) => answers[i]!.buyShares === null);
  return {
    kind: 'bulk',
    symbol,
    period: index.date,
    isEstimate: true,
    bars: bars.length,
    barsAnswered: known.length,
    buyShares: known.length === 0 ? null : known.reduce((sum, { buyShares }) => sum + buyShares, 0),
    sellShares: known.length === 0 ? null : known.reduce((sum, { sellShares }) => sum + sellShares, 0),
    unansweredShares: unanswered.reduce((sum, { volumeMicros }) => sum + Number(volumeMicros) / MICROS, 0),
    reason:
      known.length > 0 ? null : `fewer than ${question.sigmaBars} price changes between bars in the session`,
  };
}

function vpinRow({ symbol, index, prints }: SymbolDay, question: TapeBulkQuestion): VpinRow {
  const volumeMicros = prints.reduce((sum, { sizeMicros }) => sum + sizeMicros, 0);
  const chosen = question.bucketShares;
  const bucketMicros = Math.max(
    1,
    chosen === undefined ? Math.floor(volumeMicros / BUCKETS_OF_A_DAY) : Math.round(chosen * MICROS),
  );
  const { bars } = volumeBars(prints, bucketMicros);
  const answers = bulkVolume(bars, {
    distribution: distributionOf(question.distribution),
    sigma: { kind: 'trailing', bars: Math.min(question.sigmaBars, Math.max(2, question.window)) },
  }).bars;
  const values = vpin(answers, bucketMicros / MICROS, question.window);
  const last = values.at(-1) ?? null;
  return {
    kind: 'vpin',
    symbol,
    period: index.date,
    isEstimate: true,
    bucketShares: bucketMicros / MICROS,
    buckets: bars.length,
    window: question.window,
    vpin: last,
    looksAhead: chosen === undefined,
    reason: last === null ? `fewer than ${question.window} buckets in a row have an estimate` : null,
  };
}

/**
 * Estimates sides from bars instead of single prints: bulk volume classification and VPIN [Easley, Lopez de Prado and O'Hara].
 * @throws {NotCovered} where no print is left
 */
export async function sumTapeInBulk(
  context: AppContext,
  question: TapeBulkQuestion,
): Promise<Answer<TapeBulkAnswer>> {
  const { paths, symbols, dates, barNanos, distribution, sigmaBars, bucketShares, window } = question;
  const setAside: TapeSetAside[] = [];
  return withTape(
    context,
    question,
    (rows) => setAside.push(...rows),
    async ({ directory, intake }) => {
      const asked = listTapeDays(directory).filter((date) => dates === undefined || dates.includes(date));
      if (asked.length === 0) throw nothingLeft(paths);
      const { days, close } = await readableDays(directory, asked, question.quoteKind);
      const rows: TapeBulkAnswer[] = [];
      try {
        for (const index of days)
          for (const symbol of symbolsOf(index)) {
            context.signal?.throwIfAborted();
            if (symbol.trades === 0 || (symbols !== undefined && !symbols.includes(symbol.symbol))) continue;
            const day = { symbol: symbol.symbol, index, prints: barPrints(index, symbol) };
            rows.push(bulkRow(day, question), vpinRow(day, question));
          }
      } finally {
        await close();
      }
      if (rows.length === 0) throw nothingLeft(paths);
      const query = {
        files: paths,
        rule: 'bvc',
        barNanos,
        distribution,
        sigmaBars,
        bucketShares: bucketShares ?? null,
        window,
        symbols: symbols ?? null,
        dates: dates ?? null,
      };
      return makeAnswer<TapeBulkAnswer>('tape sum', context, NO_STORE, {
        query,
        data: [...rows, ...setAside],
        notes: [
          'Bulk volume gives estimated shares of whole bars, no sign of a print: never add them to signed dollars.',
          ...(bucketShares === undefined
            ? [
                'Buckets of VPIN are a fiftieth of the day, which nobody knew before its end; --bucket-shares sets their size.',
              ]
            : []),
          ...intakeNotes(intake),
        ],
      });
    },
  );
}

const nothingLeft = (paths: readonly string[]): NotCovered =>
  new NotCovered(`no print of '${paths.join("', '")}' is left; look at --symbol and --date`);
