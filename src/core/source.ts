import type { KnownAtKind, TableName, TableRow } from './tables.js';
import type { Instant, IsoDate } from './units.js';

/** One readable file: a plain file, or a member of an archive after unpacking. */
export interface SourceFile {
  /** As the user can find it again: 'fut-fin-txt-2023.zip/FinFutYY.txt'; no directory of this machine. */
  readonly name: string;
  /** Of the file on disk (of the archive, for a member), lower-case hex. */
  readonly sha256: string;
  /** Contents after unpacking. */
  readonly bytes: Uint8Array;
}

/** A reader's answer to 'is this yours?'. */
export interface Detection {
  /** Names the format, printed to the user: 'cftc-tff-text', 'fred-wide' ... */
  readonly kind: string;
  /** What it was recognised by, in words. */
  readonly evidence: string;
  /** Files of one archive or folder with equal `group` are one set of facts, read by `readGroup`. */
  readonly group?: string;
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
  /**
   * Reads files of one archive or folder that only make sense together: those whose detections name the same `group`.
   * A row of one member that adds to a fact of another counts as read in its own member.
   * @throws {FormatError} where a member is missing or cannot be read
   */
  readGroup?(
    files: readonly { readonly file: SourceFile; readonly detection: Detection }[],
    context: ReadContext,
  ): Iterable<MemberBatch>;
}
