/** Where in an input something was wrong. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  readonly found?: string;
  readonly expected?: string;
}

/** Root of every error a user can act on. Its message is one line: the value, then the way out. */
export abstract class TidemarkError extends Error {
  /** Exit code of the command line, see docs/concepts/exit-codes.md. */
  abstract readonly exitCode: 2 | 3 | 4 | 5 | 6;
  readonly place: Place;

  constructor(message: string, options: { cause?: unknown; place?: Place } = {}) {
    super(message.replace(/\s*\n\s*/g, ' '), options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.place = options.place ?? {};
  }
}

/** The call is wrong: an unknown option, a date that is none. */
export class InvalidRequest extends TidemarkError {
  readonly exitCode = 2;
}

/** The input is wrong: a truncated archive, a file of no known kind. */
export class FormatError extends TidemarkError {
  readonly exitCode = 3;
}

/** The store holds no data for the question; the message says which source is missing and how to get it. */
export class NotCovered extends TidemarkError {
  readonly exitCode = 4;
}

/** A publisher could not be reached. */
export class SourceUnreachable extends TidemarkError {
  readonly exitCode = 5;
}

/** Disk, lock, or a store from a newer version. */
export class StoreError extends TidemarkError {
  readonly exitCode = 6;
}
