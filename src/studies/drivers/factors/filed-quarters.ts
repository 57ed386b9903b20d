import {
  dayNumber,
  groupBy,
  type Instant,
  type IsoDate,
  quarterlyValues,
  type Sector,
} from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';

/** Net income of a company's quarter as first filed. */
export interface FiledQuarter {
  readonly symbol: string;
  /** Consecutive quarters have consecutive numbers; where they begin has no meaning. */
  readonly quarter: number;
  readonly day: number;
  readonly netIncome: number;
}

interface FactRow {
  cik: string;
  symbol: string;
  startDate: IsoDate;
  endDate: IsoDate;
  value: number;
  filedDate: IsoDate;
  accessionNumber: string;
  knownAt: Instant;
}

/** Quarters of XBRL facts from which a company is read there and not in the lists. */
const FEWEST_QUARTERS = 12;
const QUARTER_DAYS = 365.25 / 4;

/** Condition on `symbol`: in the sector by the list that was seen last, or any where no sector is asked for. */
export const OF_SECTOR = `($sector IS NULL OR symbol IN
  (SELECT symbol FROM constituents GROUP BY symbol HAVING arg_max(sector, first_seen) = $sector))`;

/** The first filing of each fiscal quarter; of several lists one, so that no quarter counts twice. */
const LISTED_SQL = `SELECT symbol, fiscal_year * 4 + fiscal_quarter - 1 AS quarter, (event_date - DATE '1970-01-01')::INTEGER AS day,
    net_income
  FROM earnings_events
  WHERE stage = 'filing' AND net_income IS NOT NULL AND fiscal_year IS NOT NULL AND fiscal_quarter IS NOT NULL AND ${OF_SECTOR}
  QUALIFY row_number() OVER (PARTITION BY symbol, quarter ORDER BY event_date, list, listed_symbol) = 1
  ORDER BY symbol, quarter`;

/** What each company first said of a period, under one of its tickers. */
const FACTS_SQL = `WITH companies AS (
    SELECT cik, min(symbol) AS symbol FROM constituents WHERE cik IS NOT NULL AND ${OF_SECTOR} GROUP BY cik
  )
  SELECT cik, symbol, start_date, end_date, value, filed_date, accession_number, known_at
  FROM company_facts JOIN companies USING (cik)
  WHERE concept = 'NetIncomeLoss' AND unit = 'USD' AND start_date IS NOT NULL AND value IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY cik, start_date, end_date ORDER BY filed_date, accession_number) = 1
  ORDER BY cik, end_date, start_date`;

const TICKERS_SQL = 'SELECT DISTINCT symbol FROM constituents WHERE list_contains($ciks, cik)';

/**
 * Quarters out of one company's facts, fourth quarters as the year less nine months. A period that filings date a day apart is one
 * quarter: as first filed.
 */
function quartersOf(facts: readonly FactRow[]): FiledQuarter[] {
  const known = quarterlyValues(facts, 'USD').filter(({ value }) => value !== null);
  const quarters = new Map<number, FiledQuarter>();
  for (const { endDate, filedDate, value } of known) {
    const quarter = Math.round((dayNumber(endDate) - dayNumber(known[0]!.endDate)) / QUARTER_DAYS);
    const filed = { symbol: facts[0]!.symbol, quarter, day: dayNumber(filedDate), netIncome: value! };
    const held = quarters.get(quarter);
    if (held === undefined || filed.day < held.day) quarters.set(quarter, filed);
  }
  return [...quarters.values()];
}

/**
 * Filed quarters of a sector's companies, or of all. A company with twelve quarters in its own XBRL facts is read there, once for all its
 * share classes; the others in the lists.
 */
export async function readFiledQuarters(view: AsOfView, sector: Sector | null): Promise<FiledQuarter[]> {
  const facts = groupBy(await view.query<FactRow>(FACTS_SQL, { sector }), ({ cik }) => cik);
  const tagged = [...facts].map(([cik, rows]) => ({ cik, quarters: quartersOf(rows) }));
  const enough = tagged.filter(({ quarters }) => quarters.length >= FEWEST_QUARTERS);
  const ciks = enough.map(({ cik }) => cik);
  const tickers = ciks.length === 0 ? [] : await view.query<{ symbol: string }>(TICKERS_SQL, { ciks });
  const replaced = new Set(tickers.map(({ symbol }) => symbol));
  const listed = await view.query<FiledQuarter>(LISTED_SQL, { sector });
  return [
    ...listed.filter(({ symbol }) => !replaced.has(symbol)),
    ...enough.flatMap(({ quarters }) => quarters),
  ];
}
