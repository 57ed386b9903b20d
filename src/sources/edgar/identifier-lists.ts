import {
  type Fact,
  FormatError,
  type Instant,
  normalizeCik,
  type ReadBatch,
  readCusip,
  type SetAsideRow,
} from '../../core/index.js';
import { type RowProblem, readRows, setAsideRow } from '../text/index.js';
import { CUSIP_TICKER_COLUMNS, FUND_MANAGERS_COLUMNS } from './detect.js';

const BATCH_ROWS = 8192;

/**
 * Undated lists of identifiers carry no time. An identifier is public from the day it is assigned, and these rows only
 * label facts that have times of their own, so they count as always known: see docs/decisions/0063-labels-are-timeless.md.
 */
const LABEL_STAMP = {
  periodStart: null,
  periodEnd: null,
  knownAt: 0 as Instant,
  knownAtKind: 'rule',
} as const;

/** `cusip,ticker` pairs. */
export function readCusipTickers(bytes: Uint8Array): Generator<ReadBatch> {
  return readRows(bytes, CUSIP_TICKER_COLUMNS.length, ({ fields, line }, facts) => {
    const [cusipText, ticker] = fields as [string, string];
    if (cusipText === '') return problem('cusip', cusipText, 'nine characters');
    if (ticker === '') return problem('ticker', ticker, 'a ticker');
    const { cusip, valid } = readCusip(cusipText);
    const row = { cusip, cusipValid: valid, ticker };
    facts.push({ table: 'securityNames', row, rowNumber: line, ...LABEL_STAMP });
    return null;
  });
}

/** `CIK, Fund, Manager, Denomination, CIKs`. */
export function readFundManagers(bytes: Uint8Array): Generator<ReadBatch> {
  return readRows(bytes, FUND_MANAGERS_COLUMNS.length, ({ fields, line }, facts) => {
    const [cikText, fund, manager, legalName, otherCiks] = fields as [string, string, string, string, string];
    const cik = normalizeCik(cikText);
    if (cik === null) return problem('CIK', cikText, 'one to ten digits');
    if (fund === '') return problem('Fund', fund, 'a name');
    const row = {
      fund,
      cik,
      manager: manager || null,
      legalName: legalName || null,
      otherCiks: otherCiks || null,
    };
    facts.push({ table: 'fundManagers', row, rowNumber: line, ...LABEL_STAMP });
    return null;
  });
}

function problem(column: string, found: string, expected: string): RowProblem {
  return { column, found, expected, reason: `${column} is ${found === '' ? 'empty' : `'${found}'`}` };
}

/**
 * SEC's company_tickers.json: an object of `{cik_str, ticker, title}` by running number; the row number is the place in
 * the object.
 * @throws {FormatError} where the text is no JSON object
 */
export function* readCompanyTickers(text: string, file: string): Generator<ReadBatch> {
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  const companies = companiesOf(text, file);
  for (const [index, company] of companies.entries()) {
    const made = issuerFact(company, index + 1);
    if ('table' in made) facts.push(made);
    else setAside.push(setAsideRow(index + 1, made));
    const rowsRead = facts.length + setAside.length;
    if (rowsRead === BATCH_ROWS || index === companies.length - 1) {
      yield { facts, setAside, rowsRead };
      [facts, setAside] = [[], []];
    }
  }
}

function companiesOf(text: string, file: string): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${file}: not JSON; get company_tickers.json again`, { cause, place: { file } });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.values(parsed);
  throw new FormatError(`${file}: not an object of companies; get company_tickers.json again`, {
    place: { file },
  });
}

function issuerFact(company: unknown, rowNumber: number): Fact<'issuers'> | RowProblem {
  const { cik_str, ticker, title } = (company ?? {}) as Record<string, unknown>;
  const cikText = typeof cik_str === 'number' || typeof cik_str === 'string' ? String(cik_str) : '';
  const cik = normalizeCik(cikText);
  if (cik === null) return problem('cik_str', cikText, 'one to ten digits');
  if (typeof ticker !== 'string' || ticker === '') return problem('ticker', '', 'a ticker');
  const row = { cik, ticker, title: typeof title === 'string' ? title : null };
  return { table: 'issuers', row, rowNumber, ...LABEL_STAMP };
}
