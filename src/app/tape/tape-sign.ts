import { type IsoDate, newYorkInstant } from '../../core/index.js';
import {
  DECIDERS,
  type Decider,
  listTapeDays,
  PRINT_CLASSES,
  PRINT_FLAGS,
  type PrintClass,
  QUOTE_STATES,
  type QuoteState,
  readableDays,
  type SignedPrints,
  type SigningSettings,
  symbolsOf,
  type TapeDayIndex,
} from '../../tape/index.js';
import type { AppContext } from '../context.js';
import { signedBatches } from './signed-batches.js';
import { type TapeFilesQuestion, type TapeIntake, withTape } from './tape-inputs.js';

export interface TapeSignQuestion extends TapeFilesQuestion {
  readonly signing: Partial<SigningSettings>;
  readonly symbols?: readonly string[];
  readonly dates?: readonly IsoDate[];
}

/** One print with its sign and what gave it. */
export interface SignedPrintRow {
  readonly symbol: string;
  /** UTC to the nanosecond: '2018-01-02T14:30:00.100000000Z'. */
  readonly time: string;
  /** US dollars. */
  readonly price: number;
  readonly size: number;
  /** TAQ letter; null where the source tells none. */
  readonly exchange: string | null;
  readonly conditions: string;
  readonly sign: number;
  readonly decidedBy: Decider;
  /** What the signing rule alone says, and what decided it. */
  readonly ruleSign: number;
  readonly ruleDecidedBy: Decider;
  readonly class: PrintClass;
  readonly quoteState: QuoteState;
  /** The quote that counted; null for a side withdrawn. */
  readonly bid: number | null;
  readonly ask: number | null;
  readonly oddLot: boolean;
  readonly large: boolean;
  readonly lowConfidence: boolean;
}

const NANOS = 1_000_000_000;

function timeText(midnightSeconds: number, timeNanos: number): string {
  const seconds = Math.floor(timeNanos / NANOS);
  const whole = new Date((midnightSeconds + seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(timeNanos - seconds * NANOS).padStart(9, '0')}Z`;
}

const side = (micros: number): number | null => (micros === 0 ? null : micros / 1e6);

function* rowsOf(signed: SignedPrints, symbol: string, midnightSeconds: number): Generator<SignedPrintRow> {
  const { trades } = signed;
  for (let i = 0; i < signed.length; i++) {
    const flags = signed.flags[i]!;
    const venue = trades.venue[i]!;
    yield {
      symbol,
      time: timeText(midnightSeconds, trades.timeNanos[i]!),
      price: trades.priceMicros[i]! / 1e6,
      size: trades.sizeMicros[i]! / 1e6,
      exchange: venue === 0 ? null : String.fromCharCode(venue),
      conditions: trades.conditionSets[trades.conditions[i]!]!,
      sign: signed.sign[i]!,
      decidedBy: DECIDERS[signed.decidedBy[i]!]!,
      ruleSign: signed.ruleSign[i]!,
      ruleDecidedBy: DECIDERS[signed.ruleDecidedBy[i]!]!,
      class: PRINT_CLASSES[signed.printClass[i]!]!,
      quoteState: QUOTE_STATES[signed.quoteState[i]!]!,
      bid: side(signed.bidMicros[i]!),
      ask: side(signed.askMicros[i]!),
      oddLot: (flags & PRINT_FLAGS.oddLot) !== 0,
      large: (flags & PRINT_FLAGS.large) !== 0,
      lowConfidence: (flags & PRINT_FLAGS.lowConfidence) !== 0,
    };
  }
}

function* signDays(
  context: AppContext,
  days: readonly TapeDayIndex[],
  { signing, symbols }: TapeSignQuestion,
): Generator<SignedPrintRow> {
  for (const index of days) {
    const midnightSeconds = newYorkInstant(index.date, 0) / 1000;
    const asked = symbolsOf(index).filter(
      ({ symbol, trades }) => trades > 0 && (symbols === undefined || symbols.includes(symbol)),
    );
    for (const symbol of asked) {
      context.signal?.throwIfAborted();
      for (const signed of signedBatches(index, symbol, signing))
        yield* rowsOf(signed, symbol.symbol, midnightSeconds);
    }
  }
}

/**
 * Signs tape files print by print, by day, symbol and time. Rows are handed on as they are made, so that files of any size can be signed.
 * @param take is given the rows, and what was read; what it returns is the answer
 */
export async function signTapeFiles<Result>(
  context: AppContext,
  question: TapeSignQuestion,
  take: (rows: Iterable<SignedPrintRow>, intake: TapeIntake | null) => Promise<Result>,
): Promise<Result> {
  return withTape(
    context,
    question,
    () => {},
    async ({ directory, intake }) => {
      const dates = question.dates ?? listTapeDays(directory);
      const { days, close } = await readableDays(directory, dates, question.signing.quoteKind);
      return take(signDays(context, days, question), intake).finally(close);
    },
  );
}
