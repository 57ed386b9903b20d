import { createHash } from 'node:crypto';
import type { FigureCache } from '../../core/index.js';
import {
  type HypothesisFigures,
  type RecordFamilyRequest,
  type RecordFamilyResult,
  resampleRecordFamily,
} from '../../stats/index.js';

/** What the study takes of a tested family. */
export type FamilyFigures = Pick<
  RecordFamilyResult,
  'm' | 'resamples' | 'blockLength' | 'adjustedFloor' | 'figures'
>;

/** Raised with any change of `resampleRecordFamily` that changes a figure. */
const KERNEL_VERSION = 1;

const HEAD = 4;
const PER_CELL = 4;

/** Hash of everything that the figures depend on; the number of threads is not among it. */
function keyOf(request: RecordFamilyRequest): string {
  const { series, lookbacks, horizons, resamples, seed, include } = request;
  const hash = createHash('sha256');
  const periods = series[0]?.length ?? 0;
  hash.update(JSON.stringify([KERNEL_VERSION, periods, lookbacks.map(String), horizons, resamples, seed]));
  const included = series.map((_, s) =>
    lookbacks
      .map((_lookback, l) => horizons.map((_horizon, h) => ((include?.(s, l, h) ?? true) ? 1 : 0)).join(''))
      .join(''),
  );
  hash.update(included.join());
  for (const values of series)
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return `records-${hash.digest('hex')}`;
}

function cells(request: RecordFamilyRequest): number {
  return request.series.length * request.lookbacks.length * request.horizons.length;
}

function packed(request: RecordFamilyRequest, result: RecordFamilyResult): Float64Array {
  const { series, lookbacks, horizons } = request;
  const out = new Float64Array(HEAD + PER_CELL * cells(request)).fill(Number.NaN);
  out.set([result.m, result.resamples, result.blockLength, result.adjustedFloor]);
  let at = HEAD;
  for (let s = 0; s < series.length; s++)
    for (let l = 0; l < lookbacks.length; l++)
      for (let h = 0; h < horizons.length; h++, at += PER_CELL) {
        const figures = result.figures(s, l, h);
        if (figures !== null)
          out.set([figures.ratio, figures.dependent, figures.recordRate, figures.adjusted], at);
      }
  return out;
}

function unpacked(request: RecordFamilyRequest, held: Float64Array): FamilyFigures {
  const { lookbacks, horizons } = request;
  return {
    m: held[0]!,
    resamples: held[1]!,
    blockLength: held[2]!,
    adjustedFloor: held[3]!,
    figures(s, l, h): HypothesisFigures | null {
      const at = HEAD + PER_CELL * ((s * lookbacks.length + l) * horizons.length + h);
      const [ratio, dependent, recordRate, adjusted] = held.subarray(at, at + PER_CELL);
      return Number.isNaN(dependent!)
        ? null
        : { ratio: ratio!, dependent: dependent!, recordRate: recordRate!, adjusted: adjusted! };
    },
  };
}

/** The figures of a family, from the cache where the very same family was tested before. */
export async function familyFigures(
  request: RecordFamilyRequest,
  cache: FigureCache | undefined,
): Promise<FamilyFigures> {
  if (cache === undefined) return resampleRecordFamily(request);
  const key = keyOf(request);
  const held = await cache.read(key);
  if (held !== null && held.length === HEAD + PER_CELL * cells(request)) return unpacked(request, held);
  const result = await resampleRecordFamily(request);
  await cache.write(key, packed(request, result));
  return result;
}
