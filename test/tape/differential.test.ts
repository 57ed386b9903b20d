import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type IsoDate, type QuoteColumns, type Random, seededRandom } from '../../src/core/index.js';
import {
  DECIDERS,
  type Figures,
  NO_FIGURES,
  PRINT_CLASSES,
  PRINT_FLAGS,
  type Print,
  type PrintAnswer,
  QUOTE_STATES,
  type SessionHours,
  SessionSums,
  SIGNING_COUNTS,
  SIGNING_RULES,
  type SignedPrints,
  type SigningSettings,
  sessionHours,
  signingSettings,
  signTape,
  sumOf,
  TapeSigner,
  TapeSums,
  type TimedQuote,
} from '../../src/tape/index.js';
import { plainCounts } from './plain-counts.js';
import {
  batches,
  columnsOfPrints,
  columnsOfQuotes,
  LAGS,
  randomSettings,
  randomTape,
} from './random-tape.js';

/** Of each rule: 18,000 in all. */
const TAPES = 3_000;
/** A half day, and a day before odd lots were on the tape. */
const DAYS = ['2024-11-29', '2013-10-07'].map((date) => sessionHours(date as IsoDate));

interface Tape {
  readonly prints: readonly Print[];
  readonly quotes: readonly TimedQuote[];
}

describe('the kernel', () => {
  it.each(SIGNING_RULES)(
    `equals the one-print rules on ${TAPES} random tapes under %s, however batches are cut`,
    (rule) => {
      let signed = 0;
      for (let seed = 1; seed <= TAPES; seed++) {
        const random = seededRandom(seed + TAPES * SIGNING_RULES.indexOf(rule));
        const hours = DAYS[seed % DAYS.length]!;
        const tape = randomTape(random, hours);
        const settings = { ...randomSettings(random), rule, lagNanos: LAGS[(seed >> 1) % LAGS.length]! };
        const plain = signTape(tape.prints, tape.quotes, hours, settings);
        signed += plain.filter(({ sign }) => sign !== 0).length;
        const kernel = byKernel(random, [randomTape(random, hours), tape], settings, hours);
        const expected = {
          answers: plain.map(asKernelSays),
          sums: plainSums(tape.prints, plain),
          counts: plainCounts(tape.prints, plain, hours, signingSettings(settings)),
        };
        if (isDeepStrictEqual(kernel, expected)) continue;
        expect(kernel, `seed ${seed}, ${JSON.stringify(settings)}`).toEqual(expected);
      }
      expect(signed).toBeGreaterThan(TAPES);
    },
    120_000,
  );
});

const session = new SessionSums('minute');

/** Signs tapes one after the other with one signer; the answers and sums of the last. */
function byKernel(
  random: Random,
  tapes: readonly Tape[],
  settings: Partial<SigningSettings>,
  hours: SessionHours,
) {
  let answers: ReturnType<typeof rowsOf> = [];
  const signer = new TapeSigner(settings, (signed) => {
    answers.push(...rowsOf(signed));
    session.add(signed);
  });
  let before = signer.counts;
  for (const { prints, quotes } of tapes) {
    before = signer.counts;
    answers = [];
    session.drain(() => undefined);
    const feed = batches(random, quotes);
    const scratch = columnsOfQuotes(quotes);
    signer.start(hours);
    for (const batch of batches(random, prints)) {
      signer.sign(columnsOfPrints(batch), () => nextInto(scratch, feed.next()));
    }
    signer.finish();
  }
  const sums = new TapeSums('minute');
  sums.addSession('XXX', hours.date, session);
  const rows = sums.rows().flatMap(({ period, printClass, buy, sell, unsigned, oddLots }) =>
    Object.entries({ buy, sell, unsigned }).flatMap(([side, all]) => {
      const odd = oddLots[side as 'buy'];
      return [
        [`${period.slice(11)} ${printClass} ${side}`, all],
        [`${period.slice(11)} ${printClass} ${side} odd`, odd],
      ] as [string, Figures][];
    }),
  );
  const after = signer.counts;
  const counts = Object.fromEntries(SIGNING_COUNTS.map((name) => [name, after[name] - before[name]]));
  return { answers, sums: new Map(rows.filter(([, { prints }]) => prints > 0)), counts };
}

/** The next batch in columns that the one after it writes over, as a reader of large files would. */
function nextInto(scratch: QuoteColumns, next: IteratorResult<TimedQuote[]>): QuoteColumns | null {
  if (next.done) return null;
  const columns = columnsOfQuotes(next.value);
  scratch.timeNanos.fill(Number.NaN).set(columns.timeNanos);
  scratch.bidMicros.fill(Number.NaN).set(columns.bidMicros);
  scratch.askMicros.fill(Number.NaN).set(columns.askMicros);
  scratch.venue.fill(0).set(columns.venue);
  scratch.eligible.fill(0).set(columns.eligible);
  return { ...scratch, length: columns.length };
}

function rowsOf({
  length,
  sign,
  decidedBy,
  ruleSign,
  ruleDecidedBy,
  printClass,
  quoteState,
  flags,
}: SignedPrints) {
  return Array.from({ length }, (_, i) => [
    sign[i],
    DECIDERS[decidedBy[i]!],
    ruleSign[i],
    DECIDERS[ruleDecidedBy[i]!],
    PRINT_CLASSES[printClass[i]!],
    QUOTE_STATES[quoteState[i]!],
    flags[i],
  ]);
}

function asKernelSays(answer: PrintAnswer) {
  const { sign, decidedBy, ruleSign, ruleDecidedBy, printClass, quoteState } = answer;
  const flags =
    (answer.oddLot ? PRINT_FLAGS.oddLot : 0) +
    (answer.large ? PRINT_FLAGS.large : 0) +
    (answer.lowConfidence ? PRINT_FLAGS.lowConfidence : 0) +
    (answer.bjzz !== 0 ? PRINT_FLAGS.bjzz : 0) +
    (answer.bhjosCandidate ? PRINT_FLAGS.bhjosCandidate : 0) +
    (answer.bhjos !== 0 ? PRINT_FLAGS.bhjos : 0);
  return [sign, decidedBy, ruleSign, ruleDecidedBy, printClass, quoteState, flags];
}

function plainSums(prints: readonly Print[], answers: readonly PrintAnswer[]): Map<string, Figures> {
  const sums = new Map<string, Figures>();
  prints.forEach((print, i) => {
    const { printClass, sign, oddLot } = answers[i]!;
    if (printClass === 'dropped') return;
    const minutes = Math.floor(print.timeNanos / 60e9);
    const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const side = sign === 1 ? 'buy' : sign === -1 ? 'sell' : 'unsigned';
    const size = BigInt(print.sizeMicros);
    const figures = { prints: 1, sizeMicros: size, notional: BigInt(print.priceMicros) * size };
    for (const key of [
      `${clock} ${printClass} ${side}`,
      ...(oddLot ? [`${clock} ${printClass} ${side} odd`] : []),
    ]) {
      sums.set(key, sumOf(sums.get(key) ?? NO_FIGURES, figures));
    }
  });
  return sums;
}
