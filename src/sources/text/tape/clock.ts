import { dayNumber, type IsoDate, isIsoDate, newYorkInstant } from '../../../core/index.js';

const ZERO = 48;
const COLON = 58;
const POINT = 46;
const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';
const NANOS_PER_SECOND = 1_000_000_000;
const SECONDS_PER_DAY = 86_400;
const TWO_TO_32 = 4_294_967_296;
const NANOS_OF_DIGITS = Float64Array.of(1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1);
/** Last second whose nanoseconds fit into 63 bits, in the year 2262. */
export const LAST_SECOND = 9_223_372_035;
const CLOCK_CHANGE_NANOS = 2 * 3600 * NANOS_PER_SECOND;

/** The rows of a batch whose times are written by halves, so that no BigInt is made for a row. */
export interface TimedRows {
  setTime(at: number, high: number, low: number): void;
}

/**
 * Writes the time of a row, seconds * 10^9 + nanos since 1970.
 * @param seconds 0 to 2^33
 * @param nanos may exceed a second, up to 10^14
 */
export function writeEpochNanos(rows: TimedRows, at: number, seconds: number, nanos: number): void {
  const high = Math.floor(seconds / 65_536);
  const scaledHigh = high * NANOS_PER_SECOND;
  const scaledLow = (seconds - high * 65_536) * NANOS_PER_SECOND + nanos;
  const upper = Math.floor(scaledHigh / 65_536);
  const rest = (scaledHigh - upper * 65_536) * 65_536 + scaledLow;
  const carry = Math.floor(rest / TWO_TO_32);
  rows.setTime(at, upper + carry, rest - carry * TWO_TO_32);
}

/** An instant in two exact parts, as `writeEpochNanos` takes it. */
export class EpochTime {
  seconds = 0;
  nanos = 0;

  /**
   * Reads nanoseconds since 1970 written as one whole number of 10 to 19 digits; false where the bytes are none.
   */
  readNanos(bytes: Uint8Array, start: number, end: number): boolean {
    const split = end - 9;
    if (split <= start || end - start > 19) return false;
    let seconds = 0;
    for (let position = start; position < split; position += 1) {
      const digit = bytes[position]! - ZERO;
      if (digit < 0 || digit > 9) return false;
      seconds = seconds * 10 + digit;
    }
    let nanos = 0;
    for (let position = split; position < end; position += 1) {
      const digit = bytes[position]! - ZERO;
      if (digit < 0 || digit > 9) return false;
      nanos = nanos * 10 + digit;
    }
    this.seconds = seconds;
    this.nanos = nanos;
    return seconds <= LAST_SECOND;
  }

  /** Reads milliseconds since 1970. */
  readMillis(millis: number): boolean {
    this.seconds = Math.floor(millis / 1000);
    this.nanos = (millis - this.seconds * 1000) * 1_000_000;
    return millis >= 0 && this.seconds <= LAST_SECOND;
  }
}

/**
 * Turns wall-clock times of New York into instants. A day's place is worked out once; rows of one day follow each other.
 * Of the hour that occurs twice in autumn the first is taken.
 */
export class NewYorkClock {
  #key = -1;
  #early = 0;
  #late = 0;

  /** Goes to a day written 20180102; false where there is no such day from 1970 to 2199. */
  select(yearMonthDay: number): boolean {
    if (yearMonthDay === this.#key) return true;
    const text = String(yearMonthDay);
    const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
    if (text.length !== 8 || !isIsoDate(date) || date < '1970-01-01') return false;
    this.selectDate(date);
    this.#key = yearMonthDay;
    return true;
  }

  selectDate(date: IsoDate): void {
    const midnight = dayNumber(date) * SECONDS_PER_DAY;
    this.#key = Number(date.replaceAll('-', ''));
    this.#early = newYorkInstant(date, 0) / 1000;
    this.#late = midnight + newYorkInstant(date, 12) / 1000 - (midnight + 12 * 3600);
  }

  /** Seconds since 1970 of the midnight that the time of day counts from. */
  midnightFor(nanosOfDay: number): number {
    return nanosOfDay < CLOCK_CHANGE_NANOS ? this.#early : this.#late;
  }
}

/**
 * A day as '20180102', '2018-01-02', '2018/01/02' or, as SAS writes it, '02JAN2018', as the number 20180102.
 * @returns -1 where the text is none of these; whether the day exists is not looked at
 */
export function dayOfText(text: string): number {
  const digits = /^(\d{4})(?:(\d\d)(\d\d)|([-/])(\d\d)\4(\d\d))$/.exec(text);
  if (digits !== null) return Number(text.replaceAll(/[-/]/g, ''));
  const sas = /^(\d\d)([A-Z]{3})(\d{4})$/i.exec(text);
  const month = sas === null ? -1 : MONTHS.indexOf(sas[2]!.toUpperCase()) / 3;
  if (sas === null || month < 0 || !Number.isInteger(month)) return -1;
  return Number(sas[3]) * 10_000 + (month + 1) * 100 + Number(sas[1]);
}

/**
 * A time of day 'H:MM:SS', 'HH:MM:SS' with up to nine decimals, as nanoseconds since midnight.
 * @returns -1 where the bytes are none
 */
export function parseClockTime(bytes: Uint8Array, start: number, end: number): number {
  const colon = bytes[start + 1] === COLON ? start + 1 : start + 2;
  if (end < colon + 6 || bytes[colon] !== COLON || bytes[colon + 3] !== COLON) return -1;
  const hours = colon === start + 1 ? digitsAt(bytes, start, 1) : digitsAt(bytes, start, 2);
  const seconds = secondsOf(hours, digitsAt(bytes, colon + 1, 2), digitsAt(bytes, colon + 4, 2));
  return withFraction(seconds, bytes, colon + 6, end);
}

/**
 * A time of day 'HHMMSS' followed by up to nine decimals of the second without a point, as nanoseconds since midnight.
 * @returns -1 where the bytes are none
 */
export function parsePackedTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 6) return -1;
  const seconds = secondsOf(
    digitsAt(bytes, start, 2),
    digitsAt(bytes, start + 2, 2),
    digitsAt(bytes, start + 4, 2),
  );
  return seconds < 0 ? -1 : addDecimals(seconds, bytes, start + 6, end);
}

function secondsOf(hours: number, minutes: number, seconds: number): number {
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return -1;
  return hours * 3600 + minutes * 60 + seconds;
}

function withFraction(seconds: number, bytes: Uint8Array, start: number, end: number): number {
  if (seconds < 0) return -1;
  if (start === end) return seconds * NANOS_PER_SECOND;
  return bytes[start] === POINT ? addDecimals(seconds, bytes, start + 1, end) : -1;
}

function addDecimals(seconds: number, bytes: Uint8Array, start: number, end: number): number {
  const places = end - start;
  if (places > 9) return -1;
  let fraction = 0;
  for (let position = start; position < end; position += 1) {
    const digit = bytes[position]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    fraction = fraction * 10 + digit;
  }
  return seconds * NANOS_PER_SECOND + fraction * NANOS_OF_DIGITS[places]!;
}

/** @returns -1 or less where a byte is no digit */
function digitsAt(bytes: Uint8Array, start: number, count: number): number {
  const high = bytes[start]! - ZERO;
  if (high < 0 || high > 9) return -1;
  if (count === 1) return high;
  const low = bytes[start + 1]! - ZERO;
  return low < 0 || low > 9 ? -1 : high * 10 + low;
}
