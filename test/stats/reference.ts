import { readFileSync } from 'node:fs';

interface ReferenceValues {
  readonly series: Readonly<Record<string, readonly number[]>>;
  readonly blockLength: Readonly<Record<string, number>>;
  readonly generalisedPareto: readonly {
    readonly excesses: readonly number[];
    readonly shape: number;
    readonly scale: number;
    readonly logLikelihood: number;
    readonly survivalOf3: number;
    readonly onePercentPoint: number;
  }[];
  readonly withGaps: readonly (number | null)[];
  readonly scales: Readonly<Record<'z' | 'robustZ' | 'percentile' | 'volScaled', readonly (number | null)[]>>;
  readonly withZeros: readonly (number | null)[];
  readonly recordScale: { readonly logSlope: number; readonly scale: readonly number[] };
}

/** Values of numpy, scipy and arch, made by test/reference/stats/reference_values.py. */
export const REFERENCE = JSON.parse(
  readFileSync(new URL('../reference/stats/values.json', import.meta.url), 'utf8'),
) as ReferenceValues;

/** A series with NaN for what the reference has as null. */
export const fromReference = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

/** Largest difference relative to the reference's size; Infinity where one is missing and the other is not. */
export function largestDifference(found: Float64Array, expected: Float64Array): number {
  let largest = found.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  expected.forEach((value, k) => {
    const both = Number.isNaN(value) && Number.isNaN(found[k]!);
    const difference = Math.abs(found[k]! - value) / Math.max(1, Math.abs(value));
    if (!both) largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  });
  return largest;
}
