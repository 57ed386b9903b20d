/** The report by itself: it needs nothing of what imports, simulates or reads a tape, and need not load it. */
export { FLOW_BASES, parseClass } from '../bases.js';
export { readNote } from '../claims.js';
export { parseExclusion, readManagerOverrides } from '../quarters.js';
export { parseLookback, parseMeasure } from '../records.js';
export { REPORT_BASES, writeReport } from '../report.js';
