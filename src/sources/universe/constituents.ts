import {
  endOfDayInNewYork,
  type Fact,
  FormatError,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
  sectorOfGics,
} from '../../core/index.js';
import { type Columns, cellOf, dataRecords, readRows, symbolProblem, yahooSymbol } from '../text/index.js';
import { cikCell, dateCell, optionalDateCell } from './cells.js';
import { INDEX_LIST } from './layout.js';

interface ListedName {
  readonly symbol: string;
  readonly name: string;
  readonly gicsSector: string;
  readonly gicsSubIndustry: string;
  readonly cik: string | null;
  readonly firstSeen: IsoDate;
  readonly lastSeen: IsoDate;
}

/** A name as a list showed it. A GICS name that is none gives no sector and is kept as it stands. */
function listedFact(listed: ListedName, line: number): Fact<'constituents'> {
  return {
    table: 'constituents',
    row: {
      list: INDEX_LIST,
      ...listed,
      gicsSubIndustry: listed.gicsSubIndustry || null,
      sector: sectorOfGics(listed.gicsSector),
    },
    periodStart: listed.firstSeen,
    periodEnd: listed.lastSeen,
    knownAt: endOfDayInNewYork(listed.firstSeen),
    knownAtKind: 'rule',
    rowNumber: line,
  };
}

/**
 * Reads one snapshot of a list of constituents. The file does not say when it was taken: not before its latest 'Date
 * added', which stands for the day of the snapshot.
 * @throws {FormatError} where no row has a date
 */
export function* readConstituents(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const symbolOf = cellOf(columns, 'symbol')!;
  const nameOf = cellOf(columns, 'security')!;
  const sectorOf = cellOf(columns, 'gics_sector')!;
  const subIndustryOf = cellOf(columns, 'gics_sub_industry') ?? (() => '');
  const cikOf = cellOf(columns, 'cik') ?? (() => '');
  const addedOf = cellOf(columns, 'date_added')!;
  const seen = latestDate(file, columns.width, addedOf);
  yield* readRows(file.bytes, columns.width, ({ line, fields }, facts) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return symbolProblem('Symbol', symbolOf(fields));
    const added = optionalDateCell('Date added', addedOf(fields));
    if ('problem' in added) return { ...added.problem, subject: symbol };
    const cik = cikCell(cikOf(fields));
    if ('problem' in cik) return { ...cik.problem, subject: symbol };
    const listed = {
      symbol,
      name: nameOf(fields),
      gicsSector: sectorOf(fields),
      gicsSubIndustry: subIndustryOf(fields),
      cik: cik.value,
      firstSeen: seen,
      lastSeen: seen,
    };
    facts.push(listedFact(listed, line));
    return null;
  });
}

function latestDate(file: SourceFile, width: number, dateOf: (fields: readonly string[]) => string): IsoDate {
  let latest = '';
  for (const { fields } of dataRecords(file.bytes)) {
    const date = fields.length === width ? dateOf(fields) : '';
    if (isIsoDate(date) && date > latest) latest = date;
  }
  if (isIsoDate(latest)) return latest;
  throw new FormatError(
    `${file.name} has no day in 'Date added', so nothing says when the list was taken; add the column as YYYY-MM-DD`,
    { place: { file: file.name, column: 'Date added' } },
  );
}

/** Reads names and sectors with the first and last snapshot that showed them. */
export function readSectorHistory(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const cells = ['symbol', 'name', 'gics_sector', 'first_seen', 'last_seen'].map(
    (name) => cellOf(columns, name)!,
  );
  const [symbolOf, nameOf, sectorOf, firstOf, lastOf] = cells as [Cell, Cell, Cell, Cell, Cell];
  const subIndustryOf = cellOf(columns, 'gics_sub_industry') ?? (() => '');
  const cikOf = cellOf(columns, 'cik') ?? (() => '');
  return readRows(file.bytes, columns.width, ({ line, fields }, facts) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return symbolProblem('symbol', symbolOf(fields));
    const first = dateCell('first_seen', firstOf(fields));
    if ('problem' in first) return { ...first.problem, subject: symbol };
    const last = dateCell('last_seen', lastOf(fields));
    if ('problem' in last) return { ...last.problem, subject: symbol };
    const cik = cikCell(cikOf(fields));
    if ('problem' in cik) return { ...cik.problem, subject: symbol };
    if (last.value < first.value) {
      const expected = `first_seen ${first.value} or later`;
      const reason = 'last seen before it was first seen';
      return { column: 'last_seen', found: last.value, expected, reason, subject: symbol };
    }
    const listed = {
      symbol,
      name: nameOf(fields),
      gicsSector: sectorOf(fields),
      gicsSubIndustry: subIndustryOf(fields),
      cik: cik.value,
      firstSeen: first.value,
      lastSeen: last.value,
    };
    facts.push(listedFact(listed, line));
    return null;
  });
}

type Cell = (fields: readonly string[]) => string;
