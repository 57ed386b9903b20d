import { LINE_MATCHED, LINE_ODD } from './automaton.js';

/** A line that does not match. */
export interface OddLine {
  /** From 1, counted from where the scan began. */
  readonly line: number;
  readonly start: number;
  /** Of its LF, or of the end of the text. */
  readonly end: number;
}

/** Lines of a text, held against a pattern. */
export interface LineScan {
  readonly lines: number;
  /** A line near the middle of the text; null for a text without two lines. */
  readonly middle: { readonly byte: number; readonly line: number } | null;
  readonly odd: readonly OddLine[];
}

const LF = 10;

/** One of two places in the text that are followed at once, since each step waits for the one before. */
interface Lane {
  state: number;
  lines: number;
  /** Line and end of each odd line. */
  readonly odd: number[];
}

const newLane = (): Lane => ({ state: LINE_MATCHED, lines: 0, odd: [] });

/**
 * Holds every line against a pattern.
 * @param from where the first line begins
 * @param table of `lineAutomaton`
 */
export function scanLines(text: Uint8Array, from: number, table: Uint16Array): LineScan {
  const middle = text.indexOf(LF, from + ((text.length - from) >> 1)) + 1;
  const cut = middle === 0 ? text.length : middle;
  const [left, right] = [newLane(), newLane()];
  const both = Math.min(cut - from, text.length - cut);
  scanBoth(text, table, { left, right, from, cut, both });
  scanOne(text, table, left, from + both, cut);
  scanOne(text, table, right, cut + both, text.length);
  for (const lane of [left, right]) endLine(lane, table, lane === left ? cut : text.length);
  const odd = [...oddLines(text, left, 0), ...oddLines(text, right, left.lines)];
  return {
    lines: left.lines + right.lines,
    middle: cut === text.length ? null : { byte: cut, line: left.lines + 1 },
    odd,
  };
}

interface Lanes {
  readonly left: Lane;
  readonly right: Lane;
  readonly from: number;
  readonly cut: number;
  readonly both: number;
}

function scanBoth(text: Uint8Array, table: Uint16Array, { left, right, from, cut, both }: Lanes): void {
  let [one, two] = [left.state, right.state];
  let [ones, twos] = [left.lines, right.lines];
  for (let step = 0; step < both; step += 1) {
    one = table[(one << 8) | text[from + step]!]!;
    two = table[(two << 8) | text[cut + step]!]!;
    if (one <= LINE_ODD) {
      ones += 1;
      if (one === LINE_ODD) left.odd.push(ones, from + step);
    }
    if (two <= LINE_ODD) {
      twos += 1;
      if (two === LINE_ODD) right.odd.push(twos, cut + step);
    }
  }
  Object.assign(left, { state: one, lines: ones });
  Object.assign(right, { state: two, lines: twos });
}

function scanOne(text: Uint8Array, table: Uint16Array, lane: Lane, from: number, to: number): void {
  let { state, lines } = lane;
  for (let at = from; at < to; at += 1) {
    state = table[(state << 8) | text[at]!]!;
    if (state > LINE_ODD) continue;
    lines += 1;
    if (state === LINE_ODD) lane.odd.push(lines, at);
  }
  Object.assign(lane, { state, lines });
}

/** Judges a last line without an end as if it had one. */
function endLine(lane: Lane, table: Uint16Array, end: number): void {
  if (lane.state <= LINE_ODD) return;
  lane.lines += 1;
  if (table[(lane.state << 8) | LF] === LINE_ODD) lane.odd.push(lane.lines, end);
}

function oddLines(text: Uint8Array, { odd }: Lane, before: number): OddLine[] {
  return Array.from({ length: odd.length / 2 }, (_, index) => {
    const end = odd[2 * index + 1]!;
    return { line: before + odd[2 * index]!, start: text.lastIndexOf(LF, end - 1) + 1, end };
  });
}
