import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { loadCanvas } from '../../src/report/charts/index.js';
import { drawLegs } from '../../src/report/charts/legs.js';
import type { LegsChartSpec } from '../../src/report/model.js';

const LEGS = ['longBuy', 'shortCover', 'longSell', 'shortSell'] as const;

/** A class that used so many of its four legs. */
const group = (label: string, legs: number): LegsChartSpec['classes'][number] => ({
  label,
  emphasis: false,
  bars: LEGS.slice(0, legs).map((leg, i) => ({ leg, signed: (i < 2 ? 1 : -1) * 5e8, label: leg })),
  net: { value: 1e8, label: `net of ${label}` },
});

test('bars, net and the next class stand apart, however many legs a class used', async () => {
  const classes = [group('four', 4), group('one', 1), group('three', 3)];
  const spec = { kind: 'legs', unit: 'USD', axisLabel: 'test', classes } as const;
  const svg = drawLegs(await loadCanvas(), spec, 'wide', 'test');
  const { document } = new JSDOM(svg).window;
  const bars = [...document.querySelectorAll('[aria-label="rect"] rect')].map((bar) => ({
    top: Number(bar.getAttribute('y')),
    bottom: Number(bar.getAttribute('y')) + Number(bar.getAttribute('height')),
  }));
  const nets = [...document.querySelectorAll('[aria-label="dot"] circle')].map((dot) =>
    Number(dot.getAttribute('cy')),
  );
  expect(bars).toHaveLength(8);
  expect(nets).toHaveLength(3);
  let next = 0;
  for (const [index, { bars: own }] of classes.entries()) {
    const drawn = bars.slice(next, next + own.length);
    drawn.forEach((bar, place) => {
      if (place > 0) expect(bar.top).toBeGreaterThan(drawn[place - 1]!.bottom);
    });
    expect(nets[index]).toBeGreaterThan(drawn.at(-1)!.bottom);
    next += own.length;
    if (next < bars.length) expect(bars[next]!.top).toBeGreaterThan(nets[index]! + 10);
  }
});
