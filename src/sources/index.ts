import type { SourceReader, TapeReader } from '../core/index.js';
import { algoseekTapeReader } from './algoseek/index.js';
import { alpacaTapeReader } from './alpaca/index.js';
import { attentionReader } from './attention/index.js';
import { cboeReader } from './cboe/index.js';
import { cftcReader } from './cftc/index.js';
import { databentoTapeReader } from './databento/index.js';
import { earningsReader } from './earnings/index.js';
import { edgarReader } from './edgar/index.js';
import { etfReader } from './etf/index.js';
import { factorsReader } from './factors/index.js';
import { filingsTextReader } from './filings-text/index.js';
import { finraReader } from './finra/index.js';
import { fomcReader } from './fomc/index.js';
import { fredReader } from './fred/index.js';
import { highfrequencyTapeReader } from './highfrequency/index.js';
import { iexTapeReader } from './iex/index.js';
import { leanTapeReader } from './lean/index.js';
import { ledgerReader } from './ledger/index.js';
import { lobsterTapeReader } from './lobster/index.js';
import { polygonFlatFileReader, polygonJsonReader } from './polygon/index.js';
import { positionsReader } from './positions/index.js';
import { levelsReader, pricesReader } from './prices/index.js';
import { sentimentReader } from './sentiment/index.js';
import { shillerReader } from './shiller/index.js';
import { nyseTapeReader, wrdsTapeReader } from './taq/index.js';
import { universeReader } from './universe/index.js';
import { xbrlReader } from './xbrl/index.js';

export { parseColumnMapping } from './mapping.js';

/** All readers, in the order in which they are asked whether a file is theirs. At most one of them says yes. */
export const READERS: readonly SourceReader[] = [
  cftcReader,
  edgarReader,
  etfReader,
  positionsReader,
  ledgerReader,
  pricesReader,
  levelsReader,
  universeReader,
  fredReader,
  xbrlReader,
  earningsReader,
  factorsReader,
  shillerReader,
  fomcReader,
  attentionReader,
  sentimentReader,
  cboeReader,
  finraReader,
  filingsTextReader,
];

/** All readers of tape files, in the order in which they are asked. At most one of them says yes. */
export const TAPE_READERS: readonly TapeReader[] = [
  databentoTapeReader,
  iexTapeReader,
  lobsterTapeReader,
  leanTapeReader,
  highfrequencyTapeReader,
  polygonFlatFileReader,
  nyseTapeReader,
  wrdsTapeReader,
  algoseekTapeReader,
  polygonJsonReader,
  alpacaTapeReader,
];
