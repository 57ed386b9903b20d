import {
  addDays,
  FormatError,
  type Instant,
  type IsoDate,
  newYorkDate,
  newYorkInstant,
} from '../../core/index.js';

/** A calendar day of New York on the clock of the tape. */
export interface SessionDay {
  readonly date: IsoDate;
  /** Nanoseconds since 1970, UTC. */
  readonly midnightNanos: bigint;
  /** The same as two halves of 64 bits, the low one unsigned. */
  readonly midnightHigh: number;
  readonly midnightLow: number;
  /** 24 hours, or one more or less where clocks change. */
  readonly lengthNanos: number;
}

export function sessionDay(date: IsoDate): SessionDay {
  const midnight = newYorkInstant(date, 0);
  const midnightNanos = BigInt(midnight) * 1_000_000n;
  return {
    date,
    midnightNanos,
    midnightHigh: Number(midnightNanos >> 32n),
    midnightLow: Number(midnightNanos & 0xffffffffn),
    lengthNanos: (newYorkInstant(addDays(date, 1), 0) - midnight) * 1e6,
  };
}

const FIRST_NANOS = BigInt(Date.UTC(1990, 0, 1)) * 1_000_000n;
const LAST_NANOS = BigInt(Date.UTC(2200, 0, 1)) * 1_000_000n;

/**
 * The New York day of a moment.
 * @throws {FormatError} before 1990 or after 2199, where a clock was misread
 */
export function sessionDayOf(epochNanos: bigint, place: { input: string; rowNumber: number }): SessionDay {
  if (epochNanos < FIRST_NANOS || epochNanos >= LAST_NANOS) {
    throw new FormatError(
      `${place.input}, row ${place.rowNumber}: time ${epochNanos} ns since 1970 is outside 1990 to 2199; check the clock that the format declares`,
      { place: { file: place.input, line: place.rowNumber, found: String(epochNanos) } },
    );
  }
  return sessionDay(newYorkDate(Number(epochNanos / 1_000_000n) as Instant));
}
