import { FormatError } from '../../../core/index.js';
import { type RowProblem, setAsideRow } from '../rows.js';
import { conditionSet, TapeBatchBuilder } from './batch-builder.js';
import { ByteDictionary } from './byte-dictionary.js';

const MAX_SYMBOLS = 200_000;
const MAX_CONDITION_SETS = 65_536;
const SYMBOL = /^[A-Za-z0-9][\x21-\x7e]{0,31}$/;

/** Collects the rows of a text tape, with its symbols and sale conditions by number. */
export class TapeWriter extends TapeBatchBuilder {
  /** Numbers of symbols by their bytes; -1 for what is no symbol. */
  readonly symbolNumbers = new ByteDictionary((text) => this.symbolNumber(text));
  /** Numbers of condition sets by the bytes of their TAQ letters; -1 where there are too many sets. */
  readonly letterSets = new ByteDictionary((text) => this.conditionNumber(text));
  readonly #name: string;

  /**
   * @param name of the file, for errors
   * @param options.hasTradeIds whether cancels of the file name trades
   */
  constructor(name: string, options: { readonly hasTradeIds?: boolean } = {}) {
    super(options);
    this.#name = name;
  }

  /**
   * The number of a symbol; root and suffix may stand apart by blanks ('BRK B' is BRK.B).
   * @returns -1 for what is no symbol
   * @throws {FormatError} beyond 200,000 symbols, more than any market has
   */
  symbolNumber(text: string): number {
    const symbol = text.trim().replace(/ +/, '.');
    if (!SYMBOL.test(symbol)) return -1;
    const number = this.symbols.indexOf(symbol);
    if (number >= MAX_SYMBOLS) {
      throw new FormatError(
        `${this.#name} names more than ${MAX_SYMBOLS} symbols, the last '${symbol}'; its symbol column must hold something else`,
        { place: { file: this.#name, found: symbol } },
      );
    }
    return number;
  }

  /** The number of a set of TAQ sale condition letters in any order, with blanks or '@'; -1 beyond 65,536 sets. */
  conditionNumber(letters: string): number {
    const set = conditionSet(letters.replaceAll('@', ''));
    if (this.conditionSets.list.length < MAX_CONDITION_SETS) return this.conditionSets.indexOf(set);
    return this.conditionSets.list.indexOf(set);
  }

  setAsideRow(line: number, problem: RowProblem): void {
    this.setAside(setAsideRow(line, problem));
  }
}
