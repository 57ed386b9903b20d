import fc from 'fast-check';
import { expect } from 'vitest';
import { FormatError } from '../../src/core/index.js';
import type { TapeReadingOptions } from '../sources/text/tape/read-tape.js';
import { readRows, type TapeRows } from './tape-rows.js';

/** However a file comes in pieces, it is the same. */
export async function expectSameHoweverCut(
  bytes: Uint8Array,
  options: TapeReadingOptions = {},
): Promise<void> {
  const whole = await readRows(bytes, options);
  const lengths = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(lengths, async (cuts) => {
      expect(await readRows(bytes, { ...options, cuts })).toEqual(whole);
    }),
    { seed: 31, numRuns: 20 },
  );
}

/** Rows, or the message of a FormatError; any other error is a fault of the reader. */
async function outcome(bytes: Uint8Array, options: TapeReadingOptions): Promise<TapeRows | string> {
  try {
    return await readRows(bytes, options);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    if (/readers say yes/.test((error as Error).message)) return 'not recognised';
    throw error;
  }
}

/** Changed bytes give rows or an error that names the file, never another error, and the same at every cut. */
export async function expectToSurviveChanges(
  bytes: Uint8Array,
  options: TapeReadingOptions = {},
): Promise<void> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(changes, async (flips) => {
      const spoilt = Uint8Array.from(bytes);
      for (const [at, value] of flips) spoilt[at % spoilt.length] = value;
      const result = await outcome(spoilt, options);
      if (typeof result === 'string') expect(result).toMatch(/file|not recognised/);
      expect(await outcome(spoilt, { ...options, cuts: [13, 101] })).toEqual(result);
    }),
    { seed: 37, numRuns: 60 },
  );
}
