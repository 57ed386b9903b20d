import type { Fact, Instant, ReadBatch, SetAsideRow } from '../../core/index.js';
import { LineCursor, setAsideRow } from '../text/index.js';

const INDUSTRY = /^\s{0,3}(\d{1,2})\s+(\w+)\s+(\S.*)$/;
const RANGE = /^\s+(\d{4})-(\d{4})(?:\s+(.*))?$/;
/** Number under which the lists keep codes that belong nowhere; it does not count as an industry. */
const UNCATEGORISED = 99;

interface Industry {
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly line: number;
}

/** True where a text begins with an industry and a range of codes. */
export function looksLikeIndustries(bytes: Uint8Array): boolean {
  const lines = new LineCursor(bytes);
  return INDUSTRY.test(lines.next() ?? '') && RANGE.test(lines.next() ?? '');
}

/** 'ff12', 'ff49' ... by the number of industries. */
function schemeOf(bytes: Uint8Array): string {
  const numbers = new Set<number>();
  const lines = new LineCursor(bytes);
  for (let text = lines.next(); text !== null; text = lines.next()) {
    const number = Number(INDUSTRY.exec(text)?.[1] ?? UNCATEGORISED);
    if (number !== UNCATEGORISED) numbers.add(number);
  }
  return `ff${numbers.size}`;
}

/** Codes label companies and carry no time: docs/decisions/0063-labels-are-timeless.md. */
const LABEL_STAMP = {
  periodStart: null,
  periodEnd: null,
  knownAt: 0 as Instant,
  knownAtKind: 'rule',
} as const;

/** Reads industries and their ranges of codes. A row is a range, or an industry that has none. */
export function* readIndustries(bytes: Uint8Array): Generator<ReadBatch> {
  const scheme = schemeOf(bytes);
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  let industry: Industry | null = null;
  let ranges = 0;
  const add = (line: number, from: number | null, to: number | null, rangeName: string | null) => {
    const { number, code, name } = industry!;
    const row = { scheme, industryNumber: number, industryCode: code, industryName: name };
    facts.push({
      table: 'industryRanges',
      row: { ...row, sicFrom: from, sicTo: to, rangeName },
      ...LABEL_STAMP,
      rowNumber: line,
    });
    ranges += 1;
  };
  const finish = () => {
    if (industry !== null && ranges === 0) add(industry.line, null, null, null);
    ranges = 0;
  };
  const lines = new LineCursor(bytes);
  for (let text = lines.next(); text !== null; text = lines.next()) {
    const { line } = lines;
    const range = RANGE.exec(text);
    const head = range === null ? INDUSTRY.exec(text) : null;
    if (text.trim() === '') continue;
    if (head !== null) {
      finish();
      industry = { number: Number(head[1]), code: head[2]!, name: head[3]!.trim(), line };
    } else if (range === null || industry === null || range[1]! > range[2]!) {
      const expected = 'an industry, or a range of codes such as 0100-0199';
      const reason = 'the line is neither an industry nor a range';
      setAside.push(setAsideRow(line, { column: null, found: text.trim(), expected, reason }));
    } else {
      add(line, Number(range[1]), Number(range[2]), range[3]?.trim() || null);
    }
  }
  finish();
  yield { facts, setAside, rowsRead: facts.length + setAside.length };
}
