import {
  type Answer,
  CONTRACT_REGISTER,
  type CotFlowRow,
  endOfDayInNewYork,
  type FlowRow,
  InvalidRequest,
  type IsoDate,
  NotCovered,
  SECTORS,
  sumUsd,
} from '../core/index.js';
import { type CotReport, cotFlowRows, readCotSeries, readScaleContext } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';

export const FLOW_KEYS = ['sector', 'class', 'contract', 'symbol', 'manager'] as const;
export type FlowKey = (typeof FLOW_KEYS)[number];

export interface FlowsQuestion {
  readonly basis: 'cot';
  readonly by: readonly FlowKey[];
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly every: 'week' | 'month' | 'quarter';
  readonly contracts?: readonly string[];
  readonly classes?: readonly string[];
  readonly sector?: string;
  readonly report: CotReport;
}

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

function selectedCodes(question: FlowsQuestion): string[] {
  if (question.contracts !== undefined) return [...question.contracts];
  const sums = !question.by.includes('contract');
  return CONTRACT_REGISTER.filter(
    (entry) =>
      (question.sector === undefined || entry.sector === question.sector) &&
      (!sums || entry.consolidatedInto === null),
  ).map((entry) => entry.code);
}

async function ledger(view: AsOfView, question: FlowsQuestion): Promise<CotFlowRow[]> {
  const series = await readCotSeries(view, { report: question.report, codes: selectedCodes(question) });
  if (series.length === 0)
    throw new NotCovered(
      `no CFTC positions of ${question.contracts?.join(', ') ?? 'these contracts'} are known by then; run 'tidemark import' on Traders in Financial Futures files`,
    );
  const scales = await readScaleContext(view, series);
  const { periodEnds } = series[0]!.calendar;
  const inRange = (period: number): boolean =>
    (question.from === undefined || periodEnds[period]! >= question.from) &&
    (question.to === undefined || periodEnds[period]! <= question.to);
  const keep = { period: inRange, ...(question.classes === undefined ? {} : { classes: question.classes }) };
  return series.flatMap((contract) => cotFlowRows(contract, scales, keep));
}

/** Names the calendar period that a week's end falls in; sorts as text. */
function bucketOf(date: IsoDate, every: FlowsQuestion['every']): string {
  if (every === 'week') return date;
  const [year, month] = [date.slice(0, 4), Number(date.slice(5, 7))];
  return every === 'month' ? date.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
}

function sumGroup(rows: readonly CotFlowRow[], by: readonly FlowKey[]): SummedFlowRow {
  const priced = rows.filter((row) => row.net !== null);
  const amount = (field: (typeof DOLLAR_FIELDS)[number]): number | null =>
    priced.length === 0 ? null : sumUsd(priced.map((row) => row[field] ?? 0));
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
    reasons: left > 0 ? { net: `${left} of ${rows.length} rows have no dollars and are not in the sum` } : {},
  };
}

function grouped(rows: readonly CotFlowRow[], question: FlowsQuestion): SummedFlowRow[] {
  const groups = new Map<string, CotFlowRow[]>();
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

const byPeriod = (a: CotFlowRow, b: CotFlowRow): number =>
  a.periodEnd.localeCompare(b.periodEnd) || a.contract.localeCompare(b.contract);

function notesOf(question: FlowsQuestion, rows: readonly CotFlowRow[], summed: boolean): string[] {
  const notes = ['Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.'];
  if (rows.some((row) => row.contract === '20974+' || row.sector === 'technology'))
    notes.push('NASDAQ-100 futures are a proxy for technology, not the sector itself.');
  if (summed)
    notes.push(
      'Sums of a sector or index take the consolidated contracts alone; scales of single rows do not add.',
    );
  if (summed && !question.by.includes('class'))
    notes.push(
      'Over all classes purchases equal sales: net is zero by construction, and grossBuy is turnover.',
    );
  const bare = rows.filter((row) => row.net === null).length;
  if (bare > 0)
    notes.push(`${bare} of ${rows.length} rows have no dollar figure; 'reasons' on the row says why.`);
  return notes;
}

function validate(question: FlowsQuestion): void {
  if (question.sector !== undefined && !SECTORS.includes(question.sector as (typeof SECTORS)[number]))
    throw new InvalidRequest(`sector '${question.sector}' is unknown; one of ${SECTORS.join(', ')}`);
  for (const key of question.by)
    if (key === 'symbol' || key === 'manager')
      throw new InvalidRequest(`basis cot tells no ${key}; --by takes sector, class and contract for it`);
}

/** The ledger of weekly flows, row by row or summed. */
export async function showFlows(
  context: AppContext,
  question: FlowsQuestion,
): Promise<Answer<CotFlowRow | SummedFlowRow>> {
  validate(question);
  return withView(context, async (view) => {
    const rows = (await ledger(view, question)).sort(byPeriod);
    if (rows.length === 0) throw emptyRange(question, context);
    const plain =
      question.every === 'week' && question.by.includes('contract') && question.by.includes('class');
    const data: (CotFlowRow | SummedFlowRow)[] = plain ? rows : grouped(rows, question);
    const { contracts, classes, sector, from, to, ...rest } = question;
    const query = {
      ...rest,
      contracts: contracts ?? null,
      classes: classes ?? null,
      sector: sector ?? null,
      from: from ?? null,
      to: to ?? null,
    };
    return makeAnswer('flows', context, storeOf(view), {
      query,
      data,
      notes: notesOf(question, rows, !plain),
    });
  });
}

function emptyRange(question: FlowsQuestion, context: AppContext): NotCovered {
  const range = `${question.from ?? 'the beginning'} to ${question.to ?? 'today'}`;
  const later = question.from !== undefined && context.asOf < endOfDayInNewYork(question.from);
  return new NotCovered(
    later
      ? `no report of ${range} is known as of that moment; ask with a later --as-of`
      : `no report falls in ${range}; 'tidemark status' shows what the store covers`,
  );
}
