import { type FlowRow, type IsoDate, sumUsd } from '../core/index.js';
import type { FlowKey, SettledFlowsQuestion } from './flow-question.js';

/** A sum of flow rows; scales of single rows do not add and are left out. */
export type SummedFlowRow = Partial<FlowRow> &
  Pick<FlowRow, 'basis' | 'periodStart' | 'periodEnd' | 'knownAt' | 'sides' | 'net' | 'reasons'> & {
    readonly rows: number;
  };

const DOLLAR_FIELDS = [
  'longBuy',
  'longSell',
  'shortSell',
  'shortCover',
  'grossBuy',
  'grossSell',
  'net',
  'gross',
  'grossing',
] as const;

/** Names the calendar period that a week's end falls in; sorts as text. */
function bucketOf(date: IsoDate, every: SettledFlowsQuestion['every']): string {
  if (every !== 'month' && every !== 'quarter') return date;
  const [year, month] = [date.slice(0, 4), Number(date.slice(5, 7))];
  return every === 'month' ? date.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
}

function sumGroup(rows: readonly FlowRow[], by: readonly FlowKey[]): SummedFlowRow {
  const priced = rows.filter((row) => row.net !== null);
  const amount = (field: (typeof DOLLAR_FIELDS)[number]): number | null =>
    priced.length === 0 || priced.some((row) => row[field] === null)
      ? null
      : sumUsd(priced.map((row) => row[field]!));
  const first = rows[0]!;
  const left = rows.length - priced.length;
  const shortCover = amount('shortCover');
  return {
    basis: first.basis,
    periodStart: rows.map((row) => row.periodStart).sort()[0]!,
    periodEnd: rows
      .map((row) => row.periodEnd)
      .sort()
      .at(-1)!,
    knownAt: rows
      .map((row) => row.knownAt)
      .sort()
      .at(-1)!,
    ...Object.fromEntries(by.map((key) => [key, first[key]])),
    sides: first.sides,
    ...(Object.fromEntries(DOLLAR_FIELDS.map((field) => [field, amount(field)])) as Pick<
      FlowRow,
      (typeof DOLLAR_FIELDS)[number]
    >),
    buyRatio: shortCover === null || shortCover === 0 ? null : amount('longBuy')! / shortCover,
    rows: priced.length,
    sources: priced.flatMap((row) => row.sources),
    reasons: {
      ...(priced.length === rows.length ? first.reasons : {}),
      ...(left > 0 ? { net: `${left} of ${rows.length} rows have no dollars and are not in the sum` } : {}),
    },
  };
}

/** Sums rows by the calendar periods and keys asked for, in their order. */
export function summedRows(rows: readonly FlowRow[], question: SettledFlowsQuestion): SummedFlowRow[] {
  const groups = new Map<string, FlowRow[]>();
  for (const row of rows) {
    const key = [
      bucketOf(row.periodEnd, question.every),
      ...question.by.map((field) => row[field] ?? ''),
    ].join('|');
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [row]);
    else held.push(row);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => sumGroup(group, question.by));
}
