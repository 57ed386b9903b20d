import type { BulkRow, MemberBatch } from './source.js';
import type { TableName } from './tables.js';

/** A tab-separated text that is too large to stand in memory, with what was seen of it while it was written to disk. */
export interface LargeText {
  /** Its rows below the header, cut at an end of a line; where they lie on this machine is never printed. */
  readonly pieces: readonly { readonly path: string; readonly firstRow: number }[];
  readonly bytes: number;
  /** Lines below the header; blank lines at the end are none. */
  readonly rows: number;
  /** Null where ends of lines are mixed, or where the engine could cut lines otherwise than the reader. */
  readonly newLine: '\n' | '\r\n' | null;
  /** Rows that do not match `Detection.plainLine`, by their place among all, from 1; bytes as latin1. */
  readonly odd: readonly { readonly line: number; readonly text: string }[];
}

/** Column types of what a reader tells the engine; days are days since 1970, instants milliseconds. */
export type AnswerType = 'text' | 'double' | 'boolean';

/** Answers of a reader, by the text that was asked for. */
export interface BulkAnswers {
  readonly columns: Readonly<Record<string, AnswerType>>;
  readonly rows: ReadonlyMap<string, readonly (string | number | boolean | null)[]>;
}

/** What SQL found of the rows of one group. */
export interface BulkGroup {
  readonly key: string;
  readonly rows: number;
  /** By the names of `summaries`; null for NULL. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/**
 * The reading by SQL of the one large member of a group of files (see `SourceReader.readGroup`), whose rows belong together
 * by a text, such as the filing that they are part of. Groups whose rows are all plainly in order are written by the engine;
 * the rows of others come back to the reader. Both ways must give the same facts. The member is tab-separated with a header
 * and no quotes; its columns are "c0", "c1" ..., text, blank = NULL.
 */
export interface GroupedBulkPlan {
  /** Index of the member. */
  readonly member: number;
  /** Fields of a row. */
  readonly columns: number;
  readonly table: TableName;
  /**
   * A table that holds a row of each group wherever `table` holds any: what tells quickly whether the store has a group.
   * `column` is in the key of both.
   */
  readonly parent: { readonly table: TableName; readonly column: string };
  /** SQL of the text that names a row's group. */
  readonly group: string;
  /** SQL of a text of the row that the reader judges once for all rows that have it. */
  readonly label: string;
  /** Groups that have a row that is not plainly in order. */
  readonly oddGroups: ReadonlySet<string>;
  /** SQL of figures of a row, which the summaries see. */
  readonly figures: Readonly<Record<string, string>>;
  /** SQL aggregates over the figures of a group's rows, each a number. */
  readonly summaries: Readonly<Record<string, string>>;
  /**
   * SQL of the fact of a row, by the names of the table's columns and of the stamps periodStart, periodEnd, knownAt and
   * knownAtKind. It sees the columns, `place` (of the row in its group, from 1), and the answers as `g."name"` and `l."name"`.
   */
  readonly values: Readonly<Record<string, string>>;
  /** @param groups those that may be written by the engine; one without an answer goes to `readRest` */
  judge(groups: readonly BulkGroup[]): BulkAnswers;
  judgeLabels(labels: readonly string[]): BulkAnswers;
  /**
   * All batches of the other members, and of the large one those of the rows given.
   * @param rows all rows of the groups that the engine does not write, in the order of the file
   */
  readRest(rows: readonly BulkRow[]): Iterable<MemberBatch>;
}
