import { createHash } from 'node:crypto';
import {
  type Detection,
  FormatError,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { decodeText } from '../text/index.js';
import { parseAsciiCover } from './ascii-cover.js';
import { parseAsciiTable } from './ascii-table.js';
import { readCompanyIndex } from './company-index.js';
import { parseCoverPage } from './cover-page-xml.js';
import { type DataSetFile, readDataSet } from './data-set.js';
import { planDataSet } from './data-set-bulk.js';
import { detectEdgar, KINDS } from './detect.js';
import { readFundHoldings } from './fund-holdings.js';
import { readCompanyTickers, readCusipTickers, readFundManagers } from './identifier-lists.js';
import { parseInformationTable } from './information-table-xml.js';
import type { DataSetMember } from './layout.js';
import { filingBatches } from './map.js';
import { NO_FACTS } from './model.js';
import { readSubmission } from './submission.js';

export { WHOLE_DOLLARS_FROM } from './layout.js';
export {
  decideValueUnit,
  type ValuePair,
  type ValueUnit,
  type ValueUnitDecision,
} from './value-unit.js';

const COVER_ROW = 1;

/**
 * Form 13F in every form in which the SEC has published it, EDGAR's daily index and company tickers, and the lists of
 * funds and CUSIPs that others made from them.
 */
export const edgarReader: SourceReader = {
  source: 'edgar',
  detect: detectEdgar,
  read: (file, { kind }) => readKind(file, kind),
  *readGroup(files) {
    yield* readDataSet(membersOf(files));
  },
  bulkGroup: (files) => planDataSet(membersOf(files)),
};

function membersOf(
  files: readonly { readonly file: SourceFile; readonly detection: Detection }[],
): DataSetFile[] {
  return files.map(({ file, detection }) => ({ file, member: memberOf(detection.kind) }));
}

function readKind(file: SourceFile, kind: string): Iterable<ReadBatch> {
  const identity = { sha256: sha256Of(file.bytes), rowNumber: COVER_ROW };
  switch (kind) {
    case KINDS.submission:
      return filingBatches(readSubmission(decodeText(file.bytes), file.name), identity);
    case KINDS.table: {
      const table = parseInformationTable(decodeText(file.bytes), file.name, COVER_ROW + 1);
      return filingBatches({ facts: NO_FACTS, table }, identity);
    }
    case KINDS.cover:
      return filingBatches(
        { facts: parseCoverPage(decodeText(file.bytes), file.name), table: null },
        identity,
      );
    case KINDS.body: {
      const text = decodeText(file.bytes);
      return filingBatches({ facts: parseAsciiCover(text), table: parseAsciiTable(text, 1) }, identity);
    }
    case KINDS.companyIndex:
      return readCompanyIndex(decodeText(file.bytes), file.name);
    case KINDS.companyTickers:
      return readCompanyTickers(decodeText(file.bytes), file.name);
    case KINDS.cusipTicker:
      return readCusipTickers(file.bytes);
    case KINDS.fundManagers:
      return readFundManagers(file.bytes);
    case KINDS.fundHoldings:
      return readFundHoldings(file.bytes);
    default:
      throw new FormatError(
        `${file.name}: ${memberOf(kind)}.tsv is one part of a Form 13F data set; import the SEC's zip, or the folder with all its parts`,
        { place: { file: file.name } },
      );
  }
}

/** Of the contents: the members of an archive share the hash of the file. */
function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function memberOf(kind: string): DataSetMember {
  return kind.slice(KINDS.dataSet.length + 1) as DataSetMember;
}
