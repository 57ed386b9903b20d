import { type FlowRow, type IsoDate, sumUsd } from '../core/index.js';
import { NO_SCALES } from '../flows/index.js';
import type { FlowKey, SettledFlowsQuestion } from './flow-question.js';

/**
 * A sum of flow rows with the keys asked for. Dollars add, constant dollars too, and contracts of one contract; the other scales of
 * single rows do not and are null with that reason.
 */
export type SummedFlowRow = Omit<FlowRow, FlowKey> &
  Partial<Pick<FlowRow, FlowKey>> & {
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

const UNSUMMED = 'scales of single rows do not add';

const ALIKE_FIELDS = {
  real: () => true,
  contracts: (rows: readonly FlowRow[]) => isOneContract(rows),
} as const;

const isOneContract = (rows: readonly FlowRow[]): boolean =>
  rows.every(({ contract }) => contract !== null && contract === rows[0]!.contract);

/** Constant dollars and contracts where they add, and why they do not. */
function alikeSums(rows: readonly FlowRow[]): Pick<FlowRow, 'real' | 'contracts' | 'reasons'> {
  const reasons: Record<string, string> = {};
  const sum = (field: keyof typeof ALIKE_FIELDS): number | null => {
    const missing = rows.find((row) => row[field] === null);
    if (ALIKE_FIELDS[field](rows) && missing === undefined) return sumUsd(rows.map((row) => row[field]!));
    reasons[field] = missing?.reasons[field] ?? UNSUMMED;
    return null;
  };
  return { real: sum('real'), contracts: sum('contracts'), reasons };
}

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
  const alike = alikeSums(rows);
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
    ...NO_SCALES,
    real: alike.real,
    contracts: alike.contracts,
    rows: priced.length,
    sources: priced.flatMap((row) => row.sources),
    reasons: {
      ...Object.fromEntries(Object.keys(NO_SCALES).map((field) => [field, UNSUMMED])),
      ...alike.reasons,
      ...legReasons(priced.length === rows.length ? first.reasons : {}),
      ...(left > 0 ? { net: `${left} of ${rows.length} rows have no dollars and are not in the sum` } : {}),
    },
  };
}

/** Reasons of dollar legs alone; those of scales are the sum's own. */
const legReasons = (reasons: FlowRow['reasons']): FlowRow['reasons'] =>
  Object.fromEntries(
    Object.entries(reasons).filter(([field]) => [...DOLLAR_FIELDS, 'buyRatio'].some((leg) => leg === field)),
  );

/** Sums rows by the calendar periods and keys asked for, in their order; the rows themselves where each is its own sum. */
export function summedRows(
  rows: readonly FlowRow[],
  question: SettledFlowsQuestion,
): readonly (FlowRow | SummedFlowRow)[] {
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
  const isOwnPeriod = !['month', 'quarter'].includes(question.every) || rows[0]?.basis === '13f';
  if (isOwnPeriod && groups.size === rows.length) return rows;
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => sumGroup(group, question.by));
}
