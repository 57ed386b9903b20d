/** Part of a pattern. */
type Part =
  | { readonly bytes: Uint8Array }
  | { readonly all: readonly Part[] }
  | { readonly any: readonly Part[] }
  | { readonly repeated: Part; readonly least: number; readonly most: number };

const BYTES = 256;
const ESCAPES: Readonly<Record<string, string>> = { r: '\r', t: '\t' };

/** Reads a regular expression of bytes: classes, groups, |, ?, *, + and {m,n}. */
class PatternReader {
  #at = 0;

  constructor(private readonly pattern: string) {}

  read(): Part {
    const part = this.#choice();
    if (this.#at < this.pattern.length) throw this.#fault();
    return part;
  }

  #fault(): Error {
    return new Error(`pattern '${this.pattern}' cannot be read at ${this.#at}`);
  }

  #take(mark: string): boolean {
    if (this.pattern[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #choice(): Part {
    const any = [this.#sequence()];
    while (this.#take('|')) any.push(this.#sequence());
    return any.length === 1 ? any[0]! : { any };
  }

  #sequence(): Part {
    const all: Part[] = [];
    while (this.#at < this.pattern.length && !'|)'.includes(this.pattern[this.#at]!))
      all.push(this.#repetition());
    return { all };
  }

  #repetition(): Part {
    const repeated = this.#single();
    if (this.#take('?')) return { repeated, least: 0, most: 1 };
    if (this.#take('*')) return { repeated, least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { repeated, least: 1, most: Number.POSITIVE_INFINITY };
    if (!this.#take('{')) return repeated;
    const [least, most = least] = this.#upTo('}').split(',').map(Number);
    return { repeated, least: least!, most: most! };
  }

  #upTo(mark: string): string {
    const end = this.pattern.indexOf(mark, this.#at);
    if (end < 0) throw this.#fault();
    const text = this.pattern.slice(this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #single(): Part {
    if (this.#take('(')) {
      const part = this.#choice();
      if (!this.#take(')')) throw this.#fault();
      return part;
    }
    const bytes = new Uint8Array(BYTES);
    if (!this.#take('[')) this.#addTo(bytes);
    else while (!this.#take(']')) this.#addTo(bytes, true);
    return { bytes };
  }

  /** Adds a byte, or where it may a range, to a class. */
  #addTo(bytes: Uint8Array, mayRange = false): void {
    if (this.pattern.startsWith('\\d', this.#at)) {
      this.#at += 2;
      bytes.fill(1, 48, 58);
      return;
    }
    const first = this.#byte();
    const isRange = mayRange && this.pattern[this.#at] === '-' && this.pattern[this.#at + 1] !== ']';
    if (isRange) this.#at += 1;
    bytes.fill(1, first, (isRange ? this.#byte() : first) + 1);
  }

  #byte(): number {
    const mark = this.pattern[this.#at++];
    if (mark === undefined) throw this.#fault();
    if (mark !== '\\') return mark.charCodeAt(0);
    const escaped = this.pattern[this.#at++];
    if (escaped === undefined) throw this.#fault();
    if (escaped !== 'x') return (ESCAPES[escaped] ?? escaped).charCodeAt(0);
    this.#at += 2;
    return Number.parseInt(this.pattern.slice(this.#at - 2, this.#at), 16);
  }
}

/** States that may be in several places at once; `bytes` null = moves on without a byte. */
class Places {
  readonly bytes: (Uint8Array | null)[] = [];
  readonly next: number[][] = [];

  add(bytes: Uint8Array | null, next: number[]): number {
    this.bytes.push(bytes);
    return this.next.push(next) - 1;
  }

  /** Adds a part. @param then the place after it @returns the place before it */
  place(part: Part, then: number): number {
    if ('bytes' in part) return this.add(part.bytes, [then]);
    if ('all' in part) return part.all.reduceRight((after, one) => this.place(one, after), then);
    if ('any' in part)
      return this.add(
        null,
        part.any.map((one) => this.place(one, then)),
      );
    const { repeated, least, most } = part;
    let after = then;
    if (most === Number.POSITIVE_INFINITY) {
      after = this.add(null, [then]);
      this.next[after]!.push(this.place(repeated, after));
    } else {
      for (let more = least; more < most; more += 1)
        after = this.add(null, [then, this.place(repeated, after)]);
    }
    for (let count = 0; count < least; count += 1) after = this.place(repeated, after);
    return after;
  }

  /** All places that some places lead to without a byte, in order. */
  reached(from: readonly number[]): number[] {
    const seen = new Set<number>();
    const visit = (place: number): void => {
      if (seen.has(place)) return;
      seen.add(place);
      if (this.bytes[place] === null) for (const next of this.next[place]!) visit(next);
    };
    for (const place of from) visit(place);
    return [...seen]
      .filter((place) => this.bytes[place] !== null || this.next[place]!.length === 0)
      .sort((a, b) => a - b);
  }
}

const LF = 10;
/** The state behind a line that matches, and before the first. */
export const LINE_MATCHED = 0;
/** The state behind a line that does not. States beyond are within a line. */
export const LINE_ODD = 1;
const ODD_SO_FAR = 2;

/**
 * Compiles a pattern that lines have to match wholly into a table: `table[(state << 8) | byte]` is the next state.
 * @param pattern of bytes without the LF at the end; classes, groups, |, ?, *, +, {m,n}, \d, \xHH
 */
export function lineAutomaton(pattern: string): Uint16Array {
  const places = new Places();
  const end = places.add(null, []);
  const start = places.reached([places.place(new PatternReader(pattern).read(), end)]);
  const rows: Uint16Array[] = [
    new Uint16Array(BYTES),
    new Uint16Array(BYTES),
    new Uint16Array(BYTES).fill(ODD_SO_FAR),
  ];
  rows[ODD_SO_FAR]![LF] = LINE_ODD;
  const states = new Map([['', ODD_SO_FAR]]);
  const open: [number, number[]][] = [];
  const stateOf = (reached: number[]): number => {
    const key = reached.join();
    const known = states.get(key);
    if (known !== undefined) return known;
    const state = rows.push(new Uint16Array(BYTES)) - 1;
    states.set(key, state);
    open.push([state, reached]);
    return state;
  };
  const first = stateOf(start);
  for (let work = open.pop(); work !== undefined; work = open.pop()) {
    const [state, reached] = work;
    const row = rows[state]!;
    const moves = new Map<string, number>();
    for (let byte = 0; byte < BYTES; byte += 1) {
      const via = reached.filter((place) => places.bytes[place]?.[byte] === 1);
      const key = via.join();
      if (!moves.has(key))
        moves.set(key, stateOf(places.reached(via.flatMap((place) => places.next[place]!))));
      row[byte] = moves.get(key)!;
    }
    row[LF] = reached.includes(end) ? LINE_MATCHED : LINE_ODD;
  }
  rows[LINE_MATCHED]!.set(rows[first]!);
  rows[LINE_ODD]!.set(rows[first]!);
  const table = new Uint16Array(rows.length * BYTES);
  for (const [state, row] of rows.entries()) table.set(row, state * BYTES);
  return table;
}
