/** A run of messages that were not seen; the last one excluded. */
export interface Missing {
  readonly from: number;
  readonly until: number;
}

/** Ranges remembered for what may come late; more are reported, but what fills them is taken for a repeat. */
const MAX_RANGES = 10_000;

/** Sees to it that each message of a session counts once: captures of two lines hold all of them twice. */
export class SessionSequence {
  #next: number;
  readonly #missing: Missing[] = [];

  /** @param first number of the first message seen: what went before it was not captured, and is not missed */
  constructor(first: number) {
    this.#next = first;
  }

  get missing(): readonly Missing[] {
    return this.#missing;
  }

  /** A message of this number is announced as the next. */
  expect(number: number): void {
    if (number <= this.#next) return;
    if (this.#missing.length < MAX_RANGES) this.#missing.push({ from: this.#next, until: number });
    this.#next = number;
  }

  /** True where the message was not seen before. */
  accept(number: number): boolean {
    this.expect(number);
    if (number === this.#next) {
      this.#next += 1;
      return true;
    }
    const at = this.#missing.findIndex(({ from, until }) => from <= number && number < until);
    if (at < 0) return false;
    const { from, until } = this.#missing[at]!;
    const parts = [
      { from, until: number },
      { from: number + 1, until },
    ];
    this.#missing.splice(at, 1, ...parts.filter((part) => part.from < part.until));
    return true;
  }
}
