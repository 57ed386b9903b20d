import type { Check, RecordRow, Verdict } from '../../core/index.js';

/** What the week may be called. A nominal record is never a record alone. */
export function kindWords(kind: RecordRow['kind']): string {
  return kind === 'none' ? 'no record' : kind;
}

/** The kind with its article, for a title. */
export function kindWithArticle(kind: RecordRow['kind']): string {
  return kind === 'none' ? 'no record' : `a ${kind}`;
}

const VERDICT_MEANING: Readonly<Record<Verdict, string>> = {
  signal: 'none of the checks fails',
  mixed: 'at least one check fails, though neither breadth nor data does',
  anomaly: 'breadth or data fails, so the figure may not be what it seems',
  insufficient: 'too little is known to judge',
};

export function verdictMeaning(verdict: Verdict): string {
  return VERDICT_MEANING[verdict];
}

const CHECK_QUESTIONS: Readonly<Record<Check['name'], string>> = {
  scale: 'Does the high hold when money is scaled by volatility and by size?',
  breadth: 'Is it many names, or one?',
  calendar: 'Is it the calendar: an expiry, a roll, a rebalance?',
  data: 'Are the rows behind it clean?',
  persistence: 'Did the periods before point the same way?',
  agreement: 'Do other sources agree?',
  significance: 'Would chance alone, over everything looked at, do this?',
};

export function checkQuestion(name: Check['name']): string {
  return CHECK_QUESTIONS[name];
}

export const PROBABILITY_NAMES = ['exchangeable', 'dependent', 'tail', 'adjusted'] as const;
export type ProbabilityName = (typeof PROBABILITY_NAMES)[number];

const PROBABILITY_WORDS: Readonly<Record<ProbabilityName, string>> = {
  exchangeable: 'exchangeable',
  dependent: 'dependent and growing',
  tail: 'tail',
  adjusted: 'adjusted for many looks',
};

export function probabilityWords(name: ProbabilityName): string {
  return PROBABILITY_WORDS[name];
}
