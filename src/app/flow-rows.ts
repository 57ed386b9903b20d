import { CONTRACT_REGISTER, type CotFlowRow, type FlowRow, INSTITUTIONS, NotCovered } from '../core/index.js';
import {
  cotFlowRows,
  etfFlowRows,
  ledgerFlowRows,
  readCotSeries,
  readLedgerFlows,
  readScaleContext,
  type TapeKey,
  THIRTEEN_F_KEYS,
  tapeFlowRows,
  thirteenFFlowRows,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { basisMissing } from './bases.js';
import { type AppContext, cacheOf } from './context.js';
import { isInRange, type SettledFlowsQuestion } from './flow-question.js';
import { coverageNotes, managerCounts, Quarters } from './quarters.js';

/** The rows of a basis, and what is to be said of them. */
interface BasisRows {
  readonly rows: readonly FlowRow[];
  /** True where the rows are already those asked for. */
  readonly isPlain: boolean;
  readonly notes: readonly string[];
}

function selectedCodes(question: SettledFlowsQuestion): string[] {
  if (question.contracts !== undefined) return [...question.contracts];
  const sums = !question.by.includes('contract');
  return CONTRACT_REGISTER.filter(
    (entry) =>
      (question.sector === undefined || entry.sector === question.sector) &&
      (!sums || entry.consolidatedInto === null),
  ).map((entry) => entry.code);
}

async function cotRows(view: AsOfView, question: SettledFlowsQuestion): Promise<BasisRows> {
  const { report, by, every, classes } = question;
  const series = await readCotSeries(view, { report, codes: selectedCodes(question) });
  if (series.length === 0)
    throw new NotCovered(
      `no CFTC positions of ${question.contracts?.join(', ') ?? 'these contracts'} are known by then; run 'tidemark import' on Traders in Financial Futures files`,
    );
  const scales = await readScaleContext(view, series);
  const { periodEnds } = series[0]!.calendar;
  const period = (i: number): boolean => isInRange(question, periodEnds[i]!);
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

async function thirteenFRows(
  view: AsOfView,
  question: SettledFlowsQuestion,
  context: AppContext,
): Promise<BasisRows> {
  const { by, classes, sector, exclude } = question;
  const quarters = await Quarters.of(view, question, cacheOf(context));
  if (quarters.ends.length === 0) throw basisMissing('13f');
  const keys = THIRTEEN_F_KEYS.filter(
    (key) =>
      by.includes(key) ||
      (key === 'class' && classes !== undefined) ||
      (key === 'sector' && sector !== undefined),
  );
  const ends = quarters.ends.filter((end) => isInRange(question, end));
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
  const isPlain = keys.length === by.length;
  return { rows, isPlain, notes: [...new Set(notes)] };
}

async function ledgerRows(view: AsOfView, question: SettledFlowsQuestion): Promise<BasisRows> {
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
      ledgerFlowRows(flow, { period: (i) => isInRange(question, flow.calendar.periodEnds[i]!) }),
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

async function etfRows(view: AsOfView, question: SettledFlowsQuestion): Promise<BasisRows> {
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

async function tapeRows(view: AsOfView, question: SettledFlowsQuestion): Promise<BasisRows> {
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

/** How the rows of each basis are made. */
export const ROWS_OF_BASIS = {
  cot: cotRows,
  '13f': thirteenFRows,
  ledger: ledgerRows,
  etf: etfRows,
  tape: tapeRows,
} as const;
