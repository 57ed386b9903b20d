import type { Markish } from '@observablehq/plot';
import type { SeriesChartSpec, SeriesDatum } from '../model.js';
import { axisUnit, type Canvas, type Plot, tickFormat, utcDate, WIDTHS, type Width } from './canvas.js';

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
export function gapSpans(
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
    plot.rect(gaps, { x1: 'from', x2: 'to', fill: 'var(--gap)' }),
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
      marginLeft: 58,
      marginRight: 14,
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
  const first = utcDate(spec.data[0]?.periodEnd ?? '2000-01-01').getTime();
  const last = utcDate(spec.data.at(-1)?.periodEnd ?? '2000-01-01').getTime();
  const place = (day: string): number => (utcDate(day).getTime() - first) / Math.max(1, last - first);
  const anchor = (day: string) => (place(day) > 0.55 ? 'end' : 'start');
  if (earlier !== null && current !== null && spec.broken) {
    const line = [
      { date: utcDate(earlier.periodEnd), value: earlier.value },
      { date: utcDate(current.periodEnd), value: earlier.value },
    ];
    marks.push(
      plot.line(line, {
        x: 'date',
        y: 'value',
        stroke: 'var(--old)',
        strokeWidth: 1.2,
        strokeDasharray: '4 3',
      }),
    );
  }
  if (earlier !== null)
    marks.push(...highMark(plot, earlier, 'var(--old)', anchor(earlier.periodEnd), !spec.broken, narrow));
  if (current !== null)
    marks.push(...highMark(plot, current, 'var(--high)', anchor(current.periodEnd), true, narrow));
  return marks;
}

function highMark(
  plot: Plot,
  mark: { readonly periodEnd: string; readonly value: number; readonly label: string },
  colour: string,
  textAnchor: 'start' | 'end',
  above: boolean,
  narrow: boolean,
): Markish[] {
  const point = [{ date: utcDate(mark.periodEnd), value: mark.value }];
  const down = mark.value < 0;
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
      text: () => mark.label,
      textAnchor,
      dx: textAnchor === 'end' ? -9 : 9,
      dy: above !== down ? -9 : 14,
      fill: colour,
      stroke: 'var(--paper)',
      strokeWidth: 4,
      fontWeight: 600,
      fontSize: narrow ? 11 : 12,
    }),
  ];
}
