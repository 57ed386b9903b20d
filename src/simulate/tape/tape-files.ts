import { gzipSync } from 'node:zlib';
import type { IsoDate } from '../../core/index.js';
import { flatFileQuotes, flatFileTrades } from './flat-file-writer.js';
import type { NameDay } from './model.js';
import { nyseQuotes, nyseTrades } from './nyse-writer.js';
import type { SimulatedTape } from './simulate.js';
import { printTruthCsv, TapeTruthSums } from './tape-truth.js';

const FOLDER = 'tape';

/**
 * A tape as two publishers have it, day by day: NYSE's Daily TAQ (trades, and quotes of all venues) and Polygon's flat
 * files (trades, and the national best), all compressed; last the truth.
 */
export function* tapeFiles(tape: SimulatedTape): Generator<[path: string, contents: string | Uint8Array]> {
  const sums = new TapeTruthSums();
  const prints: string[] = [];
  for (const date of tape.dates) {
    const days = tape.day(date);
    yield* nyseFiles(date, days);
    yield* flatFiles(date, days);
    sums.add(days);
    prints.push(printTruthCsv(days, prints.length === 0));
  }
  yield [`${FOLDER}/tape-truth.csv`, prints.join('')];
  yield [`${FOLDER}/tape-truth.json`, `${JSON.stringify(sums.truth(tape), null, 2)}\n`];
}

function* nyseFiles(date: IsoDate, days: readonly NameDay[]): Generator<[string, Uint8Array]> {
  const stamp = date.replaceAll('-', '');
  const inOrder = [...days].sort((left, right) => (left.name.symbol < right.name.symbol ? -1 : 1));
  yield [`${FOLDER}/nyse/EQY_US_ALL_TRADE_${stamp}.gz`, gzipSync(nyseTrades(date, inOrder))];
  for (const initial of new Set(inOrder.map(({ name }) => name.symbol[0]!))) {
    const ofInitial = inOrder.filter(({ name }) => name.symbol.startsWith(initial));
    yield [`${FOLDER}/nyse/SPLITS_US_ALL_BBO_${initial}_${stamp}.gz`, gzipSync(nyseQuotes(date, ofInitial))];
  }
}

function* flatFiles(date: IsoDate, days: readonly NameDay[]): Generator<[string, Uint8Array]> {
  const folder = `${FOLDER}/us_stocks_sip`;
  const file = `${date.slice(0, 4)}/${date.slice(5, 7)}/${date}.csv.gz`;
  yield [`${folder}/trades_v1/${file}`, gzipSync(flatFileTrades(date, days))];
  yield [`${folder}/quotes_v1/${file}`, gzipSync(flatFileQuotes(date, days))];
}
