import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Instant, TableName } from '../core/index.js';
import { emptyRowsSql, sqlInstant } from './current-rows.js';
import { readParquetSql } from './duckdb.js';
import { priorRowsSql } from './prior-rows.js';
import {
  keyColumns,
  ownColumns,
  REVISION,
  sameKey,
  sameValues,
  sqlName,
  sqlText,
  valueColumns,
} from './schema.js';
import type { PartFile } from './snapshot.js';
import { type Staging, stagedColumns, stagedName, type WrittenRows } from './staging.js';
import { listSql, storedValuesSql, type UnitMember, writtenValuesSql } from './stored-values.js';

/** What may become of a fact. A data row takes the greatest outcome of its facts. */
const UNCHANGED = 0;
const KEPT = 1;
const REVISED = 2;
const SET_ASIDE = 3;

export interface MemberOutcome {
  readonly rowsKept: number;
  readonly rowsUnchanged: number;
  readonly rowsRevised: number;
  readonly rowsSetAside: number;
  readonly factsStored: number;
  readonly firstKnownAt: Instant | null;
}

/** More rows are joined with others share by share, since a join cannot put all of its work on the disk. */
const ROWS_JOINED_AT_ONCE = 400_000;
/** A row group of Parquet: joining, sorting and writing that many takes no disk. */
const ROWS_WRITTEN_AT_ONCE = 122_880;

const judgedName = (table: TableName): string => `"judged_${table}"`;
const incomingName = (table: TableName): string => `"incoming_${table}"`;

/** The staged rows of a table with the types and stamps of the store, as a view. */
async function makeIncoming(
  connection: DuckDBConnection,
  table: TableName,
  members: readonly UnitMember[],
  storedAt: Instant,
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${incomingName(table)} AS
     SELECT "seq", "member", ${listSql(storedValuesSql(table, members, storedAt))} FROM ${stagedName(table)}`,
  );
}

/** True where no two staged rows can have one key: their hashes differ, which costs far less than comparing them. */
async function keysDiffer(connection: DuckDBConnection, table: TableName): Promise<boolean> {
  const result = await connection.runAndReadAll(
    `SELECT count(*) = count(DISTINCT hash(${keyColumns(table).join(', ')})) FROM ${incomingName(table)}`,
  );
  return result.getRows()[0]![0] as boolean;
}

/** Rows whose key stood in the same unit before: `first_seq` is the row that counts. */
async function makeRepeated(connection: DuckDBConnection, table: TableName): Promise<number> {
  const key = keyColumns(table).join(', ');
  const incoming = incomingName(table);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE "repeated" AS
     SELECT x."seq", f."seq" AS "first_seq", (${sameValues(table, 'x', 'f')}) AS "same"
     FROM (SELECT ${key}, min("seq") AS "seq" FROM ${incoming} GROUP BY ${key} HAVING count(*) > 1) g
     JOIN ${incoming} f ON f."seq" = g."seq"
     JOIN ${incoming} x ON ${sameKey(table, 'x', 'g')} AND x."seq" <> g."seq"`,
  );
  const conflicts = await connection.runAndReadAll(
    'SELECT count(*)::INTEGER FROM "repeated" WHERE NOT "same"',
  );
  return conflicts.getRows()[0]![0] as number;
}

/** Sets rows aside that contradict an earlier row of the same unit; the first column that differs is named. */
async function setConflictsAside(
  connection: DuckDBConnection,
  table: TableName,
  members: readonly UnitMember[],
): Promise<void> {
  const firstDifference = (then: (sql: string) => string): string =>
    `CASE ${valueColumns(table)
      .map((sql) => `WHEN x.${sql} IS DISTINCT FROM f.${sql} THEN ${then(sql)}`)
      .join(' ')} END`;
  const nameOf = new Map(ownColumns(table).map(({ name, sql }) => [sql, name]));
  const asText = (side: string) => (sql: string) => `coalesce(${side}.${sql}::VARCHAR, '')`;
  const key = keyColumns(table).map((sql) => `x.${sql}::VARCHAR`);
  const place = `CASE WHEN x."file_name" = f."file_name" THEN '' ELSE ' of ' || f."file_name" END`;
  const kinds = members.map(({ kind }, index) => `(${index}, ${sqlText(kind)})`).join(', ');
  const values: Record<string, string> = {
    seq: 'x."seq"',
    member: 'x."member"',
    rowNumber: 'x."row_number"',
    periodEnd: `epoch(x."period_end")::BIGINT // 86400`,
    knownAt: 'epoch_ms(x."known_at")',
    knownAtKind: 'x."known_at_kind"',
    kind: 'm."kind"',
    line: 'x."row_number"',
    column: firstDifference((sql) => sqlText(nameOf.get(sql)!)),
    found: firstDifference(asText('x')),
    expected: firstDifference(asText('f')),
    reason: `'row ' || x."row_number" || ' contradicts row ' || f."row_number" || ${place} || ', which has the same key in ${table}; the earlier one is kept'`,
    subject: `concat_ws(' ', ${key.join(', ')})`,
  };
  await connection.run(
    `INSERT INTO ${stagedName('setAside')} BY NAME
     SELECT ${Object.entries(values)
       .map(([name, sql]) => `${sql} AS ${sqlName(name)}`)
       .join(', ')}
     FROM "repeated" r JOIN ${incomingName(table)} x ON x."seq" = r."seq"
     JOIN ${incomingName(table)} f ON f."seq" = r."first_seq"
     JOIN (VALUES ${kinds}) m("member_number", "kind") ON x."member" = m."member_number"
     WHERE NOT r."same"`,
  );
}

/**
 * Decides for every staged row whether the store has it, has another version of it, or lacks it. A restating row is
 * known from the import on, and never before the version that it restates.
 */
async function judge(
  connection: DuckDBConnection,
  table: TableName,
  prior: string,
  storedAt: Instant,
): Promise<void> {
  const judgedOf = (share: string): string =>
    `SELECT "seq", "member", "row_number", "outcome", "revision", "outcome" = ${REVISED} AS "by_import",
       CASE "outcome" WHEN ${REVISED} THEN greatest("known_at", "prior_known_at", ${sqlInstant(storedAt)})
         ELSE "known_at" END AS "known_at"
     FROM (
       SELECT i."seq", i."member", i."row_number", i."known_at", p."known_at" AS "prior_known_at",
         coalesce(p."revision" + 1, 0) AS "revision",
         CASE WHEN r."same" THEN ${UNCHANGED} WHEN NOT r."same" THEN ${SET_ASIDE}
           WHEN p."revision" IS NULL THEN ${KEPT}
           WHEN ${sameValues(table, 'i', 'p')} THEN ${UNCHANGED} ELSE ${REVISED} END AS "outcome"
       FROM (SELECT * FROM ${incomingName(table)} WHERE ${share}) i
       LEFT JOIN "repeated" r ON r."seq" = i."seq"
       LEFT JOIN (SELECT * FROM (${prior}) WHERE ${share}) p ON ${sameKey(table, 'i', 'p')}
     )`;
  const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${stagedName(table)}`);
  const shares = Math.ceil((counted.getRows()[0]![0] as number) / ROWS_JOINED_AT_ONCE);
  // As texts, since one side may hold an enumeration where the other holds what it stands for.
  const key = keyColumns(table).map((sql) => `${sql}::VARCHAR`);
  const shareOf = (share: number): string =>
    shares <= 1 ? 'true' : `hash(concat_ws('|', ${key.join(', ')})) % ${shares} = ${share}`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${judgedName(table)} AS ${judgedOf(shareOf(0))}`);
  for (let share = 1; share < shares; share += 1)
    await connection.run(`INSERT INTO ${judgedName(table)} ${judgedOf(shareOf(share))}`);
}

/**
 * A row set aside is known when its fact would have been, if nothing of its source and period was stored before. If
 * something was, this row is of a later edition, and nobody could know of its fault before that was imported.
 */
async function judgeSetAside(
  connection: DuckDBConnection,
  members: readonly UnitMember[],
  stored: { directory: string; files: readonly PartFile[]; storedAt: Instant },
): Promise<void> {
  const tables = [...new Set(stored.files.map((file) => file.table))];
  // Files say between which values their columns lie, so that those of other sources and periods are not read.
  const sources = [...new Set(members.map(({ source }) => sqlText(source)))];
  const near = `"source" IN (${sources.join(', ')}) AND "period_end" IN (SELECT "period_end" FROM ${incomingName('setAside')})`;
  const ofTable = tables.map((table) => {
    const paths = stored.files
      .filter((file) => file.table === table)
      .map((file) => join(stored.directory, file.path));
    return `SELECT "source", "period_end" FROM ${readParquetSql(paths)} WHERE ${near}`;
  });
  const none = 'SELECT NULL::VARCHAR AS "source", NULL::DATE AS "period_end" WHERE false';
  const earlier = [none, ...ofTable].join(' UNION ');
  const atImport = `greatest(i."known_at", ${sqlInstant(stored.storedAt)})`;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${judgedName('setAside')} AS
     SELECT i."seq", i."member", i."row_number", ${SET_ASIDE} AS "outcome", 0::BIGINT AS "revision",
       e."source" IS NOT NULL AS "by_import",
       CASE WHEN e."source" IS NULL THEN i."known_at" ELSE ${atImport} END AS "known_at"
     FROM ${incomingName('setAside')} i
     LEFT JOIN (${earlier}) e ON e."source" = i."source" AND e."period_end" = i."period_end"`,
  );
}

/** A table whose staged rows have been judged. */
export interface JudgedTable {
  readonly table: TableName;
  /** No row repeats or restates another, in the unit or in the store: all are kept, and nothing was written down of it. */
  readonly isNew: boolean;
  /** Rows were staged in the order of the first column of their key. */
  readonly isSorted: boolean;
  /** SQL conditions on `seq` under which the rows are written, a file each. */
  readonly spans: readonly string[];
}

const ALL_AT_ONCE = ['true'];

/** Spans of the numbers of staged rows, none of more rows than are sorted and written at once. */
async function spansOf(connection: DuckDBConnection, table: TableName): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT min("seq")::DOUBLE, max("seq")::DOUBLE FROM ${stagedName(table)}`,
  );
  const [first, last] = result.getRows()[0] as [number | null, number | null];
  const spans: string[] = [];
  for (let from = first ?? 0; from <= (last ?? -1); from += ROWS_WRITTEN_AT_ONCE)
    spans.push(`"seq" >= ${from} AND "seq" < ${from + ROWS_WRITTEN_AT_ONCE}`);
  return spans;
}

/** SQL of the outcome of every staged row. */
function outcomesSql({ table, isNew }: JudgedTable): string {
  return isNew
    ? `SELECT "member", "row_number", ${KEPT} AS "outcome", "known_at" FROM ${incomingName(table)}`
    : `SELECT "member", "row_number", "outcome", "known_at" FROM ${judgedName(table)}`;
}

/**
 * SQL of the rows of a judged table that are to be stored, with all columns, sorted by key. The columns that repeat on
 * every row are added after the sort, which need not carry them. Rows of a large file that come in the order of the first
 * column are left in theirs.
 */
export function rowsToStoreSql(
  { table, isNew, isSorted }: JudgedTable,
  span: string,
  members: readonly UnitMember[],
  storedAt: Instant,
): string {
  const staged = stagedColumns(table).map(({ sql }) => sql);
  const key = table === 'setAside' ? [] : keyColumns(table).filter((sql) => staged.includes(sql));
  const order = isSorted ? '' : `ORDER BY ${[...key, '"seq"'].map((sql) => `s.${sql}`).join(', ')}`;
  const values = writtenValuesSql(table, members, storedAt);
  if (isNew) {
    values.set(REVISION.sql, '0::BIGINT');
    return `SELECT ${listSql(values)} FROM (SELECT * FROM ${stagedName(table)} s ${order})`;
  }
  values
    .set('"known_at"', '"judged_known_at"')
    .set('"known_at_kind"', `CASE WHEN "by_import" THEN 'import' ELSE "known_at_kind" END`)
    .set(REVISION.sql, REVISION.sql);
  const wanted = table === 'setAside' ? 'true' : `j."outcome" IN (${KEPT}, ${REVISED})`;
  return `SELECT ${listSql(values)} FROM (
      SELECT s.*, j."by_import", j."revision", j."known_at" AS "judged_known_at"
      FROM (SELECT * FROM ${stagedName(table)} WHERE ${span}) s
      JOIN (SELECT * FROM ${judgedName(table)} WHERE ${span}) j ON s."seq" = j."seq" WHERE ${wanted} ${order})`;
}

/** True where rows stand in the order of the first column of their key. */
async function isInOrder(connection: DuckDBConnection, table: TableName, rowsSql: string): Promise<boolean> {
  const first = keyColumns(table)[0]!;
  const result = await connection.runAndReadAll(
    `SELECT coalesce(bool_and("now" >= "before"), true)
     FROM (SELECT ${first} AS "now", lag(${first}) OVER () AS "before" FROM (${rowsSql}))`,
  );
  return result.getRows()[0]![0] as boolean;
}

/** What is to be stored of a unit. */
export interface Judgement {
  /** Tables that have judged rows. */
  readonly judged: readonly JudgedTable[];
  /** Files whose rows are all new and stand in the order of the store, which may be stored as they are. */
  readonly written: readonly (WrittenRows & { readonly table: TableName })[];
}

/** Takes the files of a table whose rows are all new out of the staging, where they may be stored as they are. */
async function releaseWritten(
  connection: DuckDBConnection,
  staging: Staging,
  table: TableName,
): Promise<Judgement['written']> {
  const written = staging.writtenRows(table);
  for (const { sql } of written) if (!(await isInOrder(connection, table, sql))) return [];
  if (written.length > 0) await staging.releaseQueries(table);
  return written.map((rows) => ({ ...rows, table }));
}

/**
 * Judges all staged rows of a unit against each other and against the store.
 * @param stored.without tables in which the store is known to have none of the keys
 */
export async function reconcile(
  connection: DuckDBConnection,
  staging: Staging,
  members: readonly UnitMember[],
  stored: {
    directory: string;
    files: readonly PartFile[];
    storedAt: Instant;
    without?: readonly TableName[];
  },
): Promise<Judgement> {
  const judged: JudgedTable[] = [];
  const released: Judgement['written'][number][] = [];
  for (const table of staging.tables.filter((name) => name !== 'setAside')) {
    await makeIncoming(connection, table, members, stored.storedAt);
    const differ = await keysDiffer(connection, table);
    const prior = stored.without?.includes(table)
      ? null
      : await priorRowsSql(connection, table, incomingName(table), stored);
    if (differ && prior === null) {
      released.push(...(await releaseWritten(connection, staging, table)));
      if (!staging.tables.includes(table)) await dropJudged(connection, [table]);
      else
        judged.push({
          table,
          isNew: true,
          isSorted: await isSorted(connection, staging, table),
          spans: ALL_AT_ONCE,
        });
      continue;
    }
    if ((await makeRepeated(connection, table)) > 0) {
      await staging.prepare('setAside');
      await setConflictsAside(connection, table, members);
    }
    await judge(connection, table, prior ?? emptyRowsSql(table), stored.storedAt);
    judged.push({ table, isNew: false, isSorted: false, spans: await spansOf(connection, table) });
  }
  if (staging.tables.includes('setAside')) {
    await makeIncoming(connection, 'setAside', members, stored.storedAt);
    await judgeSetAside(connection, members, stored);
    judged.push({ table: 'setAside', isNew: false, isSorted: false, spans: ALL_AT_ONCE });
  }
  return { judged, written: released };
}

/** Rows that come one by one are looked at when they come, and put in order of the whole key if they are not. */
const isSorted = async (
  connection: DuckDBConnection,
  staging: Staging,
  table: TableName,
): Promise<boolean> =>
  staging.isByQuery(table)
    ? isInOrder(connection, table, `FROM ${stagedName(table)}`)
    : staging.isInOrder(table);

const NOTHING: MemberOutcome = {
  rowsKept: 0,
  rowsUnchanged: 0,
  rowsRevised: 0,
  rowsSetAside: 0,
  factsStored: 0,
  firstKnownAt: null,
};

/** Counts data rows by what became of them, for each member of the unit. */
export async function countOutcomes(
  connection: DuckDBConnection,
  tables: readonly JudgedTable[],
  members: number,
): Promise<MemberOutcome[]> {
  const outcomes = Array.from({ length: members }, () => NOTHING);
  if (tables.length === 0) return outcomes;
  const judged = tables
    .map(
      (judged) =>
        `SELECT "member", "row_number", "outcome", "known_at", ${judged.table === 'setAside'} AS "aside" FROM (${outcomesSql(judged)})`,
    )
    .join(' UNION ALL ');
  const result = await connection.runAndReadAll(
    `WITH facts AS (${judged}),
     data_rows AS (
       SELECT "member", max("outcome") AS "outcome",
         count(*) FILTER (NOT "aside" AND "outcome" IN (${KEPT}, ${REVISED})) AS "stored",
         min("known_at") FILTER ("aside" OR "outcome" IN (${KEPT}, ${REVISED})) AS "first"
       FROM facts GROUP BY "member", "row_number")
     SELECT "member"::DOUBLE, ${[KEPT, UNCHANGED, REVISED, SET_ASIDE]
       .map((outcome) => `count(*) FILTER ("outcome" = ${outcome})::DOUBLE`)
       .join(', ')}, sum("stored")::DOUBLE, epoch_ms(min("first"))::DOUBLE
     FROM data_rows GROUP BY "member"`,
  );
  for (const row of result.getRows()) {
    const [member, rowsKept, rowsUnchanged, rowsRevised, rowsSetAside, factsStored, firstKnownAt] =
      row as number[];
    outcomes[member!] = {
      rowsKept: rowsKept!,
      rowsUnchanged: rowsUnchanged!,
      rowsRevised: rowsRevised!,
      rowsSetAside: rowsSetAside!,
      factsStored: factsStored!,
      firstKnownAt: firstKnownAt as Instant | null,
    };
  }
  return outcomes;
}

/** An outcome with the rows of a file of new facts, one fact a row. */
export function addNewRows(outcome: MemberOutcome, { rows, firstKnownAt }: PartFile): MemberOutcome {
  return {
    ...outcome,
    rowsKept: outcome.rowsKept + rows,
    factsStored: outcome.factsStored + rows,
    firstKnownAt: Math.min(firstKnownAt, outcome.firstKnownAt ?? firstKnownAt) as Instant,
  };
}

/** Removes what `reconcile` made. */
export async function dropJudged(connection: DuckDBConnection, tables: readonly TableName[]): Promise<void> {
  for (const table of tables) {
    await connection.run(`DROP VIEW IF EXISTS ${incomingName(table)}`);
    await connection.run(`DROP TABLE IF EXISTS ${judgedName(table)}`);
  }
  await connection.run('DROP TABLE IF EXISTS "repeated"');
}
