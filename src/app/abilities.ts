import { COT_CLASSES, type StatusRow } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** What a figure needs: a table that is not empty, or a series of one; and how to get it. */
interface Need {
  /** Any of these will do: 'prices', 'macro:DGS10', 'levels:^GSPC'. */
  readonly anyOf: readonly string[];
  readonly bring: string;
}

interface Ability {
  readonly what: string;
  readonly needs: readonly Need[];
}

const table = (name: string, bring: string): Need => ({ anyOf: [name], bring });

const POSITIONS = table('positions', 'import Traders in Financial Futures files of the CFTC');
const PRICES = table('prices', 'import daily prices with adj_close and volume');
const MARKET: Need = {
  anyOf: ['levels', 'prices'],
  bring: 'import index levels (long CSV with ^GSPC, ^NDX ...) or prices of funds',
};
const LISTED = table('constituents', 'import constituents with sectors');
const YIELDS: Need = { anyOf: ['macro:DGS10'], bring: 'import FRED DGS2 and DGS10' };
const TARGET: Need = { anyOf: ['macro:DFEDTARU'], bring: 'import FRED DFEDTARU and DFEDTARL' };
const FILED: Need = {
  anyOf: ['earningsEvents', 'companyFacts'],
  bring: 'import earnings events or SEC company facts',
};

const ABILITIES: readonly Ability[] = [
  {
    what: `flows of basis cot for ${COT_CLASSES.length} classes, in contracts and pctOi`,
    needs: [POSITIONS],
  },
  {
    what: 'dollars of basis cot',
    needs: [POSITIONS, table('levels', 'import index levels (long CSV with ^GSPC, ^NDX ...)')],
  },
  {
    what: 'real dollars',
    needs: [{ anyOf: ['macro:CPIAUCSL'], bring: 'import FRED CPIAUCSL' }],
  },
  { what: 'pctAdv', needs: [PRICES, LISTED] },
  {
    what: 'flows of basis 13f, horizon and herding',
    needs: [
      { anyOf: ['holdings', 'fundHoldings'], bring: 'import Form 13F data sets or filings of two quarters' },
    ],
  },
  { what: 'flows of basis etf', needs: [table('fundShares', 'import share counts of funds')] },
  { what: 'flows of basis ledger', needs: [table('executions', 'import a ledger of executions')] },
  { what: 'drivers: artificial intelligence and rotation', needs: [PRICES, LISTED] },
  { what: 'drivers: earnings', needs: [FILED] },
  { what: 'drivers: rates and policy', needs: [YIELDS, TARGET] },
  { what: 'what followed: returns, floor, consolidation', needs: [MARKET] },
  {
    what: 'what followed: the loop of price, mood and money',
    needs: [MARKET, table('sentiment', 'import the AAII survey')],
  },
];

/** Series of macro that the view holds. */
async function macroSeries(view: AsOfView): Promise<string[]> {
  const rows = await view.query<{ seriesId: string }>('SELECT DISTINCT series_id FROM macro');
  return rows.map(({ seriesId }) => `macro:${seriesId}`);
}

function said({ what, needs }: Ability, held: ReadonlySet<string>): string {
  const missing = needs.filter(({ anyOf }) => !anyOf.some((name) => held.has(name)));
  return missing.length === 0
    ? `${what}: yes`
    : `${what}: no, ${missing.map(({ bring }) => bring).join(', and ')}`;
}

/** What can be computed with the view's data, one line each, and for the rest what is missing and how to bring it. */
export async function abilities(view: AsOfView, rows: readonly StatusRow[]): Promise<string[]> {
  const tables = rows.filter((row) => row.rows > 0).map(({ kind }) => kind);
  const held = new Set([...tables, ...(await macroSeries(view))]);
  return ABILITIES.map((ability) => said(ability, held));
}
