import {
  type Instant,
  newYorkDate,
  type TapeFileHead,
  type TapeFormat,
  type TapeReader,
} from '../../core/index.js';
import { jsonBeginning, quoteSizeUnitOn, readJsonTape } from '../text/tape/index.js';
import { polygonDocuments } from './json-rows.js';

/** JSON of Massive's (Polygon's) API: pages of trades and quotes, last trade and quote, stream. See docs/sources/polygon.md. */
export const polygonJsonReader: TapeReader = {
  source: 'polygon',
  detect: detectJson,
  read: (file, _format, chunks, context) =>
    readJsonTape(file.name, chunks, { hasTradeIds: false }, (rows) => polygonDocuments(rows, file, context)),
};

function detectJson(file: TapeFileHead): TapeFormat | null {
  const text = jsonBeginning(file.head);
  if (text === null) return null;
  const has = (key: string) => new RegExp(`"${key}"\\s*:`).test(text);
  const isPage = has('results') && has('sip_timestamp') && (has('price') || has('bid_price'));
  const isLast = /"results"\s*:\s*\{/.test(text) && /"T"\s*:\s*"/.test(text) && has('q') && has('p');
  const isStream = /"ev"\s*:\s*"[TQ]"/.test(text) && has('sym');
  if (!isPage && !isLast && !isStream) return null;
  const holds = isStream ? 'both' : has('bid_price') || has('P') ? 'quotes' : 'trades';
  return {
    name: isStream ? 'polygon-stream' : isLast ? `polygon-last-${holds}` : `polygon-page-${holds}`,
    holds,
    quoteKind: holds === 'trades' ? null : 'nbbo',
    quoteSizeUnit: holds === 'trades' ? null : quoteSizeUnitOn(firstDay(text)),
    clock: `${isStream ? 'milliseconds' : 'nanoseconds'} since 1970, UTC`,
    hasSubPennyPrices: true,
    evidence: isStream
      ? 'messages with ev and sym'
      : isLast
        ? 'one result with T, p, q'
        : 'results with sip_timestamp; the ticker from the next page or the file name',
  };
}

/** The day in New York of the first time in the text, as 20180102; 0 where there is none. */
function firstDay(text: string): number {
  const time = /"(?:sip_timestamp|t)"\s*:\s*(\d{13})(?:\d{6})?\b/.exec(text)?.[1];
  return time === undefined ? 0 : Number(newYorkDate(Number(time) as Instant).replaceAll('-', ''));
}
