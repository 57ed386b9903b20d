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
  readCotSeries,
  readScaleContext,
  type ScaleContext,
} from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import type { SetAsideNear } from './checks.js';
import { familyMembers, type RecordFamily, testRecordFamily } from './family.js';
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
  readonly series: readonly CotContractSeries[];
  readonly scales: ScaleContext;
}

const TAIL_RESAMPLES = 200;

/** The period of the calendar that contains the day, or why there is none. */
function periodOf(series: readonly CotContractSeries[], question: RecordsQuestion, view: AsOfView): number {
  const { calendar } = series[0]!;
  const { periodEnds, periodStarts } = calendar;
  const { week } = question;
  if (week === undefined) return periodEnds.length - 1;
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

async function readSetAside(view: AsOfView, code: string, ends: readonly IsoDate[]): Promise<SetAsideNear[]> {
  return view.query<SetAsideNear & Record<string, unknown>>(
    `SELECT period_end, file_name, row_number, reason FROM set_aside
     WHERE subject = $code AND list_contains($ends, strftime(period_end, '%Y-%m-%d'))
     ORDER BY period_end, file_name, row_number`,
    { code, ends: [...ends] },
  );
}

function requireWeek(contract: CotContractSeries, period: number): void {
  if (contract.points[period] === null)
    throw new NotCovered(
      `no report of contract ${contract.code} for the week to ${contract.calendar.periodEnds[period]} is known; it has fewer than 20 traders in such weeks, or the file is missing`,
    );
}

/** Tests contracts that are asked for but outside the declared family on their own. */
async function testOutside(
  contracts: readonly CotContractSeries[],
  scales: ScaleContext,
  period: number,
  question: RecordsQuestion,
): Promise<RecordFamily | null> {
  const members = familyMembers(
    contracts.filter((contract) => contract.entry === null),
    scales,
    period,
  );
  return members.length === 0 ? null : testRecordFamily(members, period, question);
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
  const codes = [
    ...new Set([...CONTRACT_REGISTER.map((entry) => entry.code), ...(question.contracts ?? [])]),
  ];
  const series = await readCotSeries(view, { report: question.report, codes });
  requireContracts(series, question);
  const period = periodOf(series, question, view);
  const asked = chosen(series, question);
  if (question.contracts !== undefined) for (const contract of asked) requireWeek(contract, period);
  const scales = await readScaleContext(view, series);
  const task = progress.start('resampling the declared family', null);
  const members = familyMembers(
    series.filter((contract) => contract.entry !== null),
    scales,
    period,
  );
  if (members.length === 0)
    throw new NotCovered(
      `fewer than 52 earlier weeks are known before ${series[0]!.calendar.periodEnds[period]}; import more years of CFTC files`,
    );
  const family = await testRecordFamily(members, period, question);
  const outside = await testOutside(asked, scales, period, question);
  task.finish(`${family.looks.m} looks`);
  const rows: RecordRow[] = [];
  for (const contract of asked) {
    if (contract.points[period] === null) continue;
    const ends = [contract.calendar.periodEnds[period]!, contract.calendar.periodEnds[period - 1]!].filter(
      Boolean,
    );
    const setAside = await readSetAside(view, contract.code, ends);
    const context = { scales, family, outside, setAside, seed: question.seed, tailResamples: TAIL_RESAMPLES };
    for (const name of question.classes ?? COT_CLASSES) {
      const { measure, lookback } = question;
      rows.push(recordRow({ contract, class: name, measure, lookback, period }, context));
    }
  }
  return {
    periodEnd: series[0]!.calendar.periodEnds[period]!,
    period,
    rows,
    looks: family.looks,
    series,
    scales,
  };
}
