import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type Answer,
  type CotClass,
  contractEntry,
  endOfDayInNewYork,
  InvalidRequest,
  type RecordRow,
  silentProgress,
} from '../core/index.js';
import type { MarketTruth, PlantTruth } from '../simulate/index.js';
import { readCotWorld, scanRecords, studyRecords } from '../studies/records/index.js';
import { type AppContext, makeAnswer, resampling, storeOf, withView } from './context.js';
import { checkTape } from './demo-tape.js';
import { importFiles } from './import/index.js';
import { companyOf } from './other-bases.js';
import { readManagerOverrides } from './quarters.js';
import { DEFAULT_RESAMPLES } from './records.js';
import { type ReportFile, writeReport } from './report.js';
import { writeSimulatedMarket } from './simulate.js';
import { importTape } from './tape/index.js';

interface DemoQuestion {
  readonly seed: number;
  readonly directory: string;
}

/** What was planted beside what was found of it. */
export interface DemoRow {
  readonly planted: string;
  readonly contract: string;
  readonly class: string;
  readonly week: string;
  readonly lookback: string;
  readonly found: string;
  readonly verdict: string | null;
  readonly failedChecks: readonly string[];
  readonly asPlanted: boolean;
}

/** Weeks of the simulated market that are searched for records: the two years that hold the plants. */
const SEARCHED_WEEKS = 110;
const DECOY_RESAMPLES = 1000;
const MOST_CANDIDATES = 6;

const BASE = { measure: 'net', report: 'futures-only', seed: 1 } as const;

/** An empty or earlier demo folder; anything else is the user's and is left alone. */
async function prepareFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const entries = await readdir(directory);
  if (entries.length === 0) return;
  const ours = await access(join(directory, 'market', 'truth.json')).then(
    () => true,
    () => false,
  );
  if (!ours)
    throw new InvalidRequest(
      `folder '${directory}' is not empty and holds no earlier demo; give another with --out`,
    );
  for (const name of ['market', 'store', 'report'])
    await rm(join(directory, name), { recursive: true, force: true });
}

/** The record week of the market: of those that are records on every scale, the one least likely by chance. */
async function findRecord(context: AppContext): Promise<RecordRow> {
  return withView(context, async (view) => {
    const scan = { ...BASE, lookback: '10y' } as const;
    const world = await readCotWorld(view, BASE);
    const whole = world.flows.filter((flow) => contractEntry(flow.contract!)?.consolidatedInto === null);
    const found = scanRecords(whole, { ...scan, periods: SEARCHED_WEEKS });
    const candidates = found.filter((record) => record.kind === 'record').slice(-MOST_CANDIDATES);
    const task = context.effects.progress.start('testing the record weeks found', candidates.length);
    const company = companyOf(context, view, BASE.report, world);
    const rows: RecordRow[] = [];
    for (const [i, candidate] of candidates.entries()) {
      context.signal?.throwIfAborted();
      const question = {
        ...scan,
        week: candidate.periodEnd,
        contracts: [candidate.flow.contract!],
        classes: [candidate.flow.class as CotClass],
        resamples: DECOY_RESAMPLES,
        ...resampling(context),
      };
      const study = await studyRecords(view, question, silentProgress, world, company);
      rows.push(study.rows[0]!);
      task.advance(i + 1, candidate.periodEnd);
    }
    task.finish(`${found.length} record weeks, ${candidates.length} of them on every scale`);
    const ofVerdict = (row: RecordRow): number => (row.verdict === 'signal' ? 0 : 1);
    const best = rows.sort(
      (a, b) => ofVerdict(a) - ofVerdict(b) || (a.p.adjusted ?? 1) - (b.p.adjusted ?? 1),
    )[0];
    if (best === undefined) throw new Error('the simulated market shows no record on every scale');
    return best;
  });
}

async function checkPlant(context: AppContext, plant: PlantTruth): Promise<DemoRow[]> {
  return withView(context, async (view) => {
    const world = await readCotWorld(view, BASE);
    const company = companyOf(context, view, BASE.report, world);
    const rows: DemoRow[] = [];
    for (const expected of plant.expected) {
      const study = await studyRecords(
        view,
        {
          ...BASE,
          lookback: expected.lookback,
          week: plant.periodEnd,
          contracts: [plant.contract],
          classes: [plant.class as CotClass],
          resamples: DECOY_RESAMPLES,
          ...resampling(context),
        },
        silentProgress,
        world,
        company,
      );
      const row = study.rows[0]!;
      const calendar = row.checks.find((check) => check.name === 'calendar')!.verdict;
      rows.push({
        planted: plant.kind,
        contract: plant.contract,
        class: plant.class,
        week: plant.periodEnd,
        lookback: expected.lookback,
        found: row.kind,
        verdict: row.verdict,
        failedChecks: row.checks.filter((check) => check.verdict === 'fail').map((check) => check.name),
        asPlanted:
          (expected.kind === null || row.kind === expected.kind) &&
          (expected.isRecord === null || row.isRecord === expected.isRecord) &&
          (expected.calendarCheck === null || calendar === expected.calendarCheck),
      });
    }
    return rows;
  });
}

/** Misprints are found where their rows were set aside. */
async function checkMisprints(context: AppContext, truth: MarketTruth): Promise<DemoRow[]> {
  return withView(context, async (view) => {
    const rows: DemoRow[] = [];
    for (const misprint of truth.misprints) {
      const found = await view.query<{ reason: string }>(
        'SELECT reason FROM set_aside WHERE subject = $subject AND period_end = CAST($date AS DATE)',
        { subject: misprint.subject, date: misprint.date },
      );
      rows.push({
        planted: 'misprint',
        contract: misprint.subject,
        class: '',
        week: misprint.date,
        lookback: '',
        found: found[0] === undefined ? 'not noticed' : `set aside: ${found[0].reason}`,
        verdict: null,
        failedChecks: [],
        asPlanted: found.length > 0,
      });
    }
    return rows;
  });
}

function summaryText(
  rows: readonly DemoRow[],
  record: RecordRow,
  files: readonly ReportFile[],
  directory: string,
): string {
  const lines = rows.map((row) => {
    const failed = row.failedChecks.length > 0 ? `, fails ${row.failedChecks.join(', ')}` : '';
    const verdict = row.verdict === null ? '' : `, verdict ${row.verdict}${failed}`;
    const where = `${row.contract} ${row.class} ${row.week}${row.lookback === '' ? '' : ` over ${row.lookback}`}`;
    return `  ${row.asPlanted ? 'as planted' : 'NOT AS PLANTED'}  ${row.planted} (${where}): ${row.found}${verdict}`;
  });
  return [
    `Record week found without knowing the truth: ${record.contract} ${record.class}, week to ${record.periodEnd}, verdict ${record.verdict}.`,
    'What was planted, and what was found of it:',
    ...lines,
    '',
    `Report: ${resolve(files[0]!.file)}`,
    `Ask the same store: tidemark records --store ${join(directory, 'store')} --week ${record.periodEnd}`,
    '',
  ].join('\n');
}

/**
 * The main job on a market whose truth is known: simulate, import, find the record week, write its report, and hold
 * what was found against what was planted. Equal seeds give equal bytes: the demo's clock stands at the market's end.
 */
export async function runDemo(
  outer: AppContext,
  question: DemoQuestion,
): Promise<{ readonly text: string; readonly answer: Answer<DemoRow> }> {
  const { directory, seed } = question;
  await prepareFolder(directory);
  const market = join(directory, 'market');
  const task = outer.effects.progress.start('simulating thirteen years of a market', null);
  const { truth, tape, files } = await writeSimulatedMarket(outer, { seed, directory: market });
  task.finish(`${files.length} files in ${market}`);
  const asOf = endOfDayInNewYork(truth.endDate);
  const context: AppContext = {
    ...outer,
    asOf,
    storeDirectory: join(directory, 'store'),
    effects: { ...outer.effects, clock: { now: () => asOf } },
  };
  await importFiles(context, { paths: [market], strict: false });
  // The same prints lie there in a second format, which is not a second tape.
  await importTape(context, { paths: [join(market, 'tape', 'nyse')], existing: 'combine' });
  const record = await findRecord(context);
  const managers = join(market, 'thirteen-f', 'manager-classes.json');
  const report = await writeReport(context, {
    ...BASE,
    basis: 'cot',
    overrides: await readManagerOverrides(managers),
    managersFile: managers,
    lookback: '10y',
    week: record.periodEnd,
    contracts: [record.contract!],
    classes: [record.class as CotClass],
    resamples: DEFAULT_RESAMPLES,
    directory: join(directory, 'report'),
    bringsRows: true,
  });
  const holding = outer.effects.progress.start('holding the decoys against the truth', truth.plants.length);
  const rows: DemoRow[] = [];
  for (const [i, plant] of truth.plants.entries()) {
    rows.push(...(await checkPlant(context, plant)));
    holding.advance(i + 1, plant.kind);
  }
  rows.push(...(await checkMisprints(context, truth)), ...(await checkTape(context, tape)));
  holding.finish(`${rows.filter((row) => row.asPlanted).length} of ${rows.length} as planted`);
  const answer = await withView(context, async (view) =>
    makeAnswer('demo', context, storeOf(view), { query: { seed, directory }, data: rows, notes: [] }),
  );
  return { text: summaryText(rows, record, report.data, directory), answer };
}
