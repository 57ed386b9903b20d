import { type IsoDate, newYorkInstant } from '../../core/index.js';
import { HOUR, MINUTE, SECOND } from './process.js';

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** A time of day as HHMMSS and nine decimals, as NYSE writes it. */
export function packedTime(nanosOfDay: number): string {
  const hours = Math.floor(nanosOfDay / HOUR);
  const minutes = Math.floor((nanosOfDay % HOUR) / MINUTE);
  const seconds = Math.floor((nanosOfDay % MINUTE) / SECOND);
  return `${digits(hours, 2)}${digits(minutes, 2)}${digits(seconds, 2)}${digits(nanosOfDay % SECOND, 9)}`;
}

/** Writes times of a day in New York as nanoseconds since 1970; sessions lie behind any change of clocks. */
export function epochNanosOf(date: IsoDate): (nanosOfDay: number) => string {
  const noon = newYorkInstant(date, 12) / 1000;
  const midnight = noon - 12 * 3600;
  return (nanosOfDay) => `${midnight + Math.floor(nanosOfDay / SECOND)}${digits(nanosOfDay % SECOND, 9)}`;
}

/** Ten-thousandths of a dollar as a decimal without trailing zeros. */
export function decimalOf(price: number): string {
  const whole = Math.floor(price / 10_000);
  const fraction = digits(price % 10_000, 4).replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}
