import type { FanChartSpec, FanLine } from '../model.js';
import { type Canvas, tickFormat, WIDTHS, type Width } from './canvas.js';

const LABEL_HEIGHT = 14;
const HEIGHT = 380;
const MARGIN = { top: 34, right: 96, bottom: 44, left: 52 } as const;

const STROKES: Readonly<Record<FanLine['kind'], { colour: string; width: number; dash: string }>> = {
  event: { colour: 'var(--series)', width: 1.1, dash: 'none' },
  'mean of events': { colour: 'var(--high)', width: 3, dash: 'none' },
  'mean of matched weeks': { colour: 'currentColor', width: 2.5, dash: '6 4' },
};

interface End {
  readonly weeks: number;
  readonly value: number;
  readonly text: string;
  readonly kind: FanLine['kind'];
}

/** Horizons grow by the square root, so that the first weeks have room. */
const place = (weeks: number): number => Math.sqrt(weeks);

/** Lines from zero over the horizons, the means on top, each named where it ends if there is room. */
export function drawFan(canvas: Canvas, spec: FanChartSpec, width: Width, label: string): string {
  const { plot } = canvas;
  const order: readonly FanLine['kind'][] = ['event', 'mean of matched weeks', 'mean of events'];
  const lines = [...spec.lines].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const values = [
    ...lines.flatMap(({ points }) => points.map(({ value }) => value)),
    ...spec.band.flatMap(({ low, high }) => [low, high]),
  ];
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = (high - low || 1) * 0.05;
  const domain: [number, number] = [low - room, high + room];
  const last = place(Math.max(...spec.horizonsWeeks));
  const unit = (domain[1] - domain[0]) / (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ends = namedEnds(lines, unit * LABEL_HEIGHT);
  return canvas.draw(
    {
      width: WIDTHS[width],
      height: HEIGHT,
      marginTop: MARGIN.top,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      x: {
        domain: [0, last],
        label: spec.axisLabel,
        labelArrow: false,
        labelAnchor: 'center',
        ticks: spec.horizonsWeeks.map(place),
        tickFormat: (at: number) => String(Math.round(at * at)),
        grid: true,
      },
      y: {
        domain,
        label: spec.valueLabel,
        labelArrow: false,
        ticks: 6,
        tickFormat: tickFormat(spec.unit),
        grid: true,
      },
      marks: [
        ...(spec.band.length === 0
          ? []
          : [
              plot.areaY([{ weeks: 0, low: 0, high: 0 }, ...spec.band], {
                x: (point: { weeks: number }) => place(point.weeks),
                y1: 'low',
                y2: 'high',
                fill: 'currentColor',
                fillOpacity: 0.12,
              }),
            ]),
        plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
        ...lines.map(({ points, kind }) =>
          plot.line([{ weeks: 0, value: 0 }, ...points], {
            x: (point: { weeks: number }) => place(point.weeks),
            y: 'value',
            stroke: STROKES[kind].colour,
            strokeWidth: STROKES[kind].width,
            strokeDasharray: STROKES[kind].dash,
          }),
        ),
        ...lines.map(({ points, kind }) =>
          plot.dot(points, {
            x: (point: { weeks: number }) => place(point.weeks),
            y: 'value',
            r: kind === 'event' ? 2.2 : 3.4,
            fill: STROKES[kind].colour,
          }),
        ),
        plot.text(ends, {
          x: (end: End) => place(end.weeks),
          y: 'value',
          text: 'text',
          dx: 7,
          textAnchor: 'start',
          fontSize: 11.5,
          fontWeight: 600,
          fill: (end: End) => (end.kind === 'mean of events' ? 'var(--high)' : 'currentColor'),
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
      ],
    },
    label,
  );
}

/** The last point of each line with its name; the means first, and an event's only where nothing named lies near. */
function namedEnds(lines: readonly FanLine[], height: number): readonly End[] {
  const named: End[] = [];
  for (const { label, kind, points } of [...lines].reverse()) {
    const end = points.at(-1);
    if (end === undefined) continue;
    const isNear = named.some(
      (other) =>
        Math.abs(other.value - end.value) < height && Math.abs(place(other.weeks) - place(end.weeks)) < 1.5,
    );
    if (kind !== 'event' || !isNear)
      named.push({
        ...end,
        text: label,
        kind,
        value: kind === 'event' ? end.value : apart(end.value, named, height),
      });
  }
  return named;
}

/** A value so far from those taken that both labels can be read. */
function apart(value: number, taken: readonly End[], height: number): number {
  const near = taken.find((other) => Math.abs(other.value - value) < height);
  if (near === undefined) return value;
  return value < near.value ? near.value - height : near.value + height;
}
