import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { loadCanvas } from '../../src/report/charts/index.js';

const AWKWARD = `<a> & "b" 'c' \u00a0d ≥ 5`;

test("what is drawn without a browser's document is drawn as in one", async () => {
  const canvases = await Promise.all([loadCanvas(), loadCanvas(new JSDOM('').window.document)]);
  const [ours, theirs] = canvases.map(({ plot, draw }) => {
    const points = Array.from({ length: 40 }, (_, i) => ({
      x: new Date(Date.UTC(2020, 0, 1 + 7 * i)),
      y: Math.sin(i) * 1e9,
      name: `${AWKWARD} ${i}`,
    }));
    return draw(
      {
        width: 400,
        height: 200,
        ariaDescription: AWKWARD,
        x: { label: AWKWARD, grid: true },
        y: { label: null, ticks: 4 },
        marks: [
          plot.rect([{ x1: points[3]!.x, x2: points[9]!.x }], { x1: 'x1', x2: 'x2', fill: 'var(--gap)' }),
          plot.line(points, { x: 'x', y: 'y', z: null, stroke: 'var(--line)' }),
          plot.dot(points, { x: 'x', y: 'y', r: 2, title: 'name' }),
          plot.ruleY([0]),
          plot.ruleX(points, { x: 'x', y1: 0, y2: 'y', className: 'sticks' }),
          plot.text(points, { x: 'x', y: 'y', text: 'name', rotate: 30, textAnchor: 'start', lineWidth: 4 }),
        ],
      },
      AWKWARD,
    );
  });
  expect(ours).toContain('&amp; &quot;b&quot;');
  expect(ours === theirs, 'same text').toBe(true);
});
