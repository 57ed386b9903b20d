import type { ChartBlock } from '../model.js';
import { plainText } from '../model.js';
import type { Canvas, Width } from './canvas.js';
import { drawDistribution } from './distribution.js';
import { drawFan } from './fan.js';
import { drawIntervals } from './intervals.js';
import { drawLegs } from './legs.js';
import { drawPanels } from './panels.js';
import { drawSeries } from './series.js';
import { drawSides } from './sides.js';

export { type Canvas, loadCanvas } from './canvas.js';

/** The chart as one or more drawings in SVG text, for a wide or a narrow page. */
export function drawChart(canvas: Canvas, block: ChartBlock, width: Width): readonly string[] {
  const { chart } = block;
  const label = `${plainText(block.title)}. ${block.description}`;
  if (chart.kind === 'series') return [drawSeries(canvas, chart, width, label)];
  if (chart.kind === 'legs') return [drawLegs(canvas, chart, width, label)];
  if (chart.kind === 'sides') return [drawSides(canvas, chart, width, label)];
  if (chart.kind === 'fan') return [drawFan(canvas, chart, width, label)];
  if (chart.kind === 'intervals') return drawIntervals(canvas, chart, width, label);
  if (chart.kind === 'distribution') return drawDistribution(canvas, chart, width, label);
  return drawPanels(canvas, chart, width, plainText(block.title));
}
