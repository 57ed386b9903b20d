import {
  CONTRACT_REGISTER,
  COT_CLASSES,
  type CotClass,
  formatInstant,
  type IsoDate,
  type Lookback,
  type LooksLedger,
  type Measure,
  NotCovered,
  type Progress,
  type RecordRow,
} from '../../core/index.js';
import {
  type CotContractSeries,
  type CotReport,
  cotFlowSeries,
  type FlowSeries,
  readCotSeries,
  readScaleContext,
  readSetAsidePositions,
  type ScaleContext,
} from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { testRecordFamily } from './family.js';
import { recordRow } from './record-row.js';

export interface RecordsQuestion {
  /** Any day of the week asked about; the newest week known if left out. */
  readonly week?: IsoDate;
  readonly lookback: Lookback;
  readonly measure: Measure;
  readonly report: CotReport;
  /** Contract codes; every US equity index contract if left out. */
  readonly contracts?: readonly string[];
  readonly classes?: readonly CotClass[];
  readonly sector?: string;
  readonly resamples: number;
  readonly seed: number;
  readonly threads?: number;
}

export interface RecordsStudy {
  readonly periodEnd: IsoDate;
  readonly period: number;
  readonly rows: readonly RecordRow[];
  readonly looks: LooksLedger;
  readonly world: CotWorld;
}

/** Every contract of a view with its five classes as series. */
export interface CotWorld {
  readonly contracts: readonly CotContractSeries[];
  readonly scales: ScaleContext;
  flow(contract: CotContractSeries, name: CotClass): FlowSeries;
  readonly flows: readonly FlowSeries[];
}

/**
 * Reads the contracts of the register, and any others asked for.
 * @param more codes outside the register
 */
export async function readCotWorld(
  view: AsOfView,
  question: { readonly report: CotReport; readonly more?: readonly string[] },
): Promise<CotWorld> {
  const codes = [...new Set([...CONTRACT_REGISTER.map((entry) => entry.code), ...(question.more ?? [])])];
  const contracts = await readCotSeries(view, { report: question.report, codes });
  const scales = await readScaleContext(view, contracts);
  const setAside = await readSetAsidePositions(view);
  const flows = new Map(contracts.map((contract) => [contract, cotFlowSeries(contract, scales, setAside)]));
  return {
    contracts,
    scales,
    flow: (contract, name) => flows.get(contract)![name],
    flows: [...flows.values()].flatMap((byClass) => COT_CLASSES.map((name) => byClass[name])),
  };
}

/** Weeks back over which the usual number of reporting contracts is counted. */
const RECENT_WEEKS = 13;

/** The newest week in which at least half as many of the contracts report as in the fullest of recent weeks. */
function newestWeek(contracts: readonly CotContractSeries[]): number {
  const last = contracts[0]!.calendar.periodEnds.length - 1;
  const reporting = (period: number): number =>
    contracts.filter((contract) => contract.points[period] !== null).length;
  const recent = Array.from({ length: Math.min(RECENT_WEEKS, last + 1) }, (_, back) => last - back);
  const fullest = Math.max(...recent.map(reporting));
  return recent.find((period) => reporting(period) >= fullest / 2) ?? last;
}

/** The period of the calendar that contains the day, or why there is none. */
function periodOf(
  series: readonly CotContractSeries[],
  asked: readonly CotContractSeries[],
  question: RecordsQuestion,
  view: AsOfView,
): number {
  const { calendar } = series[0]!;
  const { periodEnds, periodStarts } = calendar;
  const { week } = question;
  if (week === undefined) return newestWeek(asked);
  const period = periodEnds.findIndex((end, i) => periodStarts[i]! <= week && week <= end);
  if (period >= 0) return period;
  const last = periodEnds.at(-1)!;
  if (week < periodStarts[0]!)
    throw new NotCovered(
      `no report covers ${week}: the first in the store is of ${periodEnds[0]}; import earlier files of the CFTC`,
    );
  throw new NotCovered(
    `the week of ${week} is not known as of ${formatInstant(view.asOf)}: the newest report in the store is of ${last}; ask with a later --as-of, or import the newer CFTC file`,
  );
}

function chosen(series: readonly CotContractSeries[], question: RecordsQuestion): CotContractSeries[] {
  return series.filter(
    (contract) =>
      (question.contracts === undefined
        ? contract.entry !== null
        : question.contracts.includes(contract.code)) &&
      (question.sector === undefined || contract.entry?.sector === question.sector),
  );
}

function requireContracts(series: readonly CotContractSeries[], question: RecordsQuestion): void {
  const held = new Set(series.map((contract) => contract.code));
  for (const code of question.contracts ?? []) {
    if (held.has(code)) continue;
    const like = CONTRACT_REGISTER.filter(
      (entry) => entry.code.startsWith(code.slice(0, 5)) && held.has(entry.code),
    );
    const hint = like.length > 0 ? `; do you mean ${like.map((entry) => entry.code).join(' or ')}?` : '';
    throw new NotCovered(
      `no position of contract '${code}' is known${hint || "; 'tidemark import' the CFTC files that hold it, 'tidemark status' shows what is there"}`,
    );
  }
  if (series.length === 0)
    throw new NotCovered(
      "the store holds no CFTC positions known by then; run 'tidemark import' on Traders in Financial Futures files",
    );
}

function requireWeek(contract: CotContractSeries, period: number): void {
  if (contract.points[period] === null)
    throw new NotCovered(
      `no report of contract ${contract.code} for the week to ${contract.calendar.periodEnds[period]} is known; it has fewer than 20 traders in such weeks, or the file is missing`,
    );
}

/**
 * Ranks, tests and checks one week (measures.md sections 4 to 6) from what the view knows.
 * @throws {NotCovered} where the view knows no such contract or week
 */
export async function studyRecords(
  view: AsOfView,
  question: RecordsQuestion,
  progress: Progress,
): Promise<RecordsStudy> {
  const world = await readCotWorld(view, {
    report: question.report,
    ...(question.contracts === undefined ? {} : { more: question.contracts }),
  });
  const { contracts } = world;
  requireContracts(contracts, question);
  const asked = chosen(contracts, question);
  if (asked.length === 0)
    throw new NotCovered(
      `no contract of sector '${question.sector}' is in the store; leave out --sector to see all`,
    );
  const period = periodOf(contracts, asked, question, view);
  if (question.contracts !== undefined) for (const contract of asked) requireWeek(contract, period);
  const periodEnd = contracts[0]!.calendar.periodEnds[period]!;
  const task = progress.start('resampling the declared family', null);
  const family = await testRecordFamily(
    world.flows.filter((flow) => flow.inFamily),
    period,
    question,
  );
  if (family === null)
    throw new NotCovered(
      `fewer than 52 earlier weeks are known before ${periodEnd}; import more years of CFTC files`,
    );
  const strangers = asked.filter((contract) => contract.entry === null);
  const outside =
    strangers.length === 0
      ? null
      : await testRecordFamily(
          strangers.flatMap((contract) => COT_CLASSES.map((name) => world.flow(contract, name))),
          period,
          question,
        );
  task.finish(`${family.looks.m} looks`);
  const context = { family, outside, otherBases: [], seed: question.seed };
  const { measure, lookback } = question;
  const rows = asked
    .filter((contract) => contract.points[period] !== null)
    .flatMap((contract) =>
      (question.classes ?? COT_CLASSES).map((name) =>
        recordRow({ flow: world.flow(contract, name), measure, lookback, period }, context),
      ),
    );
  return { periodEnd, period, rows, looks: family.looks, world };
}
