import {
  addDays,
  cusipCheckDigit,
  InvalidRequest,
  type IsoDate,
  normalDraw,
  parseIsoDate,
  type Random,
  thirteenFDeadline,
} from '../../core/index.js';
import { randomStream } from '../random-streams.js';
import { type DataSetFile, headerOf } from './data-set-writer.js';
import { dayInDataSet } from './quarters.js';

/** Where a file goes piece by piece; paths are relative, with forward slashes. */
export interface StreamSink {
  open(path: string): Promise<{ write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }>;
}

export interface QuarterAtScale {
  /** Filings, each with an information table. A real quarter has about 7,500. */
  readonly filings: number;
  /** Rows of all tables together; a real quarter has about 3,400,000. */
  readonly rows: number;
  readonly seed: number;
  /** Last day of the quarter, YYYY-MM-DD. Default 2026-06-30. The same filers file for every quarter. */
  readonly periodEnd?: string;
}

const DEFAULT_PERIOD_END = '2026-06-30';
const FIRST_CIK = 9_200_001;
const SIZE_LOG_DEVIATION = 1.5;
const CHUNK_CHARACTERS = 1 << 20;
/** Issuer numbers 990000 to 999999 are left to users' own use. */
const FIRST_ISSUER = 990_000;
const ISSUERS = 10_000;
const ISSUES = ['10', '20'];
const PRICE = { median: 50, logDeviation: 1.1, lowest: 1, highest: 5000 } as const;
const SHARES = { median: 6000, logDeviation: 1.8 } as const;
/** Tables of fewer rows have larger positions: who holds under 100 million dollars does not file. */
const ROWS_OF_USUAL_POSITIONS = 400;
/** How much more often the first securities are held than the last: u^popularity. */
const POPULARITY = 3;
const OPTIONS = 0.03;
const BONDS = 0.01;

interface ScaleSecurity {
  /** Name, title and CUSIP as they stand in a row, with the tabs behind them. */
  readonly text: string;
  readonly price: number;
}

/**
 * Writes one quarterly data set of real size as seven TSV files, INFOTABLE piece by piece: some 330 MB for a real quarter,
 * of which a megabyte is held at a time. Nothing is planted in it, and every total reconciles.
 * @throws {InvalidRequest} unless 1 <= filings <= rows
 */
export async function writeQuarterAtScale(sink: StreamSink, question: QuarterAtScale): Promise<void> {
  const { filings, rows, seed } = question;
  if (!Number.isSafeInteger(filings) || !Number.isSafeInteger(rows) || filings < 1 || rows < filings)
    throw new InvalidRequest(
      `${filings} filings with ${rows} rows: give whole numbers, 1 <= filings <= rows`,
    );
  const periodEnd = parseIsoDate(question.periodEnd ?? DEFAULT_PERIOD_END, 'period end');
  const random = randomStream(seed, `13f at scale ${periodEnd}`);
  const covers = coversOf(filings, periodEnd);
  const sizes = tableSizes(random, filings, rows);
  await writeRows(
    sink,
    'SUBMISSION.tsv',
    covers.map((cover) => cover.submission),
  );
  await writeRows(
    sink,
    'COVERPAGE.tsv',
    covers.map((cover) => cover.page),
  );
  await writeRows(
    sink,
    'SIGNATURE.tsv',
    covers.map((cover) => cover.signature),
  );
  await writeRows(sink, 'OTHERMANAGER.tsv', []);
  await writeRows(sink, 'OTHERMANAGER2.tsv', []);
  const totals = new Float64Array(filings);
  const securities = securitiesOf(randomStream(seed, '13f securities at scale'));
  await writeRows(sink, 'INFOTABLE.tsv', tableRows(random, { covers, sizes, securities, totals }));
  await writeRows(
    sink,
    'SUMMARYPAGE.tsv',
    covers.map(({ accession }, i) => `${accession}\t0\t${sizes[i]}\t${totals[i]}\tN`),
  );
}

async function writeRows(sink: StreamSink, file: DataSetFile, rows: Iterable<string>): Promise<void> {
  const stream = await sink.open(file);
  let chunk = `${headerOf(file)}\n`;
  for (const row of rows) {
    chunk += row;
    chunk += '\n';
    if (chunk.length < CHUNK_CHARACTERS) continue;
    await stream.write(Buffer.from(chunk, 'latin1'));
    chunk = '';
  }
  await stream.write(Buffer.from(chunk, 'latin1'));
  await stream.close();
}

interface Cover {
  readonly accession: string;
  readonly submission: string;
  readonly page: string;
  readonly signature: string;
}

function coversOf(filings: number, periodEnd: IsoDate): Cover[] {
  const deadline = thirteenFDeadline(periodEnd);
  const period = dayInDataSet(periodEnd);
  const quarter = Math.ceil(Number(periodEnd.slice(5, 7)) / 3);
  return Array.from({ length: filings }, (_, i) => {
    const cik = String(FIRST_CIK + i).padStart(10, '0');
    const filed = addDays(deadline, -(i % 20));
    const accession = `${cik}-${filed.slice(2, 4)}-${String(quarter).padStart(6, '0')}`;
    const name = `Simulated Adviser ${i + 1} Capital Management`;
    const address = ['1 Simulated Street', '', 'Springfield', 'IL', '62701'].join('\t');
    const day = dayInDataSet(filed);
    return {
      accession,
      submission: `${accession}\t${day}\t13F-HR\t${cik}\t${period}`,
      page: `${accession}\t${period}\tN\t\t\t\t\t\t\t${name}\t${address}\t13F HOLDINGS REPORT\t028-${90_000 + i}\t\t\tN\t`,
      signature: `${accession}\tA. Simulated\tPartner\t555-0100\t/s/ A. Simulated\tSpringfield\tIL\t${day}`,
    };
  });
}

/** Log-normal numbers of rows, at least one each, with the given sum. */
function tableSizes(random: Random, filings: number, rows: number): number[] {
  const weights = Array.from({ length: filings }, () => Math.exp(SIZE_LOG_DEVIATION * normalDraw(random)));
  const perWeight = (rows - filings) / weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let wanted = 0;
  return weights.map((weight, i) => {
    wanted += weight * perWeight;
    const size = (i === filings - 1 ? rows - filings : Math.floor(wanted)) - given;
    given += size;
    return size + 1;
  });
}

function securitiesOf(random: Random): ScaleSecurity[] {
  return Array.from({ length: ISSUERS * ISSUES.length }, (_, i) => {
    const base = `${FIRST_ISSUER + (i % ISSUERS)}${ISSUES[Math.floor(i / ISSUERS)]}`;
    const { median, logDeviation, lowest, highest } = PRICE;
    const price = median * Math.exp(logDeviation * normalDraw(random));
    return {
      text: `SIMULATED ISSUER ${i + 1}\tCOM\t${base}${cusipCheckDigit(base)}\t\t`,
      price: Math.min(highest, Math.max(lowest, price)),
    };
  });
}

/** Rows of all tables, filing after filing; adds up their values. */
function* tableRows(
  random: Random,
  parts: {
    readonly covers: readonly Cover[];
    readonly sizes: readonly number[];
    readonly securities: readonly ScaleSecurity[];
    readonly totals: Float64Array;
  },
): Generator<string> {
  const { covers, sizes, securities, totals } = parts;
  let key = 0;
  for (const [i, { accession }] of covers.entries()) {
    const usual = SHARES.median * Math.max(1, ROWS_OF_USUAL_POSITIONS / sizes[i]!);
    for (let row = 0; row < sizes[i]!; row++) {
      const place = Math.floor(securities.length * random.next() ** POPULARITY);
      const { text, price } = securities[place]!;
      const kind = random.next();
      const isBond = kind < BONDS;
      const shares = Math.max(1, Math.round(usual * Math.exp(SHARES.logDeviation * normalDraw(random))));
      const amount = isBond ? 1000 * shares : shares;
      const value = Math.round(isBond ? 0.97 * amount : price * amount);
      const option = kind > 1 - OPTIONS ? (row % 2 === 0 ? 'Put' : 'Call') : '';
      totals[i]! += value;
      key += 1;
      yield `${accession}\t${key}\t${text}${value}\t${amount}\t${isBond ? 'PRN' : 'SH'}\t${option}\tSOLE\t\t${amount}\t0\t0`;
    }
  }
}
