import type { MemberBatch } from './source.js';
import type { TableName } from './tables.js';

/** A row of a large text that is not plainly in order. */
export interface OddRow {
  /** Its place among all rows, from 1. */
  readonly row: number;
  /** First byte of the row of blanks that stands for it on disk, counted over all pieces. */
  readonly start: number;
  /** Its bytes as latin1, without the LF. */
  readonly text: string;
}

/** Plain rows of one group that stand together in a large text. */
export interface GroupRun {
  readonly key: string;
  /** Place of the first among all rows, from 1. */
  readonly firstRow: number;
  readonly rows: number;
  /** Its bytes on disk, counted over all pieces. */
  readonly start: number;
  readonly end: number;
  /** What the group is judged by, summed over these rows. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** What a reader saw of the rows of a large text in passing. */
export interface RowsSeen {
  /** Lines below the header, blank ones included. */
  readonly rows: number;
  /** In order. */
  readonly odd: readonly OddRow[];
  /** In order; null where the engine should not read the text: too many rows are odd, or its groups are in too many pieces. */
  readonly runs: readonly GroupRun[] | null;
  /** Texts of the plain rows that the reader judges once for all rows that have them. */
  readonly labels: readonly string[];
  /** Columns in which some plain row has blanks around its text. */
  readonly padded: ReadonlySet<number>;
}

/**
 * Looks at the rows of a large text on their way to disk, so that the engine need read them but once. Rows that are not
 * plainly in order are replaced there by rows of blanks: the engine need not be able to read them.
 */
export interface RowWatch {
  /** Rows so far. */
  readonly rows: number;
  /** Bytes on disk so far. */
  readonly bytes: number;
  /** What stands on disk for an odd row, its end included. */
  readonly blankRow: Uint8Array;
  /** @param rows whole rows, with their ends @returns where odd ones stand among these bytes, in order, ends included */
  add(rows: Uint8Array): readonly { readonly from: number; readonly to: number }[];
  /** Ends the text. */
  end(): RowsSeen;
}

/** A tab-separated text that is too large to stand in memory, with what was seen of it while it was written to disk. */
export interface LargeText {
  /** Its rows below the header, cut at an end of a line; where they lie on this machine is never printed. */
  readonly pieces: readonly {
    readonly path: string;
    readonly firstRow: number;
    readonly firstByte: number;
  }[];
  readonly bytes: number;
  /** Null where ends of lines are mixed, or where the engine could cut lines otherwise than the reader. */
  readonly newLine: '\n' | '\r\n' | null;
  readonly seen: RowsSeen;
  /** Bytes of the row of blanks that stands for an odd one. */
  readonly blankBytes: number;
}

/** Column types of what a reader tells the engine; days are days since 1970, instants milliseconds. */
export type AnswerType = 'text' | 'double' | 'boolean';

/** Answers of a reader, by the text that was asked for. */
export interface BulkAnswers {
  readonly columns: Readonly<Record<string, AnswerType>>;
  readonly rows: ReadonlyMap<string, readonly (string | number | boolean | null)[]>;
}

/** A group whose rows are all plainly in order and stand together. */
export type BulkGroup = Pick<GroupRun, 'key' | 'rows' | 'firstRow' | 'figures'>;

/** A row that the engine does not write. */
export interface RestRow {
  /** Line of the file. */
  readonly line: number;
  /** Its bytes as latin1, without its end. */
  readonly text: string;
}

/**
 * The reading by SQL of the one large member of a group of files (see `SourceReader.readGroup`), whose rows belong together
 * by a text, such as the filing that they are part of. Groups whose rows are all plainly in order are written by the engine;
 * the rows of others come back to the reader. Both ways must give the same facts. The member is tab-separated with a header
 * and no quotes; its columns are "c0", "c1" ..., blank = NULL.
 */
export interface GroupedBulkPlan {
  /** Index of the member. */
  readonly member: number;
  /** Fields of a plain row. */
  readonly columns: readonly ('text' | 'integer')[];
  readonly table: TableName;
  /**
   * A table that holds a row of each group wherever `table` holds any: what tells quickly whether the store has a group.
   * `column` is in the key of both.
   */
  readonly parent: { readonly table: TableName; readonly column: string };
  /** Groups that the engine may write, in the order of the file. */
  readonly groups: readonly BulkGroup[];
  /** SQL of the text that names a row's group. */
  readonly group: string;
  /** SQL of a text of the row that the reader judges once for all rows that have it. */
  readonly label: string;
  /**
   * SQL of what is the same in all facts of a group, over the answers of `judge`, by the names of the table's columns and of
   * the stamps periodStart, periodEnd, knownAt and knownAtKind: days as days since 1970, instants as milliseconds.
   */
  readonly groupValues: Readonly<Record<string, string>>;
  /**
   * SQL of the rest of the fact of a row. It sees the columns, `place` (of the row in its group, from 1), the answers as
   * `g."name"` and `l."name"`, and the group as `g."key"`. A text may be of a type ENUM, which is written faster.
   */
  readonly values: Readonly<Record<string, string>>;
  /** @param groups those of `groups` that the store has not; one without an answer goes to `readRest` */
  judge(groups: readonly BulkGroup[]): BulkAnswers;
  judgeLabels(labels: readonly string[]): BulkAnswers;
  /**
   * All batches of the other members, and of the large one those of the rows given.
   * @param rows all rows of the groups that the engine does not write, in the order of the file
   */
  readRest(rows: readonly RestRow[]): Iterable<MemberBatch>;
}
