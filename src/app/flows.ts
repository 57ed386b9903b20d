import {
  type Answer,
  CONTRACT_REGISTER,
  type CotFlowRow,
  endOfDayInNewYork,
  type FlowRow,
  INSTITUTIONS,
  InvalidRequest,
  type IsoDate,
  NotCovered,
  sumUsd,
} from '../core/index.js';
import {
  type CotReport,
  cotFlowRows,
  etfFlowRows,
  ledgerFlowRows,
  readCotSeries,
  readLedgerFlows,
  readScaleContext,
  TAPE_KEYS,
  type TapeFlowRow,
  type TapeKey,
  type TapePeriod,
  THIRTEEN_F_KEYS,
  tapeFlowRows,
  thirteenFFlowRows,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { basisMissing, type FlowBasis } from './bases.js';
import { type AppContext, cacheOf, makeAnswer, storeOf, withView } from './context.js';
import { coverageNotes, type ManagerQuestion, managerCounts, Quarters } from './quarters.js';
import { requireSector } from './records.js';

export type { TapeFlowRow } from '../flows/index.js';

export const FLOW_KEYS = ['sector', 'class', 'contract', 'symbol', 'manager'] as const;
export type FlowKey = (typeof FLOW_KEYS)[number];

const WHOLE_PERIODS = ['week', 'month', 'quarter'] as const;

/** What a basis can be summed by, and how it is if nothing is said. */
const BASES: Readonly<
  Record<
    FlowBasis,
    {
      readonly keys: readonly FlowKey[];
      readonly by: readonly FlowKey[];
      readonly every: readonly TapePeriod[];
    }
  >
> = {
  cot: { keys: ['sector', 'class', 'contract'], by: ['contract', 'class'], every: WHOLE_PERIODS },
  '13f': { keys: THIRTEEN_F_KEYS, by: ['sector', 'class'], every: ['quarter'] },
  ledger: { keys: ['sector', 'class'], by: ['sector', 'class'], every: WHOLE_PERIODS },
  etf: { keys: ['sector', 'class', 'symbol'], by: ['symbol'], every: WHOLE_PERIODS },
  tape: { keys: TAPE_KEYS, by: ['class'], every: [...WHOLE_PERIODS, 'day', 'minute'] },
};

export interface FlowsQuestion extends ManagerQuestion {
  readonly basis: FlowBasis;
  /** Left out: contract and class (cot), sector and class (13f, ledger), symbol (etf), class (tape). */
  readonly by?: readonly FlowKey[];
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** Left out: the basis's own period, a week or a quarter. */
  readonly every?: TapePeriod;
  readonly contracts?: readonly string[];
  /** Basis tape alone. */
  readonly symbols?: readonly string[];
  readonly classes?: readonly string[];
  readonly sector?: string;
  readonly report: CotReport;
}

/** A sum of flow rows; scales of single rows do not add and are left out. */
export type SummedFlowRow = Partial<FlowRow> &
  Pick<FlowRow, 'basis' | 'periodStart' | 'periodEnd' | 'knownAt' | 'sides' | 'net' | 'reasons'> & {
    readonly rows: number;
  };

type Settled = FlowsQuestion & Required<Pick<FlowsQuestion, 'by' | 'every'>>;

/** The rows of a basis, and what is to be said of them. */
interface Rows {
  readonly rows: readonly FlowRow[];
  /** True where the rows are already those asked for. */
  readonly isPlain: boolean;
  readonly notes: readonly string[];
}

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

function selectedCodes(question: Settled): string[] {
  if (question.contracts !== undefined) return [...question.contracts];
  const sums = !question.by.includes('contract');
  return CONTRACT_REGISTER.filter(
    (entry) =>
      (question.sector === undefined || entry.sector === question.sector) &&
      (!sums || entry.consolidatedInto === null),
  ).map((entry) => entry.code);
}

const inRange = ({ from, to }: FlowsQuestion, end: IsoDate): boolean =>
  (from === undefined || end >= from) && (to === undefined || end <= to);

async function cotRows(view: AsOfView, question: Settled): Promise<Rows> {
  const { report, by, every, classes } = question;
  const series = await readCotSeries(view, { report, codes: selectedCodes(question) });
  if (series.length === 0)
    throw new NotCovered(
      `no CFTC positions of ${question.contracts?.join(', ') ?? 'these contracts'} are known by then; run 'tidemark import' on Traders in Financial Futures files`,
    );
  const scales = await readScaleContext(view, series);
  const { periodEnds } = series[0]!.calendar;
  const period = (i: number): boolean => inRange(question, periodEnds[i]!);
  const keep = { period, ...(classes === undefined ? {} : { classes }) };
  const rows: CotFlowRow[] = series.flatMap((contract) => cotFlowRows(contract, scales, keep));
  const isPlain = every === 'week' && by.includes('contract') && by.includes('class');
  const notes = ['Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.'];
  if (rows.some((row) => row.contract === '20974+' || row.sector === 'technology'))
    notes.push('NASDAQ-100 futures are a proxy for technology, not the sector itself.');
  if (!isPlain) notes.push('Sums of a sector or index take the consolidated contracts alone.');
  if (!isPlain && !by.includes('class'))
    notes.push(
      'Over all classes purchases equal sales: net is zero by construction, and grossBuy is turnover.',
    );
  return { rows, isPlain, notes };
}

async function thirteenFRows(view: AsOfView, question: Settled, context: AppContext): Promise<Rows> {
  const { by, classes, sector, exclude } = question;
  const quarters = await Quarters.of(view, question, cacheOf(context));
  if (quarters.ends.length === 0) throw basisMissing('13f');
  const keys = THIRTEEN_F_KEYS.filter(
    (key) =>
      by.includes(key) ||
      (key === 'class' && classes !== undefined) ||
      (key === 'sector' && sector !== undefined),
  );
  const ends = quarters.ends.filter((end) => inRange(question, end));
  const rows: FlowRow[] = [];
  const notes: string[] = [
    'Basis 13f is long-only: purchases and sales are differences of holdings at quarter ends, lower bounds of what was traded.',
  ];
  const task = context.effects.progress.start('comparing quarters of Form 13F', ends.length);
  for await (const panel of quarters.each(ends)) {
    context.signal?.throwIfAborted();
    rows.push(
      ...thirteenFFlowRows(panel, keys, { keep: managerCounts(exclude) }).filter(
        (row) =>
          (classes === undefined || classes.includes(row.class)) &&
          (sector === undefined || row.sector === sector),
      ),
    );
    notes.push(...coverageNotes(panel, quarters.isComplete(panel.periodEnd), exclude));
    task.advance(notes.length, panel.periodEnd);
  }
  task.finish();
  if (by.includes('sector')) notes.push('Rows without a sector are of securities whose sector is not known.');
  return { rows, isPlain: keys.length === by.length, notes: [...new Set(notes)] };
}

async function ledgerRows(view: AsOfView, question: Settled): Promise<Rows> {
  const { by, classes, sector, every } = question;
  const all = await readLedgerFlows(view);
  if (all.length === 0) throw basisMissing('ledger');
  const bySector = by.includes('sector');
  const rows = all
    .filter(
      (flow) =>
        (sector === undefined ? (flow.sector !== null) === bySector : flow.sector === sector) &&
        (classes === undefined
          ? by.includes('class') || flow.class !== INSTITUTIONS
          : classes.includes(flow.class)),
    )
    .flatMap((flow) =>
      ledgerFlowRows(flow, { period: (i) => inRange(question, flow.calendar.periodEnds[i]!) }),
    );
  const notes = [
    'Basis ledger is what was brought: a part of the market, its purchases are of these accounts alone.',
  ];
  if (by.includes('class') && classes === undefined)
    notes.push(
      `Class '${INSTITUTIONS}' is the sum of all classes but retail and market makers; do not add it to them.`,
    );
  const isPlain = every === 'week' && by.includes('class') && (bySector || sector === undefined);
  return { rows, isPlain, notes };
}

async function etfRows(view: AsOfView, question: Settled): Promise<Rows> {
  const { by, classes, sector, every, from, to } = question;
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const held = await etfFlowRows(view, { every: 'week', ...range });
  if (held.length === 0 && from === undefined && to === undefined) throw basisMissing('etf');
  const rows = held.filter(
    (row) =>
      (sector === undefined || row.sector === sector) &&
      (classes === undefined || classes.includes(row.class)),
  );
  const notes = [
    'Basis etf tells net creations alone: shares created less shares redeemed, at net asset value.',
  ];
  if (rows.some((row) => row.sectorIsProxy))
    notes.push('Some funds only resemble their sector; sectorIsProxy says which.');
  return { rows, isPlain: every === 'week' && by.includes('symbol'), notes };
}

async function tapeRows(view: AsOfView, question: Settled): Promise<Rows> {
  const { by, classes, sector, symbols, every, from, to } = question;
  const rows = await tapeFlowRows(view, {
    every,
    by: by as readonly TapeKey[],
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(classes === undefined ? {} : { classes }),
    ...(symbols === undefined ? {} : { symbols }),
    ...(sector === undefined ? {} : { sector }),
  });
  if (rows.length === 0 && from === undefined && to === undefined) throw basisMissing('tape');
  const notes = [
    'Basis tape covers the names that were imported. grossBuy and grossSell are dollars of trades that a buyer or a seller initiated, inferred by Lee-Ready with a lag of 1 ns; unsigned dollars are on neither side.',
  ];
  if (!by.includes('class') && classes === undefined)
    notes.push(
      'Every print has a buyer and a seller: over all classes grossBuy is what buyers initiated, and turnover what changed hands.',
    );
  if (by.includes('class') || classes !== undefined)
    notes.push(
      "Class retail is identified retail: the rule finds about a third of retail trades, and 'docs/methods/tape-flows.md' says how often it is wrong.",
    );
  const incomplete = rows.filter(({ isComplete }) => !isComplete).length;
  if (incomplete > 0)
    notes.push(
      `${incomplete} of ${rows.length} rows are of periods that the tape does not cover whole; 'flags' on the row says which days.`,
    );
  return { rows, isPlain: true, notes };
}

const ROWS = {
  cot: cotRows,
  '13f': thirteenFRows,
  ledger: ledgerRows,
  etf: etfRows,
  tape: tapeRows,
} as const;

/** Names the calendar period that a week's end falls in; sorts as text. */
function bucketOf(date: IsoDate, every: Settled['every']): string {
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

function grouped(rows: readonly FlowRow[], question: Settled): SummedFlowRow[] {
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

const place = ({ contract, sector, symbol, manager, class: name }: FlowRow): string =>
  contract ?? [sector, symbol, manager, name].map((part) => part ?? '').join('|');

const minuteOf = (row: FlowRow): string => (row as Partial<TapeFlowRow>).minute ?? '';

const byPeriod = (a: FlowRow, b: FlowRow): number =>
  a.periodEnd.localeCompare(b.periodEnd) ||
  minuteOf(a).localeCompare(minuteOf(b)) ||
  place(a).localeCompare(place(b));

function settled(question: FlowsQuestion): Settled {
  const { basis, contracts, sector, symbols } = question;
  requireSector(sector);
  const { keys, by: usual, every: periods } = BASES[basis];
  const by = question.by ?? usual;
  const every = question.every ?? periods[0]!;
  for (const key of by)
    if (!keys.includes(key))
      throw new InvalidRequest(`basis ${basis} tells no ${key}; --by takes ${keys.join(', ')} for it`);
  if (!periods.includes(every))
    throw new InvalidRequest(
      `basis ${basis} is not known by ${every}; --every takes ${periods.join(', ')} for it`,
    );
  if (basis !== 'cot' && contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  if (basis !== 'tape' && symbols !== undefined)
    throw new InvalidRequest(`--symbol chooses names of basis tape; leave it out for basis ${basis}`);
  return { ...question, by, every };
}

function nullNote(rows: readonly FlowRow[]): string[] {
  const bare = rows.filter((row) => row.net === null).length;
  return bare === 0
    ? []
    : [`${bare} of ${rows.length} rows have no dollar figure; 'reasons' on the row says why.`];
}

/** The ledger of flows, row by row or summed. */
export async function showFlows(
  context: AppContext,
  question: FlowsQuestion,
): Promise<Answer<FlowRow | SummedFlowRow>> {
  const asked = settled(question);
  return withView(context, async (view) => {
    const { rows, isPlain, notes } = await ROWS[asked.basis](view, asked, context);
    if (rows.length === 0) throw emptyRange(asked, context);
    const sorted = [...rows].sort(byPeriod);
    const data: (FlowRow | SummedFlowRow)[] = isPlain ? sorted : grouped(sorted, asked);
    const { basis, by, every, report, contracts, classes, sector, symbols, from, to, exclude, overrides } =
      asked;
    const query = {
      basis,
      by,
      every,
      report: basis === 'cot' ? report : null,
      contracts: contracts ?? null,
      classes: classes ?? null,
      sector: sector ?? null,
      ...(symbols === undefined ? {} : { symbols }),
      from: from ?? null,
      to: to ?? null,
      exclude: exclude ?? null,
      managers: overrides === undefined ? null : [...overrides.values()],
    };
    const sums = isPlain ? [] : ['Scales of single rows do not add and are left out of sums.'];
    return makeAnswer('flows', context, storeOf(view), {
      query,
      data,
      notes: [...notes, ...sums, ...nullNote(sorted)],
    });
  });
}

function emptyRange(question: Settled, context: AppContext): NotCovered {
  const range = `${question.from ?? 'the beginning'} to ${question.to ?? 'today'}`;
  const later = question.from !== undefined && context.asOf < endOfDayInNewYork(question.from);
  return new NotCovered(
    later
      ? `no report of ${range} is known as of that moment; ask with a later --as-of`
      : `nothing of basis ${question.basis} that was asked for falls in ${range}; 'tidemark status' shows what the store covers`,
  );
}
