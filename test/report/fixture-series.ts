import type { IsoDate, Measure, RecordRow, SeriesPoint, SourceRef } from '../../src/core/index.js';
import { addDays, normalDraw, seededRandom } from '../../src/core/index.js';

/** Invented figures in the shape of real ones: 700 weeks of one class in one contract. */

export const WEEKS = 700;
export const LAST = '2026-04-14' as IsoDate;
export const SHA = ['a1', 'b2', 'c3', 'd4'].map((pair) => pair.repeat(32));

/** The week's value by kind: a week that is no high is smaller than some before it. */
const VALUES = {
  record: { contracts: 18_724, dollars: 9_703_412_880 },
  'nominal record': { contracts: 18_724, dollars: 9_703_412_880 },
  none: { contracts: 6_013, dollars: 3_116_204_400 },
} as const;

export const headlineValue = (options: FixtureOptions) => VALUES[options.kind ?? 'nominal record'];

export interface FixtureOptions {
  readonly kind?: RecordRow['kind'];
  readonly measure?: Measure;
  readonly class?: string;
  readonly withoutDollars?: boolean;
  readonly sparse?: boolean;
  readonly rebuilt?: boolean;
  readonly unknownProbabilities?: boolean;
  readonly hostile?: boolean;
  readonly bare?: boolean;
  /** With what Form 13F tells of managers. */
  readonly managers?: boolean;
  /** With a note, its drivers and what followed. */
  readonly note?: boolean;
  readonly seed?: number;
  /** Only so many of the newest weeks stand in the series; the figures stay those of the whole. */
  readonly weeks?: number;
}

export const ref = (file: number, rowNumber: number, hostile = false): SourceRef => ({
  source: file === 3 ? 'fred' : 'cftc',
  fileName: hostile ? `<b>fut|fin</b>&"${file}".txt` : `finfut-${2010 + file * 5}.txt`,
  fileSha256: SHA[file]!,
  rowNumber,
});

export function series(options: FixtureOptions = {}): SeriesPoint[] {
  const random = seededRandom(options.seed ?? 20260414);
  let volatility = 1;
  const points: SeriesPoint[] = [];
  for (let week = 0; week < WEEKS; week++) {
    const shock = normalDraw(random);
    volatility = Math.sqrt(0.94 * volatility * volatility + 0.06 * shock * shock);
    const growth = 1.1 ** (week / 52);
    const periodEnd = addDays(LAST, -7 * (WEEKS - 1 - week));
    const isLast = week === WEEKS - 1;
    const contracts = isLast
      ? headlineValue(options).contracts
      : week === WEEKS - 260
        ? 17_224
        : Math.round(Math.max(-2.2, Math.min(2.2, shock)) * volatility * 7_400);
    const isOldHigh = week === WEEKS - 260;
    const dollars = isLast
      ? headlineValue(options).dollars
      : isOldHigh
        ? 8_926_000_000
        : Math.round(contracts * growth * 120_000);
    const missing = options.sparse === true && ((week > 300 && week < 340) || week % 9 === 4) && !isLast;
    const missingDollars = missing || options.withoutDollars === true;
    points.push({
      periodEnd,
      dollars: missingDollars ? null : dollars,
      contracts: missing ? null : contracts,
      volScaled: missing || week < 52 ? null : shock / volatility + (isLast ? 4 : 0),
      pctOi: missing ? null : (contracts / 260_000) * (isLast ? 0.9 : 1),
      pctAdv: null,
      flags: options.rebuilt === true && week % 100 === 7 ? ['rebuilt'] : week % 13 === 0 ? ['roll'] : [],
      sources: missing ? [] : [ref(Math.floor(week / 250), 2 + week, options.hostile), ref(3, 900 + week)],
    });
  }
  return points;
}
