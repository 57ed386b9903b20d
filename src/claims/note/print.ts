import type { Driver } from '../../core/index.js';
import { capitalised, listWords } from '../../core/index.js';
import type { Claim, ClaimClass, ClaimScope, Comparison, Leader } from '../claim.js';
import { classOfLeader } from './forms/classes.js';
import { ordinalWords } from './numbers.js';
import { spanWords } from './spans.js';
import {
  BASIS_TERMS,
  CLASS_TERMS,
  CONTRACT_TERMS,
  LEG_TERMS,
  NET_SELLING_TERMS,
  RULER_TERMS,
  sectorTerm,
} from './vocabulary.js';

export const classTerm = (name: ClaimClass): string => CLASS_TERMS[name][0]!;

/** 'technology', 'nasdaq-100 futures', 'contract 33874A'; empty where the scope names no market. */
export function marketTerm({ sector, contract }: ClaimScope): string {
  const named = contract === undefined ? [] : [CONTRACT_TERMS[contract]?.[0] ?? `contract ${contract}`];
  return [...named, ...(sector === undefined ? [] : [sectorTerm(sector)])].join(' ');
}

/** Week, scale and basis, each where it is named. */
function circumstances({ week, ruler, basis }: ClaimScope): string {
  return [
    week === undefined ? '' : `in the week to ${week}`,
    ruler === undefined ? '' : RULER_TERMS[ruler][0]!,
    basis === undefined ? '' : BASIS_TERMS[basis][0]!,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** 'notional buying of technology by hedge funds in the week to 2026-04-14'. */
function nounPhrase(scope: ClaimScope, head: string): string {
  const market = marketTerm(scope);
  return words(
    head,
    market === '' ? '' : `of ${market}`,
    scope.class === undefined ? '' : `by ${classTerm(scope.class)}`,
    circumstances(scope),
  );
}

export const legPhrase = (scope: ClaimScope): string =>
  nounPhrase(scope, LEG_TERMS[scope.leg ?? 'grossBuy'][0]!);

/** Weeks that were events; 'such weeks' where nothing is named. */
function eventPhrase(scope: ClaimScope): string {
  if (Object.keys(scope).length === 0) return 'such weeks';
  return scope.leg === undefined ? nounPhrase(scope, 'weeks') : legPhrase(scope);
}

/** Long buys are many, net flow is one. */
const arePlural = ({ leg }: ClaimScope): boolean => leg === undefined || /s$/.test(LEG_TERMS[leg][0]!);

/** ' in technology', behind what was said. */
function where(scope: ClaimScope): string {
  const market = marketTerm(scope);
  const rest = circumstances(scope);
  return `${market === '' ? '' : ` in ${market}`}${rest === '' ? '' : ` ${rest}`}`;
}

function compareWords(compare: Comparison): string {
  return compare === 'exactly' ? '' : `${compare} `;
}

const DOLLAR_UNITS = [
  [1e12, 'trn'],
  [1e9, 'bn'],
  [1e6, 'm'],
] as const;

/** '$9.7 bn'; in dollars where a unit would not read back to the cent. */
function dollarWords(usd: number): string {
  const unit = DOLLAR_UNITS.find(([size]) => usd >= size && Math.round((usd / size) * size) === usd);
  return unit === undefined ? `$${usd}` : `$${usd / unit[0]} ${unit[1]}`;
}

const STATE_TERMS = {
  easing: 'easing',
  tightening: 'tightening',
  plateau: 'on a plateau',
  hold: 'on hold',
} as const;

export const DRIVER_TERMS = {
  ai: 'artificial intelligence',
  earnings: 'earnings',
  macro: 'rates and policy',
  rotation: 'money leaving cyclicals',
} as const;

/** Drivers whose words are many. */
const MANY: ReadonlySet<Driver> = new Set(['earnings', 'macro']);

const ahead = ({ horizonWeeks }: Claim): string =>
  ` over ${horizonWeeks} ${horizonWeeks === 1 ? 'week' : 'weeks'}`;

export const listOf = (classes: readonly ClaimClass[]): string => listWords(classes.map(classTerm));

export const leaderTerm = (who: Leader | ClaimClass): string => classTerm(classOfLeader(who));

function doing(claim: Claim, direction: 'bought' | 'sold'): string {
  const { class: name, ...rest } = claim.scope;
  return words(
    name === undefined ? 'they' : classTerm(name),
    direction,
    marketTerm(rest),
    'on balance',
    circumstances(rest),
  );
}

function followed(claim: Claim, by: string): string {
  return `${eventPhrase(claim.scope)} ${arePlural(claim.scope) ? 'are' : 'is'} followed by ${by}${ahead(claim)}`;
}

const was = (scope: ClaimScope): string => (scope.leg !== undefined && arePlural(scope) ? 'were' : 'was');

function sentenceOf(claim: Claim): string {
  const { scope } = claim;
  switch (claim.measure) {
    case 'record': {
      const { span, since, extreme } = claim.threshold;
      const head = extreme === 'low' ? nounPhrase(scope, NET_SELLING_TERMS[0]!) : legPhrase(scope);
      const back =
        since === undefined ? (span === undefined ? 'in 10 years' : spanWords(span)) : `since ${since}`;
      return `${head} ${was(scope)} the largest of any week ${back}`;
    }
    case 'rank': {
      const { rank, compare, span } = claim.threshold;
      const place =
        compare === 'exactly'
          ? `the ${ordinalWords(rank)} largest of any week`
          : `among the ${rank} largest weeks`;
      return `${legPhrase(scope)} ${was(scope)} ${place} ${spanWords(span)}`;
    }
    case 'percentile': {
      const { percentile, compare, span } = claim.threshold;
      return `${legPhrase(scope)} stood ${compareWords(compare)}at the ${ordinalWords(percentile)} percentile${span === undefined ? '' : ` ${spanWords(span)}`}`;
    }
    case 'z': {
      const { z, compare, span } = claim.threshold;
      return `${legPhrase(scope)} had a z of ${compareWords(compare)}${z}${span === undefined ? '' : ` ${spanWords(span)}`}`;
    }
    case 'significance':
      return `${legPhrase(scope)} ${was(scope)} no fluke${claim.threshold.span === undefined ? '' : ` ${spanWords(claim.threshold.span)}`}`;
    case 'ratio': {
      const { ratio, compare } = claim.threshold;
      return `${nounPhrase(scope, 'the ratio of long buys to short covers')} was ${compareWords(compare)}${ratio} to 1`;
    }
    case 'amount':
      return `${legPhrase(scope)} came to ${compareWords(claim.threshold.compare)}${dollarWords(claim.threshold.usd)}`;
    case 'side':
      return doing(claim, claim.threshold.direction);
    case 'weeks': {
      const { weeks, of, direction } = claim.threshold;
      return `${doing(claim, direction)} in ${weeks} of the last ${of} weeks`;
    }
    case 'led-by': {
      const { who, led } = claim.threshold;
      return `${leaderTerm(who)} ${led ? 'led' : 'did not lead'} ${nounPhrase(scope, 'the buying')}`;
    }
    case 'unison':
      return `${listOf(claim.threshold.classes)} moved together${where(scope)}`;
    case 'driver':
      return `${DRIVER_TERMS[claim.threshold.driver]} ${MANY.has(claim.threshold.driver) ? 'explain' : 'explains'} ${nounPhrase(scope, 'the buying')}`;
    case 'policy': {
      const states = claim.threshold.states.map((state) => STATE_TERMS[state]).join(' or ');
      const place = words(marketTerm(scope), circumstances(scope));
      return `the Fed is ${states}${place === '' ? '' : `, for ${place}`}`;
    }
    case 'rate-sensitivity': {
      const place = words(marketTerm(scope), circumstances(scope));
      return `${place === '' ? 'the sector' : place} is rate-sensitive`;
    }
    case 'floor':
      return `${eventPhrase(scope)} ${arePlural(scope) ? 'put' : 'puts'} a floor under prices${ahead(claim)}`;
    case 'follow-through': {
      const { leader, follower } = claim.threshold;
      return `${classTerm(follower)} follow${leader === undefined ? '' : ` ${classTerm(leader)}`}${where(scope)}`;
    }
    case 'loop':
      return `prices, mood and money feed each other${Object.keys(scope).length === 0 ? '' : ` in ${eventPhrase(scope)}`}`;
    case 'consolidation':
      return followed(claim, `a drawdown beyond ${claim.threshold.drawdown} %`);
    case 'profit-taking':
      return followed(claim, 'profit taking');
    case 'return':
      return followed(claim, claim.threshold.direction === 'above' ? 'gains' : 'losses');
    case 'volatility':
      return followed(claim, `${claim.threshold.direction === 'above' ? 'higher' : 'lower'} volatility`);
    case 'trend':
      return `the long-run trend${where(scope)} is intact`;
  }
}

/** The claim in the grammar's own words; a note of that sentence compiles to the claim again. */
export function printClaim(claim: Claim): string {
  return `${capitalised(sentenceOf(claim))}.`;
}
