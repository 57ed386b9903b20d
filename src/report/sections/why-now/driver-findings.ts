import type { DriverRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { type Finding, type Prose, prose, type Tone, type Unit, withoutUnit } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { at, DRIVER_WORDS, VOLATILITY } from './rows.js';

const TONES: Readonly<Record<NonNullable<DriverRow['verdict']> | 'none', Tone>> = {
  for: 'pass',
  against: 'fail',
  'not shown': 'chance',
  none: 'insufficient',
};

const HAPPENED = {
  true: 'It has happened: the data speak against this driver.',
  false: 'It has not happened.',
  null: 'Whether it has happened cannot be told.',
} as const;

export function driverFinding(context: Context, one: Placed<DriverRow>): Finding {
  const { row } = one;
  const interval = (field: string, unit: Unit): Prose =>
    prose`${at(context, one, field, unit)} (${withoutUnit(at(context, one, `${field}Low`, unit))} to ${withoutUnit(at(context, one, `${field}High`, unit))})`;
  const unknown = row.contribution === null;
  return {
    tone: TONES[row.verdict ?? 'none'],
    verdict: row.verdict ?? 'not known',
    name: DRIVER_WORDS[row.driver],
    question: row.falsifier,
    explanation: unknown
      ? words.sentence(`not known: ${row.reason ?? 'no reason given'}`)
      : HAPPENED[`${row.falsified}`],
    figures: [
      {
        label: `Part of the ${context.period.one}, 95 % interval`,
        content: unknown
          ? [at(context, one, 'contribution', VOLATILITY)]
          : interval('contribution', VOLATILITY),
      },
      {
        label: 'Share of the variance, 95 % band',
        content:
          row.r2ShareLow === null ? [at(context, one, 'r2Share', 'share')] : interval('r2Share', 'share'),
      },
    ],
  };
}
