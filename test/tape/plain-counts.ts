import {
  keepsCorrection,
  NO_COUNTS,
  type Print,
  type PrintAnswer,
  partOf,
  readConditions,
  type SessionHours,
  type SigningCount,
  type SigningCounts,
  type SigningSettings,
} from '../../src/tape/index.js';

const BY = {
  none: 'byNone',
  tick: 'byTick',
  quote: 'byQuote',
  aggressor: 'byAggressor',
  retail: 'byRetail',
} as const;
const MET = { none: 'metNoQuote', locked: 'metLocked', crossed: 'metCrossed', usable: 'metUsable' } as const;

/** What a run over these prints must have counted, print by print. */
export function plainCounts(
  prints: readonly Print[],
  answers: readonly PrintAnswer[],
  hours: SessionHours,
  settings: SigningSettings,
): SigningCounts {
  const counts: Record<SigningCount, number> = { ...NO_COUNTS };
  for (const [i, print] of prints.entries()) {
    for (const name of countsOf(print, answers[i]!, hours, settings)) counts[name]++;
  }
  return counts;
}

function countsOf(
  print: Print,
  answer: PrintAnswer,
  hours: SessionHours,
  settings: SigningSettings,
): SigningCount[] {
  if (answer.printClass === 'dropped') return ['prints', reasonOfDrop(print, hours)];
  const { signable, printClass } = partOf(print, hours, settings);
  const asked =
    settings.hasSubPennyPrices && printClass === 'other' && print.venue === 'D' && print.priceMicros >= 1e6;
  const when = (condition: boolean, ...names: SigningCount[]) => (condition ? names : []);
  return [
    'prints',
    ...when(readConditions(print.conditions, print.tape, hours.date).unknown !== '', 'unknownConditions'),
    ...when(print.suspicious, 'suspicious'),
    ...when(answer.oddLot, 'oddLots'),
    ...when(signable, 'signable', BY[answer.decidedBy], MET[answer.quoteState]),
    ...when(asked, 'retailAsked'),
    ...when(answer.bjzz === 1, 'bjzzBuys'),
    ...when(answer.bjzz === -1, 'bjzzSells'),
    ...when(answer.bhjosCandidate, 'bhjosCandidates'),
    ...when(answer.bhjos === 1, 'bhjosBuys'),
    ...when(answer.bhjos === -1, 'bhjosSells'),
    ...when(answer.bhjos === 1 && answer.bjzz !== 0, 'bhjosBuysOfBjzz'),
    ...when(answer.bhjos === -1 && answer.bjzz !== 0, 'bhjosSellsOfBjzz'),
    ...when(answer.printClass === 'block', 'blocks'),
    ...when(answer.lowConfidence, 'lowConfidenceBlocks'),
    ...when(answer.large && !signable, 'largeNotSigned'),
  ];
}

/** The first reason in the order of the kernel: correction, condition, price or size, odd lot. */
function reasonOfDrop(print: Print, hours: SessionHours): SigningCount {
  if (!keepsCorrection(print.correction)) return 'droppedByCorrection';
  if (readConditions(print.conditions, print.tape, hours.date).conditionClass === 'drop') {
    return 'droppedByCondition';
  }
  return print.priceMicros > 0 && print.sizeMicros > 0 ? 'droppedOddLots' : 'droppedByPriceOrSize';
}
