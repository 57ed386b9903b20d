import {
  FormatError,
  type IsoDate,
  isIsoDate,
  type TapeFileHead,
  type TapeFormat,
  type TapeReadContext,
  type TapeReader,
} from '../../core/index.js';
import {
  firstLines,
  HeaderColumns,
  type LineScanner,
  quoteSizeUnitOn,
  type RowReading,
  readDelimitedTape,
  setAsideShape,
  type TapeWriter,
} from '../text/tape/index.js';
import { nationalBestTest } from './national-best.js';
import { NyseRowStart } from './nyse-row-start.js';
import { NyseTrailer } from './nyse-trailer.js';
import { taqQuote, taqTrade } from './taq-rows.js';

const TRADE_COLUMNS = ['time', 'exchange', 'symbol', 'sale_condition', 'trade_volume', 'trade_price'];
const QUOTE_COLUMNS = ['time', 'exchange', 'symbol', 'bid_price', 'bid_size', 'offer_price', 'offer_size'];
const NBBO_COLUMNS = [
  'time',
  'symbol',
  'best_bid_price',
  'best_bid_size',
  'best_offer_price',
  'best_offer_size',
];

/** NYSE Daily TAQ files with `|` between fields, since October 2016. See docs/sources/taq.md. */
export const nyseTapeReader: TapeReader = {
  source: 'taq',
  detect: detectNyse,
  read(file, format, chunks, context) {
    const date = requireDate(file, context);
    return readDelimitedTape(file.name, chunks, {
      separator: '|',
      hasHeader: true,
      // A file that is cut short has no END record, which is an error of its own.
      acceptsUnterminatedLine: true,
      rowReader: (header, scanner, writer) =>
        nyseRows(new HeaderColumns(header, file.name), scanner, writer, { file, format, date }),
    });
  },
};

function detectNyse(file: TapeFileHead, context: TapeReadContext): TapeFormat | null {
  const header = firstLines(file.head, '|', 1)?.[0];
  if (header === undefined) return null;
  const columns = new HeaderColumns(header);
  const clock = 'HHMMSS and nine decimals, New York; the day is in the file name';
  const day = Number((dateOf(file, context) ?? '').replaceAll('-', ''));
  const base = { clock, hasSubPennyPrices: true };
  if (columns.has(...TRADE_COLUMNS)) {
    return {
      ...base,
      name: 'nyse-trades',
      holds: 'trades',
      quoteKind: null,
      quoteSizeUnit: null,
      evidence: `columns ${TRADE_COLUMNS.join('|')}`,
    };
  }
  const quotes = { ...base, holds: 'quotes', quoteSizeUnit: quoteSizeUnitOn(day) } as const;
  if (columns.has(...NBBO_COLUMNS)) {
    return {
      ...quotes,
      name: 'nyse-nbbo',
      quoteKind: 'nbbo',
      evidence: `columns ${NBBO_COLUMNS.join('|')}; incomplete without the quote file's own national bests`,
    };
  }
  if (!columns.has(...QUOTE_COLUMNS)) return null;
  const evidence = `columns ${QUOTE_COLUMNS.join('|')}`;
  if (context.nationalBestOnly !== true) {
    return { ...quotes, name: 'nyse-quotes', quoteKind: 'venue', evidence };
  }
  return {
    ...quotes,
    name: 'nyse-quotes-national-best',
    quoteKind: 'nbbo',
    evidence: `${evidence}; only rows whose indicator says that they are the national best of both sides`,
  };
}

function nyseRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
  of: { readonly file: TapeFileHead; readonly format: TapeFormat; readonly date: IsoDate },
): RowReading {
  const trailer = new NyseTrailer(of.file.name, of.date, scanner, writer);
  const row = rowOf(columns, scanner, writer, of);
  return {
    width: null,
    isNumbered: true,
    read() {
      if (trailer.takes()) return;
      if (scanner.fields === columns.width) row();
      else setAsideShape(columns.width, scanner, writer);
    },
    finish: () => trailer.check(),
  };
}

function rowOf(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
  of: { readonly format: TapeFormat; readonly date: IsoDate },
): () => void {
  const start = new NyseRowStart(columns, scanner, writer, of.date);
  if (of.format.holds === 'trades') {
    const at = {
      venue: columns.required('exchange'),
      conditions: columns.required('sale_condition'),
      size: columns.required('trade_volume'),
      price: columns.required('trade_price'),
      correction: columns.required('trade_correction_indicator'),
      sequence: columns.required('sequence_number', 'trade_sequence_number'),
      source: columns.optional('source_of_trade'),
    };
    return taqTrade(columns, at, scanner, writer, start);
  }
  const isBest = of.format.name === 'nyse-nbbo';
  const side = isBest ? 'best_' : '';
  const at = {
    venue: columns.optional('exchange'),
    bid: columns.required(`${side}bid_price`),
    bidSize: columns.required(`${side}bid_size`),
    ask: columns.required(`${side}offer_price`),
    askSize: columns.required(`${side}offer_size`),
    condition: columns.optional('quote_condition'),
    cancel: columns.optional('quote_cancel_correction'),
    sequence: columns.optional('sequence_number'),
    hasVenue: of.format.quoteKind === 'venue',
  };
  const isWanted =
    of.format.name === 'nyse-quotes-national-best'
      ? nationalBestTest(columns, scanner, { indicator: 'national_bbo_ind', source: 'source_of_quote' })
      : null;
  return taqQuote(columns, at, scanner, writer, start, isWanted);
}

/** The day that the user gives, or eight digits of the name ('EQY_US_ALL_TRADE_20180102'). */
function dateOf(file: TapeFileHead, context: TapeReadContext): IsoDate | null {
  if (context.date !== undefined) return context.date;
  for (const part of file.name.split(/[/\\]/).reverse()) {
    for (const match of part.matchAll(/(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)/g)) {
      const date = `${match[1]}-${match[2]}-${match[3]}`;
      if (isIsoDate(date)) return date;
    }
  }
  return null;
}

function requireDate(file: TapeFileHead, context: TapeReadContext): IsoDate {
  const date = dateOf(file, context);
  if (date !== null) return date;
  throw new FormatError(
    `${file.name}: NYSE Daily TAQ tells the day only in the file name (EQY_US_ALL_TRADE_20180102); give the date`,
    { place: { file: file.name, expected: 'date' } },
  );
}
