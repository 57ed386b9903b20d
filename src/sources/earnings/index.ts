import type { Detection, ReadBatch, SourceFile, SourceReader } from '../../core/index.js';
import { type Columns, hasColumns, headerColumns, requireColumns } from '../text/index.js';
import { EARNINGS_COLUMNS, type EarningsList } from './layout.js';
import { readAlphaVantage, readEvents, readSurprises } from './lists.js';

const READ: Readonly<Record<EarningsList, (file: SourceFile, columns: Columns) => Iterable<ReadBatch>>> = {
  events: readEvents,
  surprises: readSurprises,
  'alpha-vantage': readAlphaVantage,
};
const KIND_PREFIX = 'earnings-';

/** Reads earnings as announced and as filed, in three layouts of lists. See docs/sources/earnings.md. */
export const earningsReader: SourceReader = {
  source: 'earnings',
  detect: detectEarnings,
  read: (file, { kind }) =>
    READ[kind.slice(KIND_PREFIX.length) as EarningsList](
      file,
      requireColumns(headerColumns(file), file, 'earnings.md'),
    ),
};

function detectEarnings(file: SourceFile): Detection | null {
  const columns = headerColumns(file);
  if (columns === null) return null;
  for (const [list, names] of Object.entries(EARNINGS_COLUMNS)) {
    if (hasColumns(columns, names))
      return { kind: `${KIND_PREFIX}${list}`, evidence: `header with ${names.join(', ')}` };
  }
  return null;
}
