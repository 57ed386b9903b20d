import type { IsoDate, TableRow } from '../../core/index.js';

type MinuteRow = TableRow<'tapeMinutes'>;

/** Columns of a row by minute that are numbers. */
const NUMBERS = [
  'minute',
  'buyUsd',
  'buyTrillionths',
  'sellUsd',
  'sellTrillionths',
  'unsignedUsd',
  'unsignedTrillionths',
  'buyPrints',
  'sellPrints',
  'unsignedPrints',
  'shares',
  'shareMillionths',
] as const satisfies readonly (keyof MinuteRow)[];

const FIRST_ROWS = 4096;

/** Rows by minute of one day, of which a busy day has half a million: held as numbers, and made into rows when asked for. */
export class MinuteRows {
  #numbers = new Float64Array(FIRST_ROWS * NUMBERS.length);
  #names = new Uint32Array(2 * FIRST_ROWS);
  readonly #texts: string[] = [];
  readonly #places = new Map<string, number>();
  length = 0;

  constructor(private readonly date: IsoDate) {}

  add(row: Omit<MinuteRow, 'date'>): void {
    const place = this.length;
    if (2 * place === this.#names.length) this.#grow();
    for (const [column, name] of NUMBERS.entries())
      this.#numbers[place * NUMBERS.length + column] = row[name]!;
    this.#names[2 * place] = this.#placeOf(row.symbol!);
    this.#names[2 * place + 1] = this.#placeOf(row.printClass!);
    this.length += 1;
  }

  at(place: number): MinuteRow {
    const start = place * NUMBERS.length;
    const numbers = NUMBERS.map((name, column) => [name, this.#numbers[start + column]]);
    return {
      date: this.date,
      symbol: this.#texts[this.#names[2 * place]!]!,
      printClass: this.#texts[this.#names[2 * place + 1]!]!,
      ...(Object.fromEntries(numbers) as Record<(typeof NUMBERS)[number], number>),
    };
  }

  #placeOf(text: string): number {
    const known = this.#places.get(text) ?? this.#texts.push(text) - 1;
    this.#places.set(text, known);
    return known;
  }

  #grow(): void {
    const numbers = new Float64Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const names = new Uint32Array(2 * this.#names.length);
    names.set(this.#names);
    this.#names = names;
  }
}
