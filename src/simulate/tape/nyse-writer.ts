import type { IsoDate } from '../../core/index.js';
import { decimalOf, packedTime } from './clock.js';
import type { NameDay, TapeName, TapePrint, VenueQuote } from './model.js';
import { type NationalBest, nationalBests } from './national-best.js';
import { OFF_EXCHANGE } from './venues.js';

/** Columns of NYSE's Daily TAQ, client specification 3.0 and later. */
const TRADE_HEADER = [
  ...[
    'Time',
    'Exchange',
    'Symbol',
    'Sale Condition',
    'Trade Volume',
    'Trade Price',
    'Trade Stop Stock Indicator',
  ],
  ...[
    'Trade Correction Indicator',
    'Sequence Number',
    'Trade Id',
    'Source of Trade',
    'Trade Reporting Facility',
  ],
  ...['Participant Timestamp', 'Trade Reporting Facility TRF Timestamp', 'Trade Through Exempt Indicator'],
];
const QUOTE_HEADER = [
  ...['Time', 'Exchange', 'Symbol', 'Bid_Price', 'Bid_Size', 'Offer_Price', 'Offer_Size', 'Quote_Condition'],
  ...['Sequence_Number', 'National_BBO_Ind', 'FINRA_BBO_Indicator', 'FINRA_ADF_MPID_Indicator'],
  ...[
    'Quote_Cancel_Correction',
    'Source_Of_Quote',
    'Retail_Interest_Indicator',
    'Short_Sale_Restriction_Indicator',
  ],
  ...['LULD_BBO_Indicator', 'SIP_Generated_Message_Identifier', 'National_BBO_LULD_Indicator'],
  ...['Participant_Timestamp', 'FINRA_ADF_Timestamp', 'FINRA_ADF_Market_Participant_Quote_Indicator'],
  'Security_Status_Indicator',
];

/** Nanoseconds from a venue to the feed. */
const QUOTE_DELAY = 18_000;
/** Where a sale condition letter stands among the four characters; the first is for settlement. */
const PLACE_OF_LETTER: Readonly<Record<string, number>> = { F: 1, O: 1, 4: 1, 6: 1, T: 2, L: 2, Z: 2 };
const LAST_PLACE = 3;

/** Root and suffix stand apart by a blank. */
const nyseSymbol = ({ symbol }: TapeName): string => symbol.replace('.', ' ');
/** Names of tapes A and B come from CTA, those of C from UTP. */
const sourceOf = ({ tape }: TapeName): string => (tape === 'C' ? 'N' : 'C');

/** The trade file of a day: EQY_US_ALL_TRADE_YYYYMMDD. */
export function nyseTrades(date: IsoDate, days: readonly NameDay[]): string {
  const rows = days.flatMap(({ name, prints }) => prints.map((print) => tradeRow(name, print)));
  return file(TRADE_HEADER, rows, date);
}

/** A quote file of a day: SPLITS_US_ALL_BBO_X_YYYYMMDD, the quotes of all venues of the names that begin with X. */
export function nyseQuotes(date: IsoDate, days: readonly NameDay[]): string {
  const rows = days.flatMap(({ name, quotes }) => {
    const bests = [...nationalBests(quotes)];
    return quotes.map((quote, i) => quoteRow(name, quote, nationalBestIndicator(name, quote, bests[i]!)));
  });
  return file(QUOTE_HEADER, rows, date);
}

/** Header, rows and the record that ends a file and counts its rows. */
function file(header: readonly string[], rows: readonly string[], date: IsoDate): string {
  const end = ['END', date.replaceAll('-', ''), String(rows.length)];
  const padding = '|'.repeat(header.length - end.length);
  return `${header.join('|')}\n${rows.map((row) => `${row}\n`).join('')}${end.join('|')}${padding}\n`;
}

/** Four characters: settlement ('@' on tape C), why a trade may go through a quote, extended hours, the rest. */
function saleCondition(name: TapeName, letters: string): string {
  const characters = [name.tape === 'C' ? '@' : ' ', ' ', ' ', ' '];
  for (const letter of letters) characters[PLACE_OF_LETTER[letter] ?? LAST_PLACE] = letter;
  return characters.join('');
}

function tradeRow(name: TapeName, print: TapePrint): string {
  const isOffExchange = print.venue === OFF_EXCHANGE;
  const facilityTime = isOffExchange ? packedTime(print.time - 3000) : '';
  return [
    packedTime(print.time),
    print.venue,
    nyseSymbol(name),
    saleCondition(name, print.letters),
    print.shares,
    decimalOf(print.price),
    '',
    String(print.correction).padStart(2, '0'),
    print.sequence,
    print.sequence * 10 + 1,
    sourceOf(name),
    isOffExchange ? (name.tape === 'C' ? 'T' : 'N') : '',
    packedTime(print.venueTime),
    facilityTime,
    print.letters.includes('F') ? 1 : 0,
  ].join('|');
}

/**
 * What a quote does to the national best: nothing; it is both sides of it; or it changes it, and the NBBO file says how.
 * CTA and UTP have numbers of their own.
 */
function nationalBestIndicator(
  { tape }: TapeName,
  { venue }: VenueQuote,
  { best, isChanged }: { readonly best: NationalBest; readonly isChanged: boolean },
): number {
  if (best.bidVenue === venue && best.askVenue === venue) return tape === 'C' ? 4 : 1;
  if (!isChanged) return 0;
  return tape === 'C' ? 3 : 4;
}

function quoteRow(name: TapeName, quote: VenueQuote, indicator: number): string {
  const blank = '';
  return [
    packedTime(quote.time),
    quote.venue,
    nyseSymbol(name),
    decimalOf(quote.bid),
    quote.bidShares,
    decimalOf(quote.ask),
    quote.askShares,
    'R',
    quote.sequence,
    indicator,
    blank,
    blank,
    name.tape === 'C' ? blank : 'A',
    sourceOf(name),
    blank,
    blank,
    blank,
    blank,
    blank,
    packedTime(quote.time - QUOTE_DELAY),
    blank,
    blank,
    blank,
  ].join('|');
}
