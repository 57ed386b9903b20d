import type { CotFlowRow, FlowRow, RecordRow, ReportInput, SeriesPoint } from '../core/index.js';
import type { FigureBook } from './figures.js';
import { LOOKS_EVIDENCE, SERIES_EVIDENCE } from './figures.js';
import { formatValue } from './format.js';
import type { ChartMark, Evidence, Figure, SeriesDatum, Unit } from './model.js';
import {
  classShort,
  type PeriodWords,
  PROBABILITY_NAMES,
  type ProbabilityName,
  rulerUnit,
} from './wording/index.js';

/** What every section is written from. */
export interface Context {
  readonly input: ReportInput;
  readonly book: FigureBook;
  readonly period: PeriodWords;
}

/** The row with what futures alone tell; null on another basis. */
export function cotFlow(row: FlowRow): CotFlowRow | null {
  return row.basis === 'cot' ? (row as CotFlowRow) : null;
}

/** The headline's flow row among the week's flows, or null. */
export function headlineFlow(input: ReportInput): { readonly row: FlowRow; readonly index: number } | null {
  const { record } = input;
  const index = input.flowsOfWeek.findIndex(
    (row) => row.class === record.class && row.contract === record.contract && row.symbol === record.symbol,
  );
  const row = input.flowsOfWeek[index];
  return row === undefined ? null : { row, index };
}

/** The rows behind the headline's value. */
export function recordEvidence({ book, input }: Context): Evidence {
  return book.rows('rows-record', 'The headline', input.record.sources);
}

export function flowEvidence({ book, input, period }: Context, index: number): Evidence {
  const row = input.flowsOfWeek[index];
  return book.rows(
    `rows-flow-${index + 1}`,
    `Flow of ${classShort(row?.class ?? '', row?.basis)} in the ${period.one}`,
    row?.sources,
  );
}

export function weekAnchor(periodEnd: string): string {
  return `week-${periodEnd}`;
}

/** A week of the series: its line in the table of the series. */
export function weekEvidence({ input }: Context, periodEnd: string | null): Evidence {
  const known = input.series.some((point) => point.periodEnd === periodEnd);
  return known ? { anchor: weekAnchor(String(periodEnd)), sources: null } : SERIES_EVIDENCE;
}

/** Why a field may be null where the record itself gives no reason. */
const DEFAULT_REASONS: Readonly<Record<string, string>> = {
  margin: 'no earlier high above zero was passed',
  rank: 'the period has no value to rank',
  'smallest.rank': 'the period has no value to rank',
  'p.exchangeable': 'the period has no value to rank',
  'p.dependent': 'the look-back has too few periods with data to resample',
  'p.adjusted': 'the look-back has too few periods with data to be one of the looks',
  recordRate: 'the look-back has too few periods with data to resample',
};

/** The reason of a null field of the record; 'p.tail' is looked up as such and as 'tail'. */
export function recordReason(record: RecordRow, field: string): string {
  const last = field.split('.').at(-1) ?? field;
  return record.reasons[field] ?? record.reasons[last] ?? DEFAULT_REASONS[field] ?? 'no reason given';
}

/** A figure of the record that rests on the series. */
export function recordFigure(
  context: Context,
  field: string,
  unit: Unit,
  evidence: Evidence = SERIES_EVIDENCE,
): Figure {
  const reason = recordReason(context.input.record, field);
  return context.book.at(`/record/${field.replaceAll('.', '/')}`, unit, evidence, reason);
}

/** The headline's value in the unit of its ruler. */
export function valueFigure(context: Context): Figure {
  return recordFigure(context, 'value', rulerUnit(context.input.record.ruler), recordEvidence(context));
}

/** The four probabilities, weakest (largest) first, unknown ones last. */
export function probabilitiesWeakestFirst(record: RecordRow): readonly ProbabilityName[] {
  const strength = (name: ProbabilityName): number => record.p[name] ?? -1;
  const adjustedFirst = [...PROBABILITY_NAMES].reverse();
  return adjustedFirst.sort((a, b) => strength(b) - strength(a));
}

/** A probability of the record: the adjusted one rests on all looks, the others on the series. */
export function probabilityFigure(context: Context, name: ProbabilityName): Figure {
  const evidence = name === 'adjusted' ? LOOKS_EVIDENCE : SERIES_EVIDENCE;
  return recordFigure(context, `p.${name}`, 'probability', evidence);
}

/** The weakest known probability, or null where none is known. */
export function weakestProbability(
  context: Context,
): { readonly name: ProbabilityName; readonly figure: Figure } | null {
  const name = probabilitiesWeakestFirst(context.input.record)[0];
  if (name === undefined || context.input.record.p[name] === null) return null;
  return { name, figure: probabilityFigure(context, name) };
}

/** Ranks of the same leg and look-back under the other rulers, with the cell's place in the grid. */
export function otherRulerCells(record: RecordRow) {
  return record.rulers.table
    .map((cell, index) => ({ cell, index }))
    .filter(
      ({ cell }) =>
        cell.measure === record.measure &&
        cell.lookback === record.lookback &&
        cell.ruler !== record.ruler &&
        cell.rank !== null,
    );
}

type SeriesField = 'dollars' | 'contracts' | 'volScaled' | 'pctOi' | 'pctAdv';

/** The series' field that the headline's ruler is drawn in; dollars fall back to contracts where there are none. */
export function seriesField(input: ReportInput): { readonly field: SeriesField; readonly unit: Unit } {
  const { ruler } = input.record;
  if (ruler === 'contracts' || ruler === 'volScaled' || ruler === 'pctOi' || ruler === 'pctAdv') {
    return { field: ruler, unit: rulerUnit(ruler) };
  }
  const hasDollars = input.series.some((point) => point.dollars !== null);
  return hasDollars ? { field: 'dollars', unit: 'USD' } : { field: 'contracts', unit: 'contracts' };
}

export function seriesData(series: readonly SeriesPoint[], field: SeriesField): readonly SeriesDatum[] {
  return series.map((point) => ({ periodEnd: point.periodEnd, value: point[field] }));
}

/** A week of the series to be marked, labelled with its date and value; null where it has no value. */
export function chartMark(
  data: readonly SeriesDatum[],
  periodEnd: string | null,
  unit: Unit,
  name: string,
): ChartMark | null {
  const datum = data.find((point) => point.periodEnd === periodEnd);
  if (datum === undefined || datum.value === null) return null;
  const value = formatValue(datum.value, unit);
  const lead = name === '' ? '' : `${name} `;
  return {
    periodEnd: datum.periodEnd,
    value: datum.value,
    label: `${lead}${datum.periodEnd}: ${value}`,
    shortLabel: `${lead}${value}`,
  };
}
