import type { TapeFileHead, TapeFormat, TapeReadContext, TapeReader } from '../../core/index.js';
import {
  dayOfText,
  firstLines,
  HeaderColumns,
  type LineScanner,
  quoteSizeUnitOn,
  type RowReading,
  readDelimitedTape,
  type TapeWriter,
} from '../text/tape/index.js';
import { nationalBestTest } from './national-best.js';
import { taqQuote, taqTrade } from './taq-rows.js';
import { WrdsRowStart } from './wrds-row-start.js';

const KEY_COLUMNS = ['date', 'time_m', 'sym_root'];
const TRADE_COLUMNS = [...KEY_COLUMNS, 'ex', 'tr_scond', 'size', 'price', 'tr_corr'];
const QUOTE_COLUMNS = [...KEY_COLUMNS, 'ex', 'bid', 'bidsiz', 'ask', 'asksiz', 'qu_cond'];
const NBBO_COLUMNS = [...KEY_COLUMNS, 'best_bid', 'best_ask'];
const NBBO_IN_LOTS = ['best_bidsiz', 'best_asksiz'] as const;
const NBBO_IN_SHARES = ['best_bidsizeshares', 'best_asksizeshares'] as const;

/** CSV of the tables ctm, cqm, nbbom and complete_nbbo of WRDS. See docs/sources/taq.md. */
export const wrdsTapeReader: TapeReader = {
  source: 'taq',
  detect: detectWrds,
  read: (file, format, chunks) =>
    readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: true,
      acceptsUnterminatedLine: false,
      rowReader: (header, scanner, writer) =>
        wrdsRows(new HeaderColumns(header, file.name), scanner, writer, format),
    }),
};

function detectWrds(file: TapeFileHead, context: TapeReadContext): TapeFormat | null {
  const lines = firstLines(file.head, ',', 2);
  if (lines === null) return null;
  const columns = new HeaderColumns(lines[0]!);
  if (!columns.has(...KEY_COLUMNS)) return null;
  const base = { clock: 'date and H:MM:SS.nnnnnnnnn, New York', hasSubPennyPrices: true };
  const isInShares = columns.has(...NBBO_IN_SHARES);
  if (columns.has(...NBBO_COLUMNS) && (isInShares || columns.has(...NBBO_IN_LOTS))) {
    const evidence = `columns ${NBBO_COLUMNS.join(', ')}`;
    const firstDay = dayOfText(lines[1]?.[columns.required('date')] ?? '');
    return {
      ...base,
      name: isInShares ? 'wrds-complete-nbbo' : 'wrds-nbbom',
      holds: 'quotes',
      quoteKind: 'nbbo',
      quoteSizeUnit: isInShares ? 'shares' : quoteSizeUnitOn(firstDay),
      evidence: isInShares ? evidence : `${evidence}; incomplete without the quote file's own national bests`,
    };
  }
  if (columns.has(...QUOTE_COLUMNS)) return quoteFormat(base, columns, lines[1], context);
  if (!columns.has(...TRADE_COLUMNS)) return null;
  return {
    ...base,
    name: 'wrds-ctm',
    holds: 'trades',
    quoteKind: null,
    quoteSizeUnit: null,
    evidence: `columns ${TRADE_COLUMNS.join(', ')}`,
  };
}

function quoteFormat(
  base: { readonly clock: string; readonly hasSubPennyPrices: boolean },
  columns: HeaderColumns,
  firstRow: readonly string[] | undefined,
  context: TapeReadContext,
): TapeFormat {
  const isBestOnly = context.nationalBestOnly === true;
  const evidence = `columns ${QUOTE_COLUMNS.join(', ')}`;
  return {
    ...base,
    name: isBestOnly ? 'wrds-cqm-national-best' : 'wrds-cqm',
    holds: 'quotes',
    quoteKind: isBestOnly ? 'nbbo' : 'venue',
    quoteSizeUnit: quoteSizeUnitOn(dayOfText(firstRow?.[columns.required('date')] ?? '')),
    evidence: isBestOnly
      ? `${evidence}; only rows whose indicator says that they are the national best of both sides`
      : evidence,
  };
}

function wrdsRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
  format: TapeFormat,
): RowReading {
  const start = new WrdsRowStart(columns, scanner, writer);
  if (format.holds === 'trades') {
    const at = {
      venue: columns.required('ex'),
      conditions: columns.required('tr_scond'),
      size: columns.required('size'),
      price: columns.required('price'),
      correction: columns.required('tr_corr'),
      sequence: columns.optional('tr_seqnum'),
      source: columns.optional('tr_source'),
    };
    const read = taqTrade(columns, at, scanner, writer, start);
    return { width: columns.width, isNumbered: at.sequence >= 0, read };
  }
  const sizes = columns.has(...NBBO_IN_SHARES) ? NBBO_IN_SHARES : NBBO_IN_LOTS;
  const isBest = format.name === 'wrds-nbbom' || format.name === 'wrds-complete-nbbo';
  const at = {
    venue: columns.optional('ex'),
    bid: columns.required(isBest ? 'best_bid' : 'bid'),
    bidSize: columns.required(isBest ? sizes[0] : 'bidsiz'),
    ask: columns.required(isBest ? 'best_ask' : 'ask'),
    askSize: columns.required(isBest ? sizes[1] : 'asksiz'),
    condition: columns.optional('qu_cond'),
    cancel: columns.optional('qu_cancel'),
    sequence: columns.optional('qu_seqnum'),
    hasVenue: format.quoteKind === 'venue',
  };
  const isWanted =
    format.name === 'wrds-cqm-national-best'
      ? nationalBestTest(columns, scanner, { indicator: 'natbbo_ind', source: 'qu_source' })
      : null;
  const read = taqQuote(columns, at, scanner, writer, start, isWanted);
  return { width: columns.width, isNumbered: at.sequence >= 0, read };
}
