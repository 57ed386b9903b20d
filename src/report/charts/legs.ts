import type { LegsChartSpec } from '../model.js';
import { axisUnit, type Canvas, tickFormat, WIDTHS, type Width } from './canvas.js';

const LEG_COLOURS: Readonly<Record<string, string>> = {
  longBuy: 'var(--buy)',
  shortCover: 'var(--buy-soft)',
  longSell: 'var(--sell)',
  shortSell: 'var(--sell-soft)',
};

interface Bar {
  readonly row: number;
  readonly value: number;
  readonly label: string;
  readonly colour: string;
}

const ROW_HEIGHT = 54;

/** A band a class: its name and net above, its bars below, all on one scale around zero. */
export function drawLegs(canvas: Canvas, spec: LegsChartSpec, width: Width, label: string): string {
  const { plot } = canvas;
  const narrow = width === 'narrow';
  const bars: Bar[] = spec.classes.flatMap((group, index) =>
    group.bars.map((bar, place) => ({
      row: index + 0.36 + place * 0.3,
      value: bar.signed,
      label: bar.label,
      colour: LEG_COLOURS[bar.leg] ?? 'var(--series)',
    })),
  );
  const nets = spec.classes.flatMap((group, index) =>
    group.net === null ? [] : [{ row: index, value: group.net.value }],
  );
  const names = spec.classes.map((group, index) => ({
    row: index,
    text: group.net === null ? group.label : `${group.label}: ${group.net.label}`,
    weight: group.emphasis ? 700 : 500,
  }));
  const largest = Math.max(1, ...bars.map((bar) => Math.abs(bar.value)));
  const domain = [-1, 1].map((sign) => {
    const reach = Math.max(0, ...bars.map((bar) => sign * bar.value));
    return sign * Math.max(reach * (narrow ? 1.05 : 1.02), largest * 0.12);
  });
  const inside = (bar: Bar): boolean =>
    Math.abs(bar.value) > (domain[1]! - domain[0]!) * (narrow ? 0.62 : 0.3);
  return canvas.draw(
    {
      width: WIDTHS[width],
      height: spec.classes.length * ROW_HEIGHT + 58,
      marginTop: 8,
      marginLeft: 12,
      marginRight: 12,
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
      y: { domain: [0, spec.classes.length], reverse: true, axis: null },
      marks: [
        plot.rect(bars, {
          x1: () => 0,
          x2: 'value',
          y1: (bar: Bar) => bar.row,
          y2: (bar: Bar) => bar.row + 0.26,
          fill: 'colour',
        }),
        plot.ruleX(nets, {
          x: 'value',
          y1: (net: { row: number }) => net.row + 0.31,
          y2: (net: { row: number }) => net.row + 0.97,
          stroke: 'currentColor',
          strokeWidth: 2.5,
        }),
        plot.ruleX([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
        plot.text(names, {
          frameAnchor: 'left',
          y: (name: { row: number }) => name.row + 0.2,
          text: 'text',
          textAnchor: 'start',
          fontWeight: (name: { weight: number }) => name.weight,
          fontSize: 12.5,
          stroke: 'var(--paper)',
          strokeWidth: 4,
          fill: 'currentColor',
        } as never),
        ...[true, false].flatMap((within) =>
          [1, -1].map((sign) =>
            plot.text(
              bars.filter((bar) => inside(bar) === within && Math.sign(bar.value) === sign),
              {
                x: within ? 'value' : () => 0,
                y: (bar: Bar) => bar.row + 0.135,
                text: 'label',
                textAnchor: sign > 0 === within ? 'end' : 'start',
                dx: (sign > 0 === within ? -1 : 1) * 6,
                fill: within ? 'var(--on-bar)' : 'currentColor',
                fontSize: 11.5,
              },
            ),
          ),
        ),
      ],
    },
    label,
  );
}
