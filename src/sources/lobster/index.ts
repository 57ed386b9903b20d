import {
  FormatError,
  type IsoDate,
  type TapeFileHead,
  type TapeFormat,
  type TapeReadContext,
  type TapeReader,
} from '../../core/index.js';
import { firstLines, readDelimitedTape } from '../text/tape/index.js';
import { lobsterName, lobsterPartner, lobsterPlace } from './place.js';
import { LobsterRows, messageWidth } from './rows.js';

export { joinLobster } from './join.js';
export { lobsterName, lobsterPartner } from './place.js';

const MESSAGE_LINE = /^\d+(\.\d+)?,[1-7],-?\d+,\d+,-?\d+,-?1(,|$)/;
const LINES_LOOKED_AT = 20;
const BOOK_ALONE = 'lobster-orderbook';

/**
 * LOBSTER's messages of Nasdaq, alone or joined with their order book. See docs/sources/lobster.md.
 */
export const lobsterTapeReader: TapeReader = {
  source: 'lobster',
  detect: detectLobster,
  read(file, format, chunks, context) {
    if (format.name === BOOK_ALONE) {
      throw new FormatError(
        `${file.name}: an order book of LOBSTER has no times; give its message file beside it (${lobsterPartner(file.name)})`,
        { place: { file: file.name } },
      );
    }
    const place = requirePlace(file, context);
    return readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: false,
      acceptsUnterminatedLine: !endsInLevelOne(file),
      rowReader: (_header, scanner, writer) => new LobsterRows(scanner, writer, place),
    });
  },
};

function detectLobster(file: TapeFileHead): TapeFormat | null {
  const lines = firstLines(file.head, ',', LINES_LOOKED_AT);
  if (lines === null) return null;
  const width = lines[0]!.length;
  if (lines.some((fields) => fields.length !== width)) return null;
  const isMessages = lines.every((fields) => MESSAGE_LINE.test(fields.join(',')));
  const known = isMessages ? messageWidth(width) : null;
  if (known !== null) return known.hasBook ? joined((width - known.message) / 4) : messagesAlone(width);
  const isBook = width % 4 === 0 && lines.every((fields) => fields.every((field) => /^-?\d+$/.test(field)));
  return isBook && lobsterName(file.name)?.holds === 'orderbook' ? bookAlone(width / 4) : null;
}

const SHARED = {
  quoteSizeUnit: 'shares',
  clock: 'seconds since midnight, New York',
  hasSubPennyPrices: true,
} as const;

const joined = (levels: number): TapeFormat => ({
  ...SHARED,
  name: 'lobster',
  holds: 'both',
  quoteKind: 'venue',
  evidence: `no header, messages joined with the ${levels} levels of their order book`,
});

const messagesAlone = (width: number): TapeFormat => ({
  ...SHARED,
  name: 'lobster-messages',
  holds: 'trades',
  quoteKind: null,
  quoteSizeUnit: null,
  evidence: `no header, ${width} fields: seconds, type 1 to 7, order id, size, price, direction; without the order book there are no quotes`,
});

const bookAlone = (levels: number): TapeFormat => ({
  ...SHARED,
  name: BOOK_ALONE,
  holds: 'quotes',
  quoteKind: 'venue',
  evidence: `the file name, and ${levels} levels of ask price, ask size, bid price, bid size`,
});

/** True where a line ends in a figure that is read, so that a cut one could pass for a whole one. */
function endsInLevelOne({ head }: TapeFileHead): boolean {
  const width = firstLines(head, ',', 1)?.[0]?.length ?? 0;
  const known = messageWidth(width);
  return known?.hasBook === true && width - known.message === 4;
}

/** @throws {FormatError} where symbol or day are told nowhere */
function requirePlace(
  file: TapeFileHead,
  context: TapeReadContext,
): { readonly symbol: string; readonly date: IsoDate } {
  const { symbol, date } = lobsterPlace(file.name, context);
  if (symbol !== null && date !== null) return { symbol, date };
  const missing = symbol === null ? 'symbol' : 'date';
  throw new FormatError(
    `${file.name}: LOBSTER tells the ${missing} only in the file name (AAPL_2012-06-21_34200000_57600000_message_10.csv); give the ${missing}`,
    { place: { file: file.name, expected: missing } },
  );
}
