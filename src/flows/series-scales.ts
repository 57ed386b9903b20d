import type { FlowRow } from '../core/index.js';
import type { FlowSeries } from './flow-series.js';
import { zScales } from './z-scales.js';

const SCALES = ['real', 'pctAdv', 'volScaled', 'contracts', 'pctOi', 'bpsCap'] as const;
const Z_FIELDS = ['z52', 'z260', 'z520', 'zRobust'] as const;
type ScaleField = (typeof SCALES)[number] | (typeof Z_FIELDS)[number];

/** The scales of one flow row. */
export type RowScales = Readonly<Record<ScaleField, number | null>>;

/** The scales of a flow row, as nulls: those of a row that belongs to no series. */
export const NO_SCALES = {
  contracts: null,
  pctOi: null,
  real: null,
  bpsCap: null,
  pctAdv: null,
  z52: null,
  z260: null,
  z520: null,
  zRobust: null,
  volScaled: null,
} as const satisfies RowScales;

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** The `coverage` of a flow row whose bpsCap is known. */
export function coverageOf(
  bpsCap: number | null | undefined,
  words: string | null | undefined,
): Pick<FlowRow, 'coverage'> {
  return bpsCap == null || words == null ? {} : { coverage: { bpsCap: words } };
}

/** The scales of a flow row, by the period of the series of its net; null figures with their reasons. */
export function scalesOf(series: FlowSeries) {
  const scales = SCALES.map((field) => [field, series.ruler('net', field)] as const);
  const z = zScales(series.ruler('net', 'dollars').values);
  return (period: number) => {
    const figures: Record<string, number | null> = {};
    const reasons: Record<string, string> = {};
    for (const [field, ruler] of scales) {
      figures[field] = known(ruler.values[period]);
      if (figures[field] === null) reasons[field] = ruler.reasonAt(period)!;
    }
    for (const field of Z_FIELDS) {
      figures[field] = known(z[field][period]);
      if (figures[field] === null) reasons[field] = 'fewer earlier periods with data than the window needs';
    }
    const coverage = coverageOf(figures.bpsCap, series.ruler('net', 'bpsCap').coverage);
    return { figures: figures as RowScales, reasons, ...coverage };
  };
}
