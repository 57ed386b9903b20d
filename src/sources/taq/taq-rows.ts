import {
  ByteDictionary,
  type HeaderColumns,
  isEligibleQuote,
  type LineScanner,
  RowFields,
  type TapeWriter,
  type TimedRows,
} from '../text/tape/index.js';

const LETTER_N = 78;
const TAPE_C = 67;

/** Where a file of Daily TAQ, as NYSE or WRDS writes it, has what both have. Positions; -1 = not there. */
export interface TradeColumnsAt {
  readonly venue: number;
  readonly conditions: number;
  readonly size: number;
  readonly price: number;
  readonly correction: number;
  readonly sequence: number;
  readonly source: number;
}

export interface QuoteColumnsAt {
  readonly venue: number;
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
  readonly condition: number;
  readonly cancel: number;
  readonly sequence: number;
  /** Whether the row's venue made both sides: not so in an NBBO file. */
  readonly hasVenue: boolean;
}

/** Time and symbol of the current row, which NYSE and WRDS write differently. */
export interface TaqRowStart {
  /** False where the row was set aside. */
  read(): boolean;
  readonly symbol: number;
  write(rows: TimedRows, at: number): void;
}

/** Reads the trade of the current line. */
export function taqTrade(
  columns: HeaderColumns,
  at: TradeColumnsAt,
  scanner: LineScanner,
  writer: TapeWriter,
  start: TaqRowStart,
): () => void {
  const fields = new RowFields(scanner, writer, columns.names);
  return () => {
    if (!start.read()) return;
    const price = fields.micros(at.price);
    if (Number.isNaN(price)) return fields.setAside(at.price, 'dollars with at most six decimals');
    const size = fields.micros(at.size);
    if (!(size >= 0)) return fields.setAside(at.size, 'shares with at most six decimals');
    const venue = fields.letter(at.venue);
    if (venue < 0) return fields.setAside(at.venue, 'one exchange letter');
    const conditions = fields.letters(at.conditions);
    if (conditions < 0) return fields.setAside(at.conditions, 'sale condition letters');
    const correction = fields.sequence(at.correction);
    if (correction < 0 || correction > 255) return fields.setAside(at.correction, 'a correction code');
    const sequence = at.sequence < 0 ? 0 : fields.sequence(at.sequence);
    if (sequence < 0) return fields.setAside(at.sequence, 'a sequence number');
    const { trades } = writer;
    const row = trades.add(start.symbol, scanner.line);
    start.write(trades, row);
    trades.priceMicros[row] = price;
    trades.sizeMicros[row] = size;
    trades.venue[row] = venue;
    trades.conditions[row] = conditions;
    trades.correction[row] = correction;
    trades.sequence[row] = sequence;
    // Source N is the UTP tape, which is C; source C is tape A or B and does not tell which.
    if (at.source >= 0 && scanner.bytes[scanner.starts[at.source]!] === LETTER_N) trades.tape[row] = TAPE_C;
  };
}

/** Reads the quote of the current line. */
export function taqQuote(
  columns: HeaderColumns,
  at: QuoteColumnsAt,
  scanner: LineScanner,
  writer: TapeWriter,
  start: TaqRowStart,
  isWanted: (() => boolean) | null,
): () => void {
  const fields = new RowFields(scanner, writer, columns.names);
  const eligible = new ByteDictionary((text) => (isEligibleQuote(text) ? 1 : 0));
  const uncancelled = new ByteDictionary((text) => (text === 'B' ? 0 : 1));
  return () => {
    if (isWanted !== null && !isWanted()) {
      writer.otherRows += 1;
      return;
    }
    if (!start.read()) return;
    const bid = fields.microsOrMissing(at.bid);
    if (Number.isNaN(bid)) return fields.setAside(at.bid, 'dollars with at most six decimals');
    const bidSize = fields.microsOrMissing(at.bidSize);
    if (Number.isNaN(bidSize)) return fields.setAside(at.bidSize, 'a size');
    const ask = fields.microsOrMissing(at.ask);
    if (Number.isNaN(ask)) return fields.setAside(at.ask, 'dollars with at most six decimals');
    const askSize = fields.microsOrMissing(at.askSize);
    if (Number.isNaN(askSize)) return fields.setAside(at.askSize, 'a size');
    const venue = at.hasVenue ? fields.letter(at.venue) : 0;
    if (venue < 0) return fields.setAside(at.venue, 'one exchange letter');
    const sequence = at.sequence < 0 ? 0 : fields.sequence(at.sequence);
    if (sequence < 0) return fields.setAside(at.sequence, 'a sequence number');
    const { quotes } = writer;
    const { bytes, starts, ends } = scanner;
    const row = quotes.add(start.symbol, scanner.line);
    start.write(quotes, row);
    quotes.setBid(row, bid, bidSize);
    quotes.setAsk(row, ask, askSize);
    quotes.venue[row] = venue;
    quotes.sequence[row] = sequence;
    if (at.condition >= 0 && eligible.get(bytes, starts[at.condition]!, ends[at.condition]!) === 0) {
      quotes.eligible[row] = 0;
    }
    if (at.cancel >= 0 && uncancelled.get(bytes, starts[at.cancel]!, ends[at.cancel]!) === 0) {
      quotes.eligible[row] = 0;
    }
  };
}
