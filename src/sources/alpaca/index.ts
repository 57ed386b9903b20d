import type { TapeFileHead, TapeFormat, TapeReader } from '../../core/index.js';
import { dayOfText, jsonBeginning, quoteSizeUnitOn, readJsonTape } from '../text/tape/index.js';
import { alpacaDocuments } from './rows.js';

const IEX = 'V';
const STREAM_MESSAGE = /"T"\s*:\s*"[tqxc]"/;
const TRADE_ROW = /"p"\s*:\s*-?\d/;
const QUOTE_ROW = /"bp"\s*:\s*-?\d/;

/** JSON of Alpaca's market data API, pages and stream. See docs/sources/alpaca.md. */
export const alpacaTapeReader: TapeReader = {
  source: 'alpaca',
  detect: detectAlpaca,
  read: (file, _format, chunks) => readJsonTape(file.name, chunks, { hasTradeIds: true }, alpacaDocuments),
};

function detectAlpaca(file: TapeFileHead): TapeFormat | null {
  const text = jsonBeginning(file.head);
  if (text === null) return null;
  const isStream = STREAM_MESSAGE.test(text) && /"S"\s*:\s*"/.test(text);
  const isPage = /"t"\s*:\s*"\d{4}-\d\d-\d\dT/.test(text) && /"(?:trades?|quotes?)"\s*:\s*[[{]/.test(text);
  if (!isStream && !isPage) return null;
  const hasQuotes = QUOTE_ROW.test(text);
  const hasTrades = TRADE_ROW.test(text);
  if (!isStream && !hasQuotes && !hasTrades) return null;
  const holds = isStream || (hasQuotes && hasTrades) ? 'both' : hasQuotes ? 'quotes' : 'trades';
  const isIex = isFromIexAlone(text, hasQuotes);
  return {
    name: isStream ? 'alpaca-stream' : `alpaca-${holds}`,
    holds,
    quoteKind: holds === 'trades' ? null : isIex ? 'venue' : 'nbbo',
    quoteSizeUnit: holds === 'trades' ? null : quoteSizeUnitOn(firstDay(text)),
    clock: 'RFC 3339 instants, UTC',
    hasSubPennyPrices: true,
    evidence: `${isStream ? 'messages with T and S' : 'a page with trades or quotes and times t'}${
      isIex ? '; every venue is V: the plan that has IEX alone' : ''
    }`,
  };
}

/** Whether every venue of the quotes (of the trades, where there are no quotes) is IEX: then its quotes are no national best. */
function isFromIexAlone(text: string, hasQuotes: boolean): boolean {
  const pattern = hasQuotes ? /"(?:bx|ax)"\s*:\s*"([A-Z])"/g : /"x"\s*:\s*"([A-Z])"/g;
  const venues = [...text.matchAll(pattern)].map((match) => match[1]);
  return venues.length > 0 && venues.every((venue) => venue === IEX);
}

/** The day of the first instant as 20180102, 0 where there is none. */
function firstDay(text: string): number {
  const day = /"t"\s*:\s*"(\d{4}-\d\d-\d\d)T/.exec(text)?.[1];
  return day === undefined ? 0 : dayOfText(day);
}
