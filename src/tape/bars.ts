import { InvalidRequest } from '../core/index.js';

/** A print as bars see it: only prints that move the tick reference belong in. */
export interface BarPrint {
  readonly timeNanos: number;
  readonly priceMicros: number;
  readonly sizeMicros: number;
}

/** A stretch of one session's tape. */
export interface Bar {
  /** Start of the time bar, or time of the first print of the volume bar, since midnight in New York. */
  readonly startNanos: number;
  /** Millionths of a share. */
  readonly volumeMicros: bigint;
  /** Price of the last print up to the bar's end; null before the first print of the session. */
  readonly lastPriceMicros: number | null;
}

/**
 * Bars of equal time from one clock time to, not with, another. A bar without prints carries the price and holds no volume.
 * Prints outside that span take no part.
 *
 * @param prints of one session in order
 * @throws {InvalidRequest} for a bar length that is not positive
 */
export function timeBars(
  prints: Iterable<BarPrint>,
  barNanos: number,
  span: { readonly openNanos: number; readonly closeNanos: number },
): Bar[] {
  if (!(barNanos > 0)) throw new InvalidRequest(`a bar of ${barNanos} ns; give a positive length`);
  const volumes = new Array<bigint>(Math.ceil((span.closeNanos - span.openNanos) / barNanos)).fill(0n);
  const lastPrices = new Array<number | null>(volumes.length).fill(null);
  for (const { timeNanos, priceMicros, sizeMicros } of prints) {
    if (timeNanos < span.openNanos || timeNanos >= span.closeNanos) continue;
    const bar = Math.floor((timeNanos - span.openNanos) / barNanos);
    volumes[bar]! += BigInt(sizeMicros);
    lastPrices[bar] = priceMicros;
  }
  let carried: number | null = null;
  return volumes.map((volumeMicros, bar) => {
    carried = lastPrices[bar] ?? carried;
    return { startNanos: span.openNanos + bar * barNanos, volumeMicros, lastPriceMicros: carried };
  });
}

/** Full bars of equal volume, and what is left over. */
export interface VolumeBars {
  readonly bars: Bar[];
  /** The last bar, not full: never classified. Null where the tape ends with a full one. */
  readonly unfilled: Bar | null;
}

/**
 * Bars of equal volume. A print that overflows its bar is split: the remainder opens the next bar, and fills as many as it can.
 *
 * @param prints of one session in order
 * @param barSizeMicros volume of a bar in millionths of a share
 * @throws {InvalidRequest} for a volume that is no positive whole number
 */
export function volumeBars(prints: Iterable<BarPrint>, barSizeMicros: number): VolumeBars {
  if (!Number.isSafeInteger(barSizeMicros) || barSizeMicros <= 0) {
    throw new InvalidRequest(`a bar of ${barSizeMicros} millionths of a share; give a positive whole number`);
  }
  const bars: Bar[] = [];
  let filled = 0;
  let startNanos = 0;
  let lastPriceMicros: number | null = null;
  for (const { timeNanos, priceMicros, sizeMicros } of prints) {
    let rest = sizeMicros;
    while (rest > 0) {
      if (filled === 0) startNanos = timeNanos;
      const taken = Math.min(rest, barSizeMicros - filled);
      filled += taken;
      rest -= taken;
      lastPriceMicros = priceMicros;
      if (filled < barSizeMicros) continue;
      bars.push({ startNanos, volumeMicros: BigInt(barSizeMicros), lastPriceMicros });
      filled = 0;
    }
  }
  const unfilled = filled === 0 ? null : { startNanos, volumeMicros: BigInt(filled), lastPriceMicros };
  return { bars, unfilled };
}
