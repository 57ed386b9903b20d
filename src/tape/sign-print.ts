import type { TradeSign } from '../core/index.js';
import { isLarge } from './rules/blocks.js';
import { chakrabartyLiNguyenVanNess } from './rules/clnv.js';
import { readConditions, type TapeLetter } from './rules/conditions.js';
import { keepsCorrection } from './rules/corrections.js';
import { ellisMichaelyOHara } from './rules/emo.js';
import { byTick, leeReady } from './rules/lee-ready.js';
import { quoteRule, quoteState } from './rules/quote.js';
import { bhjosRetail, bjzzSign, FINRA_FACILITY, LEAST_RETAIL_PRICE_MICROS } from './rules/retail.js';
import { isRegularTime, type SessionHours } from './rules/sessions.js';
import { reverseTickSign, type TickReference, tickSign } from './rules/tick.js';
import type { SigningSettings } from './settings.js';
import type { Decider, Decision, PrintClass, Quote, QuoteState } from './vocabulary.js';

/** One print of the tape, as TAQ has it. */
export interface Print {
  /** Since midnight in New York. */
  readonly timeNanos: number;
  readonly priceMicros: number;
  readonly sizeMicros: number;
  /** TAQ exchange letter. */
  readonly venue: string;
  /** Sale condition letters; blanks are padding. */
  readonly conditions: string;
  readonly tape: TapeLetter;
  readonly correction: number;
  /** The vendor doubts it. */
  readonly suspicious: boolean;
  /** The initiator where the source tells, else 0. */
  readonly aggressor: TradeSign;
}

/** How a print takes part before anything is signed. */
export interface PrintPart {
  /** `other` stands for every regular print of the session. */
  readonly printClass: 'auction' | 'unsigned' | 'extended' | 'other' | 'dropped';
  readonly signable: boolean;
  readonly movesTick: boolean;
  readonly oddLot: boolean;
}

/** What a print meets. */
export interface PrintContext {
  /** The quote at the lag; null = none in the session yet. */
  readonly quote: Quote | null;
  readonly tick: TickReference;
  /** Prices of later prints of the session that move the tick reference; asked for by the reverse tick test only. */
  readonly laterPricesMicros: Iterable<number>;
}

/** Everything the tape says of a print. */
export interface PrintAnswer extends Decision {
  readonly printClass: PrintClass;
  readonly ruleSign: TradeSign;
  readonly ruleDecidedBy: Decider;
  readonly quoteState: QuoteState;
  readonly oddLot: boolean;
  readonly large: boolean;
  readonly lowConfidence: boolean;
  readonly bjzz: TradeSign;
  readonly bhjosCandidate: boolean;
  readonly bhjos: TradeSign;
}

/** Whether a print counts, is signed and moves the tick reference. */
export function partOf(print: Print, hours: SessionHours, settings: SigningSettings): PrintPart {
  const said = readConditions(print.conditions, print.tape, hours.date);
  const oddLot = said.oddLot || print.sizeMicros < settings.roundLotSizeMicros;
  const printClass = classBeforeSigning(print, said.conditionClass, oddLot, hours, settings);
  const signable = printClass === 'other' || (printClass === 'extended' && settings.signExtended);
  const movesTick = printClass === 'other' && !(oddLot && settings.oddLots === 'no-tick');
  return { printClass, signable, movesTick, oddLot };
}

function classBeforeSigning(
  print: Print,
  byConditions: ReturnType<typeof readConditions>['conditionClass'],
  oddLot: boolean,
  hours: SessionHours,
  settings: SigningSettings,
): PrintPart['printClass'] {
  if (!keepsCorrection(print.correction) || byConditions === 'drop') return 'dropped';
  if (print.priceMicros <= 0 || print.sizeMicros <= 0) return 'dropped';
  if (oddLot && settings.oddLots === 'exclude') return 'dropped';
  if (byConditions === 'auction' || byConditions === 'unsigned') return byConditions;
  if (print.suspicious) return 'unsigned';
  return byConditions === 'extended' || !isRegularTime(print.timeNanos, hours) ? 'extended' : 'other';
}

/** What the signing rule says of a print, whatever its class. Exact; prices in micro-dollars. */
export function decide(priceMicros: number, context: PrintContext, settings: SigningSettings): Decision {
  const { quote } = context;
  const tick = tickSign(priceMicros, context.tick);
  switch (settings.rule) {
    case 'tick':
      return byTick(tick);
    case 'reverse-tick':
      return byTick(reverseTickSign(priceMicros, context.laterPricesMicros));
    case 'quote':
      return quoteRule(priceMicros, quote, settings.locked);
    case 'lee-ready':
      return leeReady(priceMicros, quote, tick, settings.locked);
    case 'emo':
      return ellisMichaelyOHara(priceMicros, quote, tick, settings.locked);
    case 'clnv':
      return chakrabartyLiNguyenVanNess(priceMicros, quote, tick, settings.edges, settings.locked);
  }
}

/**
 * Signs and classes one print from its context: the kernel's answer, written plainly. A test holds the two together on random tapes.
 */
export function signPrint(
  print: Print,
  context: PrintContext,
  hours: SessionHours,
  settings: SigningSettings,
): PrintAnswer {
  const part = partOf(print, hours, settings);
  const rule: Decision = part.signable ? decide(print.priceMicros, context, settings) : UNDECIDED;
  const retail = retailOf(print, part, context.quote, settings);
  const large = part.printClass !== 'dropped' && isLarge(print.priceMicros, print.sizeMicros, settings);
  const printClass = finalClass(part.printClass, retail.chosen, large);
  return {
    ...finalDecision(print, part, rule, retail.chosen, settings),
    printClass,
    ruleSign: rule.sign,
    ruleDecidedBy: rule.decidedBy,
    quoteState: quoteState(context.quote),
    oddLot: part.oddLot,
    large,
    lowConfidence: printClass === 'block' && print.venue === FINRA_FACILITY,
    bjzz: retail.bjzz,
    bhjosCandidate: retail.bhjosCandidate,
    bhjos: retail.bhjos,
  };
}

const UNDECIDED: Decision = { sign: 0, decidedBy: 'none' };

interface RetailAnswer {
  readonly bjzz: TradeSign;
  readonly bhjosCandidate: boolean;
  readonly bhjos: TradeSign;
  /** The sign of the rule that makes the class, 0 = not retail. */
  readonly chosen: TradeSign;
}

const NOT_RETAIL: RetailAnswer = { bjzz: 0, bhjosCandidate: false, bhjos: 0, chosen: 0 };

function retailOf(
  print: Print,
  part: PrintPart,
  quote: Quote | null,
  settings: SigningSettings,
): RetailAnswer {
  if (part.printClass !== 'other' || !settings.hasSubPennyPrices) return NOT_RETAIL;
  if (print.priceMicros < LEAST_RETAIL_PRICE_MICROS) return NOT_RETAIL;
  const bjzz = bjzzSign(print, settings.tickSizeMicros);
  const midpoint = bhjosRetail(print, quote, settings.retailPopulation, settings.tickSizeMicros);
  const chosen = { bjzz, bhjos: midpoint.sign, none: 0 as const }[settings.retail];
  return { bjzz, bhjosCandidate: midpoint.candidate, bhjos: midpoint.sign, chosen };
}

function finalClass(before: PrintPart['printClass'], retail: TradeSign, large: boolean): PrintClass {
  if (before !== 'other') return before;
  if (retail !== 0) return 'retail';
  return large ? 'block' : 'other';
}

/** A told initiator, else the retail rule where it contradicts, else the signing rule. */
function finalDecision(
  print: Print,
  part: PrintPart,
  rule: Decision,
  retail: TradeSign,
  settings: SigningSettings,
): Decision {
  if (part.signable && settings.aggressor === 'prefer' && print.aggressor !== 0) {
    return { sign: print.aggressor, decidedBy: 'aggressor' };
  }
  return retail !== 0 && retail !== rule.sign ? { sign: retail, decidedBy: 'retail' } : rule;
}
