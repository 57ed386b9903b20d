import type { IntervalsChartSpec } from '../model.js';
import { type Canvas, tickFormat, WIDTHS, type Width } from './canvas.js';

type Panel = IntervalsChartSpec['panels'][number];
type Row = Panel['rows'][number];
type Known = Row & { readonly value: number; readonly row: number };

const ROW_HEIGHT = 46;
/** Places within a row: its words, then its bar. */
const WORDS = 0.26;
const BAR_TOP = 0.46;
const BAR_BOTTOM = 0.82;
/** Ends of the caps of a whisker. */
const CAP_TOP = 0.54;
const CAP_BOTTOM = 0.74;
const MARGIN = 8;

const COLOURS: Readonly<Record<Row['kind'], string>> = {
  shown: 'var(--high)',
  'not shown': 'var(--series)',
  total: 'currentColor',
};

/** One small drawing a panel: a bar a figure, a whisker its interval, all of a panel on one scale around zero. */
export function drawIntervals(
  canvas: Canvas,
  spec: IntervalsChartSpec,
  width: Width,
  label: string,
): readonly string[] {
  const columns = width === 'narrow' ? 1 : spec.panels.length;
  const panelWidth = Math.floor((WIDTHS[width] - 24 * (columns - 1)) / columns);
  return spec.panels.map((panel) => drawPanel(canvas, panel, panelWidth, `${label} ${panel.title}`));
}

function domainOf(rows: readonly Row[]): [number, number] {
  const values = rows.flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0]);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = (high - low || 1) * 0.03;
  return [low < 0 ? low - room : low, high + room];
}

function drawPanel(canvas: Canvas, panel: Panel, width: number, label: string): string {
  const { plot } = canvas;
  const places = panel.rows.map((row, index) => ({ ...row, row: index }));
  const known = places.filter((row): row is Known => row.value !== null);
  const whiskers = known.filter(({ low, high }) => low !== null && high !== null);
  const middle = (row: { readonly row: number }): number => row.row + (BAR_TOP + BAR_BOTTOM) / 2;
  return canvas.draw(
    {
      width,
      height: panel.rows.length * ROW_HEIGHT + 78,
      marginTop: 34,
      marginLeft: MARGIN,
      marginRight: MARGIN,
      marginBottom: 44,
      x: {
        domain: domainOf(panel.rows),
        label: panel.axisLabel,
        labelArrow: false,
        labelAnchor: 'center',
        tickFormat: tickFormat(panel.unit),
        ticks: 5,
        grid: true,
      },
      y: { domain: [0, panel.rows.length], reverse: true, axis: null },
      marks: [
        plot.rect(known, {
          x1: () => 0,
          x2: 'value',
          y1: (row: Known) => row.row + BAR_TOP,
          y2: (row: Known) => row.row + BAR_BOTTOM,
          fill: (row: Known) => COLOURS[row.kind],
          fillOpacity: 0.75,
        }),
        plot.ruleY(whiskers, { y: middle, x1: 'low', x2: 'high', stroke: 'currentColor', strokeWidth: 1.6 }),
        plot.ruleX(
          whiskers.flatMap(({ row, low, high }) => [
            { at: low!, row },
            { at: high!, row },
          ]),
          {
            x: 'at',
            y1: (end: { readonly row: number }) => end.row + CAP_TOP,
            y2: (end: { readonly row: number }) => end.row + CAP_BOTTOM,
            stroke: 'currentColor',
            strokeWidth: 1.6,
          },
        ),
        plot.ruleX([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
        ...places.map((row) =>
          plot.text([row], {
            frameAnchor: 'left',
            y: () => row.row + WORDS,
            text: 'label',
            textAnchor: 'start',
            fontWeight: row.kind === 'not shown' ? 600 : 700,
            fontSize: 12.5,
            fill: 'currentColor',
            stroke: 'var(--paper)',
            strokeWidth: 5,
          }),
        ),
        ...places.map((row) =>
          plot.text([row], {
            frameAnchor: 'right',
            y: () => row.row + WORDS,
            text: 'text',
            textAnchor: 'end',
            fontSize: 12,
            fill: row.value === null ? 'var(--muted)' : 'currentColor',
            stroke: 'var(--paper)',
            strokeWidth: 5,
          }),
        ),
        plot.text([panel.title], {
          frameAnchor: 'top-left',
          dy: -30,
          text: (title: string) => title,
          fontWeight: 600,
          fontSize: 13,
        }),
      ],
    },
    label,
  );
}
