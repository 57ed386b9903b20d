import {
  type Detection,
  FormatError,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { type Columns, columnsOf, hasColumns, sniffHeader } from '../text/index.js';
import { readConstituents, readSectorHistory } from './constituents.js';
import { UNIVERSE_COLUMNS, type UniverseKind } from './layout.js';
import { readChanges, readIntervals } from './memberships.js';

const READ: Readonly<Record<UniverseKind, (file: SourceFile, columns: Columns) => Generator<ReadBatch>>> = {
  constituents: readConstituents,
  'sector-history': readSectorHistory,
  'membership-intervals': readIntervals,
  'membership-changes': readChanges,
};

/** Reads lists of constituents, dated sectors, and memberships of an index. See docs/sources/universe.md. */
export const universeReader: SourceReader = {
  source: 'universe',
  detect: detectUniverse,
  read: readUniverse,
};

function detectUniverse(file: SourceFile): Detection | null {
  const columns = headerColumns(file);
  if (columns === null) return null;
  for (const [kind, names] of Object.entries(UNIVERSE_COLUMNS)) {
    if (hasColumns(columns, names)) return { kind, evidence: `header with ${names.join(', ')}` };
  }
  return null;
}

/** @throws {FormatError} where the file has no header of such a kind, or a list of constituents no dates */
function readUniverse(file: SourceFile, detection: Detection): Iterable<ReadBatch> {
  const columns = headerColumns(file);
  const read = READ[detection.kind as UniverseKind];
  if (columns === null) {
    throw new FormatError(
      `${file.name} has no header line of a universe file; see docs/sources/universe.md`,
      {
        place: { file: file.name, line: 1 },
      },
    );
  }
  return read(file, columns);
}

function headerColumns(file: SourceFile): Columns | null {
  const header = sniffHeader(file.bytes);
  return header === null ? null : columnsOf(header);
}
