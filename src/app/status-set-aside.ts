import { type Answer, storeName, TABLES } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';

const FACT_TABLES = Object.keys(TABLES).filter((name) => name !== 'setAside');

/** How many rows of a source were set aside, and in which table the other rows of their files went. */
export interface SetAsideCount {
  readonly source: string;
  /** Null where nothing of their files could be read. */
  readonly tableName: string | null;
  /** Format of the files. */
  readonly format: string;
  readonly rows: number;
}

const factsSql = (table: string): string =>
  `SELECT file_sha256, '${table}' AS table_name, count(*) AS facts FROM ${storeName(table)}
   WHERE file_sha256 IN (SELECT file_sha256 FROM aside) GROUP BY 1`;

/** Set-aside rows by source and table, each file's with the table that holds most of its facts. */
export function countSetAside(view: AsOfView): Promise<SetAsideCount[]> {
  return view.query<SetAsideCount & Record<string, unknown>>(
    `WITH aside AS (
       SELECT source, file_sha256, min(kind) AS format, count(*) AS rows FROM set_aside GROUP BY 1, 2),
     held AS (
       SELECT file_sha256, arg_max(table_name, facts) AS table_name
       FROM (${FACT_TABLES.map(factsSql).join(' UNION ALL ')}) GROUP BY 1)
     SELECT source, table_name, min(format) AS format, sum(rows)::BIGINT AS rows
     FROM aside LEFT JOIN held USING (file_sha256) GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

/** A row of a file that could not be read or did not reconcile. */
export interface SetAsideStatusRow {
  readonly source: string;
  readonly format: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowNumber: number | null;
  readonly line: number | null;
  readonly column: string | null;
  readonly found: string | null;
  readonly expected: string | null;
  readonly reason: string;
  /** What the row was about, where that much could be read. */
  readonly subject: string | null;
}

/** Every row that was set aside, of one source or of all, in the order of the files. */
export async function showSetAside(
  context: AppContext,
  question: { readonly source: string | null },
): Promise<Answer<SetAsideStatusRow>> {
  const { source } = question;
  return withView(context, async (view) => {
    const data = await view.query<SetAsideStatusRow & Record<string, unknown>>(
      `SELECT source, kind AS format, file_name, file_sha256, row_number, line, "column", found, expected, reason, subject
       FROM set_aside WHERE ${source === null ? 'true' : 'source = $source'}
       ORDER BY source, file_name, row_number, "column"`,
      source === null ? {} : { source },
    );
    const notes = data.length === 0 ? ['No row was set aside.'] : [];
    return makeAnswer('status', context, storeOf(view), { query: { source, setAside: true }, data, notes });
  });
}
