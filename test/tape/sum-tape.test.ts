import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IsoDate, seededRandom } from '../../src/core/index.js';
import {
  indexTapeDay,
  listTapeDays,
  SessionSums,
  type SumTapeOptions,
  sessionHours,
  sumInPieces,
  sumTape,
  TapeSigner,
  TapeSums,
  writeTapeLayout,
} from '../../src/tape/index.js';
import { compileSource } from '../store/compiled-source.js';
import { temporaryFolder } from '../store/store-fixtures.js';
import { inputsOf, type Quote, type Trade } from './layout/rows.js';
import { columnsOfPrints, columnsOfQuotes, randomTape } from './random-tape.js';

const DAYS = ['2024-03-08', '2024-03-11'] as IsoDate[];
const SYMBOLS = ['A', 'BRK.B', 'SPY', 'ZZZ'];

/** A tape a symbol and day; conditions as readers give them. */
function tapesOf(seed: number) {
  const random = seededRandom(seed);
  return DAYS.flatMap((date) =>
    SYMBOLS.map((symbol) => {
      const tape = randomTape(random, sessionHours(date));
      const prints = tape.prints.map((print) => ({
        ...print,
        conditions: print.conditions.replace(/[ @]/g, ''),
      }));
      return { date, symbol, prints, quotes: tape.quotes };
    }),
  );
}

async function writeTapes(tapes: ReturnType<typeof tapesOf>, rowGroupRows: number): Promise<string> {
  const directory = await temporaryFolder();
  const place = ({ date, symbol }: { date: IsoDate; symbol: string }) => ({ date, symbol, sequence: 0 });
  const code = (letter: string | null) => letter?.charCodeAt(0) ?? 0;
  const trades: Trade[] = tapes.flatMap((tape) =>
    tape.prints.map((print) => ({
      ...place(tape),
      time: print.timeNanos,
      price: print.priceMicros,
      size: print.sizeMicros,
      venue: code(print.venue),
      conditions: print.conditions,
      tape: code(print.tape),
      correction: print.correction,
      suspicious: Number(print.suspicious),
      aggressor: print.aggressor,
    })),
  );
  const quotes: Quote[] = tapes.flatMap((tape) =>
    tape.quotes.map((quote) => ({
      ...place(tape),
      time: quote.timeNanos,
      bid: quote.bidMicros,
      ask: quote.askMicros,
      bidSize: 1,
      askSize: 1,
      venue: code(quote.venue),
      eligible: Number(quote.eligible),
    })),
  );
  await writeTapeLayout({ directory, inputs: inputsOf(trades, quotes, 50), rowGroupRows });
  return directory;
}

/** The same sums straight from memory, each symbol's day as one batch. */
function sumInMemory(
  tapes: ReturnType<typeof tapesOf>,
  { signing = {}, bucket }: Pick<SumTapeOptions, 'signing' | 'bucket'>,
) {
  const sums = new TapeSums(bucket);
  const session = new SessionSums(bucket === 'minute' ? 'minute' : 'day');
  for (const { date, symbol, prints, quotes } of tapes) {
    const signer = new TapeSigner({ quoteKind: 'venue', ...signing }, (signed) => session.add(signed));
    signer.start(sessionHours(date));
    const batches = [columnsOfQuotes(quotes)];
    signer.sign(columnsOfPrints(prints), () => batches.shift() ?? null);
    signer.finish();
    sums.addSession(symbol, date, session);
  }
  return sums.rows();
}

const options = fc.record({
  rule: fc.constantFrom('lee-ready', 'emo', 'tick', 'reverse-tick', 'quote', 'clnv'),
  lagNanos: fc.constantFrom(0, 1, 50),
  bucket: fc.constantFrom('minute', 'day', 'week'),
  rowGroupRows: fc.integer({ min: 1, max: 40 }),
  batchRows: fc.integer({ min: 1, max: 9 }),
  threads: fc.integer({ min: 1, max: 3 }),
} as const);

describe('sumTape', () => {
  it('gives the sums of memory, however rows are split into row groups, batches and threads', async () => {
    // Worker threads need compiled files.
    const folder = await compileSource('core', 'tape');
    const path = pathToFileURL(join(folder, 'tape/sum-tape.js')).href;
    const compiled: { sumTape: typeof sumTape } = await import(/* @vite-ignore */ path);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        options,
        async (seed, { rule, lagNanos, bucket, rowGroupRows, ...split }) => {
          const tapes = tapesOf(seed);
          const directory = await writeTapes(tapes, rowGroupRows);
          const question = { signing: { rule, lagNanos }, bucket };
          const result = await compiled.sumTape({ directory, ...question, ...split });
          expect(result.threads).toBe(split.threads);
          expect(result.sums.rows()).toEqual(sumInMemory(tapes, question));
          const alone = await sumTape({ directory, ...question });
          expect(result.parts).toEqual(alone.parts);
        },
      ),
      { seed: 31, numRuns: 12 },
    );
  });

  it('gives the same in pieces, for several questions at once', async () => {
    const tapes = tapesOf(8);
    const directory = await writeTapes(tapes, 7);
    const questions = [
      { bucket: 'minute' },
      { bucket: 'day', signing: { lagNanos: 50 } },
      { bucket: 'day', signing: { rule: 'reverse-tick' } },
    ] as const;
    for (const date of listTapeDays(directory)) {
      const pieces = [...sumInPieces(indexTapeDay(directory, date), questions, 2)];
      expect(Math.max(...pieces.map(({ symbols }) => symbols.length))).toBe(2);
      for (const [place, question] of questions.entries()) {
        const whole = await sumTape({ directory, dates: [date], bySymbol: true, ...question });
        const answers = pieces.map(({ answers }) => answers[place]!);
        expect(answers.flatMap(({ sums }) => sums.rows())).toEqual(whole.sums.rows());
        expect(answers.flatMap(({ symbolDays }) => symbolDays)).toEqual(whole.symbolDays);
      }
    }
  });

  it('sums chosen days and symbols, and says what formats they came from', async () => {
    const tapes = tapesOf(5).filter(({ prints }) => prints.length > 0);
    const directory = await writeTapes(tapes, 10);
    const { symbol, date } = tapes[0]!;
    const result = await sumTape({ directory, bucket: 'day', dates: [date], symbols: [symbol, 'NONE'] });
    expect(result.sums.rows()).toEqual(sumInMemory(tapes.slice(0, 1), { bucket: 'day' }));
    expect(result.parts).toMatchObject([
      { symbolDays: 1, trades: tapes[0]!.prints.length, tradeFormat: { name: 'test-trades' } },
    ]);
  });

  it('says that a folder has no tape', async () => {
    const directory = await temporaryFolder();
    await expect(sumTape({ directory, bucket: 'day' })).rejects.toThrow('has no tape; bring it there');
    const none = sumTape({ directory, bucket: 'day', dates: DAYS });
    await expect(none).rejects.toThrow('has no tape of 2024-03-08');
  });
});
