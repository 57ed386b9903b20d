import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Detection,
  type Fact,
  FormatError,
  type ReadContext,
  type SetAsideRow,
  type SourceFile,
  type SourceReader,
  type TableName,
  type TableRow,
} from '../../../src/core/index.js';

export interface Reading {
  readonly detection: Detection;
  readonly facts: readonly Fact[];
  readonly setAside: readonly SetAsideRow[];
  readonly rowsRead: number;
}

export function sourceFile(content: string | Uint8Array, name = 'some.csv'): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, sha256: '0'.repeat(64), bytes };
}

/** Detects and reads a file, and checks what holds for every reader. */
export function readAll(
  reader: SourceReader,
  content: string | Uint8Array,
  context: ReadContext = {},
  name?: string,
): Reading {
  const file = sourceFile(content, name);
  const detection = reader.detect(file, context);
  if (detection === null) throw new Error(`the ${reader.source} reader does not recognise the file`);
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const batch of reader.read(file, detection, context)) {
    const withFacts = new Set(batch.facts.map((fact) => fact.rowNumber)).size;
    expect(withFacts + batch.setAside.length).toBe(batch.rowsRead);
    facts.push(...batch.facts);
    setAside.push(...batch.setAside);
    rowsRead += batch.rowsRead;
  }
  return { detection, facts, setAside, rowsRead };
}

export function rowsOf<Name extends TableName>(reading: Reading, table: Name): TableRow<Name>[] {
  return reading.facts.filter((fact) => fact.table === table).map((fact) => fact.row as TableRow<Name>);
}

function checkFact(fact: Fact): void {
  expect(Number.isSafeInteger(fact.knownAt)).toBe(true);
  expect(fact.rowNumber).toBeGreaterThan(1);
  for (const value of Object.values(fact.row)) {
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    else expect(value === null || typeof value === 'string' || typeof value === 'boolean').toBe(true);
  }
}

/**
 * Mutates a valid file at random and holds its reader to its promises: no crash but a FormatError, every row of the file
 * accounted for, only finite figures.
 */
export function fuzzReader(reader: SourceReader, valid: string, runs = 200): void {
  const junk = fc.oneof(
    fc.constantFrom(
      '',
      '"',
      ',',
      '\n',
      '\r',
      'NaN',
      '-1',
      '1e999',
      '9'.repeat(400),
      '\u0000',
      '0',
      '2024-13-45',
      'x',
    ),
    fc.string({ maxLength: 6 }),
  );
  const edit = fc.record({ at: fc.nat(), remove: fc.nat(12), insert: junk });
  const head = valid.slice(0, valid.indexOf('\n') + 1);
  const mutated = fc.array(edit, { minLength: 1, maxLength: 8 }).map((edits) => {
    let text = valid;
    for (const { at, remove, insert } of edits) {
      const start = head.length + (at % (text.length - head.length + 1));
      text = text.slice(0, start) + insert + text.slice(start + remove);
    }
    return new TextEncoder().encode(text);
  });
  const bytes = fc
    .uint8Array({ maxLength: 300 })
    .map((tail) => Uint8Array.from([...new TextEncoder().encode(head), ...tail]));
  fc.assert(
    fc.property(fc.oneof(mutated, bytes, fc.uint8Array({ maxLength: 200 })), (content) => {
      const file = sourceFile(content);
      const detection = reader.detect(file, {});
      if (detection === null) return;
      const lines = new Set<number>();
      let rows = 0;
      try {
        for (const batch of reader.read(file, detection, {})) {
          for (const fact of batch.facts) {
            checkFact(fact);
            lines.add(fact.rowNumber);
          }
          for (const row of batch.setAside) {
            expect(lines.has(row.rowNumber)).toBe(false);
            lines.add(row.rowNumber);
            expect(row.reason).not.toBe('');
          }
          rows += batch.rowsRead;
        }
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(lines.size).toBe(rows);
    }),
    { numRuns: runs },
  );
}
