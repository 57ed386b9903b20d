import {
  type BulkPlan,
  type BulkRow,
  type Detection,
  type Fact,
  FormatError,
  type ReadBatch,
  type ReadContext,
  type SetAsideRow,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { type Columns, dataRecords, setAsideRow, shapeProblem } from '../text/index.js';
import { bulkPlan } from './bulk.js';
import { detectLedger, headerOf, ledgerColumns } from './detect.js';
import { ExecutionReader } from './execution.js';
import { LEDGER_COLUMNS, LEDGER_SOURCE, PARQUET_KIND } from './layout.js';

export { checkLedgerMapping, isLedgerMapping } from './mapping.js';

const BATCH_ROWS = 8192;
/** More negative sales than one row in so many: the file as a whole writes sales so. */
const SIGNED_SHARE = 10;

/** Executions of a prime broker, custodian or order system, as CSV or Parquet. See docs/sources/ledger.md. */
export const ledgerReader: SourceReader = {
  source: LEDGER_SOURCE,
  detect: detectLedger,
  read: readLedger,
  bulk: planLedger,
};

interface LedgerFile {
  readonly header: readonly string[];
  readonly columns: Columns;
}

/** @throws {FormatError} where the file is no ledger */
function openLedger(file: SourceFile, context: ReadContext): LedgerFile {
  const header = headerOf(file);
  const columns = header === null ? null : ledgerColumns(header, context);
  if (header !== null && columns !== null) return { header, columns };
  throw new FormatError(`${file.name}: the header lacks columns of a ledger; see docs/sources/ledger.md`, {
    place: { file: file.name, line: 1 },
  });
}

/** @throws {FormatError} for Parquet, which the store's engine alone reads, and where sales have negative quantities */
function* readLedger(file: SourceFile, { kind }: Detection, context: ReadContext): Generator<ReadBatch> {
  if (kind === PARQUET_KIND)
    throw new FormatError(`${file.name}: the Parquet file is damaged; get it again, or bring it as CSV`);
  const { columns } = openLedger(file, context);
  yield* judgeRows(rowsOf(file.bytes, columns.width), file, columns, null);
}

function planLedger(file: SourceFile, _: Detection, context: ReadContext): BulkPlan | null {
  const { header, columns } = openLedger(file, context);
  return bulkPlan(file.bytes, header, columns, (rows, rowsOfFile) =>
    judgeRows(rows, file, columns, rowsOfFile),
  );
}

/** A row to be judged; one that is no whole row brings its problem. */
type JudgedRow = BulkRow & { readonly problem?: SetAsideRow };

function* rowsOf(bytes: Uint8Array, width: number): Generator<JudgedRow> {
  for (const record of dataRecords(bytes)) {
    const { line: rowNumber, fields } = record;
    const problem = shapeProblem(record, width);
    yield problem === null
      ? { rowNumber, fields }
      : { rowNumber, fields, problem: setAsideRow(rowNumber, problem) };
  }
}

/**
 * @param rowsOfFile null where `rows` are all of them
 * @throws {FormatError} where the file writes its sales as negative quantities
 */
function* judgeRows(
  rows: Iterable<JudgedRow>,
  file: SourceFile,
  columns: Columns,
  rowsOfFile: number | null,
): Generator<ReadBatch> {
  const reader = new ExecutionReader(columns, LEDGER_COLUMNS);
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let judged = 0;
  for (const row of rows) {
    const { rowNumber, fields } = row;
    const outcome = row.problem === undefined ? reader.read(fields, rowNumber) : null;
    if (outcome === null) setAside.push(row.problem!);
    else if ('problem' in outcome) setAside.push(setAsideRow(rowNumber, outcome.problem));
    else facts.push(outcome);
    judged += 1;
    if (judged % BATCH_ROWS !== 0) continue;
    yield { facts, setAside, rowsRead: BATCH_ROWS };
    facts = [];
    setAside = [];
  }
  refuseSigned(file, reader.negativeSales, rowsOfFile ?? judged);
  if (judged % BATCH_ROWS > 0) yield { facts, setAside, rowsRead: judged % BATCH_ROWS };
}

function refuseSigned(file: SourceFile, negativeSales: number, rows: number): void {
  if (negativeSales < 2 || negativeSales * SIGNED_SHARE <= rows) return;
  throw new FormatError(
    `${file.name}: ${negativeSales} of ${rows} rows are sales with a negative quantity; quantities are above 0 and the side tells sales. If this file writes sales so, give a mapping with "constants": {"quantity_sign": "signed"} (docs/sources/ledger.md)`,
    { place: { file: file.name, column: 'quantity', found: 'a negative quantity', expected: 'shares > 0' } },
  );
}
