import { expect, test } from 'vitest';
import { type FigureCache, normalDraw, seededRandom } from '../../../src/core/index.js';
import { familyFigures } from '../../../src/studies/records/family-cache.js';

function request(seed: number, resamples = 200) {
  const random = seededRandom(seed);
  const series = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: 130 }, () => normalDraw(random)),
  );
  for (const values of series) values[129] = 5;
  series[2]!.fill(Number.NaN, 0, 129);
  return { series, lookbacks: [52, Number.POSITIVE_INFINITY], horizons: [1, 4], resamples, seed: 7 };
}

class Memory implements FigureCache {
  readonly held = new Map<string, Float64Array>();
  reads = 0;
  async read(key: string): Promise<Float64Array | null> {
    const found = this.held.get(key) ?? null;
    if (found !== null) this.reads++;
    return found;
  }
  async write(key: string, figures: Float64Array): Promise<void> {
    this.held.set(key, figures);
  }
  async readText(): Promise<null> {
    return null;
  }
  async writeText(): Promise<void> {}
}

const allFigures = (of: Awaited<ReturnType<typeof familyFigures>>) =>
  [0, 1, 2].flatMap((s) => [0, 1].flatMap((l) => [0, 1].map((h) => of.figures(s, l, h))));

test('a family tested before is read back to the bit, whatever the threads', async () => {
  const cache = new Memory();
  const fresh = await familyFigures(request(1), undefined);
  const first = await familyFigures(request(1), cache);
  const again = await familyFigures({ ...request(1), threads: 2 }, cache);
  expect(cache.reads).toBe(1);
  for (const one of [first, again]) {
    expect(allFigures(one)).toEqual(allFigures(fresh));
    expect([one.m, one.resamples, one.blockLength, one.adjustedFloor]).toEqual([
      fresh.m,
      fresh.resamples,
      fresh.blockLength,
      fresh.adjustedFloor,
    ]);
  }
  expect(allFigures(again), 'a series without a past has none').toContain(null);
});

test('any other value, seed, number of paths or choice of cells is another family', async () => {
  const cache = new Memory();
  const base = request(1);
  const moved = request(1);
  moved.series[0]![40]! += 1e-9;
  for (const one of [
    base,
    moved,
    { ...base, seed: 8 },
    request(1, 201),
    { ...base, include: (s: number) => s !== 1 },
  ])
    await familyFigures(one, cache);
  expect(cache.held.size).toBe(5);
  expect(cache.reads).toBe(0);
});

test('an entry of the wrong length is made again', async () => {
  const cache = new Memory();
  const fresh = await familyFigures(request(2), cache);
  const [key] = cache.held.keys();
  cache.held.set(key!, new Float64Array(3));
  expect(allFigures(await familyFigures(request(2), cache))).toEqual(allFigures(fresh));
});
