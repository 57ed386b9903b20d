/// <reference lib="dom" />
import type { PlotOptions } from '@observablehq/plot';
import { formatShare, formatUsd, MINUS } from '../format.js';
import type { Unit } from '../model.js';
import { SvgDocument } from './svg-document.js';

export type Plot = typeof import('@observablehq/plot');

/** Draws SVG text. Loaded late: the plotting library takes a tenth of a second. */
export interface Canvas {
  readonly plot: Plot;
  /** The drawing as SVG text with a role and a label, numbers rounded, colours left to the page. */
  draw(options: PlotOptions, label: string): string;
}

/** @param document what Plot draws in; it asks of one no more than an `SvgDocument` has */
export async function loadCanvas(
  document: Document = new SvgDocument() as unknown as Document,
): Promise<Canvas> {
  const plot = await import('@observablehq/plot');
  const draw = (options: PlotOptions, label: string): string => {
    const svg = plot.plot({ ...options, document, className: 'plot' });
    svg.querySelector('style')?.remove();
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    svg.removeAttribute('font-family');
    svg.setAttribute('font-size', '12');
    return svg.outerHTML.replace(/-?\d+\.\d{3,}/g, (number) =>
      String(Math.round(Number(number) * 100) / 100),
    );
  };
  return { plot, draw };
}

/** Widths that a chart is drawn in: the page shows the one that fits. */
export const WIDTHS = { wide: 912, narrow: 358 } as const;
export type Width = keyof typeof WIDTHS;

export const utcDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Short tick labels in a unit: `$5 bn`, `10 %`, `40 k`. */
export function tickFormat(unit: Unit): (value: number) => string {
  if (unit === 'USD')
    return (value) =>
      value === 0
        ? '$0'
        : formatUsd(value)
            .replace(/\.0+(?= )/, '')
            .replace(/(\.\d)0(?= )/, '$1');
  if (unit === 'share') return (value) => formatShare(value).replace('.0 ', ' ');
  return (value) => {
    const magnitude = Math.abs(value);
    const text = magnitude >= 1000 ? `${magnitude / 1000} k` : String(Math.round(magnitude * 100) / 100);
    return `${value < 0 ? MINUS : ''}${text}`;
  };
}

const AXIS_UNITS: Readonly<Partial<Record<Unit, string>>> = {
  USD: 'US dollars',
  contracts: 'contracts',
  share: 'percent',
  'times own volatility': 'times own volatility',
  'basis points': 'basis points',
};

export function axisUnit(unit: Unit): string {
  return AXIS_UNITS[unit] ?? unit;
}
