import { openTapeDay, type TapeDayIndex } from './layout/index.js';
import { sessionHours } from './rules/sessions.js';
import { type SigningSettings, signingSettings } from './settings.js';
import { type SumJob, SymbolSummer, symbolsOfJob, type TapeSymbolDay } from './sum-symbols.js';
import type { TapeBucket, TapeSums } from './sums.js';

/** One way to sign and sum a day. The kind of quotes is as the formats declare. */
export interface PieceQuestion {
  readonly bucket: TapeBucket;
  readonly signing?: Omit<Partial<SigningSettings>, 'quoteKind'>;
}

/** What some symbols of a day add up to, in one way. */
export interface PieceSums {
  readonly sums: TapeSums;
  /** Ordered by symbol. */
  readonly symbolDays: readonly TapeSymbolDay[];
}

/** Some symbols of a day, signed and summed. */
export interface SumPiece {
  /** In order; those of the day that have prints. */
  readonly symbols: readonly string[];
  /** One for each question. */
  readonly answers: readonly PieceSums[];
}

/** Rows that the kernel gets at once: each question has columns of its own for what it signs. */
const BATCH_ROWS = 1 << 14;

/**
 * Signs and sums a day some symbols at a time on this thread, for days with more names than can be held at once. The pieces
 * together are what `sumTape` gives.
 *
 * @throws {InvalidRequest} for settings out of range
 * @throws {FormatError} for a damaged file
 */
export function* sumInPieces(
  index: TapeDayIndex,
  questions: readonly PieceQuestion[],
  symbolsAtOnce: number,
): Generator<SumPiece> {
  const jobs = questions.map(({ bucket, signing = {} }): SumJob => {
    signingSettings(signing);
    return { days: [index], signing, bucket, symbols: null, batchRows: null, bySymbol: true };
  });
  const summers = jobs.map((job) => new SymbolSummer(job));
  const all = symbolsOfJob({ days: [index], symbols: null }, 0);
  const hours = sessionHours(index.date);
  const day = openTapeDay(index, { batchRows: BATCH_ROWS });
  try {
    for (let from = 0; from < all.length; from += symbolsAtOnce) {
      const some = all.slice(from, from + symbolsAtOnce);
      for (const summer of summers) summer.sum(some, day, hours);
      yield {
        symbols: some.map(({ symbol }) => symbol),
        answers: summers.map((summer) => summer.take()),
      };
    }
  } finally {
    day.close();
  }
}
