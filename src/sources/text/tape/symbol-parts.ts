import { TapeNames } from './batch-builder.js';
import { ByteDictionary } from './byte-dictionary.js';
import type { LineScanner } from './line-scanner.js';
import type { TapeWriter } from './tape-writer.js';

const MAX_PARTS = 65_536;

/** Symbols whose root and suffix stand in fields of their own; 'BF' and 'B' are BF.B. */
export class SymbolParts {
  readonly #scanner: LineScanner;
  readonly #writer: TapeWriter;
  readonly #roots = new Parts();
  readonly #suffixes = new Parts();
  readonly #numbers = new Map<number, number>();

  constructor(scanner: LineScanner, writer: TapeWriter) {
    this.#scanner = scanner;
    this.#writer = writer;
  }

  /** The number of the symbol; -1 where root and suffix make none. */
  get(rootField: number, suffixField: number): number {
    const { bytes, starts, ends } = this.#scanner;
    const root = this.#roots.get(bytes, starts[rootField]!, ends[rootField]!);
    const suffix = this.#suffixes.get(bytes, starts[suffixField]!, ends[suffixField]!);
    const key = root * (MAX_PARTS + 1) + suffix;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#number(this.#scanner.text(rootField), this.#scanner.text(suffixField));
      if (root < MAX_PARTS && suffix < MAX_PARTS) this.#numbers.set(key, number);
    }
    return number;
  }

  #number(root: string, suffix: string): number {
    if (root === '') return -1;
    return this.#writer.symbolNumber(suffix === '' ? root : `${root}.${suffix}`);
  }
}

/** Numbers of texts; those met after 65,536 others share the number 65,536. */
class Parts extends ByteDictionary {
  constructor() {
    const names = new TapeNames();
    super((text) => (names.list.length < MAX_PARTS ? names.indexOf(text) : MAX_PARTS));
  }
}
