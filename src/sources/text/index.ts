export { type DelimitedOptions, type DelimitedRecord, readDelimited, sniffHeader } from './delimited.js';
export { parseDecimal, parseInteger } from './numbers.js';
export { looksBinary } from './sniff.js';
