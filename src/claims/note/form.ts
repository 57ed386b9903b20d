import {
  type Claim,
  type ClaimClass,
  type ClaimMeasure,
  type ClaimScope,
  defaultHorizon,
  type Span,
  type Thresholds,
} from '../claim.js';
import { readPhrase } from './vocabulary.js';

/** A claim without its sentence. */
export type Draft = Pick<Claim, 'measure' | 'scope' | 'threshold' | 'horizonWeeks'>;

/** What sentences before said, which 'it' and 'such buying' point back to. */
export interface Memory {
  /** Of the last sentence that named a leg; null before one does. */
  readonly scope: ClaimScope | null;
  /** True where that was about net below zero. */
  readonly low: boolean;
  /** Who was said to buy or sell on balance since then, for 'it'; null where nobody was. */
  readonly told: (Subject & { readonly inThisSentence: boolean }) | null;
  readonly span: Span | null;
  /** What the last clause said of those it named, for 'retail did not'. */
  readonly verb: 'led' | null;
  /** The class last said to have led, for 'in unison'. */
  readonly leader: ClaimClass | null;
}

export const NOTHING_BEFORE: Memory = {
  scope: null,
  low: false,
  told: null,
  span: null,
  verb: null,
  leader: null,
};

/** What a form makes of a clause: claims, or why it cannot, or null where it is not this form. */
export type Reading = readonly Draft[] | { readonly reason: string } | null;

/** One way in which notes say a thing. Its pattern fits a whole clause. */
export interface Form {
  readonly name: string;
  readonly pattern: RegExp;
  read(groups: Readonly<Record<string, string | undefined>>, memory: Memory): Reading;
}

export function draft<Measure extends ClaimMeasure>(
  measure: Measure,
  scope: ClaimScope,
  threshold: Thresholds[Measure],
  horizonWeeks: number | null = defaultHorizon(measure),
): Draft {
  return { measure, scope, threshold, horizonWeeks } as Draft;
}

const MARKET_KEYS = ['basis', 'contract', 'sector', 'week'] as const;

/** The market and week of a scope, without class, leg and scale. */
export function marketOf(scope: ClaimScope | null): ClaimScope {
  if (scope === null) return {};
  return Object.fromEntries(
    MARKET_KEYS.flatMap((key) => (scope[key] === undefined ? [] : [[key, scope[key]]])),
  );
}

/** A market named in the phrase replaces the one before; a phrase that names none keeps it. */
export function withMarket(scope: ClaimScope, memory: Memory): ClaimScope {
  const before = marketOf(memory.scope);
  if (scope.sector !== undefined || scope.contract !== undefined) {
    const { sector: _, contract: __, ...rest } = before;
    return { ...rest, ...scope };
  }
  return { ...before, ...scope };
}

/** A subject of a sentence, with what it points back to. */
export interface Subject {
  readonly scope: ClaimScope;
  readonly low: boolean;
}

const UNKNOWN_SUBJECT = 'its subject has words that the grammar does not know, or two things of one kind';

/** Reads the subject of a clause; a pointing word needs a sentence before it. */
export function readSubject(text: string, memory: Memory): Subject | { readonly reason: string } {
  const phrase = readPhrase(text);
  if (phrase === null) return { reason: UNKNOWN_SUBJECT };
  if (phrase.pointsBack === null) return { scope: withMarket(phrase.scope, memory), low: phrase.low };
  const before = phrase.pointsBack === 'such' ? null : memory.told;
  const { scope, low } = before ?? memory;
  if (scope === null) return { reason: 'it points back, and no sentence before it names a leg of the flow' };
  return { scope: { ...scope, ...phrase.scope }, low: phrase.low || low };
}

export const isReason = (value: object): value is { readonly reason: string } => 'reason' in value;

/** Reads a subject and hands it on. */
export function withSubject(text: string, memory: Memory, then: (subject: Subject) => Reading): Reading {
  const subject = readSubject(text, memory);
  return isReason(subject) ? subject : then(subject);
}

const HORIZONS: readonly [RegExp, number][] = [
  [/^(?:1|one|a) week$/, 1],
  [/^(?:4|four) weeks$|^(?:1|one|a) month$/, 4],
  [/^(?:13|thirteen) weeks$|^(?:3|three) months$|^(?:1|one|a) quarter$/, 13],
  [/^26 weeks$|^(?:6|six) months$|^half a year$/, 26],
  [/^52 weeks$|^(?:12|twelve) months$|^(?:1|one|a) year$/, 52],
];

/** ' over the next 13 weeks', or nothing; for use at the end of other patterns. */
export const HORIZON =
  '(?: (?:over|within|in|for) (?:the next |the following )?(?<horizon>[a-z0-9]+(?: a)? [a-z]+))?';

/** Weeks ahead: the usual ones where nothing is said. */
export function readHorizon(
  text: string | undefined,
  measure: ClaimMeasure,
): number | { readonly reason: string } {
  if (text === undefined) return defaultHorizon(measure)!;
  const found = HORIZONS.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? { reason: `horizons are 1, 4, 13, 26 and 52 weeks, not '${text}'` };
}
