import {
  COT_CLASSES,
  type CotClass,
  type FigureCache,
  HeldBy,
  type IsoDate,
  type Lookback,
  type LooksLedger,
  type Measure,
  NotCovered,
  type Progress,
  type RecordRow,
} from '../../core/index.js';
import type { CotReport, FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { type RecordFamily, testRecordFamily } from './family.js';
import { ALONE, otherBases, type StudyCompany } from './other-bases.js';
import { recordRow } from './record-row.js';
import { locateWeek, type WeekQuestion } from './week.js';
import { type CotWorld, readCotWorld } from './world.js';

export interface RecordsQuestion extends WeekQuestion {
  readonly lookback: Lookback;
  readonly measure: Measure;
  readonly report: CotReport;
  readonly classes?: readonly CotClass[];
  readonly resamples: number;
  readonly seed: number;
  readonly threads?: number;
  readonly cache?: FigureCache;
}

export interface RecordsStudy {
  readonly periodEnd: IsoDate;
  readonly period: number;
  readonly rows: readonly RecordRow[];
  readonly looks: LooksLedger;
  readonly world: CotWorld;
}

/** The declared family of a week is tested once for all questions to one view. */
const TESTED = new HeldBy<CotWorld, Promise<RecordFamily | null>>();

/**
 * Ranks, tests and checks one week (measures.md sections 4 to 6) from what the view knows.
 * @param prepared the view's contracts, where the caller has read them already
 * @throws {NotCovered} where the view knows no such contract or week
 */
export async function studyRecords(
  view: AsOfView,
  question: RecordsQuestion,
  progress: Progress,
  prepared?: CotWorld,
  company: StudyCompany = ALONE,
): Promise<RecordsStudy> {
  const world =
    prepared ?? (await readCotWorld(view, { report: question.report, more: question.contracts ?? [] }));
  const { period, periodEnd, asked } = locateWeek(world.contracts, question, view);
  const options = { ...question, calendars: await company.calendars() };
  const task = progress.start('resampling the declared family', null);
  const tested = JSON.stringify([period, options.resamples, options.seed, options.calendars]);
  const family = await TESTED.of(world, tested, () =>
    testRecordFamily(
      world.flows.filter((flow) => flow.inFamily),
      period,
      options,
    ),
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
          options,
        );
  task.finish(`${family.looks.m} looks`);
  const { measure, lookback, seed } = question;
  const others = await company.others(periodEnd);
  const context = {
    family,
    outside,
    otherBases: (flow: FlowSeries) => otherBases(flow, period, lookback, others),
    seed,
  };
  const rows = asked.flatMap((contract) =>
    (question.classes ?? COT_CLASSES).map((name) =>
      recordRow({ flow: world.flow(contract, name), measure, lookback, period }, context),
    ),
  );
  return { periodEnd, period, rows, looks: family.looks, world };
}
