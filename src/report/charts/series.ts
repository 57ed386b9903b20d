import type { Markish } from '@observablehq/plot';
import type { ChartMark, SeriesChartSpec, SeriesDatum } from '../model.js';
import { axisUnit, type Canvas, type Plot, tickFormat, utcDate, WIDTHS, type Width } from './canvas.js';

/** Shorter gaps stay blank: shaded singly they would only be stripes. */
const SHADED_WEEKS = 3;

const MARGINS = { left: 58, right: 14 } as const;

interface Point {
  readonly date: Date;
  readonly value: number;
}

/** One path of vertical sticks: base, value, break. Far smaller than an element a week. */
export function stickPoints(data: readonly SeriesDatum[]): readonly Point[] {
  return data.flatMap((datum) => {
    if (datum.value === null) return [];
    const date = utcDate(datum.periodEnd);
    return [
      { date, value: 0 },
      { date, value: datum.value },
      { date, value: Number.NaN },
    ];
  });
}

/** Runs of weeks without data, as spans between the known weeks around them. */
function gapSpans(
  data: readonly SeriesDatum[],
): readonly { readonly from: Date; readonly to: Date; readonly weeks: number }[] {
  const spans: { from: Date; to: Date; weeks: number }[] = [];
  let start = -1;
  data.forEach((datum, index) => {
    if (datum.value === null && start < 0) start = index;
    const next = data[index + 1];
    if (datum.value === null && (next === undefined || next.value !== null)) {
      const from = data[Math.max(0, start - 1)]!;
      spans.push({
        from: utcDate(from.periodEnd),
        to: utcDate((next ?? datum).periodEnd),
        weeks: index - start + 1,
      });
    }
    if (datum.value !== null) start = -1;
  });
  return spans;
}

export function drawSeries(canvas: Canvas, spec: SeriesChartSpec, width: Width, label: string): string {
  const { plot } = canvas;
  const narrow = width === 'narrow';
  const gaps = gapSpans(spec.data);
  const marks: Markish[] = [
    plot.rect(
      gaps.filter((gap) => gap.weeks >= SHADED_WEEKS),
      { x1: 'from', x2: 'to', fill: 'var(--gap)' },
    ),
    plot.line(stickPoints(spec.data), {
      x: 'date',
      y: 'value',
      stroke: 'var(--series)',
      strokeWidth: narrow ? 0.7 : 1.1,
      strokeLinecap: 'butt',
    }),
    plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
    ...gapLabels(plot, gaps, spec.data, narrow),
    ...highMarks(plot, spec, narrow),
  ];
  return canvas.draw(
    {
      width: WIDTHS[width],
      height: narrow ? 260 : 330,
      marginTop: 34,
      marginLeft: MARGINS.left,
      marginRight: MARGINS.right,
      marginBottom: 26,
      x: { type: 'utc', label: null, ticks: narrow ? 4 : 8 },
      y: {
        label: `${spec.axisLabel}, ${axisUnit(spec.unit)}`,
        labelArrow: false,
        tickFormat: tickFormat(spec.unit),
        ticks: 6,
        grid: true,
        nice: true,
      },
      marks,
    },
    label,
  );
}

function gapLabels(
  plot: Plot,
  gaps: ReturnType<typeof gapSpans>,
  data: readonly SeriesDatum[],
  narrow: boolean,
): Markish[] {
  const longEnough = gaps.filter((gap) => gap.weeks / data.length > (narrow ? 0.15 : 0.06));
  const middle = longEnough.map((gap) => new Date((gap.from.getTime() + gap.to.getTime()) / 2));
  return [
    plot.text(middle, {
      x: (date: Date) => date,
      frameAnchor: 'bottom',
      dy: -4,
      text: () => 'no data',
      fill: 'var(--muted)',
    }),
  ];
}

function highMarks(plot: Plot, spec: SeriesChartSpec, narrow: boolean): Markish[] {
  const marks: Markish[] = [];
  const { current, earlier } = spec;
  if (earlier !== null && current !== null && spec.broken) {
    const line = [
      { date: utcDate(earlier.periodEnd), value: earlier.value },
      { date: utcDate(current.periodEnd), value: earlier.value },
    ];
    const style = { stroke: 'var(--old)', strokeWidth: 1.2, strokeDasharray: '4 3' };
    marks.push(plot.line(line, { x: 'date', y: 'value', ...style }));
  }
  if (earlier !== null) {
    marks.push(...highMark(plot, spec, earlier, { colour: 'var(--old)', above: !spec.broken, narrow }));
  }
  if (current !== null)
    marks.push(...highMark(plot, spec, current, { colour: 'var(--high)', above: true, narrow }));
  return marks;
}

interface MarkStyle {
  readonly colour: string;
  /** The label stands above the mark, away from zero; else below, towards zero. */
  readonly above: boolean;
  readonly narrow: boolean;
}

function highMark(plot: Plot, spec: SeriesChartSpec, mark: ChartMark, style: MarkStyle): Markish[] {
  const { colour, above, narrow } = style;
  const point = [{ date: utcDate(mark.periodEnd), value: mark.value }];
  const label = narrow ? mark.shortLabel : mark.label;
  const textAnchor = labelAnchor(spec, mark, label.length * 7, narrow);
  return [
    plot.ruleX(point, { x: 'date', y1: 0, y2: 'value', stroke: colour, strokeWidth: 2 }),
    plot.dot(point, {
      x: 'date',
      y: 'value',
      r: 4,
      fill: above ? colour : 'var(--paper)',
      stroke: colour,
      strokeWidth: 2,
    }),
    plot.text(point, {
      x: 'date',
      y: 'value',
      text: () => label,
      textAnchor,
      dx: textAnchor === 'end' ? -9 : 9,
      dy: above !== mark.value < 0 ? -9 : 14,
      fill: colour,
      stroke: 'var(--paper)',
      strokeWidth: 4,
      fontWeight: 600,
      fontSize: 12,
    }),
  ];
}

/** To the left of its mark where there is room for it, else to the right. */
function labelAnchor(
  spec: SeriesChartSpec,
  mark: ChartMark,
  width: number,
  narrow: boolean,
): 'start' | 'end' {
  const [first, last] = [spec.data[0], spec.data.at(-1)].map((datum) => utcDate(datum!.periodEnd).getTime());
  const place = (utcDate(mark.periodEnd).getTime() - first!) / Math.max(1, last! - first!);
  const plotWidth = WIDTHS[narrow ? 'narrow' : 'wide'] - MARGINS.left - MARGINS.right;
  return place * plotWidth > width ? 'end' : 'start';
}
