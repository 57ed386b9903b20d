import type { DistributionChartSpec } from '../model.js';
import { type Canvas, WIDTHS, type Width } from './canvas.js';

type Panel = DistributionChartSpec['panels'][number];
type Bar = Panel['bars'][number];

/** One small drawing a panel: how many weeks had which value, this week in the colour of highs. */
export function drawDistribution(
  canvas: Canvas,
  spec: DistributionChartSpec,
  width: Width,
  label: string,
): readonly string[] {
  const columns = width === 'narrow' ? 1 : spec.panels.length;
  const panelWidth = Math.floor((WIDTHS[width] - 24 * (columns - 1)) / columns);
  return spec.panels.map((panel) => drawPanel(canvas, panel, panelWidth, `${label} ${panel.title}`));
}

function drawPanel(canvas: Canvas, panel: Panel, width: number, label: string): string {
  const { plot } = canvas;
  const domain: [number, number] = [panel.bars[0]?.from ?? 0, panel.bars.at(-1)?.to ?? 1];
  const highest = Math.max(1, ...panel.bars.map(({ count }) => count));
  const labels = new Map(panel.ticks.map((tick) => [tick.at, tick.label]));
  const mark = panel.mark === null ? [] : [panel.mark];
  const right = (panel.mark?.value ?? 0) > (domain[0] + domain[1]) / 2;
  return canvas.draw(
    {
      width,
      height: 210,
      marginTop: 50,
      marginLeft: 44,
      marginRight: 14,
      marginBottom: 40,
      x: {
        domain,
        label: panel.axisLabel,
        labelArrow: false,
        labelAnchor: 'center',
        ticks: panel.ticks.map(({ at }) => at),
        tickFormat: (value: number) => labels.get(value) ?? '',
      },
      y: { domain: [0, highest * 1.04], label: null, ticks: 4, tickFormat: 'd', grid: true },
      marks: [
        plot.rect(panel.bars, {
          x1: 'from',
          x2: 'to',
          y1: () => 0,
          y2: 'count',
          fill: (bar: Bar) => (bar.own ? 'var(--high)' : 'var(--series)'),
          insetLeft: 1,
          insetRight: 1,
        }),
        plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
        plot.ruleX(mark, { x: 'value', stroke: 'var(--high)', strokeWidth: 2 }),
        plot.text(mark, {
          x: 'value',
          frameAnchor: 'top',
          dy: -14,
          dx: right ? 4 : -4,
          text: 'label',
          textAnchor: right ? 'end' : 'start',
          fill: 'var(--high)',
          fontWeight: 600,
        }),
        plot.text(panel.bars, {
          x: (bar: Bar) => (bar.from + bar.to) / 2,
          y: 'count',
          dy: -9,
          text: 'label',
          fill: (bar: Bar) => (bar.own ? 'var(--high)' : 'currentColor'),
          fontWeight: 600,
          stroke: 'var(--paper)',
          strokeWidth: 4,
        }),
        plot.text([panel.title], {
          frameAnchor: 'top-left',
          dx: -40,
          dy: -46,
          text: (title: string) => title,
          fontWeight: 600,
        }),
      ],
    },
    label,
  );
}
