import type { PanelsChartSpec } from '../model.js';
import { axisUnit, type Canvas, tickFormat, utcDate, WIDTHS, type Width } from './canvas.js';
import { stickPoints } from './series.js';

/** One small drawing for each ruler; the page sets them side by side. */
export function drawPanels(
  canvas: Canvas,
  spec: PanelsChartSpec,
  width: Width,
  label: string,
): readonly string[] {
  const { plot } = canvas;
  const columns = width === 'narrow' ? 1 : Math.min(spec.panels.length, 2);
  const panelWidth = Math.floor((WIDTHS[width] - 24 * (columns - 1)) / columns);
  return spec.panels.map((panel) => {
    const current = panel.current === null ? [] : [panel.current];
    const point = current.map((mark) => ({ date: utcDate(mark.periodEnd), value: mark.value }));
    const level = panel.current?.value ?? 0;
    return canvas.draw(
      {
        width: panelWidth,
        height: 170,
        marginTop: 30,
        marginLeft: 54,
        marginRight: 10,
        marginBottom: 24,
        x: { type: 'utc', label: null, ticks: 4 },
        y: { label: null, ticks: 4, tickFormat: tickFormat(panel.unit), grid: true, nice: true },
        marks: [
          plot.line(stickPoints(panel.data), {
            x: 'date',
            y: 'value',
            stroke: 'var(--series)',
            strokeWidth: 0.6,
            strokeLinecap: 'butt',
          }),
          plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.7 }),
          plot.ruleY([level], { stroke: 'var(--high)', strokeDasharray: '3 3' }),
          plot.ruleX(point, { x: 'date', y1: 0, y2: 'value', stroke: 'var(--high)', strokeWidth: 2 }),
          plot.dot(point, { x: 'date', y: 'value', r: 3.5, fill: 'var(--high)' }),
          plot.text([panel.title], {
            frameAnchor: 'top-left',
            dx: -50,
            dy: -28,
            text: (t: string) => t,
            fontWeight: 600,
          }),
        ],
      },
      `${label} ${panel.title}, ${axisUnit(panel.unit)}`,
    );
  });
}
