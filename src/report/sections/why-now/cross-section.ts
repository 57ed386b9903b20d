import type { CrossSectionRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import type { Block, Prose, Unit } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { at, rowsOf } from './rows.js';

export function crossSection(context: Context): Block[] {
  const rows = rowsOf(context, 'cross-section').filter(({ row }) => row.estimate !== null);
  if (rows.length === 0) return [];
  const columns = [
    ['names', 'count'],
    ['periods', 'count'],
    ['estimate', 'index'],
    ['low', 'index'],
    ['high', 'index'],
    ['p', 'probability'],
  ] as const;
  const cell = (one: Placed<CrossSectionRow>, field: string, unit: Unit): Prose => [
    at(context, one, field, unit),
  ];
  return [
    {
      kind: 'table',
      caption: [
        'Which names were bought: flow of each name on its exposures, one regression a period, averaged (Fama and MacBeth 1973).',
      ],
      columns: [
        { label: 'Exposure' },
        { label: 'Names', numeric: true },
        { label: 'Periods', numeric: true },
        { label: 'Slope', numeric: true },
        { label: 'Low', numeric: true },
        { label: 'High', numeric: true },
        { label: 'p', numeric: true },
      ],
      rows: rows.map((one) => ({
        cells: [
          [words.capitalised(words.fieldWords(one.row.exposure))],
          ...columns.map(([field, unit]) => cell(one, field, unit)),
        ],
      })),
    },
  ];
}

/** Reasons of the cross section, where it has no figures. */
export function unknownCrossSection(context: Context): readonly string[] {
  const rows = rowsOf(context, 'cross-section').filter(({ row }) => row.estimate === null);
  return [...new Set(rows.map(({ row }) => row.reason ?? 'no reason given'))];
}
