import { describe, expect, it } from 'vitest';
import {
  addDays,
  type DriversPlace,
  type IsoDate,
  normalDraw,
  seededRandom,
} from '../../../src/core/index.js';
import { crossSection } from '../../../src/studies/drivers/cross-section.js';

const [NAMES, WEEKS] = [30, 120];
const random = seededRandom(9);
const place: DriversPlace = {
  basis: 'ledger',
  contract: null,
  sector: null,
  sectorIsProxy: false,
  class: 'pension',
  periodStart: '2025-03-03' as IsoDate,
  periodEnd: addDays('2025-03-03' as IsoDate, 4),
};
const panel = {
  symbols: Array.from({ length: NAMES }, (_, i) => `N${i}`),
  weeks: WEEKS,
  net: new Float64Array(NAMES * WEEKS),
};
const draws = (): Float64Array => Float64Array.from({ length: NAMES * WEEKS }, () => normalDraw(random));

describe('flow across names', () => {
  const size = draws().map((value) => 10 + 3 * value);
  const member = draws().map((_, at) => Number(Math.floor(at / WEEKS) < 5));
  const noise = draws();
  const flow = noise.map((value, at) => value + (0.5 * (size[at]! - 10)) / 3 + 2 * member[at]!);
  const rows = crossSection(place, panel, {
    flow,
    exposures: [
      { name: 'size', isMembership: false, values: size },
      { name: 'ai-member', isMembership: true, values: member },
      { name: 'momentum', isMembership: false, values: new Float64Array(NAMES * WEEKS).fill(4) },
      {
        name: 'earnings-surprise',
        isMembership: false,
        values: draws().map((value, at) => (Math.floor(at / WEEKS) < 9 ? value : Number.NaN)),
      },
    ],
  });
  const rowOf = (name: string) => rows.find(({ exposure }) => exposure === name)!;

  it('prices a standardised exposure by its standard deviation and a membership by yes or no', () => {
    expect(rowOf('size').estimate).toBeGreaterThan(0.42);
    expect(rowOf('size').estimate).toBeLessThan(0.58);
    expect(rowOf('ai-member').estimate).toBeGreaterThan(1.8);
    expect(rowOf('ai-member').estimate).toBeLessThan(2.2);
    expect(rowOf('size')).toMatchObject({ names: NAMES, periods: WEEKS, reason: null });
  });

  it('leaves out what does not differ over names or too few names have', () => {
    for (const name of ['momentum', 'earnings-surprise']) {
      expect(rowOf(name).estimate).toBeNull();
      expect(rowOf(name).reason).toMatch(/0 weeks in which 10 names have it/);
    }
  });
});
