import { SECTORS } from '../core/index.js';
import { type MarketValueCover, readMarketValueCover } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';

const IMPORT_FACTS =
  "run 'tidemark import' on SEC company facts (companyfacts JSON), see docs/sources/xbrl.md";

/** What stands in the way of market values of sectors; empty where nothing does. */
function missing({ counted, day, listed, valued, leastCoverage }: MarketValueCover): string {
  if (counted === 0) return `no shares outstanding as filed are in the store; ${IMPORT_FACTS}`;
  if (day === null)
    return 'no raw closes of names are in the store; import daily prices with adj_close, see docs/sources/prices.md';
  if (listed === 0) return 'no list of names with sectors is in the store, see docs/sources/universe.md';
  return (
    `market value is known for ${valued} of ${listed} listed companies after the close of ${day}, ` +
    `${100 * leastCoverage} % of a sector are needed; ${IMPORT_FACTS}`
  );
}

/** Whether basis points of market value can be told, and what they need. */
export async function marketValueNote(view: AsOfView): Promise<string> {
  const cover = await readMarketValueCover(view);
  const { sectors, symbols, valued } = cover;
  const names =
    valued === 0
      ? ''
      : ` Of single names it is known for ${symbols.join(', ')}${valued > symbols.length ? ` and ${valued - symbols.length} more` : ''}.`;
  if (sectors.length === SECTORS.length) return `bpsCap: yes, of all sectors.${names}`;
  const some = sectors.length === 0 ? 'no' : `of ${sectors.join(', ')} alone`;
  return `bpsCap: ${some}, ${missing(cover)}.${names}`;
}
