import { type IsoDate, newYorkInstant } from '../../core/index.js';
import {
  DECIDERS,
  type Decider,
  indexTapeDay,
  listTapeDays,
  openTapeDay,
  PRINT_CLASSES,
  PRINT_FLAGS,
  type PrintClass,
  QUOTE_STATES,
  type QuotePull,
  type QuoteState,
  type SignedPrints,
  type SigningSettings,
  sessionHours,
  TapeSigner,
  type TapeSymbol,
} from '../../tape/index.js';
import type { AppContext } from '../context.js';
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

/** Prints of one symbol's day, signed; batches are handed on one at a time, since their columns are written over. */
function* signSymbol(
  directory: string,
  date: IsoDate,
  { symbol, tradeFormat, quoteFormat }: TapeSymbol,
  signing: Partial<SigningSettings>,
): Generator<SignedPrintRow> {
  const day = openTapeDay(indexTapeDay(directory, date));
  try {
    const ready: SignedPrintRow[] = [];
    const midnightSeconds = newYorkInstant(date, 0) / 1000;
    const told = {
      hasSubPennyPrices: tradeFormat!.hasSubPennyPrices,
      ...(quoteFormat?.quoteKind ? { quoteKind: quoteFormat.quoteKind } : {}),
    };
    const signer = new TapeSigner({ ...told, ...signing }, (signed) => {
      for (const row of rowsOf(signed, symbol, midnightSeconds)) ready.push(row);
    });
    signer.start(sessionHours(date));
    const quotes = day.quotes(symbol)[Symbol.iterator]();
    const pull: QuotePull = () => {
      const next = quotes.next();
      return next.done ? null : next.value;
    };
    const keepsBatches = signer.settings.rule === 'reverse-tick';
    for (const trades of day.trades(symbol)) {
      signer.sign(keepsBatches ? structuredClone(trades) : trades, pull);
      yield* ready.splice(0);
    }
    signer.finish();
    yield* ready.splice(0);
  } finally {
    day.close();
  }
}

function* signFolder(
  context: AppContext,
  directory: string,
  { signing, symbols, dates }: TapeSignQuestion,
): Generator<SignedPrintRow> {
  for (const date of dates ?? listTapeDays(directory)) {
    const day = openTapeDay(indexTapeDay(directory, date));
    const asked = day.symbols.filter(
      ({ symbol, trades }) => trades > 0 && (symbols === undefined || symbols.includes(symbol)),
    );
    day.close();
    for (const symbol of asked) {
      context.signal?.throwIfAborted();
      yield* signSymbol(directory, date, symbol, signing);
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
    ({ directory, intake }) => take(signFolder(context, directory, question), intake),
  );
}
