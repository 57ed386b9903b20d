import type { ClaimScope, Comparison } from '../../claim.js';
import {
  draft,
  type Form,
  isReason,
  type Memory,
  type Reading,
  readSubject,
  withMarket,
  withSubject,
} from '../form.js';
import { NUMBER, numberOf } from '../numbers.js';
import { VERB } from '../verbs.js';
import { readPhrase } from '../vocabulary.js';

const COMPARED = '(?:(?<compare>about|around|roughly|at least|more than|over|at most|less than|under) )?';

function comparison(words: string | undefined): Comparison {
  if (words === undefined || /^(?:about|around|roughly)$/.test(words)) return 'about';
  return /^(?:at least|more than|over)$/.test(words) ? 'at least' : 'at most';
}

const UNITS: Readonly<Record<string, number>> = {
  bn: 1e9,
  billion: 1e9,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  trn: 1e12,
  trillion: 1e12,
};
const DOLLARS = '\\$(?<number>\\d[\\d,]*(?:\\.\\d+)?) ?(?<unit>bn|billion|mn|million|m|trn|trillion)?';

const dollarsOf = (number: string, unit: string | undefined): number =>
  Math.round(numberOf(number) * (unit === undefined ? 1 : UNITS[unit]!));

/** The class that did it and what it did it with. */
function doer(subject: string, object: string | undefined, memory: Memory) {
  const words = `${subject} ${(object ?? '').replace(/\bon balance\b/, '')}`;
  const read = readSubject(words, memory);
  if (isReason(read)) return read;
  const { leg: _, ...scope } = read.scope;
  const named = readPhrase(words)!.scope;
  if (named.leg !== undefined)
    return { reason: 'buyers and sellers are told by net flow alone, not by a leg' };
  return scope.class === undefined ? { reason: 'it names no class of investors' } : { scope };
}

const direction = (bought: string | undefined): 'bought' | 'sold' =>
  bought === undefined ? 'sold' : 'bought';

function weeksOf(
  groups: Readonly<Record<string, string | undefined>>,
  counts: readonly [weeks: number, of: number],
  memory: Memory,
): Reading {
  const who = doer(groups.subject!, groups.object, memory);
  return isReason(who) ? who : countedWeeks(who.scope, groups.bought, counts);
}

function countedWeeks(
  scope: ClaimScope,
  bought: string | undefined,
  [weeks, of]: readonly [weeks: number, of: number],
): Reading {
  if (![weeks, of].every((count) => Number.isInteger(count) && count >= 1 && count <= 520) || weeks > of)
    return { reason: `${weeks} of ${of} weeks cannot be counted` };
  return [draft('weeks', scope, { weeks, of, direction: direction(bought) })];
}

function ratio(groups: Readonly<Record<string, string | undefined>>, memory: Memory): Reading {
  const { subject, before, behind, compare, number } = groups;
  const words = [subject, before, behind].filter((part) => part !== undefined).join(' ');
  return withSubject(words, memory, ({ scope }) => {
    const { leg: _, ...rest } = scope;
    const value = numberOf(number!);
    if (!(value > 0)) return { reason: 'a ratio is above 0' };
    return [draft('ratio', rest, { ratio: value, compare: comparison(compare) })];
  });
}

const NET_SOLD = "an amount of net selling is not read; write 'were net sellers'";
const TO_ONE = `${COMPARED}(?<number>${NUMBER})(?: to |:| - to - )(?:1|one)`;
const LONGS = '(?:long buys|long buying|long purchases)';
const COVERS = '(?:short covers|short covering)';

/** What was bought and sold, leg by leg. */
export const FLOW_FORMS: readonly Form[] = [
  {
    name: 'long buys to short covers',
    pattern: new RegExp(
      `^(?:(?<subject>.+?) )?${LONGS}(?<before>(?: .+?)?) (?:outweighed|outpaced|exceeded|outnumbered|beat) ${COVERS}(?: by)? ${TO_ONE}(?<behind>(?: .+)?)$`,
    ),
    read: ratio,
  },
  {
    name: 'ratio of long buys to short covers',
    pattern: new RegExp(
      `^(?:the )?ratio of (?:(?<subject>.+?) )?${LONGS} (?:to|over) ${COVERS}(?<before>(?: .+?)?) (?:was|is) ${TO_ONE}(?<behind>)$`,
    ),
    read: ratio,
  },
  {
    name: 'driven by one of the two',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:was|were|is|are) (?:led|driven) by (?:(?<longs>${LONGS})|${COVERS})(?:,? and,? to a (?:much )?lesser (?:extent|degree),? (?:${LONGS}|${COVERS}))?(?<told> \\(${TO_ONE}\\))?$`,
    ),
    read: ({ subject, longs, told, compare, number }, memory) => {
      if (told === undefined)
        return ratio({ subject, compare: longs === undefined ? 'at most' : 'at least', number: '1' }, memory);
      return longs === undefined
        ? { reason: 'the ratio is read as long buys over short covers' }
        : ratio({ subject, compare, number }, memory);
    },
  },
  {
    name: 'one of the two led',
    pattern: new RegExp(`^(?:(?<longs>${LONGS})|${COVERS}) led (?<subject>the buying.*|it)$`),
    read: ({ subject, longs }, memory) =>
      ratio({ subject, compare: longs === undefined ? 'at most' : 'at least', number: '1' }, memory),
  },
  {
    name: 'amount of a leg',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:was|were|came to|totalled|totaled|reached|amounted to) ${COMPARED}${DOLLARS}(?<behind>(?: .+)?)$`,
    ),
    read: ({ subject, behind, compare, number, unit }, memory) =>
      withSubject(`${subject} ${behind}`, memory, ({ scope, low }) => {
        if (scope.leg === undefined) return { reason: 'it names no leg that the amount is of' };
        if (low) return { reason: NET_SOLD };
        const usd = dollarsOf(number!, unit);
        if (!(usd > 0)) return { reason: 'an amount is above 0' };
        return [draft('amount', scope, { usd, compare: comparison(compare) })];
      }),
  },
  {
    name: 'bought an amount',
    pattern: new RegExp(
      `^(?<subject>.+?) (?<net>net )?(?:bought|(?<sold>sold)) ${COMPARED}${DOLLARS}(?: (?:worth )?of)?(?<behind>(?: .+)?)$`,
    ),
    read: ({ subject, net, sold, behind, compare, number, unit }, memory) =>
      withSubject(`${subject} ${behind}`, memory, ({ scope, low }) => {
        if (net !== undefined && sold !== undefined) return { reason: NET_SOLD };
        const leg = net !== undefined ? 'net' : sold === undefined ? 'grossBuy' : 'grossSell';
        if (low || (scope.leg !== undefined && scope.leg !== leg))
          return { reason: 'it names a leg beside what was bought' };
        const usd = dollarsOf(number!, unit);
        if (!(usd > 0)) return { reason: 'an amount is above 0' };
        return [draft('amount', { ...scope, leg }, { usd, compare: comparison(compare) })];
      }),
  },
  {
    name: 'k of n weeks',
    pattern: new RegExp(
      `^(?<subject>.+?) ${VERB}(?<object>(?: .+?)?) in (?<k>${NUMBER}) of the (?:last |past )?(?<n>${NUMBER}) weeks$`,
    ),
    read: (groups, memory) => weeksOf(groups, [numberOf(groups.k!), numberOf(groups.n!)], memory),
  },
  {
    name: 'positive in k of n weeks',
    pattern: new RegExp(
      `^(?<subject>.+?) (?:was|were|has been|have been) (?:(?<bought>positive)|negative) (?:in|for) (?<k>${NUMBER}) of the (?:last |past )?(?<n>${NUMBER}) weeks$`,
    ),
    read: ({ subject, bought, k, n }, memory) =>
      withSubject(subject!, memory, ({ scope: { leg, ...scope } }) =>
        leg === 'net' && scope.class !== undefined
          ? countedWeeks(scope, bought, [numberOf(k!), numberOf(n!)])
          : { reason: "weeks are counted of a class's net flow alone" },
      ),
  },
  {
    name: 'weeks in a row',
    pattern: new RegExp(
      `^(?<subject>.+?) ${VERB}(?<object>(?: .+?)?) (?:for|in) (?<n>${NUMBER}) (?:straight weeks|consecutive weeks|weeks in a row|weeks running)$`,
    ),
    read: (groups, memory) => weeksOf(groups, [numberOf(groups.n!), numberOf(groups.n!)], memory),
  },
  {
    name: 'bought or sold on balance',
    pattern: new RegExp(`^(?<subject>.+?) ${VERB}(?<object>(?: .+)?)$`),
    read: ({ subject, object, bought }, memory) => {
      const who = doer(subject!, object, memory);
      return isReason(who)
        ? who
        : [draft('side', withMarket(who.scope, memory), { direction: direction(bought) })];
    },
  },
];
