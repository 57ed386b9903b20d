import { addDays, type IsoDate } from '../core/index.js';
import { fundPricesCsv } from './aftermath/fund.js';
import { surveyCsv } from './aftermath/survey-writer.js';
import { cftcAnnualText } from './cftc-writer.js';
import { CFTC_MEMBER, cftcFileName, FILE_NAMES, fredFileName, zippedYear } from './file-names.js';
import { executionsCsv } from './ledger/ledger-writer.js';
import type { MacroSeries } from './macro.js';
import { type FredStyle, fredCsv, NEW_FRED_STYLE, OLD_FRED_STYLE } from './macro-writer.js';
import type { SimulatedMarket } from './market.js';
import { corporateActionsCsv, indexLevelsCsv, stockPricesCsv } from './price-writer.js';
import { tapeFiles } from './tape/tape-files.js';
import { dataSetMembers } from './thirteen-f/data-set-writer.js';
import { managerClassesJson } from './thirteen-f/managers.js';
import { dataSetFileName } from './thirteen-f/quarters.js';
import { cusipTickerCsv } from './thirteen-f/securities.js';
import type { ThirteenFMarket } from './thirteen-f/simulate.js';
import { constituentsCsv, membershipCsv, sectorHistoryCsv } from './universe-writer.js';
import { zipOf } from './zip-writer.js';

/** Where files go; paths are relative, with forward slashes. */
export interface FileSink {
  write(path: string, bytes: Uint8Array): Promise<void>;
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/** Folders of a market's files, in the order in which they are written; `truth` is the file `truth.json`. */
const FOLDERS = {
  cftc: cftcFiles,
  prices: priceFiles,
  universe: universeFiles,
  macro: ({ macro }) => fredFiles(macro),
  sentiment: sentimentFiles,
  'thirteen-f': ({ thirteenF }) => thirteenFFiles(thirteenF),
  ledger: ({ ledger }) => [[FILE_NAMES.executions, executionsCsv(ledger.market, ledger.flow)]],
  tape: ({ tape }) => tapeFiles(tape),
  truth: ({ truth }) => [[FILE_NAMES.truth, `${JSON.stringify(truth, null, 2)}\n`]],
} as const satisfies Record<string, (market: SimulatedMarket) => Iterable<[string, string | Uint8Array]>>;
export type MarketFolder = keyof typeof FOLDERS;
const ALL_FOLDERS = Object.keys(FOLDERS) as MarketFolder[];

/**
 * Writes a market in the published formats of its publishers, one file after the other, and last `truth.json`.
 * @param folders what is written, in the order given; all if left out
 * @returns the files written, in order
 */
export async function writeMarket(
  market: SimulatedMarket,
  sink: FileSink,
  folders: readonly MarketFolder[] = ALL_FOLDERS,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const folder of folders) {
    for (const [path, contents] of FOLDERS[folder](market)) {
      const bytes = typeof contents === 'string' ? Buffer.from(contents, 'utf8') : contents;
      await sink.write(path, bytes);
      written.push({ path, bytes: bytes.length });
    }
  }
  return written;
}

function* priceFiles({ indexes, stocks, misprints, futures }: SimulatedMarket): Generator<[string, string]> {
  yield [FILE_NAMES.indexLevels, indexLevelsCsv(indexes)];
  yield [FILE_NAMES.stockPrices, stockPricesCsv(stocks, misprints?.price ?? null)];
  yield [FILE_NAMES.corporateActions, corporateActionsCsv(stocks)];
  if (futures.aftermath !== null)
    yield [FILE_NAMES.fundPrices, fundPricesCsv(indexes.sessions, futures.aftermath.fund)];
}

function* universeFiles({ stocks }: SimulatedMarket): Generator<[string, string]> {
  yield [FILE_NAMES.constituents, constituentsCsv(stocks)];
  yield [FILE_NAMES.sectorHistory, sectorHistoryCsv(stocks)];
  yield [FILE_NAMES.membership, membershipCsv(stocks)];
}

function* sentimentFiles({ futures }: SimulatedMarket): Generator<[string, string]> {
  if (futures.aftermath !== null) yield [FILE_NAMES.survey, surveyCsv(futures.aftermath.survey)];
}

function* cftcFiles({
  weeks,
  futures,
  misprints,
  endDate,
}: SimulatedMarket): Generator<[string, string | Uint8Array]> {
  const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));
  const [firstYear, lastYear] = [yearOf(weeks[0]!.periodEnd), yearOf(weeks.at(-1)!.periodEnd)];
  const endYear = yearOf(endDate);
  for (let year = firstYear; year <= lastYear; year++) {
    const market = { weeks, contracts: futures.published, misprint: misprints?.position ?? null };
    const text = cftcAnnualText(year, market, year === firstYear);
    const published = addDays(`${year + 1}-01-01` as IsoDate, 5);
    yield [
      cftcFileName(year, endYear),
      year === zippedYear(endYear) ? zipOf([[CFTC_MEMBER, Buffer.from(text, 'ascii')]], published) : text,
    ];
  }
}

/** Single series in both styles, and two yields side by side. */
function* fredFiles(macro: readonly MacroSeries[]): Generator<[string, string]> {
  const files: [ids: string[], style: FredStyle][] = [
    [['CPIAUCSL'], { ...OLD_FRED_STYLE, missing: '' }],
    [['DFEDTARU'], NEW_FRED_STYLE],
    [['DGS10'], OLD_FRED_STYLE],
    [['DGS2', 'NASDAQCOM'], NEW_FRED_STYLE],
  ];
  for (const [ids, style] of files) {
    const series = ids.map((id) => macro.find((one) => one.id === id)!);
    yield [fredFileName(ids), fredCsv(series, style)];
  }
}

/** A data set a quarter, a list of identifiers and the classes that names do not tell. */
function* thirteenFFiles(market: ThirteenFMarket): Generator<[string, string | Uint8Array]> {
  const { quarters, managers, securities, filings } = market;
  for (const quarter of quarters) {
    const members = dataSetMembers(quarter, quarters, filings).map(
      ([name, text]) => [name, Buffer.from(text, 'utf8')] as const,
    );
    yield [dataSetFileName(quarter), zipOf(members, addDays(quarter.windowEnd, 1))];
  }
  yield [FILE_NAMES.cusips, cusipTickerCsv(securities)];
  yield [FILE_NAMES.managerClasses, managerClassesJson(managers)];
}
