import type { CrossSectionRow, DriversPlace } from '../../core/index.js';

/** Exposures of a name that its flow is held against. */
export const EXPOSURES = ['ten-year-beta', 'size', 'momentum', 'ai-member', 'earnings-surprise'] as const;

/** The rows of a basis that does not tell names. */
export function noCrossSection(place: DriversPlace): CrossSectionRow[] {
  return EXPOSURES.map((exposure) => ({
    ...place,
    kind: 'cross-section',
    exposure,
    names: 0,
    periods: 0,
    estimate: null,
    standardError: null,
    t: null,
    p: null,
    low: null,
    high: null,
    reason: `basis ${place.basis} does not tell names`,
  }));
}
