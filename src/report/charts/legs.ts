import type { LegsChartSpec } from '../model.js';
import { axisUnit, type Canvas, tickFormat, WIDTHS, type Width } from './canvas.js';

const LEG_COLOURS: Readonly<Record<string, string>> = {
  longBuy: 'var(--buy)',
  shortCover: 'var(--buy-soft)',
  longSell: 'var(--sell)',
  shortSell: 'var(--sell-soft)',
  buy: 'var(--buy)',
  sell: 'var(--sell)',
};

interface Bar {
  /** Top of the bar, in classes from the top of the chart. */
  readonly row: number;
  readonly value: number;
  readonly label: string;
  readonly colour: string;
}

interface Net {
  readonly row: number;
  readonly value: number;
  readonly label: string;
}

interface Label {
  readonly row: number;
  readonly value: number;
  readonly text: string;
  readonly anchor: 'start' | 'end';
  readonly dx: number;
  readonly colour: string;
  readonly weight: number;
}

const MARGIN = 20;
const ROW_HEIGHT = 76;
/** Heights in classes of two bars: the name, then the bars, then the net. */
const NAME = 0.14;
const FIRST_BAR = 0.27;
const BAR_STEP = 0.23;
const BAR_HEIGHT = 0.2;
const INK = 'currentColor';

/** A band a class: its name, its bars and its net, all on one scale around zero. */
export function drawLegs(canvas: Canvas, spec: LegsChartSpec, width: Width, label: string): string {
  const { plot } = canvas;
  const narrow = width === 'narrow';
  const { tops, total } = rowsOf(spec.classes);
  const bars = spec.classes.flatMap((group, index) =>
    group.bars.map(
      (bar, place): Bar => ({
        row: tops[index]! + FIRST_BAR + place * BAR_STEP,
        value: bar.signed,
        label: bar.label,
        colour: LEG_COLOURS[bar.leg] ?? 'var(--series)',
      }),
    ),
  );
  const nets: readonly Net[] = spec.classes.flatMap((group, index) =>
    group.net === null
      ? []
      : [
          {
            row: tops[index]! + FIRST_BAR + barsOf(group) * BAR_STEP + 0.08,
            value: group.net.value,
            label: group.net.label,
          },
        ],
  );
  const domain = valueDomain(
    [...bars, ...nets].map(({ value }) => value),
    narrow,
  );
  const pixels = (WIDTHS[width] - 2 * MARGIN) / (domain[1] - domain[0]);
  const labels = [
    ...bars.map((bar) => placeLabel(bar, domain, pixels)),
    ...nets.map((net) => netLabel(net, domain, pixels)),
  ];
  return canvas.draw(
    {
      width: WIDTHS[width],
      height: total * ROW_HEIGHT + 56,
      marginTop: 4,
      marginLeft: MARGIN,
      marginRight: MARGIN,
      marginBottom: 44,
      x: {
        domain,
        label: `${spec.axisLabel}, ${axisUnit(spec.unit)}`,
        labelArrow: false,
        labelAnchor: 'center',
        tickFormat: tickFormat(spec.unit),
        ticks: narrow ? 4 : 8,
        grid: true,
      },
      y: { domain: [0, total], reverse: true, axis: null },
      marks: [
        plot.rect(bars, {
          x1: () => 0,
          x2: 'value',
          y1: 'row',
          y2: (bar: Bar) => bar.row + BAR_HEIGHT,
          fill: 'colour',
        }),
        plot.ruleY(nets, { y: 'row', x1: () => 0, x2: 'value', stroke: INK, strokeWidth: 2 }),
        plot.dot(nets, { x: 'value', y: 'row', r: 3.5, fill: INK }),
        plot.ruleX([0], { stroke: INK, strokeOpacity: 0.7 }),
        ...spec.classes.map((group, index) =>
          plot.text([group.label], {
            frameAnchor: 'left',
            y: () => tops[index]! + NAME,
            text: (name: string) => name,
            textAnchor: 'start',
            fontWeight: group.emphasis ? 700 : 600,
            fontSize: 13,
            stroke: 'var(--paper)',
            strokeWidth: 5,
            fill: INK,
          }),
        ),
        ...labels.map((place) =>
          plot.text([place], {
            x: 'value',
            y: 'row',
            text: 'text',
            textAnchor: place.anchor,
            dx: place.dx,
            fill: place.colour,
            fontWeight: place.weight,
            fontSize: 11.5,
          }),
        ),
      ],
    },
    label,
  );
}

type Group = LegsChartSpec['classes'][number];

/** Bars that a class has room for: two at least, so that classes stand apart evenly where no more than two legs moved. */
const barsOf = ({ bars }: Group): number => Math.max(2, bars.length);

/** Where each class begins, and how high all are together, in classes of two bars. */
function rowsOf(classes: readonly Group[]): { readonly tops: readonly number[]; readonly total: number } {
  let total = 0;
  const tops = classes.map((group) => {
    const top = total;
    total += 1 + (barsOf(group) - 2) * BAR_STEP;
    return top;
  });
  return { tops, total };
}

/** Room for the longest bar on each side, and a strip on the other for labels. */
function valueDomain(values: readonly number[], narrow: boolean): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const strip = Math.max(high, -low, 1) * (narrow ? 0.3 : 0.16);
  return [Math.min(low * 1.04, -strip), Math.max(high * 1.04, strip)];
}

const textWidth = (text: string): number => text.length * 6.4 + 14;

type Side = Pick<Label, 'value' | 'anchor' | 'dx' | 'colour'> & { readonly room: number };

/** The first side with room for the text, or else the one with the most. */
function chooseSide(sides: readonly Side[], text: string): Omit<Side, 'room'> {
  const fits = sides.find((side) => side.room > textWidth(text));
  const { room: _, ...side } = fits ?? [...sides].sort((a, b) => b.room - a.room)[0]!;
  return side;
}

/** Inside the bar where it fits, else beyond its end, else on the empty side of zero. */
function placeLabel(bar: Bar, domain: readonly [number, number], pixels: number): Label {
  const sign = bar.value < 0 ? -1 : 1;
  const [towards, away] = sign > 0 ? (['start', 'end'] as const) : (['end', 'start'] as const);
  const sides: readonly Side[] = [
    {
      room: Math.abs(bar.value) * pixels,
      value: bar.value,
      anchor: away,
      dx: -6 * sign,
      colour: 'var(--on-bar)',
    },
    {
      room: beyond(bar.value, domain) * pixels,
      value: bar.value,
      anchor: towards,
      dx: 6 * sign,
      colour: INK,
    },
    { room: across(bar.value, domain) * pixels, value: 0, anchor: away, dx: -6 * sign, colour: INK },
  ];
  const row = bar.row + BAR_HEIGHT / 2 + 0.01;
  return { row, text: bar.label, weight: 400, ...chooseSide(sides, bar.label) };
}

function netLabel(net: Net, domain: readonly [number, number], pixels: number): Label {
  const sign = net.value < 0 ? -1 : 1;
  const [towards, away] = sign > 0 ? (['start', 'end'] as const) : (['end', 'start'] as const);
  const sides: readonly Side[] = [
    {
      room: beyond(net.value, domain) * pixels,
      value: net.value,
      anchor: towards,
      dx: 8 * sign,
      colour: INK,
    },
    { room: across(net.value, domain) * pixels, value: 0, anchor: away, dx: -8 * sign, colour: INK },
  ];
  return { row: net.row, text: net.label, weight: 650, ...chooseSide(sides, net.label) };
}

/** From the end of a bar to the edge of the chart. */
const beyond = (value: number, [low, high]: readonly [number, number]): number =>
  value < 0 ? value - low : high - value;

/** From zero to the edge on the other side. */
const across = (value: number, [low, high]: readonly [number, number]): number => (value < 0 ? high : -low);
