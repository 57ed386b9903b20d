import {
  COT_CLASSES,
  type CotClass,
  contractEntry,
  formatInstant,
  type IsoDate,
  type RecordRow,
  type ReportInput,
  type ReportUnison,
} from '../core/index.js';
import { type CotContractSeries, cotFlowRows } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { type BuyersStudy, cotBuyers, placeOf } from '../studies/buyers/index.js';
import {
  type CotWorld,
  locateWeek,
  type RecordsStudy,
  readCotWorld,
  screenRow,
  studyRecords,
} from '../studies/records/index.js';
import { agreeingFlows, agreementHistory, agreementRuler, classAgreement } from '../studies/unison/index.js';
import { cotTotal } from './buyers.js';
import { type AppContext, resampling, storeOf } from './context.js';
import { figuresFromThread } from './managers-thread.js';
import { companyOf } from './other-bases.js';
import { Quarters } from './quarters.js';
import { parseCotClass } from './records.js';
import { type ManagersAround, managersAround } from './report-managers.js';
import type { HeadlinePlace } from './report-note.js';
import {
  begun,
  commandOf,
  filesOf,
  headlineOf,
  type ReportAsked,
  type ReportInHand,
  seriesPoints,
  UNISON_DRAWS,
} from './report-parts.js';
import { readStatus } from './status-rows.js';
import { packageVersion } from './version.js';

function unisonOf(study: RecordsStudy, contract: CotContractSeries, seed: number): ReportUnison {
  const flowOf = (name: CotClass) => study.world.flow(contract, name);
  const flows = agreeingFlows(flowOf);
  return {
    week: classAgreement(contract, flowOf, study.period, { resamples: UNISON_DRAWS, seed }),
    history: agreementHistory(flows, agreementRuler(flows, study.period), study.period),
  };
}

function pointFlags({ points }: CotContractSeries): (period: number) => readonly string[] {
  return (period) => {
    const point = points[period];
    return point && point.grade !== 'published' ? [point.grade] : [];
  };
}

/** Every record of the week; the declared family is of the register, whatever is asked. */
function studyOf(
  context: AppContext,
  view: AsOfView,
  { basis: _, sector: __, classes: ___, contracts, exclude: ____, overrides: _____, ...whole }: ReportAsked,
  { world, week }: { readonly world: CotWorld; readonly week: IsoDate },
): Promise<RecordsStudy> {
  const inRegister = contracts?.every((code) => contractEntry(code) !== null) ?? true;
  const every = { ...whole, week, ...resampling(context) };
  const asked = inRegister ? every : { ...every, contracts: contracts! };
  const company = companyOf(context, view, whole.report, world);
  return studyRecords(view, asked, context.effects.progress, world, company);
}

/** Who bought the contract of the headline, and what Form 13F tells of the managers behind. */
async function buyersOf(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked,
  { world, contract, period }: { world: CotWorld; contract: CotContractSeries; period: number },
): Promise<{ readonly buyers: BuyersStudy; readonly managers: ManagersAround | null }> {
  const { seed, exclude, overrides } = question;
  const buyers = cotBuyers(contract, world.scales, period);
  const asked = {
    place: placeOf(buyers.rows[0]!),
    total: cotTotal([{ contract, study: buyers }]),
    seed,
    ...(exclude === undefined ? {} : { exclude }),
    ...(overrides === undefined ? {} : { overrides }),
  };
  const quarters = await Quarters.of(view, question, figuresFromThread(context, asked));
  return { buyers, managers: await managersAround(context, quarters, asked) };
}

/**
 * Gathers everything that the report of a futures headline prints. What does not wait for the headline is begun before it.
 * @param expect told the headline before its figures are known, where there can be but one
 */
export async function cotReport(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked,
  expect: (headline: HeadlinePlace) => void,
): Promise<ReportInHand> {
  const { contracts, sector, report, measure, lookback, resamples, seed } = question;
  const classes = question.classes?.map(parseCotClass);
  const world = await readCotWorld(view, { report, more: contracts ?? [] });
  const { sector: _, ...where } = question;
  const located = locateWeek(world.contracts, where, view);
  const { period, periodEnd } = located;
  const only = contracts?.length === 1 ? located.asked[0] : undefined;
  const boughtBy = (contract: CotContractSeries) =>
    begun(buyersOf(context, view, question, { world, contract, period }));
  const early = only === undefined ? null : boughtBy(only);
  const studying = begun(studyOf(context, view, question, { world, week: periodEnd }));
  if (only !== undefined && classes?.length === 1)
    expect({
      basis: 'cot',
      contract: only.code,
      sector: only.entry?.sector ?? null,
      class: classes[0]!,
      periodEnd,
      measure,
    });
  const status = begun(readStatus(view));
  const study = await studying;
  const inScope = study.rows.filter(
    (row) =>
      (contracts === undefined || contracts.includes(row.contract!)) &&
      (classes === undefined || classes.includes(row.class as CotClass)) &&
      (sector === undefined || row.sector === sector),
  );
  const consolidated = new Set(
    study.world.contracts
      .filter((series) => series.entry?.consolidatedInto != null)
      .map((series) => series.code),
  );
  const isPart = (row: RecordRow): boolean => consolidated.has(row.contract!);
  const record = headlineOf(inScope, isPart);
  const byCode = new Map(study.world.contracts.map((series) => [series.code, series]));
  const contract = byCode.get(record.contract!)!;
  const bought = early ?? boughtBy(contract);
  const gather = async (): Promise<ReportInput> => {
    const { buyers, managers } = await bought;
    const flows = cotFlowRows(contract, study.world.scales, { period: (period) => period === study.period });
    const flow = study.world.flow(contract, record.class as CotClass);
    return {
      version: packageVersion(),
      asOf: formatInstant(context.asOf),
      store: storeOf(view),
      command: commandOf(record, question, formatInstant(context.asOf)),
      query: {
        basis: 'cot',
        week: study.periodEnd,
        contracts: [record.contract],
        classes: [record.class],
        report,
        measure,
        lookback,
        exclude: question.exclude ?? null,
        managers: question.overrides === undefined ? null : [...question.overrides.values()],
        note: question.note ?? null,
        resamples,
        seed,
      },
      record,
      series: seriesPoints(flow, record.measure, study.period, pointFlags(contract)),
      flowsOfWeek: [...flows].sort(
        (a, b) => COT_CLASSES.indexOf(a.class as CotClass) - COT_CLASSES.indexOf(b.class as CotClass),
      ),
      buyers: {
        rows: buyers.rows,
        conclusion: buyers.conclusion,
        ...(managers === null ? {} : { groups: managers.groups, bounds: managers.bounds }),
      },
      unison: {
        ...unisonOf(study, contract, seed),
        ...(managers === null ? {} : { herding: managers.herding }),
      },
      otherRecords: study.rows.filter((row) => row.kind !== 'none' && row !== record && !isPart(row)),
      screen: study.rows.map((row) => ({
        ...screenRow(byCode.get(row.contract!)!, study.period, row, view),
        symbol: null,
      })),
      looks: study.looks,
      status: await status,
      files: filesOf(view),
      notes: managers?.notes ?? [],
    };
  };
  return { record, input: begun(gather()) };
}
