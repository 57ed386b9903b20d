export { concludeRoles } from './conclusion.js';
export { cotBuyers } from './cot.js';
export { CHURN_QUARTERS, horizonRows, sizeRows } from './manager-groups.js';
export type { PanelPart } from './quarter-flows.js';
export { seriesBuyers } from './series.js';
export {
  BOUNDED_CLASSES,
  type BoundsTotal,
  PRIOR_QUARTERS,
  type QuarterShare,
  quarterShares,
  quartersBetween,
  scoredBounds,
  shareBounds,
} from './share-bounds.js';
export { type BuyersStudy, placeOf } from './study.js';
export { LARGEST_TRADES, thirteenFBuyers } from './thirteen-f.js';
