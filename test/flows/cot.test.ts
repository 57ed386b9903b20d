import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addDays,
  type CotFlowRow,
  cotReleaseInstant,
  endOfDayInNewYork,
  formatInstant,
  type Instant,
  type IsoDate,
} from '../../src/core/index.js';
import { cotFlowRows, legsOf, measureOf, readCotSeries, readScaleContext } from '../../src/flows/index.js';
import {
  levelFact,
  macroFact,
  type PositionSpec,
  positionFact,
  type TemporaryStore,
  temporaryStore,
} from '../support/positions.js';

const T0 = '2024-03-05' as IsoDate;
const week = (n: number): IsoDate => addDays(T0, 7 * n);
const LATER = endOfDayInNewYork('2026-10-01' as IsoDate);

/** Asset managers' long and short against dealers, so that nets sum to zero. */
const book = (long: number, short: number) => ({
  long: [500 + short, long, 100, 50, 20],
  short: [500 + long, short, 100, 50, 20],
});

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

async function rowsOf(
  options: { asOf?: Instant; code?: string; report?: 'futures-only' | 'combined' } = {},
): Promise<CotFlowRow[]> {
  const view = await temporary.store.view(options.asOf ?? LATER);
  try {
    const series = await readCotSeries(view, {
      report: options.report ?? 'futures-only',
      codes: [options.code ?? '20974+'],
    });
    const scales = await readScaleContext(view, series);
    return series.flatMap((contract) => cotFlowRows(contract, scales, { classes: ['asset-manager'] }));
  } finally {
    view.close();
  }
}

const positions = (specs: readonly PositionSpec[]) => specs.map((spec, i) => positionFact(spec, i + 2));
const levels = (weeks: readonly number[], price = 18_000) =>
  weeks.map((n, i) => levelFact('NASDAQ-100', week(n), price + 10 * n, 100 + i));

describe('four legs of a change of positions', () => {
  test('are non-negative, disjoint on each side, and add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        (deltaLong, deltaShort) => {
          const legs = legsOf(deltaLong, deltaShort);
          expect(Object.values(legs).every((leg) => leg >= 0)).toBe(true);
          expect(legs.longBuy * legs.longSell).toBe(0);
          expect(legs.shortSell * legs.shortCover).toBe(0);
          expect(measureOf(legs, 'net')).toBe(deltaLong - deltaShort);
          expect(measureOf(legs, 'grossBuy')).toBe(legs.longBuy + legs.shortCover);
          expect(measureOf(legs, 'longBuy')).toBe(legs.longBuy);
        },
      ),
    );
  });
});

describe('weekly flows of basis cot', () => {
  test('price the change at the close of the report date', async () => {
    await temporary.add([
      ...positions([
        { reportDate: week(0), ...book(1000, 400) },
        { reportDate: week(1), ...book(1200, 350) },
      ]),
      ...levels([0, 1]),
    ]);
    const [first, second] = await rowsOf();
    expect(first).toMatchObject({
      net: null,
      deltaLong: null,
      reasons: { net: 'first week of the contract' },
    });
    const contract = 20 * 18_010;
    expect(second).toMatchObject({
      longBuy: 200 * contract,
      longSell: 0,
      shortSell: 0,
      shortCover: 50 * contract,
      grossBuy: 250 * contract,
      grossSell: 0,
      net: 250 * contract,
      grossing: 150 * contract,
      buyRatio: 4,
      contracts: 250,
      deltaLong: 200,
      deltaShort: -50,
      multiplier: 20,
      price: 18_010,
      priceDate: week(1),
      knownAt: formatInstant(cotReleaseInstant(week(1))),
      flags: [],
    });
    expect(second!.pctOi).toBeCloseTo(250 / (500 + 400 + 1000 + 170), 12);
    expect(second!.sources).toHaveLength(3);
  });

  test('rescale a pure change of the multiplier instead of reading it as buying', async () => {
    const five = (values: { long: number[]; short: number[] }) => ({
      long: values.long.map((x) => 5 * x),
      short: values.short.map((x) => 5 * x),
    });
    const after = five(book(1000, 400));
    after.long[1]! += 30;
    after.short[0]! += 30;
    await temporary.add([
      ...positions([
        { reportDate: week(0), ...book(900, 400), multiplier: 100 },
        { reportDate: week(1), ...book(1000, 400), multiplier: 100 },
        { reportDate: week(2), ...after, multiplier: 20 },
      ]),
      ...levels([0, 1, 2]),
    ]);
    const rows = await rowsOf();
    expect(rows[2]).toMatchObject({
      deltaLong: 30,
      deltaShort: 0,
      net: 30 * 20 * 18_020,
      flags: ['multiplier changed'],
    });
    expect(rows[2]!.pctOi).toBeCloseTo(30 / (5 * (900 + 1000 + 170)), 12);
    expect(rows[1], "in today's contracts").toMatchObject({
      deltaLong: 100,
      contracts: 500,
      net: 100 * 100 * 18_010,
    });
  });

  test('are not defined where anything else of the definition changes', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400), units: '(NASDAQ 100 INDEX X $20)' },
        { reportDate: week(1), ...book(1200, 350), units: '(NASDAQ 100 TOTAL RETURN INDEX X $20)' },
      ]),
    );
    const [, second] = await rowsOf();
    expect(second!.net).toBeNull();
    expect(second!.contracts).toBeNull();
    expect(second!.reasons.net).toContain('definition changed from (NASDAQ 100 INDEX X $20)');
  });

  test('never difference across a hole', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400) },
        { reportDate: week(3), ...book(1200, 350) },
        { reportDate: week(4), ...book(1250, 350) },
      ]),
    );
    const rows = await rowsOf();
    expect(rows.map((row) => [row.periodEnd, row.deltaLong])).toEqual([
      [week(0), null],
      [week(3), null],
      [week(4), 50],
    ]);
    expect(rows[1]!.reasons.net).toContain('a hole is never differenced across');
  });

  test('rebuild a lone missing week from the next changes, known only when that row is', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400) },
        { reportDate: week(2), ...book(1200, 350), before: book(1100, 380) },
      ]),
    );
    const rows = await rowsOf();
    expect(rows.map((row) => [row.periodEnd, row.deltaLong, row.deltaShort, row.grade])).toEqual([
      [week(0), null, null, 'published'],
      [week(1), 100, -20, 'rebuilt'],
      [week(2), 100, -30, 'published'],
    ]);
    expect(rows[1]!.knownAt).toBe(formatInstant(cotReleaseInstant(week(2))));
    expect(rows[1]!.flags).toContain('rebuilt row: this week');
    expect(await rowsOf({ asOf: cotReleaseInstant(week(1)) })).toHaveLength(1);
  });

  test('do not rebuild across a change of the multiplier', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400), multiplier: 100 },
        { reportDate: week(2), ...book(1200, 350), multiplier: 20, before: book(1100, 380) },
      ]),
    );
    expect((await rowsOf()).map((row) => row.periodEnd)).toEqual([week(0), week(2)]);
  });

  test('let brought rows fill holes without overriding what is published', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400) },
        { reportDate: week(2), ...book(1200, 350), before: book(1100, 380) },
      ]),
    );
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1, 1), grade: 'brought' },
        { reportDate: week(1), ...book(1110, 390), grade: 'brought', units: null },
      ]),
      'brought',
    );
    const rows = await rowsOf();
    expect(rows.map((row) => [row.grade, row.contractsLong])).toEqual([
      ['published', 1000],
      ['brought', 1110],
      ['published', 1200],
    ]);
    expect(rows[1]!.knownAt, 'a brought row is known on its own release date').toBe(
      formatInstant(cotReleaseInstant(week(1))),
    );
  });

  test('keep the futures-only and the combined report apart', async () => {
    await temporary.add(
      positions([
        { reportDate: week(0), ...book(1000, 400) },
        { reportDate: week(1), ...book(1200, 350) },
        { reportDate: week(0), ...book(5000, 400), report: 'combined' },
        { reportDate: week(1), ...book(5001, 400), report: 'combined' },
      ]),
    );
    expect((await rowsOf()).at(-1)!.deltaLong).toBe(200);
    expect((await rowsOf({ report: 'combined' })).at(-1)).toMatchObject({ deltaLong: 1, report: 'combined' });
  });

  test('use the last close on or before the report date, and none older than a week', async () => {
    const specs = [0, 1, 2, 3].map((n) => ({ reportDate: week(n), ...book(1000 + n, 400) }));
    await temporary.add([...positions(specs), levelFact('NASDAQ-100', addDays(week(1), -1), 17_000, 50)]);
    const rows = await rowsOf();
    expect(rows[1]).toMatchObject({ price: 17_000, priceDate: addDays(week(1), -1), net: 1 * 20 * 17_000 });
    expect(rows[1]!.flags).toEqual([`price of ${addDays(week(1), -1)}`]);
    expect(rows[3]!.net).toBeNull();
    expect(rows[3]!.reasons.net).toContain('more than 7 days old');
    expect(rows[3]!.contracts, 'contracts need no price').toBe(1);
  });

  test('bring dollars to the latest month of consumer prices known', async () => {
    await temporary.add([
      ...positions([0, 1, 2].map((n) => ({ reportDate: week(n), ...book(1000 + 10 * n, 400) }))),
      ...levels([0, 1, 2]),
      macroFact('CPIAUCSL', '2024-03-01' as IsoDate, 300, cotReleaseInstant(week(1)), 201),
      macroFact('CPIAUCSL', '2024-04-01' as IsoDate, 330, LATER, 202),
    ]);
    const rows = await rowsOf();
    expect(rows[1]!.real).toBeCloseTo(rows[1]!.net! * 1.1, 6);
    const early = await rowsOf({ asOf: cotReleaseInstant(week(2)) });
    expect(early[1]!.real, 'the later month was not known').toBeCloseTo(early[1]!.net!, 6);
  });
});
