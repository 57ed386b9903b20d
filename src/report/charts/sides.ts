import type { SidesChartSpec } from '../model.js';
import { type Canvas, WIDTHS, type Width } from './canvas.js';

const MARGIN = 4;
const TITLE_HEIGHT = 22;
const BAR_HEIGHT = 44;
const LINE_HEIGHT = 16;
const GAP_BELOW = 12;
const INK = 'currentColor';

const COLOURS = {
  buy: ['var(--buy)', 'var(--buy-soft)'],
  sell: ['var(--sell)', 'var(--sell-soft)'],
} as const;

type Part = SidesChartSpec['sides'][number]['parts'][number];

interface Cut {
  readonly part: Part;
  readonly x1: number;
  readonly x2: number;
  readonly colour: string;
  /** Room for name and amount inside. */
  readonly fits: boolean;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'end';
  readonly colour: string;
  readonly weight: number;
}

const textWidth = (text: string): number => text.length * 6.7 + 16;

/** Two bars on one scale, buyers above sellers; parts too thin for their words are named under their bar. */
export function drawSides(canvas: Canvas, spec: SidesChartSpec, width: Width, label: string): string {
  const { plot } = canvas;
  const whole = Math.max(...spec.sides.map(({ parts }) => sum(parts)));
  const scale = (WIDTHS[width] - 2 * MARGIN) / whole;
  const texts: Text[] = [];
  const bars: { x1: number; x2: number; y1: number; y2: number; colour: string }[] = [];
  let y = 0;
  for (const side of spec.sides) {
    texts.push({ x: 0, y: y + 11, text: side.label, anchor: 'start', colour: INK, weight: 600 });
    const top = y + TITLE_HEIGHT;
    const cuts = cutBar(side, scale);
    for (const cut of cuts) {
      bars.push({ x1: cut.x1, x2: cut.x2, y1: top, y2: top + BAR_HEIGHT, colour: cut.colour });
      if (cut.fits) texts.push(...inside(cut, top));
    }
    y = top + BAR_HEIGHT;
    for (const line of linesBelow(cuts, WIDTHS[width])) {
      texts.push({ ...line, y: y + 12 });
      y += LINE_HEIGHT;
    }
    y += GAP_BELOW;
  }
  return canvas.draw(
    {
      width: WIDTHS[width],
      height: y,
      margin: 0,
      marginLeft: MARGIN,
      marginRight: MARGIN,
      x: { domain: [0, WIDTHS[width] - 2 * MARGIN], axis: null },
      y: { domain: [0, y], reverse: true, axis: null },
      marks: [
        plot.rect(bars, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: 'colour',
          stroke: 'var(--paper)',
          strokeWidth: 1.5,
        }),
        ...texts.map((place) =>
          plot.text([place], {
            x: 'x',
            y: 'y',
            text: 'text',
            textAnchor: place.anchor,
            fill: place.colour,
            fontWeight: place.weight,
            fontSize: 12,
          }),
        ),
      ],
    },
    label,
  );
}

const sum = (parts: readonly Part[]): number => parts.reduce((total, { size }) => total + size, 0);

function cutBar(side: SidesChartSpec['sides'][number], scale: number): readonly Cut[] {
  let from = 0;
  return side.parts.map((part, index) => {
    const x1 = from;
    from += part.size * scale;
    const room = from - x1;
    const fits = room > Math.max(textWidth(part.name), textWidth(part.amount));
    return { part, x1, x2: from, colour: COLOURS[side.side][index % 2]!, fits };
  });
}

function inside({ part, x1 }: Cut, top: number): readonly Text[] {
  const place = { x: x1 + 9, anchor: 'start', colour: 'var(--on-bar)' } as const;
  return [
    { ...place, y: top + 15, text: part.name, weight: part.emphasis ? 700 : 500 },
    { ...place, y: top + 31, text: part.amount, weight: 700 },
  ];
}

/** Named at the right end, where thin parts lie: a line for all of them, or one each where the page is narrow. */
function linesBelow(cuts: readonly Cut[], width: number): readonly Omit<Text, 'y'>[] {
  const thin = cuts.filter((cut) => !cut.fits);
  if (thin.length === 0) return [];
  const names = thin.map(({ part }) => `${part.name} ${part.amount}`);
  const one = names.join(', ');
  const lines = textWidth(one) < width - 2 * MARGIN ? [one] : names;
  const end = cuts.at(-1)!.x2;
  return lines.map((text) => {
    const fromEnd = textWidth(text) < end;
    return { x: fromEnd ? end : 0, text, anchor: fromEnd ? 'end' : 'start', colour: INK, weight: 400 };
  });
}
