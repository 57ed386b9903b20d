import type { Fact, ReadContext, SetAsideRow, SourceFile } from '../../../src/core/index.js';
import { positionsReader } from '../../../src/sources/positions/index.js';

export interface ReadResult {
  readonly evidence: string;
  readonly positions: Fact<'positions'>[];
  readonly levels: Fact<'levels'>[];
  readonly setAside: SetAsideRow[];
  readonly rowsRead: number;
}

export function csvFile(text: string | Uint8Array, name = 'positions.csv'): SourceFile {
  return { name, sha256: '00', bytes: typeof text === 'string' ? Buffer.from(text) : text };
}

/** Detects and reads a file whole; null where it is not recognised. */
export function readPositions(file: SourceFile, context: ReadContext = {}): ReadResult | null {
  const detection = positionsReader.detect(file, context);
  if (detection === null) return null;
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const batch of positionsReader.read(file, detection, context)) {
    facts.push(...batch.facts);
    setAside.push(...batch.setAside);
    rowsRead += batch.rowsRead;
  }
  return {
    evidence: detection.evidence,
    positions: facts.filter((fact): fact is Fact<'positions'> => fact.table === 'positions'),
    levels: facts.filter((fact): fact is Fact<'levels'> => fact.table === 'levels'),
    setAside,
    rowsRead,
  };
}
