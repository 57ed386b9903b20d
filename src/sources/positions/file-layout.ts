import { type ColumnMapping, FormatError, type ReadContext } from '../../core/index.js';
import { POSITIONS_COLUMNS, type PositionsColumn, positionsColumn } from './layout.js';
import { checkMapping } from './mapping.js';
import { BUILT_IN_MAPPINGS } from './mappings/index.js';

/** Where each of our columns stands in one file, or which constant stands for it. */
export interface FileLayout {
  readonly columns: readonly {
    readonly column: PositionsColumn;
    /** Header of the file, for messages. */
    readonly header: string;
    readonly index: number;
  }[];
  readonly constants: Readonly<Record<string, string>>;
  /** Number of fields of the header. */
  readonly width: number;
  /** Which names the columns were found by, in words. */
  readonly by: string;
}

const OWN_NAMES = 'the documented column names';

/**
 * Finds the columns of positions in a header: by the user's mapping, a built-in one, or the documented names, whichever
 * first finds all its columns.
 * @returns null where the header is none of a file of positions
 * @throws {FormatError} where the user's mapping is wrong
 */
export function layoutOfHeader(header: readonly string[], context: ReadContext): FileLayout | null {
  const { mapping } = context;
  if (mapping?.kind === 'positions') {
    checkMapping(mapping, 'mapping');
    if (holdsAll(header, mapping)) return layoutBy(header, mapping, "the user's mapping");
  }
  for (const builtIn of BUILT_IN_MAPPINGS) {
    if (holdsAll(header, builtIn.mapping))
      return layoutBy(header, builtIn.mapping, `built-in mapping ${builtIn.name}`);
  }
  const own = ownNames(header);
  return holdsAll(header, own) &&
    POSITIONS_COLUMNS.every(({ name, required }) => !required || name in own.columns)
    ? layoutBy(header, own, OWN_NAMES)
    : null;
}

/** @throws {FormatError} where a column that is used stands in the header twice, or a level has no symbol */
export function checkLayout(header: readonly string[], layout: FileLayout, fileName: string): void {
  for (const used of layout.columns) {
    if (header.lastIndexOf(used.header) === used.index) continue;
    throw new FormatError(`${fileName}: the header has column ${used.header} twice; rename or remove one`, {
      place: { file: fileName, line: 1, column: used.header, found: 'twice', expected: 'once' },
    });
  }
  const names = new Set([
    ...layout.columns.map(({ column }) => column.name),
    ...Object.keys(layout.constants),
  ]);
  if (names.has('level') && !names.has('level_symbol')) {
    throw new FormatError(
      `${fileName}: the header has column level and lacks level_symbol, the symbol of its index; add it or remove level`,
      {
        place: {
          file: fileName,
          line: 1,
          column: 'level_symbol',
          found: 'nowhere',
          expected: 'in the header',
        },
      },
    );
  }
}

function ownNames(header: readonly string[]): ColumnMapping {
  const names = header.filter((name) => positionsColumn(name) !== null);
  return {
    kind: 'positions',
    columns: Object.fromEntries(names.map((name) => [name, name])),
    constants: {},
  };
}

function holdsAll(header: readonly string[], mapping: ColumnMapping): boolean {
  const present = new Set(header);
  return Object.values(mapping.columns).every((name) => present.has(name));
}

function layoutBy(header: readonly string[], mapping: ColumnMapping, by: string): FileLayout {
  const columns = Object.entries(mapping.columns).map(([name, theirs]) => ({
    column: positionsColumn(name)!,
    header: theirs,
    index: header.indexOf(theirs),
  }));
  return { columns, constants: mapping.constants, width: header.length, by };
}
