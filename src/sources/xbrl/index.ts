import type { Detection, Fact, ReadBatch, SetAsideRow, SourceFile, SourceReader } from '../../core/index.js';
import { beginningOf, looksBinary, setAsideRow } from '../text/index.js';
import { parseCompanyFacts } from './facts.js';
import { type ReadFact, readFact, statedFacts } from './statements.js';

const KIND = 'sec-company-facts';
const HEAD_BYTES = 4096;
const BATCH_ROWS = 8192;

/** Reads company facts as the SEC's data interface gives them. See docs/sources/xbrl.md. */
export const xbrlReader: SourceReader = { source: 'xbrl', detect: detectFacts, read: readFacts };

function detectFacts(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  const head = beginningOf(file.bytes, HEAD_BYTES).trimStart();
  const isFacts =
    head.startsWith('{') && ['"cik"', '"entityName"', '"facts"'].every((name) => head.includes(name));
  return isFacts ? { kind: KIND, evidence: 'an object with cik, entityName and facts' } : null;
}

/**
 * Reads fact by fact; a row is a fact, its number its place in the file.
 * @throws {FormatError} where the file is no company facts JSON
 */
function* readFacts(file: SourceFile): Generator<ReadBatch> {
  const company = parseCompanyFacts(file);
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let rowNumber = 0;
  for (const filed of company.concepts) {
    const read: ReadFact[] = [];
    for (const fact of filed.facts) {
      rowNumber += 1;
      const made = readFact(fact, filed, rowNumber);
      if ('problem' in made) setAside.push(setAsideRow(rowNumber, made.problem));
      else read.push(made);
    }
    for (const stated of statedFacts(company, filed, read)) facts.push(stated);
    const rowsRead = facts.length + setAside.length;
    if (rowsRead < BATCH_ROWS) continue;
    yield { facts, setAside, rowsRead };
    [facts, setAside] = [[], []];
  }
  if (facts.length + setAside.length > 0) yield { facts, setAside, rowsRead: facts.length + setAside.length };
}
