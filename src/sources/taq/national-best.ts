import type { HeaderColumns, LineScanner } from '../text/tape/index.js';

const LETTER_C = 67;
const LETTER_N = 78;
const DIGIT_1 = 49;
const DIGIT_4 = 52;
const LETTER_G = 71;

/**
 * Whether the current row of a quote file is by itself both national best bid and best offer: indicator '1' or 'G' from
 * CTA (source C), '4' from UTP (source N). Only these are missing from the NBBO file (Holden and Jacobsen 2014).
 */
export function nationalBestTest(
  columns: HeaderColumns,
  scanner: LineScanner,
  names: { readonly indicator: string; readonly source: string },
): () => boolean {
  const indicatorAt = columns.required(names.indicator);
  const sourceAt = columns.required(names.source);
  const letter = (field: number) =>
    scanner.ends[field]! - scanner.starts[field]! === 1 ? scanner.bytes[scanner.starts[field]!]! : 0;
  return () => {
    const indicator = letter(indicatorAt);
    const source = letter(sourceAt);
    if (source === LETTER_C) return indicator === DIGIT_1 || indicator === LETTER_G;
    return source === LETTER_N && indicator === DIGIT_4;
  };
}
