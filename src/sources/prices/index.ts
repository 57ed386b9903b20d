import {
  type Detection,
  FormatError,
  type ReadBatch,
  type ReadContext,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { readCorporateActions } from './corporate-actions.js';
import { readDaily } from './daily.js';
import { detectLevels, detectPrices, priceColumns } from './detect.js';

export { checkPriceMapping, isPriceMapping } from './mapping.js';

import { readWeekly } from './weekly.js';

/** Prices and volumes of stocks and funds, daily or weekly, and corporate actions. See docs/sources/prices.md. */
export const pricesReader: SourceReader = {
  source: 'prices',
  detect: detectPrices,
  read: (file, detection, context) => readPrices(file, detection, context, 'prices'),
};

/** Levels of indexes. See docs/sources/index-levels.md. */
export const levelsReader: SourceReader = {
  source: 'levels',
  detect: detectLevels,
  read: (file, detection, context) => readPrices(file, detection, context, 'levels'),
};

/** @throws {FormatError} where the file has no header of such a kind */
function readPrices(
  file: SourceFile,
  detection: Detection,
  context: ReadContext,
  mappingKind: 'prices' | 'levels',
): Iterable<ReadBatch> {
  const columns = priceColumns(file, context, mappingKind);
  if (columns === null) {
    throw new FormatError(`${file.name} has no header line of a price file; see docs/sources/prices.md`, {
      place: { file: file.name, line: 1 },
    });
  }
  switch (detection.kind) {
    case 'weekly-prices-by-end':
      return readWeekly(file.bytes, columns, 'week_end');
    case 'weekly-prices-by-start':
      return readWeekly(file.bytes, columns, 'week_start');
    case 'corporate-actions':
      return readCorporateActions(file.bytes, columns);
    case 'daily-prices':
      return readDaily(file.bytes, columns);
    case 'index-levels':
      return readDaily(file.bytes, columns, columns.isMapped);
    default:
      throw new Error(`'${detection.kind}' is no kind of the prices reader`);
  }
}
