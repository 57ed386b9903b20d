import type { DriverModelRow, DriverRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { withReason } from '../../figures.js';
import { type Prose, prose } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { at, DRIVER_WORDS, VOLATILITY } from './rows.js';

/** 'Rates and policy' and 'earnings' are several. */
const isOne = (names: readonly string[]): boolean =>
  names.length === 1 && !/ and |^earnings$/.test(names[0]!);

function shownWords(drivers: readonly Placed<DriverRow>[]): string {
  const named = (verdict: DriverRow['verdict']): string[] =>
    drivers
      .filter(({ row }) => row.verdict === verdict)
      .map(({ row }) => words.uncapitalised(DRIVER_WORDS[row.driver]));
  const parts = [
    ['for', 'goes with it', 'go with it'],
    ['against', 'speaks against it', 'speak against it'],
    ['not shown', 'is not shown', 'are not shown'],
    [null, 'is not known', 'are not known'],
  ] as const;
  return parts
    .flatMap(([verdict, one, many]) => {
      const names = named(verdict);
      return names.length === 0 ? [] : [`${words.listWords(names)} ${isOne(names) ? one : many}`];
    })
    .join('; ');
}

export function finding(
  context: Context,
  model: Placed<DriverModelRow>,
  drivers: readonly Placed<DriverRow>[],
): Prose {
  const { row } = model;
  if (row.r2 === null) return [`The regression could not be fitted: ${row.reason ?? 'no reason given'}.`];
  const lead: Prose = [{ kind: 'strong', content: [`${words.capitalised(shownWords(drivers))}.`] }];
  const share = at(context, model, 'unexplainedShare', 'share');
  const outside = withReason(at(context, model, 'outOfSampleR2', 'share'));
  return prose`${lead} Drivers, the market’s return and the flow of the ${context.period.one} before together explain ${at(context, model, 'r2', 'share')} of the flow over ${at(context, model, 'n', 'weeks')} (${outside} out of sample); ${share} is unexplained. Of this ${context.period.one}’s ${at(context, model, 'actual', VOLATILITY)} the model fits ${at(context, model, 'fitted', VOLATILITY)}.`;
}
