import type { Detection, ReadContext, SourceFile } from '../../core/index.js';
import { type Columns, cellOf, columnsOf, dataRecords, hasColumns, sniffHeader } from '../text/index.js';
import { COLUMN_ALIASES, INDEX_MARK, type PriceKind, REQUIRED_COLUMNS } from './layout.js';

/** Rows of a file that are looked at to tell index levels from prices. */
const SAMPLE_ROWS = 200;
const SAMPLE_BYTES = 65_536;

const WEEKLY_AND_DAILY = ['weekly-prices-by-end', 'weekly-prices-by-start', 'daily-prices'] as const;

/** Columns of a price file under our names; null where the header cannot be one. */
export function priceColumns(file: SourceFile, context: ReadContext, mappingKind: string): Columns | null {
  const header = sniffHeader(file.bytes);
  if (header === null) return null;
  const columns = columnsOf(header, { mapping: context.mapping, mappingKind });
  return columns === null || columns.isMapped ? columns : withAliases(columns);
}

function withAliases(columns: Columns): Columns {
  const positions = new Map(columns.positions);
  for (const [alias, name] of Object.entries(COLUMN_ALIASES)) {
    const position = positions.get(alias);
    if (position !== undefined && !positions.has(name)) positions.set(name, position);
  }
  return { ...columns, positions };
}

/** Recognises daily and weekly prices and corporate actions. */
export function detectPrices(file: SourceFile, context: ReadContext): Detection | null {
  const columns = priceColumns(file, context, 'prices');
  if (columns === null) return null;
  const kind = WEEKLY_AND_DAILY.find((candidate) => hasColumns(columns, REQUIRED_COLUMNS[candidate]));
  if (kind !== undefined) return holdsOnlyIndexes(file, columns) ? null : detection(kind, columns);
  const actions = REQUIRED_COLUMNS['corporate-actions'];
  return hasColumns(columns, actions) && columns.width === actions.length
    ? detection('corporate-actions', columns)
    : null;
}

/** Recognises levels of indexes: the same columns, or the close alone, with symbols that begin with a caret. */
export function detectLevels(file: SourceFile, context: ReadContext): Detection | null {
  const columns = priceColumns(file, context, 'levels');
  if (columns === null || !hasColumns(columns, REQUIRED_COLUMNS['index-levels'])) return null;
  return columns.isMapped || holdsOnlyIndexes(file, columns) ? detection('index-levels', columns) : null;
}

function holdsOnlyIndexes(file: SourceFile, columns: Columns): boolean {
  const symbol = cellOf(columns, 'symbol')!;
  let rows = 0;
  for (const { fields } of dataRecords(file.bytes.subarray(0, SAMPLE_BYTES))) {
    if (fields.length !== columns.width) continue;
    if (!symbol(fields).startsWith(INDEX_MARK)) return false;
    rows += 1;
    if (rows === SAMPLE_ROWS) break;
  }
  return rows > 0;
}

function detection(kind: PriceKind, columns: Columns): Detection {
  const known = REQUIRED_COLUMNS[kind].map((name) =>
    columns.constants.has(name) ? `${name} (mapped)` : name,
  );
  return { kind, evidence: `header with ${known.join(', ')}` };
}
