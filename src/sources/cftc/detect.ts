import type { Detection, SourceFile } from '../../core/index.js';
import { looksBinary, readDelimited, sniffHeader } from '../text/index.js';
import { type FileLayout, layoutWithoutHeader, looksLikeHeader } from './file-layout.js';
import { TFF_COLUMNS } from './layout.js';
import { parseTffRow } from './parse.js';
import { looksLikeTffWorkbook } from './xls.js';

const HEADERLESS_SAMPLE_BYTES = 65_536;
const HEADERLESS_SAMPLE_ROWS = 25;

/** Says which form of the report the file is, by its content; null where it is none. */
export function detectTff(file: SourceFile): Detection | null {
  if (looksLikeTffWorkbook(file.bytes))
    return { kind: 'cftc-tff-xls', evidence: 'an Excel workbook with the header of a CFTC report' };
  if (looksBinary(file.bytes)) return null;
  const header = sniffHeader(file.bytes);
  if (header !== null && looksLikeHeader(header)) {
    const kind = header.some((field) => /_Quotes$/i.test(field)) ? 'cftc-tff-text' : 'cftc-tff-csv84';
    return { kind, evidence: `the header of a CFTC report, ${header.length} columns` };
  }
  if (!looksHeaderless(file.bytes)) return null;
  return {
    kind: 'cftc-tff-week',
    evidence: `rows of ${TFF_COLUMNS.length} columns with date, contract code and FutOnly or Combined in their places, no header`,
  };
}

/** True where one of the first rows is a whole row of the report, or all but whole: date, code and report are in place. */
function looksHeaderless(bytes: Uint8Array): boolean {
  const layout = layoutWithoutHeader();
  let rows = 0;
  for (const { fields } of readDelimited(bytes.subarray(0, HEADERLESS_SAMPLE_BYTES))) {
    if (isRowOfReport(layout, fields)) return true;
    rows += 1;
    if (rows === HEADERLESS_SAMPLE_ROWS) return false;
  }
  return false;
}

function isRowOfReport(layout: FileLayout, fields: readonly string[]): boolean {
  if (fields.length !== layout.columns.length) return false;
  const { row, bad } = parseTffRow(layout, fields);
  return (
    row !== null ||
    (bad.contractCode !== null &&
      bad.reportDate !== null &&
      /^(FutOnly|Combined)$/.test(fields[layout.report]!))
  );
}
