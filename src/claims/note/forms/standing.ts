import { type ClaimScope, type Comparison, DEFAULT_P, type Span } from '../../claim.js';
import { isLookback, lookbackOf } from '../../decide/record-answer.js';
import { draft, type Form, isReason, type Memory, type Reading, type Subject, withSubject } from '../form.js';
import { NUMBER, numberOf, ORDINAL, ordinalOf } from '../numbers.js';
import { readSpan, SPAN } from '../spans.js';
import { VERB } from '../verbs.js';
import { readPhrase } from '../vocabulary.js';

const IS = '(?:was|were|is|are|has been|have been)';
const MADE =
  '(?:was|were|is|are|hit|set|marked|reached|made|saw|had|posted|recorded|registered|notched|logged)';
const LARGEST = '(?:largest|biggest|highest|heaviest|strongest|greatest)';

const NO_LEG = "it names no leg; write 'notional buying', 'net flow' or 'long buys', and whose";

/** Joins what stands behind 'the largest' to the subject. */
function joined(subject: Subject, tail: string): Subject | { readonly reason: string } {
  const words = tail
    .replace(/^ ?(?:(?:weekly|one-week|single-week) )?/, '')
    .replace(/\b(?:of any )?week\b(?! (?:to|ending|ended))/g, ' ');
  const more = readPhrase(words.replace(/\s+/g, ' '));
  if (more === null || more.pointsBack) return { reason: "the words after 'largest' are not in the grammar" };
  for (const key of Object.keys(more.scope) as (keyof ClaimScope)[])
    if (subject.scope[key] !== undefined && subject.scope[key] !== more.scope[key])
      return { reason: 'it names two different things of one kind' };
  return { scope: { ...subject.scope, ...more.scope }, low: subject.low || more.low };
}

function record(subject: Subject, span: ReturnType<typeof readSpan>): Reading {
  if (span === null) return { reason: 'its span is no date or length of time that exists' };
  if (subject.scope.leg === undefined) return { reason: NO_LEG };
  return [draft('record', subject.scope, { ...span, extreme: subject.low ? 'low' : 'high' })];
}

function compared(words: string | undefined): Comparison {
  if (words === undefined) return 'at least';
  if (/^(?:about|around|roughly)$/.test(words)) return 'about';
  return /^(?:at most|under|less than|below|fewer than)$/.test(words) ? 'at most' : 'at least';
}

function windowOf(span: string | undefined): { readonly span?: Span } | null {
  if (span === undefined) return {};
  const read = readSpan(span);
  return read === null || 'since' in read || !isLookback(read.span) ? null : read;
}

const ODD_WINDOW = {
  reason: 'percentiles, z and probabilities are over 1, 3, 5 and 10 years and all history alone',
};

/** z or percentile on a window, or on all of them. */
function standing(
  subject: string,
  span: string | undefined,
  memory: Memory,
  make: (scope: ClaimScope, window: { readonly span?: never }) => Reading,
): Reading {
  const window = windowOf(span);
  if (window === null) return ODD_WINDOW;
  return withSubject(subject, memory, ({ scope }) =>
    scope.leg === undefined ? { reason: NO_LEG } : make(scope, window as { readonly span?: never }),
  );
}

/** How the week stands among the weeks before it. */
export const STANDING_FORMS: readonly Form[] = [
  {
    name: 'largest of a span',
    pattern: new RegExp(
      `^(?:(?<subject>.+?) ${MADE} )?(?:the |their |its |a )?${LARGEST}(?<tail>(?: .+?)?) (?<span>${SPAN})$`,
    ),
    read: ({ subject = '', tail, span }, memory) =>
      withSubject(subject, memory, (read) => {
        const whole = joined(read, tail!);
        return isReason(whole) ? whole : record(whole, readSpan(span!));
      }),
  },
  {
    name: 'the most',
    pattern: new RegExp(
      `^(?:(?<subject>.+?) ${VERB} the most|(?<it>it|this|that) was the most)(?<object>(?: .+?)?) (?<span>${SPAN})$`,
    ),
    read: (groups, memory) => mostTraded(groups, memory),
  },
  {
    name: 'the fastest pace',
    pattern: new RegExp(
      `^(?<subject>.+?) ${VERB}(?<object>(?: .+?)?) at (?:the|their|its) (?:fastest|quickest|heaviest|strongest|highest|briskest) (?:weekly )?(?:pace|rate|clip) (?<span>${SPAN})$`,
    ),
    read: (groups, memory) => mostTraded(groups, memory),
  },
  {
    name: 'ten-year high',
    pattern: new RegExp(
      `^(?<subject>.+?) ${MADE} (?:a |an )?(?:(?:new )?(?<number>${NUMBER})-(?<unit>year|month|week)|(?<all>all-time|record|new record)) high$`,
    ),
    read: ({ subject, number, unit, all }, memory) =>
      withSubject(subject!, memory, (read) =>
        record(read, readSpan(all === undefined ? `in ${number} ${unit}s` : 'on record')),
      ),
  },
  {
    name: 'a record',
    pattern: new RegExp(`^(?<subject>.+?) ${MADE} a (?:new )?record$`),
    read: ({ subject }, memory) => withSubject(subject!, memory, (read) => record(read, { span: 'all' })),
  },
  {
    name: 'rank',
    pattern: new RegExp(
      `^(?<subject>.+?) ${MADE} (?:the |their |its )?(?<rank>${ORDINAL})[ -]${LARGEST}(?: of any week| week)? (?<span>${SPAN})$`,
    ),
    read: ({ subject, rank, span }, memory) => ranked(subject!, ordinalOf(rank!), 'exactly', span!, memory),
  },
  {
    name: 'among the largest',
    pattern: new RegExp(
      `^(?<subject>.+?) ${IS} among the (?<rank>${NUMBER}) ${LARGEST}(?: weeks)? (?<span>${SPAN})$`,
    ),
    read: ({ subject, rank, span }, memory) => ranked(subject!, numberOf(rank!), 'at most', span!, memory),
  },
  {
    name: 'percentile',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:was|were|is|are|stood|stands) (?:(?<compare>at least|at most|about|above|below|in|at) )(?:in |at )?the (?<percentile>${ORDINAL}) percentile(?: (?<span>${SPAN}))?$`,
    ),
    read: ({ subject, compare, percentile, span }, memory) =>
      standing(subject!, span, memory, (scope, window) => {
        const value = ordinalOf(percentile!);
        if (value > 100) return { reason: 'a percentile lies between 0 and 100' };
        return [draft('percentile', scope, { percentile: value, compare: compared(compare), ...window })];
      }),
  },
  {
    name: 'z',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:had|has|have|with) a z(?:-score)? of (?:(?<compare>at least|more than|over|at most|under|less than|about|around|roughly) )?(?<z>-?${NUMBER})(?: (?<span>${SPAN}))?$`,
    ),
    read: ({ subject, compare, z, span }, memory) =>
      standing(subject!, span, memory, (scope, window) => [
        draft('z', scope, {
          z: z!.startsWith('-') ? -numberOf(z!.slice(1)) : numberOf(z!),
          compare: compare === undefined ? 'about' : compared(compare),
          ...window,
        }),
      ]),
  },
  {
    name: 'standard deviations',
    pattern: new RegExp(
      `^(?<subject>.+?) ${IS} (?:(?<compare>at least|more than|over|about|around|roughly) )?(?<z>${NUMBER}) (?:standard deviations?|sigmas?) (?<side>above|below) (?:the |its |their )?(?:mean|average|norm)(?: (?<span>${SPAN}))?$`,
    ),
    read: ({ subject, compare, z, side, span }, memory) =>
      standing(subject!, span, memory, (scope, window) => {
        const size = numberOf(z!);
        const low = side === 'below';
        const how = compared(compare);
        return [
          draft('z', scope, {
            z: low ? -size : size,
            compare: how === 'about' ? how : low ? 'at most' : 'at least',
            ...window,
          }),
        ];
      }),
  },
  {
    name: 'no fluke',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:${IS} (?:no|not a|not) (?:fluke|accident|coincidence|chance|noise)|${IS} (?:statistically )?significant|${IS} more than chance)(?: (?<span>${SPAN}))?$`,
    ),
    read: ({ subject, span }, memory) =>
      withSubject(subject!, memory, ({ scope, low }) => {
        if (scope.leg === undefined) return { reason: NO_LEG };
        const window = windowOf(span);
        if (window === null) return ODD_WINDOW;
        if (low) return { reason: 'probabilities are of highs; of lows only the lowest is known' };
        const named = window.span ?? memory.span;
        return [
          draft('significance', scope, {
            p: DEFAULT_P,
            ...(named === null ? {} : { span: lookbackOf(named) }),
          }),
        ];
      }),
  },
];

/** 'Bought the most tech in five years': the largest net of those who did. */
function mostTraded(
  { subject, it, object, bought, span }: Readonly<Record<string, string | undefined>>,
  memory: Memory,
): Reading {
  return withSubject(`${subject ?? it} ${object}`, memory, ({ scope, low }) => {
    if (it !== undefined) return record({ scope, low }, readSpan(span!));
    if (scope.leg !== undefined)
      return { reason: 'buyers and sellers are told by net flow alone, not by a leg' };
    if (scope.class === undefined) return { reason: 'it names no class of investors' };
    return record({ scope: { ...scope, leg: 'net' }, low: bought === undefined }, readSpan(span!));
  });
}

function ranked(
  subject: string,
  rank: number,
  compare: 'exactly' | 'at most',
  span: string,
  memory: Memory,
): Reading {
  const read = readSpan(span);
  if (read === null || 'since' in read || !isLookback(read.span))
    return { reason: 'ranks are over 1, 3, 5 and 10 years and all history alone' };
  if (!Number.isInteger(rank) || rank < 1 || rank > 1000) return { reason: `there is no rank ${rank}` };
  return withSubject(subject, memory, ({ scope, low }) => {
    if (scope.leg === undefined) return { reason: NO_LEG };
    if (low) return { reason: 'ranks are of highs; of lows only the lowest is known' };
    return [draft('rank', scope, { rank, compare, span: read.span })];
  });
}
