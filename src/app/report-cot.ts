import {
  COT_CLASSES,
  type CotClass,
  contractEntry,
  formatInstant,
  type RecordRow,
  type ReportInput,
  type ReportUnison,
} from '../core/index.js';
import { type CotContractSeries, cotFlowRows } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { cotBuyers, placeOf } from '../studies/buyers/index.js';
import {
  locateWeek,
  type RecordsStudy,
  readCotWorld,
  screenRow,
  studyRecords,
} from '../studies/records/index.js';
import { agreeingFlows, agreementHistory, agreementRuler, classAgreement } from '../studies/unison/index.js';
import { cotTotal } from './buyers.js';
import { type AppContext, cacheOf, resampling, storeOf } from './context.js';
import { companyOf } from './other-bases.js';
import { Quarters } from './quarters.js';
import { parseCotClass } from './records.js';
import { managersAround } from './report-managers.js';
import {
  commandOf,
  filesOf,
  headlineOf,
  type ReportAsked,
  seriesPoints,
  UNISON_DRAWS,
} from './report-parts.js';
import { readStatus } from './status.js';
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
async function studyOf(
  context: AppContext,
  view: AsOfView,
  { basis: _, sector: __, classes: ___, contracts, exclude: ____, overrides: _____, ...whole }: ReportAsked,
): Promise<RecordsStudy> {
  const world = await readCotWorld(view, { report: whole.report, more: contracts ?? [] });
  const located = { ...whole, ...(contracts === undefined ? {} : { contracts }) };
  const week = locateWeek(world.contracts, located, view).periodEnd;
  const inRegister = contracts?.every((code) => contractEntry(code) !== null) ?? true;
  const every = { ...whole, week, ...resampling(context) };
  const asked = inRegister ? every : { ...every, contracts: contracts! };
  const company = companyOf(context, view, whole.report, world);
  return studyRecords(view, asked, context.effects.progress, world, company);
}

/** Gathers everything that the report of a futures headline prints. */
export async function cotReportInput(
  context: AppContext,
  view: AsOfView,
  question: ReportAsked,
): Promise<ReportInput> {
  const { contracts, sector, report, measure, lookback, resamples, seed } = question;
  const classes = question.classes?.map(parseCotClass);
  const study = await studyOf(context, view, question);
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
  const buyers = cotBuyers(contract, study.world.scales, study.period);
  const flows = cotFlowRows(contract, study.world.scales, { period: (period) => period === study.period });
  const managers = await managersAround(context, await Quarters.of(view, question, cacheOf(context)), {
    place: placeOf(buyers.rows[0]!),
    total: cotTotal([{ contract, study: buyers }]),
    seed,
    ...(question.exclude === undefined ? {} : { exclude: question.exclude }),
  });
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
    status: await readStatus(view),
    files: filesOf(view),
    notes: managers?.notes ?? [],
  };
}
