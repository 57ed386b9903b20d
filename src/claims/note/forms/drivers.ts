import type { Driver } from '../../../core/index.js';
import type { ClaimScope, PolicyState } from '../../claim.js';
import {
  type Draft,
  draft,
  type Form,
  isReason,
  type Memory,
  type Reading,
  readSubject,
  withMarket,
} from '../form.js';
import { readPhrase } from '../vocabulary.js';

const PAUSED: readonly PolicyState[] = ['hold', 'plateau'];

const STATES: readonly [RegExp, readonly PolicyState[]][] = [
  [/^(?:easing|cutting rates|cutting)$/, ['easing']],
  [/^(?:tightening|raising rates|hiking)$/, ['tightening']],
  [/^(?:paused|pausing|on pause)$/, PAUSED],
  [/^(?:on hold|holding)$/, ['hold']],
  [/^(?:on a plateau)$/, ['plateau']],
];

const stateOf = (words: string): readonly PolicyState[] | null =>
  STATES.find(([pattern]) => pattern.test(words))?.[1] ?? null;

function readStates(text: string): readonly PolicyState[] | null {
  const read = text.split(/ or /).map(stateOf);
  return read.some((states) => states === null) ? null : [...new Set(read.flatMap((states) => states!))];
}

const driver = (name: Driver) => (scope: ClaimScope) => [draft('driver', scope, { driver: name })];

const STURDY = '(?:sturdy|strong|solid|resilient|robust|rising|upbeat|healthy|good|better-than-expected)';

interface DriverTerm {
  readonly pattern: RegExp;
  read(scope: ClaimScope, match: RegExpExecArray): readonly Draft[] | null;
}

/** What a note gives as a reason; matched from the start of what is left of a list. */
const DRIVER_TERMS: readonly DriverTerm[] = [
  {
    pattern:
      /^(?:(?:enthusiasm|hopes|optimism|excitement|demand|hype) (?:for|about|over|around) |the promise of |spending on )?(?:the )?(?:ai|artificial intelligence|generative ai)(?: (?:optimism|enthusiasm|excitement|trade|theme|boom|story|spending|demand|hype))?(?=,| and |$)/,
    read: driver('ai'),
  },
  {
    pattern: new RegExp(
      `^(?:${STURDY} )?(?:(?:corporate|company|tech|quarterly) )?(?:earnings|profits|results)(?: growth)?(?=,| and |$)`,
    ),
    read: driver('earnings'),
  },
  {
    pattern:
      /^(?:a|an|the) (?<states>[a-z]+(?: or [a-z]+)?) (?:fed|federal reserve)(?<sensitive> acting on (?:a |the )?rate-sensitive (?:sector|stocks))?(?= |,|$)/,
    read: (scope, match) => {
      const states = readStates(match.groups!.states!);
      if (states === null) return null;
      return [
        draft('driver', scope, { driver: 'macro' }),
        draft('policy', scope, { states }),
        ...(match.groups!.sensitive === undefined ? [] : [draft('rate-sensitivity', scope, {})]),
      ];
    },
  },
  {
    pattern:
      /^(?:rates and policy|(?:(?:falling|lower|declining) )?(?:(?:interest|bond|treasury) )?(?:rates|yields)|(?:hopes (?:of|for)|expectations of|bets on|the prospect of) (?:(?:fed )?rate cuts|lower rates|monetary easing)|(?:fed )?rate cuts|monetary (?:policy|easing)|fed policy|a dovish fed|the fed)(?=,| and |$)/,
    read: driver('macro'),
  },
  {
    pattern:
      /^(?:money (?:leaving|moving out of|flowing out of|rotating out of) (?:the )?cyclicals?(?: sectors| stocks| names)?|(?:a |the )?(?:sector )?rotation(?: (?:out of|away from|from) (?:the )?cyclicals?(?: sectors| stocks| names)?)?)(?=,| and |$)/,
    read: driver('rotation'),
  },
];

/** Reasons joined by commas and 'and'; null where one of them is not known. */
function readDrivers(text: string, scope: ClaimScope): Draft[] | null {
  const drafts: Draft[] = [];
  let rest = text;
  while (rest !== '') {
    const found = DRIVER_TERMS.map((term) => ({ term, match: term.pattern.exec(rest) }))
      .filter(({ match }) => match !== null)
      .sort((a, b) => b.match![0].length - a.match![0].length)[0];
    const read = found?.term.read(scope, found.match!);
    if (found === undefined || read == null) return null;
    drafts.push(...read);
    const after = rest.slice(found.match![0].length);
    rest = after.replace(/^(?:,? and |, )/, '');
    if (rest === after && rest !== '') return null;
  }
  return drafts;
}

const NO_MARKET = 'it names no market that the grammar knows';

const UNKNOWN_REASON =
  'a reason that it gives is none of the four drivers: artificial intelligence, earnings, rates and policy, money leaving cyclicals';

/** The flow that 'it' is: of whom this sentence said that they bought or sold, else of the last that named a leg. */
function lastFlow(memory: Memory): ClaimScope {
  const { class: name } = (memory.told?.inThisSentence === true ? memory.told : memory).scope ?? {};
  return withMarket(name === undefined ? {} : { class: name }, memory);
}

function explained(reasons: string, flow: string, memory: Memory): Reading {
  const subject = /^(?:it|this|that)$/.test(flow) ? { scope: lastFlow(memory) } : readSubject(flow, memory);
  if (isReason(subject)) return subject;
  const { leg: _, ruler: __, ...scope } = subject.scope;
  return readDrivers(reasons, scope) ?? { reason: UNKNOWN_REASON };
}

/** Why: the four drivers, the state of policy, and what rates do to the sector. */
export const DRIVER_FORMS: readonly Form[] = [
  {
    name: 'explained by',
    pattern:
      /^(?<reasons>.+?) (?:all )?(?:explain|explains|explained|drive|drives|drove|lie behind|lies behind|are behind|is behind|account for|accounts for) (?<flow>.+)$/,
    read: ({ reasons, flow }, memory) => explained(reasons!, flow!, memory),
  },
  {
    name: 'driven by',
    pattern: /^(?<flow>.+?) (?:was|were|is|are) (?:driven by|due to|explained by) (?<reasons>.+)$/,
    read: ({ reasons, flow }, memory) => explained(reasons!, flow!, memory),
  },
  {
    name: 'state of policy',
    pattern:
      /^(?:the )?(?:fed|federal reserve|policy) (?:is|was|has been|remains) (?<states>.+?)(?:, for (?<market>.+))?$/,
    read: ({ states, market }, memory) => {
      const read = readStates(states!);
      const phrase = market === undefined ? null : readPhrase(market);
      if (market !== undefined && phrase === null) return { reason: NO_MARKET };
      return read === null
        ? { reason: 'policy is read as easing, tightening, paused, on hold or on a plateau' }
        : [draft('policy', withMarket(phrase?.scope ?? {}, memory), { states: read })];
    },
  },
  {
    name: 'rate-sensitive',
    pattern:
      /^(?<market>.+?) (?:is|are) (?:a |the )?(?:rate-sensitive(?: sector)?|sensitive to (?:interest )?rates)$/,
    read: ({ market }, memory) => {
      const phrase = readPhrase(market!);
      if (phrase === null || phrase.scope.leg !== undefined) return { reason: NO_MARKET };
      return [draft('rate-sensitivity', withMarket(phrase.scope, memory), {})];
    },
  },
];
