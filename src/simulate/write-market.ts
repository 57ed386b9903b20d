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

/**
 * Writes a market in the published formats of its publishers, one file after the other, and last `truth.json`.
 * @returns the files written, in order
 */
export async function writeMarket(market: SimulatedMarket, sink: FileSink): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const [path, contents] of publishedFiles(market)) {
    const bytes = typeof contents === 'string' ? Buffer.from(contents, 'utf8') : contents;
    await sink.write(path, bytes);
    written.push({ path, bytes: bytes.length });
  }
  return written;
}

function* publishedFiles(market: SimulatedMarket): Generator<[string, string | Uint8Array]> {
  yield* cftcFiles(market);
  yield [FILE_NAMES.indexLevels, indexLevelsCsv(market.indexes)];
  yield [FILE_NAMES.stockPrices, stockPricesCsv(market.stocks, market.misprints?.price ?? null)];
  yield [FILE_NAMES.corporateActions, corporateActionsCsv(market.stocks)];
  yield [FILE_NAMES.constituents, constituentsCsv(market.stocks)];
  yield [FILE_NAMES.sectorHistory, sectorHistoryCsv(market.stocks)];
  yield [FILE_NAMES.membership, membershipCsv(market.stocks)];
  yield* fredFiles(market.macro);
  const { aftermath } = market.futures;
  if (aftermath !== null) {
    yield [FILE_NAMES.fundPrices, fundPricesCsv(market.indexes.sessions, aftermath.fund)];
    yield [FILE_NAMES.survey, surveyCsv(aftermath.survey)];
  }
  yield* thirteenFFiles(market.thirteenF);
  yield [FILE_NAMES.executions, executionsCsv(market.ledger.market, market.ledger.flow)];
  yield* tapeFiles(market.tape);
  yield [FILE_NAMES.truth, `${JSON.stringify(market.truth, null, 2)}\n`];
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
