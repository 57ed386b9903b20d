import { AI_TERMS, GUIDANCE_LEXICON } from './terms.js';

export interface WordCounts {
  /** Texts between blanks, as the usual rate per 10,000 words takes them. */
  readonly words: number;
  readonly aiTerms: number;
  /** Null for a text without a word. */
  readonly aiTermsPer10000Words: number | null;
  readonly guidanceRaised: number;
  readonly guidanceLowered: number;
  readonly guidanceMaintained: number;
}

const RATE_WORDS = 10_000;

/** Counts words and terms of a text. */
export function countWords(text: string): WordCounts {
  const words = matches(text, /\S+/g);
  const aiTerms = AI_TERMS.patterns.reduce((sum, pattern) => sum + matches(text, pattern), 0);
  return {
    words,
    aiTerms,
    aiTermsPer10000Words: words === 0 ? null : (aiTerms / words) * RATE_WORDS,
    guidanceRaised: matches(text, GUIDANCE_LEXICON.raised),
    guidanceLowered: matches(text, GUIDANCE_LEXICON.lowered),
    guidanceMaintained: matches(text, GUIDANCE_LEXICON.maintained),
  };
}

function matches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}
