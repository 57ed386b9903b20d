import type { Detection, ReadBatch, SourceFile, SourceReader } from '../../core/index.js';
import { beginningOf, hasColumns, headerColumns, looksBinary, requireColumns } from '../text/index.js';
import { KINDS, MEETING_COLUMNS, SURPRISE_COLUMNS } from './layout.js';
import { readMeetings } from './meetings.js';
import { readStatements } from './statements.js';
import { readSurprises } from './surprises.js';

const HEAD_BYTES = 16_384;

/** Reads meetings, statements and surprises of the Federal Open Market Committee. See docs/sources/fomc.md. */
export const fomcReader: SourceReader = { source: 'fomc', detect: detectFomc, read: readFomc };

function detectFomc(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  if (looksLikeStatements(file.bytes)) {
    return { kind: KINDS.statements, evidence: 'a list of meetings with target_range and statement' };
  }
  const columns = headerColumns(file);
  if (columns === null) return null;
  if (hasColumns(columns, MEETING_COLUMNS)) {
    return { kind: KINDS.meetings, evidence: `header with ${MEETING_COLUMNS.join(', ')}` };
  }
  return hasColumns(columns, SURPRISE_COLUMNS)
    ? { kind: KINDS.surprises, evidence: `header with ${SURPRISE_COLUMNS.join(', ')}` }
    : null;
}

function looksLikeStatements(bytes: Uint8Array): boolean {
  const head = beginningOf(bytes, HEAD_BYTES);
  return (
    head.trimStart().startsWith('{') &&
    ['"meetings"', '"target_range"', '"statement"'].every((name) => head.includes(name))
  );
}

/** @throws {FormatError} where the file as a whole cannot be read */
function readFomc(file: SourceFile, { kind }: Detection): Iterable<ReadBatch> {
  if (kind === KINDS.statements) return readStatements(file);
  const columns = requireColumns(headerColumns(file), file, 'fomc.md');
  return kind === KINDS.meetings ? readMeetings(file, columns) : readSurprises(file, columns);
}
