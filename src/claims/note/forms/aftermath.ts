import type { ClaimMeasure, ClaimScope } from '../../claim.js';
import { DEFAULT_P } from '../../claim.js';
import {
  type Draft,
  draft,
  type Form,
  HORIZON,
  type Memory,
  type Reading,
  readHorizon,
  withMarket,
} from '../form.js';
import { listItems, readPhrase } from '../vocabulary.js';

const EVENTS =
  /^(?:(?:such|these|similar) (?:weeks|records|record weeks|episodes)|weeks (?:like|such as) (?:it|this|that|these)|it|that|this|such (?:buying|flows|inflows|demand|a week|a record))$/;

/** The events that a clause is about: those of the sentence before, or of what it names. */
function eventsOf(text: string | undefined, memory: Memory): ClaimScope | null {
  const before = memory.scope ?? {};
  const pointsBack = text === undefined || EVENTS.test(text) || text.startsWith('such');
  if (memory.low && pointsBack) return null;
  if (text === undefined || EVENTS.test(text)) {
    const { week: _, ruler: __, ...scope } = before;
    return scope;
  }
  const phrase = readPhrase(text.replace(/^such /, ''));
  if (phrase === null || phrase.low) return null;
  const { week: _, ruler: __, ...scope } = { ...(text.startsWith('such') ? before : {}), ...phrase.scope };
  return scope;
}

const NO_EVENTS = 'what it says follows on is not in the grammar';

function after(
  events: string | undefined,
  horizon: string | undefined,
  memory: Memory,
  measure: ClaimMeasure,
  make: (scope: ClaimScope, weeks: number) => Draft,
): Reading {
  const scope = eventsOf(events, memory);
  if (scope === null) return { reason: NO_EVENTS };
  const weeks = readHorizon(horizon, measure);
  return typeof weeks === 'number' ? [make(scope, weeks)] : weeks;
}

const FOLLOWERS: readonly [RegExp, (scope: ClaimScope, weeks: number) => Draft][] = [
  [
    /^(?:(?:a )?consolidation|a pullback|pullbacks|a dip|a drawdown|drawdowns|a drawdown beyond 5 %)$/,
    (scope, weeks) => draft('consolidation', scope, { p: DEFAULT_P, drawdown: 5 }, weeks),
  ],
  [
    /^(?:a correction|corrections|a drawdown beyond 10 %)$/,
    (scope, weeks) => draft('consolidation', scope, { p: DEFAULT_P, drawdown: 10 }, weeks),
  ],
  [/^(?:profit[- ]taking)$/, (scope, weeks) => draft('profit-taking', scope, { p: DEFAULT_P }, weeks)],
  [
    /^(?:gains|further gains|higher prices|positive returns|a rally)$/,
    (scope, weeks) => draft('return', scope, { p: DEFAULT_P, direction: 'above' }, weeks),
  ],
  [
    /^(?:losses|lower prices|negative returns|a decline|declines)$/,
    (scope, weeks) => draft('return', scope, { p: DEFAULT_P, direction: 'below' }, weeks),
  ],
  [
    /^(?:higher|rising) volatility$/,
    (scope, weeks) => draft('volatility', scope, { p: DEFAULT_P, direction: 'above' }, weeks),
  ],
  [
    /^(?:lower|falling) volatility$/,
    (scope, weeks) => draft('volatility', scope, { p: DEFAULT_P, direction: 'below' }, weeks),
  ],
];

function followedBy(events: string, list: string, horizon: string | undefined, memory: Memory): Reading {
  const scope = eventsOf(events, memory);
  if (scope === null) return { reason: NO_EVENTS };
  const weeks = readHorizon(horizon, 'consolidation');
  if (typeof weeks !== 'number') return weeks;
  const makers = listItems(list).map((item) => FOLLOWERS.find(([pattern]) => pattern.test(item))?.[1]);
  if (makers.length === 0 || makers.some((make) => make === undefined))
    return {
      reason:
        'what follows is read as consolidation, a drawdown beyond 5 % or 10 %, profit taking, gains, losses, or higher or lower volatility',
    };
  return makers.map((make) => make!(scope, weeks));
}

const OFTEN = '(?:often |usually |typically |frequently |mostly )?';

/** What follows such weeks, and where the trend stands. */
export const AFTERMATH_FORMS: readonly Form[] = [
  {
    name: 'a floor',
    pattern: new RegExp(
      `^(?<events>.+?) (?:puts?|sets?|forms?|places?|provides?|gives?|lays?) (?:a floor|support|a floor of support) (?:under|for|below|to|beneath) (?:the )?prices?${HORIZON}$`,
    ),
    read: ({ events, horizon }, memory) =>
      after(events, horizon, memory, 'floor', (scope, weeks) =>
        draft('floor', scope, { p: DEFAULT_P }, weeks),
      ),
  },
  {
    name: 'supports prices',
    pattern: new RegExp(`^(?<events>.+?) supports? prices${HORIZON}$`),
    read: ({ events, horizon }, memory) =>
      after(events, horizon, memory, 'floor', (scope, weeks) =>
        draft('floor', scope, { p: DEFAULT_P }, weeks),
      ),
  },
  {
    name: 'followed by',
    pattern: new RegExp(`^(?<events>.+?) (?:is|are|was|were) ${OFTEN}followed by (?<list>.+?)${HORIZON}$`),
    read: ({ events, list, horizon }, memory) => followedBy(events!, list!, horizon, memory),
  },
  {
    name: 'follows such weeks',
    pattern: new RegExp(
      `^(?<list>.+?) ${OFTEN}follows? (?<events>(?:such|these|similar|weeks) ?.*?|it|this|that)${HORIZON}$`,
    ),
    read: ({ events, list, horizon }, memory) => followedBy(events!, list!, horizon, memory),
  },
  {
    name: 'prices or volatility after',
    pattern: new RegExp(
      `^(?:(?<what>volatility)|prices|stocks|shares|share prices|the market|the index|returns) ${OFTEN}(?:(?<up>rises?|climbs?|increases?|gains?|advances?|rally|rallies)|falls?|drops?|declines?|decreases?|eases?|slips?) after (?<events>.+?)${HORIZON}$`,
    ),
    read: ({ what, up, events, horizon }, memory) => {
      const measure = what === undefined ? 'return' : 'volatility';
      const direction = up === undefined ? 'below' : 'above';
      return after(events, horizon, memory, measure, (scope, weeks) =>
        draft(measure, scope, { p: DEFAULT_P, direction }, weeks),
      );
    },
  },
  {
    name: 'a loop of prices, mood and money',
    pattern:
      /^(?:(?:rising|higher) prices and (?:(?:improving|better|rising|brighter) )?(?:mood|sentiment) (?:bring|draw|attract|pull)(?: in)? (?:more )?(?:money|buying|buyers|flows)(?: in)?|prices, (?:mood|sentiment) and (?:money|flows) (?:feed|feed on|reinforce) (?:each other|one another)(?: in (?<events>.+))?)$/,
    read: ({ events }, memory) => {
      const scope = eventsOf(events, memory);
      return scope === null ? { reason: NO_EVENTS } : [draft('loop', scope, {})];
    },
  },
  {
    name: 'the trend',
    pattern:
      /^the (?:long-run|long-term|longer-term|long term|secular) (?:up)?trend(?: (?<market>(?:in|of) .+?))? (?:is|remains|stays|was) (?:intact|in place|unbroken)$/,
    read: ({ market }, memory) => {
      const phrase = market === undefined ? null : readPhrase(market);
      if (
        market !== undefined &&
        (phrase === null || phrase.scope.leg !== undefined || phrase.scope.class !== undefined)
      )
        return { reason: 'it names no market that the grammar knows' };
      const scope = withMarket(phrase?.scope ?? {}, memory);
      return [draft('trend', scope, {})];
    },
  },
];
