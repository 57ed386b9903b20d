import type { FactorRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import type { Block, TableBlock } from '../../model.js';
import * as words from '../../wording/index.js';
import { unitOfWords } from '../claim-units.js';
import type { Placed } from '../study-rows.js';
import { at, rowsOf } from './rows.js';

export function factorsTable(context: Context): Block {
  const factors = rowsOf(context, 'factor');
  const table: TableBlock = {
    kind: 'table',
    dense: true,
    caption: [
      `Every declared factor in the ${context.period.one}: its value, how far that lies from the ${context.period.many} before, and whether it stands in the regression.`,
    ],
    columns: [
      { label: 'Factor' },
      { label: 'Value', numeric: true },
      { label: 'Unit' },
      { label: 'From usual', numeric: true },
      { label: context.period.each === 'Weekly' ? 'Weeks' : 'Quarters', numeric: true },
      { label: 'In the regression' },
      { label: 'What it is' },
    ],
    rows: factors.map((one) => factorCells(context, one)),
  };
  return {
    kind: 'details',
    summary: 'The factors behind the drivers, and those that are missing',
    blocks: [table],
  };
}

const factorWords = ({ factor }: FactorRow): string =>
  words.capitalised(words.fieldWords(factor).replace(/^ai\b/, 'AI'));

function factorCells(context: Context, one: Placed<FactorRow>): TableBlock['rows'][number] {
  const { row } = one;
  const evidence = context.book.rows(`rows-factor-${one.index}`, `Factor: ${factorWords(row)}`, row.sources);
  const unit = unitOfWords(row.unit);
  const lead = row.value === null ? 'not known: ' : '';
  const why = row.reason === null ? [] : [` ${words.sentence(`${lead}${row.reason}`)}`];
  return {
    cells: [
      [factorWords(row)],
      [at(context, one, 'value', unit, evidence)],
      [row.unit],
      [
        at(
          context,
          { ...one, row: { reason: row.reason ?? 'too few weeks' } },
          'z',
          'standard deviations',
          evidence,
        ),
      ],
      [at(context, one, 'weeks', 'count')],
      [row.isRegressor ? 'yes' : 'no'],
      [words.sentence(row.definition), ...why],
    ],
  };
}

/** Factors that are not known in the week, each with its reason. */
export function unknownFactors(
  context: Context,
): readonly { readonly name: string; readonly reason: string }[] {
  return rowsOf(context, 'factor').flatMap(({ row }) =>
    row.value === null ? [{ name: factorWords(row), reason: row.reason ?? 'no reason given' }] : [],
  );
}
