import {
  FormatError,
  type IsoDate,
  type TapeFileHead,
  type TapeFormat,
  type TapeReadContext,
  type TapeReader,
} from '../../core/index.js';
import { firstLines, readDelimitedTape } from '../text/tape/index.js';
import { leanPlace } from './place.js';
import { leanQuoteRows } from './quotes.js';
import { leanTradeRows } from './trades.js';

const TRADE_LINE = /^\d+,\d+,\d+,[A-Za-z],[0-9A-Fa-f]{1,8},[01]$/;
const QUOTE_LINE = /^\d+,\d+,\d+,\d+,\d+,[A-Za-z],[0-9A-Fa-f]{1,8},[01]$/;
const LINES_LOOKED_AT = 20;
const CLOCK = 'milliseconds since midnight, New York';

/** Ticks of QuantConnect LEAN. See docs/sources/lean.md. */
export const leanTapeReader: TapeReader = {
  source: 'lean',
  detect: detectLean,
  read(file, format, chunks, context) {
    const place = requirePlace(file, context);
    return readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: false,
      acceptsUnterminatedLine: true,
      rowReader: (_header, scanner, writer) =>
        format.holds === 'quotes'
          ? leanQuoteRows(scanner, writer, place)
          : leanTradeRows(scanner, writer, place),
    });
  },
};

function detectLean(file: TapeFileHead): TapeFormat | null {
  const lines = firstLines(file.head, ',', LINES_LOOKED_AT);
  if (lines === null) return null;
  const isMost = (pattern: RegExp) =>
    lines.filter((fields) => pattern.test(fields.join(','))).length * 2 > lines.length;
  if (isMost(TRADE_LINE)) {
    return {
      name: 'lean-trades',
      holds: 'trades',
      quoteKind: null,
      quoteSizeUnit: null,
      clock: CLOCK,
      hasSubPennyPrices: false,
      evidence:
        'no header, six fields: milliseconds, price, shares, venue letter, hexadecimal conditions, flag',
    };
  }
  if (!isMost(QUOTE_LINE)) return null;
  return {
    name: 'lean-quotes',
    holds: 'quotes',
    quoteKind: 'nbbo',
    quoteSizeUnit: 'shares',
    clock: CLOCK,
    hasSubPennyPrices: false,
    evidence:
      'no header, eight fields: milliseconds, bid, shares, ask, shares, venue letter, hexadecimal conditions, flag',
  };
}

/** @throws {FormatError} where symbol or day are told nowhere */
function requirePlace(
  file: TapeFileHead,
  context: TapeReadContext,
): { readonly symbol: string; readonly date: IsoDate } {
  const { symbol, date } = leanPlace(file.name, context);
  if (symbol !== null && date !== null) return { symbol, date };
  const missing = symbol === null ? 'symbol' : 'date';
  throw new FormatError(
    `${file.name}: LEAN ticks tell their ${missing} only in the path (ibm/20131007_quote.zip); give the ${missing}`,
    { place: { file: file.name, expected: missing } },
  );
}
