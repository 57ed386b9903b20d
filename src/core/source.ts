import type { GroupedBulkPlan, LargeText, RowWatch } from './grouped-bulk.js';
import type { KnownAtKind, TableName, TableRow } from './tables.js';
import type { Instant, IsoDate } from './units.js';

/** One readable file: a plain file, or a member of an archive after unpacking. */
export interface SourceFile {
  /** As the user can find it again: 'fut-fin-txt-2023.zip/FinFutYY.txt'; no directory of this machine. */
  readonly name: string;
  /** Of the file on disk (of the archive, for a member), lower-case hex. */
  readonly sha256: string;
  /** Contents after unpacking; the beginning only where `large` is given. */
  readonly bytes: Uint8Array;
  /** A file that stays on disk, of which only `bulkGroup` is asked. */
  readonly large?: LargeText;
}

/** A reader's answer to 'is this yours?'. */
export interface Detection {
  /** Names the format, printed to the user: 'cftc-tff-text', 'fred-wide' ... */
  readonly kind: string;
  /** What it was recognised by, in words. */
  readonly evidence: string;
  /** Files of one archive or folder with equal `group` are one set of facts, read by `readGroup`. */
  readonly group?: string;
  /** For a member of a group that may stay on disk, since `bulkGroup` lets the engine read it: begins to look at its rows. */
  readonly watchRows?: (newLine: '\n' | '\r\n') => RowWatch;
}

/**
 * `knownAt` of a fact whose time the file does not tell (knownAtKind 'import'): ingest puts the time of storing in its
 * place. Left as it is, it would be in no as-of view.
 */
export const KNOWN_AT_IMPORT = Date.UTC(2199, 11, 31) as Instant;

/** A fact that a source read, ready to be stored. */
export interface Fact<Name extends TableName = TableName> {
  readonly table: Name;
  readonly row: TableRow<Name>;
  readonly periodStart: IsoDate | null;
  readonly periodEnd: IsoDate | null;
  readonly knownAt: Instant;
  readonly knownAtKind: KnownAtKind;
  /** 1-based line or sheet row of the file, header included. */
  readonly rowNumber: number;
}

/** A row that could not be read: where, what stood there, what should have. */
export interface SetAsideRow {
  readonly rowNumber: number;
  readonly column: string | null;
  readonly found: string;
  readonly expected: string;
  readonly reason: string;
  /** Contract code, symbol or series, where that much could be read. */
  readonly subject?: string;
  readonly periodEnd?: IsoDate;
  /** When the row would have been known, where that much could be read. */
  readonly knownAt?: Instant;
}

/** A batch of what a reader made of its file. Batches keep memory bounded on large files. */
export interface ReadBatch {
  readonly facts: readonly Fact[];
  readonly setAside: readonly SetAsideRow[];
  /** Data rows of the file consumed by this batch. A data row gives facts or one set-aside row, never nothing. */
  readonly rowsRead: number;
}

/** A batch of one member of a group; its row numbers are lines of that member. */
export interface MemberBatch extends ReadBatch {
  /** Index into the files of the group. */
  readonly member: number;
}

export interface ReadContext {
  /** A user's mapping of foreign column names, by the reader's own documented names; see docs/sources/positions.md. */
  readonly mapping?: ColumnMapping;
}

/** A file `*.mapping.json` beside foreign CSV files; see docs/sources/positions.md for the format. */
export interface ColumnMapping {
  readonly kind: string;
  /** SHA-256 or name patterns are not used: a mapping applies to files whose header holds all its columns. */
  readonly columns: Readonly<Record<string, string>>;
  /** Values the file leaves unsaid: contract code, report, index symbol ... */
  readonly constants: Readonly<Record<string, string>>;
}

/** How the store's engine (DuckDB) finds the rows of a file by itself. Its columns become "c0", "c1" ..., all text, blank = NULL. */
export type BulkInput =
  | {
      readonly format: 'csv';
      /** One header line and rows of `columns` fields; row numbers are lines, so no field may hold an end of line. */
      readonly bytes: Uint8Array;
      readonly columns: number;
      /** Rows that the engine must find; where it does not, the file is read row by row. */
      readonly rows: number;
      readonly isQuoted: boolean;
      readonly newLine: '\n' | '\r\n';
      /** Where a line near the middle begins, and its row number, so that both halves can be read at once; null = read whole. */
      readonly middle: { readonly byte: number; readonly rowNumber: number } | null;
    }
  | {
      readonly format: 'parquet';
      readonly bytes: Uint8Array;
      /** Names of the columns, in order; row numbers count from 1. */
      readonly columns: readonly string[];
    };

/** A row as the engine found it; blank fields are ''. */
export interface BulkRow {
  readonly rowNumber: number;
  readonly fields: readonly string[];
}

/**
 * A large file's reading by SQL: rows that are plainly in order become facts inside the engine, all others come back to the
 * reader. Both ways must give the same facts. Where the engine cannot read the file, `SourceReader.read` does.
 */
export interface BulkPlan {
  readonly input: BulkInput;
  readonly table: TableName;
  /** SQL expressions by name, layer upon layer: each sees the columns and the layers before it. */
  readonly steps: readonly Readonly<Record<string, string>>[];
  /** SQL condition that a row is plainly in order; NULL means no. */
  readonly isClean: string;
  /**
   * SQL of the fact of a clean row, by the names of the table's columns and of the stamps periodStart, periodEnd, knownAt
   * and knownAtKind: days as days since 1970, instants as milliseconds.
   */
  readonly values: Readonly<Record<string, string>>;
  /**
   * A text column of the key to which ' #n' is added, n counting the rows of equal key in the order of the file. Since
   * that takes all rows, none is read by SQL then unless all are clean.
   */
  readonly numbered?: string;
  /** @param rowsOfFile all rows, clean ones included */
  judge(rowsOfFile: number): BulkJudge;
}

/** Reads what SQL left over, in the order of the file. */
export interface BulkJudge {
  /** Each row gives facts or one set-aside row. */
  read(rows: readonly BulkRow[]): ReadBatch;
  /** @throws {FormatError} where the file as a whole cannot be read */
  finish(): void;
}

/** One publisher's reader. Pure: bytes to rows. */
export interface SourceReader {
  readonly source: string;
  /** Decides by content, never by name. */
  detect(file: SourceFile, context: ReadContext): Detection | null;
  /**
   * Reads the whole file, in batches.
   * @throws {FormatError} where the file as a whole cannot be read
   */
  read(file: SourceFile, detection: Detection, context: ReadContext): Iterable<ReadBatch>;
  /** How the store's engine may read the file, which is then not read by `read`; null where it may not. */
  bulk?(file: SourceFile, detection: Detection, context: ReadContext): BulkPlan | null;
  /**
   * Reads files of one archive or folder that only make sense together: those whose detections name the same `group`.
   * A row of one member that adds to a fact of another counts as read in its own member.
   * @throws {FormatError} where a member is missing or cannot be read
   */
  readGroup?(
    files: readonly { readonly file: SourceFile; readonly detection: Detection }[],
    context: ReadContext,
  ): Iterable<MemberBatch>;
  /** How the store's engine may read the large member of a group, which `readGroup` reads else; null where it may not. */
  bulkGroup?(
    files: readonly { readonly file: SourceFile; readonly detection: Detection }[],
    context: ReadContext,
  ): GroupedBulkPlan | null;
}
