import {
  type Detection,
  FormatError,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { beginningOf, looksBinary } from '../text/index.js';
import { factorTable, readDailyFactors } from './daily.js';
import { looksLikeIndustries, readIndustries } from './industries.js';
import { editionOf, KINDS } from './layout.js';

const HEAD_BYTES = 4096;

/** Reads daily factors and lists of industries from Kenneth French's library. See docs/sources/factors.md. */
export const factorsReader: SourceReader = {
  source: 'factors',
  detect: detectFactors,
  read: readFactors,
};

const headOf = (file: SourceFile): string => beginningOf(file.bytes, HEAD_BYTES);

function detectFactors(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  const edition = editionOf(headOf(file));
  if (edition !== null) {
    const table = factorTable(file.bytes);
    if (table === null || !isDaily(table.records)) return null;
    return {
      kind: KINDS.daily,
      evidence: `edition ${edition.month} of daily factors ${table.factors.join(', ')}`,
    };
  }
  return looksLikeIndustries(file.bytes)
    ? { kind: KINDS.industries, evidence: 'industries and ranges of industrial classification codes' }
    : null;
}

/** Monthly and annual tables have shorter dates. */
function isDaily(records: Iterable<{ readonly fields: readonly string[] }>): boolean {
  for (const { fields } of records) return /^(\d{8}|\d{4}-\d\d-\d\d)$/.test(fields[0]!);
  return false;
}

/** @throws {FormatError} where the file has no edition or no header */
function readFactors(file: SourceFile, detection: Detection): Iterable<ReadBatch> {
  if (detection.kind === KINDS.industries) return readIndustries(file.bytes);
  const edition = editionOf(headOf(file));
  const table = factorTable(file.bytes);
  if (edition !== null && table !== null) return readDailyFactors(file, table, edition);
  throw new FormatError(`${file.name} names no edition or no factors; see docs/sources/factors.md`, {
    place: { file: file.name },
  });
}
