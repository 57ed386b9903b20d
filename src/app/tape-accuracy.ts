import type { QuoteColumns, TradeColumns } from '../core/index.js';
import type { Mechanism, NameDay, TapePrint } from '../simulate/index.js';
import {
  bjzzSign,
  PRINT_CLASSES,
  PRINT_FLAGS,
  type SignedPrints,
  type SigningSettings,
  sessionHours,
  TapeSigner,
} from '../tape/index.js';

/** What is tried: each signing rule at its usual lag, and Lee-Ready at the lags that are in use. */
const TRIED_RULES: readonly (Pick<SigningSettings, 'rule' | 'lagNanos'> & {
  readonly label: string;
})[] = [
  { label: 'tick', rule: 'tick', lagNanos: 1 },
  { label: 'reverse tick', rule: 'reverse-tick', lagNanos: 1 },
  { label: 'quote', rule: 'quote', lagNanos: 1 },
  { label: 'Lee-Ready, lag 1 ns', rule: 'lee-ready', lagNanos: 1 },
  { label: 'Lee-Ready, lag 0', rule: 'lee-ready', lagNanos: 0 },
  { label: 'Lee-Ready, lag 1 ms', rule: 'lee-ready', lagNanos: 1e6 },
  { label: 'Lee-Ready, lag 5 s', rule: 'lee-ready', lagNanos: 5e9 },
  { label: 'EMO', rule: 'emo', lagNanos: 1 },
  { label: 'CLNV', rule: 'clnv', lagNanos: 1 },
];

/** Prints of regular hours that somebody initiated: how many a rule signed, and how many of these rightly. */
export interface SignCount {
  prints: number;
  signed: number;
  right: number;
}

export interface RuleAccuracy extends SignCount {
  readonly label: string;
  readonly byMechanism: ReadonlyMap<Mechanism, SignCount>;
}

/** How a retail rule does: of true retail prints those it found, and of what it found what was retail and rightly signed. */
interface RetailAccuracy {
  readonly label: string;
  readonly truePrints: number;
  readonly found: number;
  readonly foundTrue: number;
  readonly right: number;
}

export interface TapeAccuracy {
  readonly rules: readonly RuleAccuracy[];
  readonly retail: readonly RetailAccuracy[];
  /** Prints at the thresholds of a block, and how many of these were blocks. */
  readonly blocks: { readonly found: number; readonly foundTrue: number; readonly truePrints: number };
}

const MICROS = 1e6;
/** Micro-dollars in a ten-thousandth of a dollar. */
const MICRO_DOLLARS = 100;
const BLOCK = PRINT_CLASSES.indexOf('block');
/** What a printed price is measured against: classes that are signed. */
const SIGNED_CLASSES = ['retail', 'block', 'other'];

/** Measures every rule on simulated prints, whose initiators and classes are known. */
export function tapeAccuracy(days: readonly NameDay[]): TapeAccuracy {
  const rules = TRIED_RULES.map(({ label, ...settings }) => ruleAccuracy(label, days, settings));
  const retail = { bjzz: noRetail(), bhjos: noRetail() };
  const blocks = { found: 0, foundTrue: 0, truePrints: 0 };
  for (const day of days) {
    sign(day, {}, (print, signed, i) => {
      if (print.trueClass === null || !SIGNED_CLASSES.includes(print.trueClass)) return;
      const { bjzz, bhjos } = PRINT_FLAGS;
      const flags = signed.flags[i]!;
      addRetail(retail.bjzz, print, (flags & bjzz) === 0 ? 0 : bjzzOf(print));
      addRetail(retail.bhjos, print, (flags & bhjos) === 0 ? 0 : signed.sign[i]!);
      const isBlock = print.trueClass === 'block';
      blocks.truePrints += Number(isBlock);
      if (signed.printClass[i] !== BLOCK) return;
      blocks.found += 1;
      blocks.foundTrue += Number(isBlock);
    });
  }
  return {
    rules,
    retail: [
      { label: 'BJZZ, by the fraction of a cent', ...retail.bjzz },
      { label: 'BHJOS, by the midpoint', ...retail.bhjos },
    ],
    blocks,
  };
}

/** One line for each rule, in words. */
export function accuracyNotes({ rules, retail }: TapeAccuracy): string[] {
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
  return [
    ...rules.map(
      ({ label, prints, signed, right }) =>
        `Tape, ${label}: ${percent(right, signed)} of ${signed} signed prints rightly, ${percent(prints - signed, prints)} unsigned.`,
    ),
    ...retail.map(
      ({ label, truePrints, found, foundTrue, right }) =>
        `Tape, retail by ${label}: ${percent(foundTrue, truePrints)} of ${truePrints} retail prints found, ${percent(found - foundTrue, found)} of what was found is none, ${percent(foundTrue - right, foundTrue)} of the rest signed wrongly.`,
    ),
  ];
}

function ruleAccuracy(
  label: string,
  days: readonly NameDay[],
  settings: Partial<SigningSettings>,
): RuleAccuracy {
  const total: SignCount = { prints: 0, signed: 0, right: 0 };
  const byMechanism = new Map<Mechanism, SignCount>();
  for (const day of days) {
    sign(day, settings, (print, signed, i) => {
      if (print.initiator === 0 || print.trueClass === null || !SIGNED_CLASSES.includes(print.trueClass))
        return;
      const group = byMechanism.get(print.mechanism) ?? { prints: 0, signed: 0, right: 0 };
      byMechanism.set(print.mechanism, group);
      for (const count of [total, group]) {
        count.prints += 1;
        count.signed += Number(signed.ruleSign[i] !== 0);
        count.right += Number(signed.ruleSign[i] === print.initiator);
      }
    });
  }
  return { label, ...total, byMechanism };
}

type RetailCount = { -readonly [Name in Exclude<keyof RetailAccuracy, 'label'>]: RetailAccuracy[Name] };

const noRetail = (): RetailCount => ({ truePrints: 0, found: 0, foundTrue: 0, right: 0 });

function addRetail(count: RetailCount, print: TapePrint, signGiven: number): void {
  const isRetail = print.trueClass === 'retail';
  count.truePrints += Number(isRetail);
  if (signGiven === 0) return;
  count.found += 1;
  count.foundTrue += Number(isRetail);
  count.right += Number(isRetail && signGiven === print.initiator);
}

const bjzzOf = ({ price, venue }: TapePrint): number =>
  bjzzSign({ priceMicros: price * MICRO_DOLLARS, venue });

/** Signs a day against its venue quotes and hands over print by print. */
function sign(
  day: NameDay,
  settings: Partial<SigningSettings>,
  take: (print: TapePrint, signed: SignedPrints, i: number) => void,
): void {
  let done = 0;
  const signer = new TapeSigner({ ...settings, quoteKind: 'venue' }, (signed) => {
    for (let i = 0; i < signed.length; i += 1) take(day.prints[done + i]!, signed, i);
    done += signed.length;
  });
  let quotes: QuoteColumns | null = quoteColumns(day);
  signer.start(sessionHours(day.date));
  signer.sign(tradeColumns(day), () => {
    const given = quotes;
    quotes = null;
    return given;
  });
  signer.finish();
}

function tradeColumns({ name, prints }: NameDay): TradeColumns {
  const conditionSets = [...new Set(prints.map(({ letters }) => letters))];
  const tape = name.tape.charCodeAt(0);
  return {
    length: prints.length,
    timeNanos: Float64Array.from(prints, ({ time }) => time),
    priceMicros: Float64Array.from(prints, ({ price }) => price * MICRO_DOLLARS),
    sizeMicros: Float64Array.from(prints, ({ shares }) => shares * MICROS),
    venue: Uint8Array.from(prints, ({ venue }) => venue.charCodeAt(0)),
    conditions: Uint16Array.from(prints, ({ letters }) => conditionSets.indexOf(letters)),
    conditionSets: conditionSets.map((letters) => [...letters].sort().join('')),
    tape: new Uint8Array(prints.length).fill(tape),
    correction: Uint8Array.from(prints, ({ correction }) => correction),
    suspicious: new Uint8Array(prints.length),
    aggressor: new Int8Array(prints.length),
  };
}

function quoteColumns({ quotes }: NameDay): QuoteColumns {
  return {
    length: quotes.length,
    timeNanos: Float64Array.from(quotes, ({ time }) => time),
    bidMicros: Float64Array.from(quotes, ({ bid }) => bid * MICRO_DOLLARS),
    askMicros: Float64Array.from(quotes, ({ ask }) => ask * MICRO_DOLLARS),
    venue: Uint8Array.from(quotes, ({ venue }) => venue.charCodeAt(0)),
    eligible: new Uint8Array(quotes.length).fill(1),
  };
}
