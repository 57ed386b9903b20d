import {
  type FigureCache,
  type IsoDate,
  type Lookback,
  type LooksLedger,
  type Measure,
  NotCovered,
  type Progress,
  type RecordRow,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { testRecordFamily } from './family.js';
import { ALONE, otherBases, type StudyCompany } from './other-bases.js';
import { recordRow } from './record-row.js';
import { locatePeriod } from './week.js';

export interface FlowRecordsQuestion {
  /** Any day of the period asked about; the newest period known if left out. */
  readonly week?: IsoDate;
  readonly lookback: Lookback;
  readonly measure: Measure;
  readonly classes?: readonly string[];
  readonly sector?: string;
  readonly resamples: number;
  readonly seed: number;
  readonly threads?: number;
  readonly cache?: FigureCache;
}

export interface FlowRecordsStudy {
  readonly periodEnd: IsoDate;
  readonly period: number;
  readonly rows: readonly RecordRow[];
  /** Null where no series has history enough to be tested. */
  readonly looks: LooksLedger | null;
}

function askedOf(flows: readonly FlowSeries[], question: FlowRecordsQuestion, period: number): FlowSeries[] {
  const { classes, sector } = question;
  return flows.filter(
    (flow) =>
      flow.has(period) &&
      (classes === undefined || classes.includes(flow.class)) &&
      (sector === undefined || flow.sector === sector),
  );
}

/**
 * Ranks, tests and checks one period of the series of one basis, whatever the basis (measures.md sections 4 to 6).
 * @param flows all series of the basis, on one calendar: the declared family is of all, whatever is asked
 * @throws {NotCovered} where no series has the period, class or sector
 */
export async function studyFlowRecords(
  flows: readonly FlowSeries[],
  question: FlowRecordsQuestion,
  { view, progress }: { readonly view: AsOfView; readonly progress: Progress },
  company: StudyCompany = ALONE,
): Promise<FlowRecordsStudy> {
  const period = locatePeriod(flows, question.week, view);
  const { calendar, basis } = flows[0]!;
  const periodEnd = calendar.periodEnds[period]!;
  const asked = askedOf(flows, question, period);
  if (asked.length === 0) {
    const what = [question.classes?.join(', '), question.sector]
      .filter((part) => part !== undefined)
      .join(' in ');
    throw new NotCovered(
      `basis ${basis} has no figure${what === '' ? '' : ` of ${what}`} for the period to ${periodEnd}; 'tidemark flows --basis ${basis}' shows what is there`,
    );
  }
  const options = { ...question, calendars: await company.calendars() };
  const task = progress.start('resampling the declared family', null);
  const inside = flows.filter((flow) => flow.inFamily);
  const family = await testRecordFamily(inside, period, options);
  const strangers = asked.filter((flow) => !flow.inFamily);
  const outside = strangers.length === 0 ? null : await testRecordFamily(strangers, period, options);
  task.finish(`${family?.looks.m ?? 0} looks`);
  const { measure, lookback, seed } = question;
  const others = await company.others(periodEnd);
  const context = {
    family,
    outside,
    otherBases: (flow: FlowSeries) => otherBases(flow, period, lookback, others),
    seed,
  };
  const rows = asked.map((flow) => recordRow({ flow, measure, lookback, period }, context));
  return { periodEnd, period, rows, looks: family?.looks ?? null };
}
