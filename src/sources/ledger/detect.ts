import type { Detection, ReadContext, SourceFile } from '../../core/index.js';
import { type Columns, columnsOf, hasColumns, sniffHeader } from '../text/index.js';
import { CSV_KIND, LEDGER_SOURCE, PARQUET_KIND, REQUIRED_COLUMNS } from './layout.js';
import { isParquet, parquetColumns } from './parquet-columns.js';

/** Columns of a ledger under our names; null where the header cannot be one's. */
export function ledgerColumns(header: readonly string[], context: ReadContext): Columns | null {
  const columns = columnsOf(header, { mapping: context.mapping, mappingKind: LEDGER_SOURCE });
  if (columns === null || !hasColumns(columns, REQUIRED_COLUMNS)) return null;
  return hasColumns(columns, ['executed_at']) || hasColumns(columns, ['trade_date']) ? columns : null;
}

/** Names of the columns of a CSV or Parquet file; null for anything else. */
export function headerOf(file: SourceFile): readonly string[] | null {
  return isParquet(file.bytes) ? parquetColumns(file.bytes) : sniffHeader(file.bytes);
}

export function detectLedger(file: SourceFile, context: ReadContext): Detection | null {
  const header = headerOf(file);
  const columns = header === null ? null : ledgerColumns(header, context);
  if (columns === null) return null;
  const [kind, what] = isParquet(file.bytes) ? [PARQUET_KIND, 'schema'] : [CSV_KIND, 'header'];
  const by = columns.isMapped ? ", found by the user's mapping" : '';
  return { kind, evidence: `${what} with ${REQUIRED_COLUMNS.join(', ')}${by}` };
}
