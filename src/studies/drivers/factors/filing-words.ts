import { dayNumber } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';
import { type FactorPeriods, type PeriodFactor, periodOfNews } from './period-factor.js';

interface FilingRow {
  day: number;
  company: string;
  isReport: boolean;
  rate: number | null;
  raised: number;
  lowered: number;
}

const QUARTER_DAYS = 91;
const YEAR_DAYS = 364;
/** Companies whose reports make a rate of the market. */
const FEWEST_COMPANIES = 30;
/** Phrases that make a tone. */
const FEWEST_PHRASES = 5;

const SQL = `SELECT (filed_date - DATE '1970-01-01')::INTEGER AS day, coalesce(cik, symbol, company_name, document_hash) AS company,
    regexp_matches(form, '^10-[KQ]') AS is_report, ai_terms_per10000_words AS rate,
    coalesce(guidance_raised, 0) AS raised, coalesce(guidance_lowered, 0) AS lowered
  FROM filing_texts WHERE filed_date IS NOT NULL AND form IS NOT NULL ORDER BY day, document_hash`;

/** Place of the first row of a later day. */
function placeAfter(rows: readonly FilingRow[], day: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.day <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean over companies of the rate in reports filed in the 13 weeks up to a day. */
function rateUpTo(rows: readonly FilingRow[], last: number): { rate: number; companies: number } {
  const byCompany = new Map<string, number[]>();
  for (const { company, isReport, rate } of rows.slice(
    placeAfter(rows, last - QUARTER_DAYS),
    placeAfter(rows, last),
  )) {
    if (!isReport || rate === null) continue;
    const held = byCompany.get(company);
    if (held) held.push(rate);
    else byCompany.set(company, [rate]);
  }
  const means = [...byCompany.values()].map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
  return { rate: means.reduce((sum, one) => sum + one, 0) / means.length, companies: means.length };
}

function termFactor(periods: FactorPeriods, rows: readonly FilingRow[]): PeriodFactor {
  const reasons: (string | null)[] = [];
  const values = Float64Array.from(periods.ends, (end, i) => {
    const now = rateUpTo(rows, dayNumber(end));
    const before = rateUpTo(rows, dayNumber(end) - YEAR_DAYS);
    reasons[i] =
      Math.min(now.companies, before.companies) < FEWEST_COMPANIES
        ? `reports of ${now.companies} companies in the 13 weeks up to ${end}, and of ${before.companies} a year before; ${FEWEST_COMPANIES} of each are needed`
        : null;
    return reasons[i] === null ? now.rate - before.rate : Number.NaN;
  });
  return {
    driver: 'ai',
    factor: 'ai-term-rate-change',
    definition:
      'AI terms per 10,000 words (versioned list) in annual and quarterly reports filed in the last 13 weeks, mean over companies, less the same a year before',
    unit: 'terms per 10,000 words',
    isRegressor: true,
    values,
    reasonAt: (period) => reasons[period] ?? null,
    sources: async () => [],
  };
}

function toneFactor(periods: FactorPeriods, rows: readonly FilingRow[]): PeriodFactor {
  const periodOf = periodOfNews(periods);
  const raised = new Float64Array(periods.count);
  const lowered = new Float64Array(periods.count);
  const documents = new Float64Array(periods.count);
  for (const row of rows) {
    const period = periodOf(row.day);
    if (period < 0) continue;
    raised[period]! += row.raised;
    lowered[period]! += row.lowered;
    documents[period]!++;
  }
  const values = raised.map((up, i) =>
    up + lowered[i]! < FEWEST_PHRASES ? Number.NaN : (up - lowered[i]!) / (up + lowered[i]!),
  );
  return {
    driver: 'earnings',
    factor: 'guidance-tone',
    definition: `guidance raised less guidance lowered, of all such phrases in reports and press releases filed in the ${periods.word} (versioned lexicon)`,
    unit: 'fraction',
    isRegressor: true,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? `${raised[period]! + lowered[period]!} phrases in ${documents[period]} documents filed in the ${periods.word}, ${FEWEST_PHRASES} needed`
        : null,
    sources: async () => [],
  };
}

/** What filings say: AI terms, and the tone of guidance. */
export async function wordFactors(view: AsOfView, periods: FactorPeriods): Promise<PeriodFactor[]> {
  const rows = await view.query<FilingRow>(SQL);
  return [termFactor(periods, rows), toneFactor(periods, rows)];
}
