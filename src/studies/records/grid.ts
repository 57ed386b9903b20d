import {
  type CotClass,
  type GridCell,
  LOOKBACKS,
  type Lookback,
  MEASURES,
  type Measure,
  type RecordRow,
  RULERS,
  type Ruler,
} from '../../core/index.js';
import {
  type CotContractSeries,
  type RulerSeries,
  rulerSeries,
  type ScaleContext,
} from '../../flows/index.js';
import { recordStanding } from '../../stats/index.js';
import { lookbackPeriods } from './family.js';

/** The scales that take the growth of markets out of a dollar figure, volScaled apart. */
export const NORMALISED_RULERS = ['pctOi', 'pctAdv', 'bpsCap'] as const;

/** Series of one contract and class by leg and scale, made once. */
export class RulerTable {
  readonly #cache = new Map<string, RulerSeries>();

  constructor(
    readonly contract: CotContractSeries,
    readonly name: CotClass,
    private readonly context: ScaleContext,
  ) {}

  of(measure: Measure, ruler: Ruler): RulerSeries {
    const key = `${measure}|${ruler}`;
    const held =
      this.#cache.get(key) ?? rulerSeries(this.contract, { class: this.name, measure, ruler }, this.context);
    this.#cache.set(key, held);
    return held;
  }
}

function cellOf(
  table: RulerTable,
  period: number,
  place: { measure: Measure; ruler: Ruler; lookback: Lookback },
): GridCell {
  const series = table.of(place.measure, place.ruler);
  const reason = series.reasonAt(period);
  if (reason !== null) return { ...place, value: null, rank: null, n: null, isRecord: null, reason };
  const value = series.values[period]!;
  const standing = recordStanding(
    series.values.subarray(0, period + 1),
    lookbackPeriods(place.lookback, period),
  );
  if (standing.n === 0)
    return { ...place, value, rank: null, n: 0, isRecord: null, reason: 'no earlier week has this figure' };
  return { ...place, value, rank: standing.rank, n: standing.n, isRecord: standing.isRecord, reason: null };
}

/** Every ruler x leg x look-back for one contract, class and period. */
export function definitionGrid(table: RulerTable, period: number): GridCell[] {
  return RULERS.flatMap((ruler) =>
    MEASURES.flatMap((measure) =>
      LOOKBACKS.map((lookback) => cellOf(table, period, { measure, ruler, lookback })),
    ),
  );
}

/** Whether the same leg and look-back is a record on each normalised scale; null where not known. */
export function normalisedRecords(
  grid: readonly GridCell[],
  measure: Measure,
  lookback: Lookback,
): Record<'volScaled' | (typeof NORMALISED_RULERS)[number], boolean | null> {
  const at = (ruler: Ruler): boolean | null =>
    grid.find((cell) => cell.ruler === ruler && cell.measure === measure && cell.lookback === lookback)
      ?.isRecord ?? null;
  return { volScaled: at('volScaled'), pctOi: at('pctOi'), pctAdv: at('pctAdv'), bpsCap: at('bpsCap') };
}

/**
 * A record is one by the rule of measures.md section 4: also on volScaled and on at least one of pctOi, pctAdv and
 * bpsCap. A record in dollars (or contracts) alone is a nominal record.
 */
export function kindOf(
  isRecord: boolean | null,
  normalised: ReturnType<typeof normalisedRecords>,
): RecordRow['kind'] {
  if (isRecord !== true) return 'none';
  const confirmed =
    normalised.volScaled === true && NORMALISED_RULERS.some((ruler) => normalised[ruler] === true);
  return confirmed ? 'record' : 'nominal record';
}
