/** Words of a report come from here alone, so that a leg is never called more than it is. */
export * from './investors.js';
export * from './markets.js';
export * from './measures.js';
export * from './phrases.js';
export * from './sentences.js';
export * from './verdicts.js';
