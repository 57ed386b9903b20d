import { DECIDERS, PRINT_CLASSES, QUOTE_STATES } from './vocabulary.js';

export const UNSIGNED = PRINT_CLASSES.indexOf('unsigned');
export const EXTENDED = PRINT_CLASSES.indexOf('extended');
export const RETAIL = PRINT_CLASSES.indexOf('retail');
export const BLOCK = PRINT_CLASSES.indexOf('block');
export const OTHER = PRINT_CLASSES.indexOf('other');
export const DROPPED = PRINT_CLASSES.indexOf('dropped');

export const BY_NONE = DECIDERS.indexOf('none');
export const BY_TICK = DECIDERS.indexOf('tick');
export const BY_QUOTE = DECIDERS.indexOf('quote');
export const BY_AGGRESSOR = DECIDERS.indexOf('aggressor');
export const BY_RETAIL = DECIDERS.indexOf('retail');

export const NO_QUOTE = QUOTE_STATES.indexOf('none');
export const LOCKED = QUOTE_STATES.indexOf('locked');
export const CROSSED = QUOTE_STATES.indexOf('crossed');
export const USABLE = QUOTE_STATES.indexOf('usable');
