import type { ColumnMapping } from '../../core/index.js';

/** Where a file keeps the columns that a reader knows by its own names. */
export interface Columns {
  /** Number of columns of the file. */
  readonly width: number;
  /** Positions by the reader's names. */
  readonly positions: ReadonlyMap<string, number>;
  /** Values that a mapping gives for what the file leaves unsaid, by the reader's names. */
  readonly constants: ReadonlyMap<string, string>;
  /** True where a mapping says which column is which. */
  readonly isMapped: boolean;
}

/** Header names in one spelling: lower case, blanks and hyphens as underscores ('Adj Close' = 'adj_close'). */
function canonicalName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/**
 * Columns of a header by the reader's own names, or by a mapping's where it is of the given kind and the header holds all
 * its columns.
 * @returns null where two columns have one name, so that neither can be meant
 */
export function columnsOf(
  header: readonly string[],
  options: { readonly mapping?: ColumnMapping | undefined; readonly mappingKind?: string } = {},
): Columns | null {
  const { mapping, mappingKind } = options;
  if (mapping !== undefined && mapping.kind === mappingKind) {
    const mapped = mappedColumns(header, mapping);
    if (mapped !== null) return mapped;
  }
  const positions = new Map(header.map((name, index) => [canonicalName(name), index]));
  if (positions.size !== header.length) return null;
  return { width: header.length, positions, constants: new Map(), isMapped: false };
}

function mappedColumns(header: readonly string[], mapping: ColumnMapping): Columns | null {
  const positions = new Map<string, number>();
  for (const [name, foreign] of Object.entries(mapping.columns)) {
    const index = header.indexOf(foreign);
    if (index < 0 || header.lastIndexOf(foreign) !== index) return null;
    positions.set(name, index);
  }
  const constants = new Map(Object.entries(mapping.constants));
  return { width: header.length, positions, constants, isMapped: true };
}

/** True where each name is a column of the file or a constant of the mapping. */
export function hasColumns(columns: Columns, names: readonly string[]): boolean {
  return names.every((name) => columns.positions.has(name) || columns.constants.has(name));
}

/** Reads one column: its cell, or the constant that stands for it; null where the file has neither. */
export function cellOf(columns: Columns, name: string): ((fields: readonly string[]) => string) | null {
  const position = columns.positions.get(name);
  if (position !== undefined) return (fields) => fields[position]!;
  const constant = columns.constants.get(name);
  return constant === undefined ? null : () => constant;
}
