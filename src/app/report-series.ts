import {
  type BuyersPlace,
  type FlowRow,
  formatInstant,
  type HerdingRow,
  INSTITUTIONS,
  InvalidRequest,
  type RecordRow,
  type ReportInput,
  type ReportUnison,
} from '../core/index.js';
import {
  etfFlowRows,
  type FlowSeries,
  type LedgerFlowSeries,
  ledgerFlowRows,
  scalesOf,
  tapeFlowRows,
  thirteenFFlowRows,
  UNKNOWN_SECTOR,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import {
  type BoundsTotal,
  type BuyersStudy,
  placeOf,
  seriesBuyers,
  thirteenFBuyers,
} from '../studies/buyers/index.js';
import { type FlowRecordsStudy, studyFlowRecords } from '../studies/records/index.js';
import { agreementHistory, agreementRow, ledgerTrades } from '../studies/unison/index.js';
import { SIGNED_CLASSES } from '../tape/index.js';
import { readBasisSeries, type SeriesBasis } from './bases.js';
import { type AppContext, cacheOf, resampling, storeOf } from './context.js';
import { herdingRows, nameBreadthOf } from './herding.js';
import { companyOf } from './other-bases.js';
import { coverageNotes, managerCounts, Quarters } from './quarters.js';
import { managersAround } from './report-managers.js';
import {
  commandOf,
  filesOf,
  firstOfFiles,
  headlineOf,
  plainScreenRow,
  type ReportAsked,
  seriesPoints,
  UNISON_DRAWS,
} from './report-parts.js';
import { readStatus } from './status-rows.js';
import { packageVersion } from './version.js';

/** What the report of a series' period gathers from. */
interface Gathering {
  readonly context: AppContext;
  readonly view: AsOfView;
  readonly question: ReportAsked;
  readonly quarters: Quarters;
  readonly flows: readonly FlowSeries[];
  readonly flow: FlowSeries;
  readonly period: number;
}

/** Who bought in the headline's market, with the flows of its classes; what only some bases tell is empty on the others. */
interface Around {
  readonly flowsOfWeek: readonly FlowRow[];
  readonly study: BuyersStudy;
  readonly total: BoundsTotal;
  readonly week: ReportUnison['week'];
  readonly history: ReportUnison['history'];
  /** Of accounts, or names of the tape; of managers of Form 13F it is gathered for every basis. */
  readonly accounts: readonly HerdingRow[];
  readonly notes: readonly string[];
}

const isInMarket = (flow: FlowSeries, headline: FlowSeries): boolean =>
  flow.sector === headline.sector && flow.symbol === headline.symbol;

/** The classes of the headline's market with data in the period, sums of classes left out. */
function classesOf({ flows, flow, period }: Gathering): FlowSeries[] {
  return flows.filter((one) => isInMarket(one, flow) && one.class !== INSTITUTIONS && one.has(period));
}

/**
 * Rows of flows with the scales of their series, which rows of a basis that is read by other sums do not have. A series is of all
 * managers: where some are left out, its scales are not those of the row.
 */
function withScales(rows: readonly FlowRow[], { flows, flow, period, question }: Gathering): FlowRow[] {
  if (question.exclude !== undefined) return [...rows];
  return rows.map((row) => {
    const series = flows.find((one) => one.class === row.class && isInMarket(one, flow));
    if (series === undefined) return row;
    const { figures, reasons } = scalesOf(series)(period);
    return { ...row, ...figures, reasons: { ...reasons, ...row.reasons } };
  });
}

async function thirteenFAround(gathering: Gathering): Promise<Around> {
  const { question, quarters, flow, period } = gathering;
  const end = flow.calendar.periodEnds[period]!;
  const panel = await quarters.filledPanel(end, { hold: true });
  const { sector } = flow;
  const counts = managerCounts(question.exclude);
  const study = thirteenFBuyers(panel, { counts, ...(sector === null ? {} : { sector }) });
  const rows =
    sector === null
      ? thirteenFFlowRows(panel, ['class'], { keep: counts })
      : thirteenFFlowRows(panel, ['sector', 'class'], { keep: counts }).filter(
          (row) => row.sector === sector,
        );
  const bought = study.rows.reduce((sum, row) => sum + (row.grossBuy ?? 0), 0);
  return {
    flowsOfWeek: withScales(rows, gathering).map((row) => ({
      ...row,
      sources: study.rows.find((buyer) => buyer.class === row.class)?.sources ?? [],
    })),
    study,
    total: { amount: bought, of: 'purchases of all managers counted in the quarter' },
    week: null,
    history: [],
    accounts: [],
    notes: [
      ...coverageNotes(panel, quarters.isComplete(end), question.exclude),
      'The rows behind a class are those of its largest purchases and sales, and of each file the first; every row: tidemark flows --basis 13f --by symbol,manager.',
    ],
  };
}

async function ledgerAround(gathering: Gathering): Promise<Around> {
  const { context, view, question, flows, flow, period } = gathering;
  const classes = classesOf(gathering);
  const { periodStarts, periodEnds } = flow.calendar;
  const tradesOf = (p: number) =>
    p < 0 ? Promise.resolve(null) : ledgerTrades(view, { from: periodStarts[p]!, to: periodEnds[p]! });
  const now = await tradesOf(period);
  const asked = { resamples: UNISON_DRAWS, seed: question.seed };
  const sector = flow.sector === null ? {} : { sector: flow.sector };
  const sums = flows.filter((one) => isInMarket(one, flow) && one.class === INSTITUTIONS && one.has(period));
  const bought =
    sums.length === 0 ? null : (seriesBuyers(sums, flow.sector, period).rows[0]?.grossBuy ?? null);
  return {
    flowsOfWeek: classes
      .flatMap((one) => ledgerFlowRows(one as LedgerFlowSeries, { period: (p) => p === period }))
      .sort((a, b) => a.class.localeCompare(b.class)),
    study: seriesBuyers(classes, flow.sector, period),
    total: { amount: bought, of: bought === null ? null : 'purchases of institutions on basis ledger' },
    week: classes.length === 0 ? null : agreementRow(classes, 'dollars', period, asked),
    history: agreementHistory(classes, 'dollars', period),
    accounts:
      now === null ? [] : herdingRows(context, now, await tradesOf(period - 1), { ...sector, ...asked }),
    notes: [],
  };
}

async function etfAround(gathering: Gathering): Promise<Around> {
  const { view, flow, period } = gathering;
  const end = flow.calendar.periodEnds[period]!;
  const rows = await etfFlowRows(view, { every: 'week', from: end, to: end, symbols: [flow.symbol!] });
  return {
    flowsOfWeek: withScales(rows, gathering),
    study: seriesBuyers(classesOf(gathering), flow.sector, period),
    total: { amount: null, of: null },
    week: null,
    history: [],
    accounts: [],
    notes: [],
  };
}

async function tapeAround(gathering: Gathering): Promise<Around> {
  const { view, question, flow, period } = gathering;
  const classes = classesOf(gathering);
  const end = flow.calendar.periodEnds[period]!;
  const { sector } = flow;
  const rows = await tapeFlowRows(view, {
    every: 'week',
    by: sector === null ? ['class'] : ['sector', 'class'],
    from: end,
    to: end,
    classes: SIGNED_CLASSES,
    ...(sector === null ? {} : { sector }),
  });
  const asked = { resamples: UNISON_DRAWS, seed: question.seed };
  return {
    flowsOfWeek: rows,
    study: seriesBuyers(classes, sector, period),
    total: { amount: null, of: null },
    week: agreementRow(classes, 'dollars', period, asked),
    history: agreementHistory(classes, 'dollars', period),
    accounts: await nameBreadthOf(view, flow, period, sector === null ? {} : { sector }),
    notes: [
      'On the tape the other side of every initiated trade is whoever rested in the book; kinds of prints are no investors.',
    ],
  };
}

const AROUND = { '13f': thirteenFAround, ledger: ledgerAround, etf: etfAround, tape: tapeAround } as const;

function inScope(study: FlowRecordsStudy, { sector, classes }: ReportAsked): RecordRow[] {
  return study.rows.filter(
    (row) =>
      (classes === undefined || classes.includes(row.class)) &&
      (sector === undefined || row.sector === sector),
  );
}

/** Records of every series of the basis in the period, whatever part of them is asked about. */
function studyOf(
  { context, view, question }: Pick<Gathering, 'context' | 'view' | 'question'>,
  flows: readonly FlowSeries[],
): Promise<FlowRecordsStudy> {
  const { week, measure, lookback, resamples, seed, report } = question;
  const asked = { measure, lookback, resamples, seed, ...(week === undefined ? {} : { week }) };
  const { progress } = context.effects;
  const company = companyOf(context, view, report);
  return studyFlowRecords(flows, { ...asked, ...resampling(context) }, { view, progress }, company);
}

/**
 * Gathers everything that the report of a headline on Form 13F, a ledger, funds or the tape prints.
 * @throws {InvalidRequest} for a question of contracts; {NotCovered} where nothing of what is asked is known
 */
export async function seriesReportInput(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked & { readonly basis: keyof typeof AROUND & SeriesBasis },
): Promise<ReportInput> {
  const { basis, contracts, overrides, measure, lookback, resamples, seed, exclude } = question;
  if (contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  const cache = cacheOf(context);
  const flows = await readBasisSeries(view, basis, { cache, ...(overrides && { overrides }) });
  const study = await studyOf({ context, view, question }, flows);
  const scoped = inScope(study, question);
  if (scoped.length === 0)
    throw new InvalidRequest(
      `basis ${basis} has no such class and sector in the period to ${study.periodEnd}; 'tidemark records --basis ${basis}' shows what is there`,
    );
  const record = headlineOf(scoped, ({ sector }) => sector === UNKNOWN_SECTOR);
  const { period } = study;
  const flow = flows.find(
    (one) => one.class === record.class && one.sector === record.sector && one.symbol === record.symbol,
  )!;
  const quarters = await Quarters.of(view, question, cache);
  const around = await AROUND[basis]({ context, view, question, quarters, flows, flow, period });
  const place: BuyersPlace = placeOf(around.study.rows[0]!);
  const managers = await managersAround(context, quarters, {
    place,
    total: around.total,
    seed,
    ...(exclude === undefined ? {} : { exclude }),
  });
  const ownSources = around.study.rows.find((row) => row.class === record.class)?.sources;
  const plain = (row: RecordRow): RecordRow => ({ ...row, sources: firstOfFiles(row.sources) });
  const herding = [...around.accounts, ...(managers?.herding ?? [])];
  return {
    version: packageVersion(),
    asOf: formatInstant(context.asOf),
    store: storeOf(view),
    command: commandOf(record, question, formatInstant(context.asOf)),
    query: {
      basis,
      week: study.periodEnd,
      sector: record.sector,
      classes: [record.class],
      measure,
      lookback,
      exclude: exclude ?? null,
      managers: overrides === undefined ? null : [...overrides.values()],
      note: question.note ?? null,
      resamples,
      seed,
    },
    record: { ...record, sources: ownSources ?? firstOfFiles(record.sources) },
    series: seriesPoints(flow, record.measure, period),
    flowsOfWeek: around.flowsOfWeek,
    buyers: {
      rows: around.study.rows,
      conclusion: around.study.conclusion,
      ...(managers === null ? {} : { groups: managers.groups, bounds: managers.bounds }),
    },
    ...(around.week === null && herding.length === 0
      ? {}
      : { unison: { week: around.week, history: around.history ?? [], herding } }),
    otherRecords: study.rows.filter((row) => row.kind !== 'none' && row !== record).map(plain),
    screen: study.rows.map(plainScreenRow),
    looks: study.looks,
    status: await readStatus(view),
    files: filesOf(view),
    notes: [...around.notes, ...(managers?.notes ?? [])],
  };
}
