import {
  endOfDayInNewYork,
  type Fact,
  FormatError,
  normalizeCik,
  type ReadBatch,
  type SetAsideRow,
} from '../../core/index.js';
import { readDate } from '../text/index.js';

const BATCH_ROWS = 4096;
const TAIL = /\s(\d{1,10})\s+(\d{8}|\d{4}-\d\d-\d\d)\s+(edgar\/\S+)\s*$/;
/** Where the form type starts where the header does not tell. */
const FORM_TYPE_COLUMN = 62;

/**
 * EDGAR's index by company: fixed width, a header that may be broken over two lines, a rule, then a line for every filer
 * of a filing. Known at the end of the filing day in New York, since EDGAR disseminates until 22:00.
 * @throws {FormatError} where no rule of dashes ends the header
 */
export function* readCompanyIndex(text: string, file: string): Generator<ReadBatch> {
  const lines = text.split(/\r\n?|\n/);
  const rule = lines.findIndex((line) => /^-{20,}\s*$/.test(line));
  if (rule < 0) throw new FormatError(`${file}: no line of dashes ends the header; get the index again`);
  const headed = lines
    .slice(0, rule)
    .find((line) => line.includes('Form Type'))
    ?.indexOf('Form Type');
  const formAt = headed ?? FORM_TYPE_COLUMN;
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  for (let index = rule + 1; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.trim() !== '') {
      const made = indexRow(line, formAt, index + 1);
      if ('table' in made) facts.push(made);
      else setAside.push(made);
    }
    const rowsRead = facts.length + setAside.length;
    if (rowsRead === BATCH_ROWS || (index === lines.length - 1 && rowsRead > 0)) {
      yield { facts, setAside, rowsRead };
      [facts, setAside] = [[], []];
    }
  }
}

function indexRow(line: string, formAt: number, rowNumber: number): Fact<'filingIndex'> | SetAsideRow {
  const tail = TAIL.exec(line);
  const filedDate = tail === null ? null : readDate(tail[2]!);
  const cik = tail === null ? null : normalizeCik(tail[1]!);
  const accession = /([\d-]+)\.txt$/.exec(tail?.[3] ?? '')?.[1] ?? null;
  const formType = tail === null ? '' : line.slice(formAt, tail.index).trim();
  if (tail === null || filedDate === null || cik === null || accession === null || formType === '') {
    return {
      rowNumber,
      column: null,
      found: line.trim().slice(0, 200),
      expected: 'company, form type, CIK, date filed, file name',
      reason: 'the line has not the columns of the index',
    };
  }
  const companyName = line.slice(0, formAt).trim();
  return {
    table: 'filingIndex',
    row: { accessionNumber: accession, cik, companyName, formType, filedDate, path: tail[3]! },
    rowNumber,
    periodStart: filedDate,
    periodEnd: filedDate,
    knownAt: endOfDayInNewYork(filedDate),
    knownAtKind: 'rule',
  };
}
