import type { Unit } from '../model.js';

/** Units in words, as claims and studies name them, and the units of a report; the first that fits. */
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/dollar|^usd$/i, 'USD'],
  [/contracts/i, 'contracts'],
  [/^p$/, 'probability'],
  [/^rank$/i, 'rank'],
  [/basis point/i, 'basis points'],
  [/own volatility/i, 'times own volatility'],
  [/standard deviations a /i, 'index'],
  [/standard deviation/i, 'standard deviations'],
  [/^weeks/i, 'weeks'],
  [/^(?:fraction|share)\b|share of (?!daily log)/i, 'share'],
];

/** The unit of a report that a unit in words is printed in; decimals where none fits. */
export function unitOfWords(text: string | null): Unit {
  return UNITS.find(([pattern]) => pattern.test(text ?? ''))?.[1] ?? 'index';
}

/** How a claim's figure is printed, and what it is called. */
export function claimUnit(effectUnit: string | null): { readonly unit: Unit; readonly label: string } {
  const unit = unitOfWords(effectUnit);
  const names: Readonly<Partial<Record<Unit, string>>> = {
    USD: 'amount',
    contracts: 'amount',
    probability: 'weakest p',
    'times own volatility': 'part of the flow',
  };
  const [, after] = (effectUnit ?? '').split(', ');
  return { unit, label: after ?? names[unit] ?? effectUnit ?? 'figure' };
}
