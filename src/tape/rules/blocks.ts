/** From where on a print is large. Micro-dollars and millionths of a share. */
export interface BlockThresholds {
  readonly blockNotionalMicros: number;
  readonly blockSizeMicros: number;
}

/** Two cuts of size [Blankespoor, deHaan, Wertz and Zhu 2019; dollar cuts since Lee and Radhakrishna 2000]. */
export interface SizeCuts {
  readonly by: 'size' | 'notional';
  /** Below this a print is small, in millionths of a share or in micro-dollars. */
  readonly smallBelow: number;
  /** From this on a print is large. */
  readonly largeFrom: number;
}

export const SHARE_CUTS: SizeCuts = { by: 'size', smallBelow: 500_000_000, largeFrom: 10_000_000_000 };
export const DOLLAR_CUTS: SizeCuts = {
  by: 'notional',
  smallBelow: 20_000_000_000,
  largeFrom: 50_000_000_000,
};

/** Price times size, exact, in 1e-12 dollars. */
export function notionalOf(priceMicros: number, sizeMicros: number): bigint {
  return BigInt(priceMicros) * BigInt(sizeMicros);
}

/** True from either threshold on, both edges in. */
export function isLarge(priceMicros: number, sizeMicros: number, thresholds: BlockThresholds): boolean {
  return (
    sizeMicros >= thresholds.blockSizeMicros ||
    notionalOf(priceMicros, sizeMicros) >= BigInt(thresholds.blockNotionalMicros) * 1_000_000n
  );
}

/** Small, medium or large by one pair of cuts. */
export function sizeCut(
  priceMicros: number,
  sizeMicros: number,
  cuts: SizeCuts = SHARE_CUTS,
): 'small' | 'medium' | 'large' {
  const measure = cuts.by === 'size' ? BigInt(sizeMicros) * 1_000_000n : notionalOf(priceMicros, sizeMicros);
  if (measure < BigInt(cuts.smallBelow) * 1_000_000n) return 'small';
  return measure < BigInt(cuts.largeFrom) * 1_000_000n ? 'medium' : 'large';
}
