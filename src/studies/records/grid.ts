import {
  type GridCell,
  LOOKBACKS,
  type Lookback,
  MEASURES,
  type Measure,
  type RecordRow,
  RULERS,
  type Ruler,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { recordStanding } from '../../stats/index.js';
import { lookbackPeriods } from './family.js';

/** The scales that take the growth of markets out of a dollar figure, volScaled apart. */
const NORMALISED_RULERS = ['pctOi', 'pctAdv', 'bpsCap'] as const;

function cellOf(
  flow: FlowSeries,
  period: number,
  place: { readonly measure: Measure; readonly ruler: Ruler; readonly lookback: Lookback },
): GridCell {
  const series = flow.ruler(place.measure, place.ruler);
  const reason = series.reasonAt(period);
  if (reason !== null) return { ...place, value: null, rank: null, n: null, isRecord: null, reason };
  const value = series.values[period]!;
  const periods = lookbackPeriods(flow, place.lookback, period);
  const standing = recordStanding(series.values.subarray(0, period + 1), periods);
  if (standing.n === 0)
    return { ...place, value, rank: null, n: 0, isRecord: null, reason: 'no earlier period has this figure' };
  return { ...place, value, rank: standing.rank, n: standing.n, isRecord: standing.isRecord, reason: null };
}

/** Every ruler x leg x look-back of one series in one period. */
export function definitionGrid(flow: FlowSeries, period: number): GridCell[] {
  return RULERS.flatMap((ruler) =>
    MEASURES.flatMap((measure) =>
      LOOKBACKS.map((lookback) => cellOf(flow, period, { measure, ruler, lookback })),
    ),
  );
}

export type NormalisedRecords = Readonly<
  Record<'volScaled' | (typeof NORMALISED_RULERS)[number], boolean | null>
>;

/** Whether the same leg and look-back is a record on each normalised scale; null where not known. */
export function normalisedRecords(
  flow: FlowSeries,
  period: number,
  place: { readonly measure: Measure; readonly lookback: Lookback },
): NormalisedRecords {
  const at = (ruler: Ruler): boolean | null => cellOf(flow, period, { ...place, ruler }).isRecord;
  return { volScaled: at('volScaled'), pctOi: at('pctOi'), pctAdv: at('pctAdv'), bpsCap: at('bpsCap') };
}

/**
 * A record is one by the rule of measures.md section 4: also on volScaled and on at least one of pctOi, pctAdv and
 * bpsCap. A record in dollars (or contracts) alone is a nominal record.
 */
export function kindOf(isRecord: boolean | null, normalised: NormalisedRecords): RecordRow['kind'] {
  if (isRecord !== true) return 'none';
  const confirmed =
    normalised.volScaled === true && NORMALISED_RULERS.some((ruler) => normalised[ruler] === true);
  return confirmed ? 'record' : 'nominal record';
}
