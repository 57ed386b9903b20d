import type { TapeName } from './model.js';

/** The exchange a name is listed on, by tape. */
const LISTING = { A: 'N', B: 'P', C: 'Q' } as const;
/** Exchanges that quote every name, beside its own. */
const OTHER_VENUES = ['P', 'T', 'Z', 'K', 'V', 'U'];
/** FINRA's trade reporting facilities: what trades off exchanges. */
export const OFF_EXCHANGE = 'D';

export const listingVenue = ({ tape }: TapeName): string => LISTING[tape];

/** Exchanges that quote a name, its own first. Nasdaq is Q for its own names and T for others. */
export function quotingVenues(name: TapeName): string[] {
  const listing = listingVenue(name);
  return [
    listing,
    ...OTHER_VENUES.filter((venue) => venue !== listing && !(listing === 'Q' && venue === 'T')),
  ];
}
