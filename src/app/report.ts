import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Answer,
  COT_CLASSES,
  type CotClass,
  contractEntry,
  type FileRef,
  formatInstant,
  type RecordRow,
  type ReportInput,
  type ReportUnison,
  type SeriesPoint,
} from '../core/index.js';
import { type CotContractSeries, cotFlowRows } from '../flows/index.js';
import { renderReport } from '../report/index.js';
import type { AsOfView } from '../store/index.js';
import { cotBuyers } from '../studies/buyers/index.js';
import {
  locateWeek,
  type RecordsQuestion,
  type RecordsStudy,
  readCotWorld,
  screenRow,
  studyRecords,
} from '../studies/records/index.js';
import { agreementHistory, classAgreement } from '../studies/unison/index.js';
import { type AppContext, makeAnswer, resampling, storeOf, withView } from './context.js';
import { companyOf } from './other-bases.js';
import { requireSector } from './records.js';
import { readStatus } from './status.js';
import { packageVersion } from './version.js';

export interface ReportQuestion extends RecordsQuestion {
  readonly directory: string;
}

/** A file of the report. */
export interface ReportFile {
  readonly file: string;
  readonly bytes: number;
}

const KIND_ORDER = { record: 0, 'nominal record': 1, none: 2 } as const;

/** The row that a reader of the week should see first: a record before a nominal one, then the rarest. */
function headlineOf(rows: readonly RecordRow[], consolidated: ReadonlySet<string>): RecordRow {
  const candidates = rows.filter((row) => !consolidated.has(row.contract!) && row.value !== null);
  const pool = candidates.length > 0 ? candidates : rows;
  const rarity = (row: RecordRow): number => row.p.adjusted ?? row.p.dependent ?? row.p.exchangeable ?? 1;
  return [...pool].sort(
    (a, b) =>
      KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
      rarity(a) - rarity(b) ||
      (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY),
  )[0]!;
}

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

function seriesPoints(study: RecordsStudy, contract: CotContractSeries, record: RecordRow): SeriesPoint[] {
  const flow = study.world.flow(contract, record.class as CotClass);
  const of = (ruler: 'dollars' | 'contracts' | 'volScaled' | 'pctOi'): Float64Array =>
    flow.ruler(record.measure, ruler).values;
  const [dollars, contracts, vol, share] = [of('dollars'), of('contracts'), of('volScaled'), of('pctOi')];
  const first = contract.points.findIndex((point) => point !== null);
  return contract.calendar.periodEnds.slice(first, study.period + 1).map((periodEnd, offset) => {
    const i = first + offset;
    const point = contract.points[i];
    return {
      periodEnd,
      dollars: known(dollars[i]),
      contracts: known(contracts[i]),
      volScaled: known(vol[i]),
      pctOi: known(share[i]),
      flags: point && point.grade !== 'published' ? [point.grade] : [],
      sources: flow.sources(i),
    };
  });
}

/** Paths of the agreement test: as many as `tidemark unison` draws unless told otherwise. */
const AGREEMENT_DRAWS = 999;

function unisonOf(study: RecordsStudy, contract: CotContractSeries, seed: number): ReportUnison {
  const flowOf = (name: CotClass) => study.world.flow(contract, name);
  return {
    week: classAgreement(contract, flowOf, study.period, { resamples: AGREEMENT_DRAWS, seed }),
    history: agreementHistory(contract, flowOf, study.period),
  };
}

function filesOf(view: AsOfView): FileRef[] {
  return view.imports.map((record) => ({
    fileName: record.fileName,
    fileSha256: record.fileSha256,
    source: record.source,
    kind: record.kind,
    storedAt: formatInstant(record.storedAt),
    rowsRead: record.rowsRead,
    rowsSetAside: record.rowsSetAside,
  }));
}

function commandOf(record: RecordRow, question: RecordsQuestion, asOf: string): string {
  return [
    'tidemark report',
    `--contract ${record.contract} --class ${record.class} --week ${record.periodEnd}`,
    `--measure ${question.measure} --lookback ${question.lookback}`,
    `--resamples ${question.resamples} --seed ${question.seed} --as-of ${asOf}`,
  ].join(' ');
}

/** Gathers everything that the report prints. */
async function reportInput(
  context: AppContext,
  view: AsOfView,
  question: RecordsQuestion,
): Promise<ReportInput> {
  const { contracts, classes, sector, ...whole } = question;
  const world = await readCotWorld(view, { report: question.report, more: contracts ?? [] });
  const week = locateWeek(world.contracts, question, view).periodEnd;
  const inRegister = contracts?.every((code) => contractEntry(code) !== null) ?? true;
  const every = { ...whole, week, ...resampling(context) };
  const asked = inRegister ? every : { ...every, contracts: contracts! };
  const company = companyOf(context, view, question.report, world);
  const study = await studyRecords(view, asked, context.effects.progress, world, company);
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
  const record = headlineOf(inScope, consolidated);
  const byCode = new Map(study.world.contracts.map((series) => [series.code, series]));
  const contract = byCode.get(record.contract!)!;
  const { rows, conclusion } = cotBuyers(contract, study.world.scales, study.period);
  const flows = cotFlowRows(contract, study.world.scales, { period: (period) => period === study.period });
  return {
    version: packageVersion(),
    asOf: formatInstant(context.asOf),
    store: storeOf(view),
    command: commandOf(record, question, formatInstant(context.asOf)),
    query: { ...whole, week, contracts: [record.contract], classes: [record.class] },
    record,
    series: seriesPoints(study, contract, record),
    flowsOfWeek: [...flows].sort(
      (a, b) => COT_CLASSES.indexOf(a.class as CotClass) - COT_CLASSES.indexOf(b.class as CotClass),
    ),
    buyers: { rows, conclusion },
    unison: unisonOf(study, contract, question.seed),
    otherRecords: study.rows.filter(
      (row) => row.kind !== 'none' && row !== record && !consolidated.has(row.contract!),
    ),
    screen: study.rows.map((row) => screenRow(byCode.get(row.contract!)!, study.period, row, view)),
    looks: study.looks,
    status: await readStatus(view),
    files: filesOf(view),
    notes: [],
  };
}

/** Writes a file under its final name only once it is whole. */
async function writeWhole(path: string, content: string): Promise<number> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return Buffer.byteLength(content);
}

/** Writes the report of a week as HTML, Markdown and JSON. */
export async function writeReport(
  context: AppContext,
  question: ReportQuestion,
): Promise<Answer<ReportFile>> {
  requireSector(question.sector);
  const { directory, ...records } = question;
  return withView(context, async (view) => {
    const input = await reportInput(context, view, records);
    const report = await renderReport(input);
    await mkdir(directory, { recursive: true });
    const files: ReportFile[] = [];
    for (const [name, content] of [
      ['report.html', report.html],
      ['report.md', report.markdown],
      ['report.json', report.json],
    ] as const) {
      const file = join(directory, name);
      files.push({ file, bytes: await writeWhole(file, content) });
    }
    return makeAnswer('report', context, storeOf(view), { query: input.query, data: files, notes: [] });
  });
}
