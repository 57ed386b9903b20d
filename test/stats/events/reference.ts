import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Values = readonly (number | null)[];

interface EventsReference {
  readonly detectable: readonly { readonly n: number; readonly power: number; readonly move: number }[];
  readonly study: {
    readonly outcome: Values;
    readonly covariates: readonly Values[];
    readonly events: readonly number[];
    readonly horizon: number;
    readonly neighbours: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly used: readonly number[];
    readonly matches: readonly (readonly number[])[];
    readonly ordinary: readonly number[];
    readonly differences: readonly number[];
    readonly effect: number;
    readonly mean: number;
    readonly median: number;
    readonly leaveOneOut: readonly number[];
    readonly signP: number;
    readonly signFlipP: number;
    readonly nulls: readonly {
      readonly scale: 'none' | 'deviation';
      readonly freedom: number;
      readonly p: number;
      readonly movedP: number;
      readonly band: readonly [number, number];
      readonly independent: number;
      readonly detectable: number;
    }[];
  };
  readonly cross: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly lags: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly correlations: readonly number[];
    readonly lower: readonly number[];
    readonly upper: readonly number[];
    readonly simultaneous: number;
    readonly p: number;
    readonly strongest: number;
  };
  readonly survival: readonly {
    readonly times: readonly number[];
    readonly happened: readonly number[];
    readonly at: readonly number[];
    readonly survival: readonly number[];
    readonly standardErrors: Values;
    readonly median: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly proportions: readonly {
    readonly k: number;
    readonly n: number;
    readonly wilson: readonly [number, number];
    readonly exact: readonly [number, number];
    readonly p: number;
    readonly signP: number;
  }[];
  readonly brier: readonly {
    readonly probabilities: readonly number[];
    readonly outcomes: readonly number[];
    readonly score: number;
    readonly reliability: number;
    readonly resolution: number;
    readonly uncertainty: number;
    readonly withinBins: number;
  }[];
  readonly surprises: { readonly series: Values; readonly expected: Values; readonly standardised: Values };
  readonly quantiles: {
    readonly values: readonly number[];
    readonly reference: readonly number[];
    readonly share: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly value: number;
    readonly referenceValue: number;
    readonly band: readonly [number, number];
    readonly ownBand: readonly [number, number];
    readonly p: number;
  };
}

/** Values of statsmodels, scipy, arch and plain loops, made by test/reference/stats/events.py. */
export const EVENTS = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/stats/events.json'), 'utf8'),
) as EventsReference;
