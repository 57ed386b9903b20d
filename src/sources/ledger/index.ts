import {
  type BulkJudge,
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
import { type Columns, type DelimitedRecord, dataRecords, setAsideRow, shapeProblem } from '../text/index.js';
import { bulkPlan, type OddRows } from './bulk.js';
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
  const judge = new LedgerJudge(file, columns);
  let records: DelimitedRecord[] = [];
  for (const record of dataRecords(file.bytes)) {
    records.push(record);
    if (records.length < BATCH_ROWS) continue;
    yield judge.readRecords(records);
    records = [];
  }
  if (records.length > 0) yield judge.readRecords(records);
  judge.finish();
}

function planLedger(file: SourceFile, _: Detection, context: ReadContext): BulkPlan | null {
  const { header, columns } = openLedger(file, context);
  return bulkPlan(file.bytes, header, columns, (rows, odd) => new LedgerJudge(file, columns, { rows, odd }));
}

/** Judges rows in the order of the file, whoever cut them. */
class LedgerJudge implements BulkJudge {
  readonly #reader: ExecutionReader;
  readonly #width: number;
  #judged = 0;

  /** @param whole the number of rows, and those that SQL did not see; left out where all rows come by here */
  constructor(
    private readonly file: SourceFile,
    columns: Columns,
    private readonly whole?: { readonly rows: number; readonly odd: OddRows },
  ) {
    this.#reader = new ExecutionReader(columns, LEDGER_COLUMNS);
    this.#width = columns.width;
  }

  readRecords(records: readonly DelimitedRecord[]): ReadBatch {
    return this.#batch(records, (record) => this.#readRecord(record));
  }

  #readRecord(record: DelimitedRecord): ReturnType<ExecutionReader['read']> {
    const problem = shapeProblem(record, this.#width);
    return problem === null ? this.#reader.read(record.fields, record.line) : { problem };
  }

  read(rows: readonly BulkRow[]): ReadBatch {
    return this.#batch(rows, ({ fields, rowNumber }) => {
      const odd = this.whole?.odd.get(rowNumber);
      return odd === undefined ? this.#reader.read(fields, rowNumber) : this.#readRecord(odd);
    });
  }

  #batch<Row extends { readonly line: number } | { readonly rowNumber: number }>(
    rows: readonly Row[],
    judge: (row: Row) => ReturnType<ExecutionReader['read']>,
  ): ReadBatch {
    const facts: Fact[] = [];
    const setAside: SetAsideRow[] = [];
    for (const row of rows) {
      const outcome = judge(row);
      const rowNumber = 'line' in row ? row.line : row.rowNumber;
      if ('problem' in outcome) setAside.push(setAsideRow(rowNumber, outcome.problem));
      else facts.push(outcome);
    }
    this.#judged += rows.length;
    return { facts, setAside, rowsRead: rows.length };
  }

  /** Half a ledger would read as a record, so a file that writes sales as negative quantities is refused whole. */
  finish(): void {
    const rows = this.whole?.rows ?? this.#judged;
    const { negativeSales } = this.#reader;
    if (negativeSales < 2 || negativeSales * SIGNED_SHARE <= rows) return;
    throw new FormatError(
      `${this.file.name}: ${negativeSales} of ${rows} rows are sales with a negative quantity; quantities are above 0 and the side tells sales. If this file writes sales so, give a mapping with "constants": {"quantity_sign": "signed"} (docs/sources/ledger.md)`,
      {
        place: {
          file: this.file.name,
          column: 'quantity',
          found: 'a negative quantity',
          expected: 'shares > 0',
        },
      },
    );
  }
}
