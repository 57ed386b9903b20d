import {
  type Answer,
  type Basis,
  COT_CLASSES,
  type CotClass,
  type DriversAnswerRow,
  INSTITUTIONS,
  InvalidRequest,
  NotCovered,
} from '../core/index.js';
import type { CotReport, FlowSeries } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { readDriverFactors, studyDrivers } from '../studies/drivers/index.js';
import { locatePeriod, locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import { readBasisSeries } from './bases.js';
import { type AppContext, makeAnswer, storeOf, withView } from './context.js';
import { requireSector } from './records.js';

/** Bases with weekly flows that drivers can be held against. */
export const DRIVERS_BASES = ['cot', 'ledger', 'etf'] as const satisfies readonly Basis[];
export type DriversBasis = (typeof DRIVERS_BASES)[number];

export interface DriversAnswerQuestion extends WeekQuestion {
  readonly basis: DriversBasis;
  readonly report: CotReport;
  readonly classes?: readonly string[];
  readonly resamples: number;
  readonly seed: number;
}

/** The contracts that stand for the market and for technology, where none is asked for. */
const DEFAULT_CONTRACTS = ['20974+', '13874+'];
const DEFAULT_COT_CLASS: CotClass = 'asset-manager';

/** The flows that the question is about, all flows of the basis, and the week. */
interface Asked {
  readonly flows: readonly FlowSeries[];
  readonly all: readonly FlowSeries[];
  readonly period: number;
}

async function askedCot(view: AsOfView, question: DriversAnswerQuestion): Promise<Asked> {
  const { report, classes = [DEFAULT_COT_CLASS], sector } = question;
  const contracts = question.contracts ?? (sector === undefined ? DEFAULT_CONTRACTS : undefined);
  const world = await readCotWorld(view, { report, ...(contracts === undefined ? {} : { more: contracts }) });
  const known = contracts?.filter(
    (code) => question.contracts !== undefined || world.contracts.some((contract) => contract.code === code),
  );
  const where = known === undefined || known.length === 0 ? question : { ...question, contracts: known };
  const { period, asked } = locateWeek(world.contracts, where, view);
  const flows = asked.flatMap((contract) =>
    COT_CLASSES.filter((name) => classes.includes(name)).map((name) => world.flow(contract, name)),
  );
  return { flows, all: world.flows, period };
}

async function askedSeries(view: AsOfView, question: DriversAnswerQuestion): Promise<Asked> {
  const { basis, classes, contracts, week } = question;
  if (contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  const all = await readBasisSeries(view, basis as 'ledger' | 'etf');
  const sector = question.sector ?? (basis === 'etf' ? 'technology' : null);
  const period = locatePeriod(all, week, view);
  const flows = all.filter(
    (flow) =>
      flow.has(period) &&
      flow.sector === sector &&
      (classes === undefined ? basis === 'etf' || flow.class === INSTITUTIONS : classes.includes(flow.class)),
  );
  return { flows, all, period };
}

const NOTES = [
  'Every figure is an association in the same week; none shows a cause. The four drivers were declared before anything was fitted.',
  "A driver whose interval covers 0 is 'not shown'; 'for' asks that its part has the direction of what was unusual in the week and that its falsifier has not happened; else 'against'.",
  'The regression is fitted on the weeks before the one asked about. The falsifier stands beside each driver whether it has happened or not.',
  'The AI basket was picked with hindsight: over the years before it was picked its return is better than anyone could have had.',
];

function missingNotes(rows: readonly DriversAnswerRow[]): string[] {
  return rows.flatMap((row) =>
    row.kind === 'driver' && row.contribution === null
      ? [
          `${row.contract ?? row.sector ?? 'all'} ${row.class}: ${row.driver} is not measured (${row.reason}).`,
        ]
      : row.kind === 'model' && row.r2 === null
        ? [`${row.contract ?? row.sector ?? 'all'} ${row.class}: no regression (${row.reason}).`]
        : [],
  );
}

/** Why a class bought or sold in a week: four declared drivers, what they explain, and what they do not. */
export async function showDrivers(
  context: AppContext,
  question: DriversAnswerQuestion,
): Promise<Answer<DriversAnswerRow>> {
  const { basis, report, contracts, classes, sector, week, resamples, seed } = question;
  requireSector(sector);
  return withView(context, async (view) => {
    const { flows, all, period } = await (basis === 'cot' ? askedCot : askedSeries)(view, question);
    if (flows.length === 0)
      throw new NotCovered(
        `basis ${basis} has no such class or sector in the week asked about; 'tidemark flows --basis ${basis}' shows what is there`,
      );
    const factors = await readDriverFactors(view, all[0]!.calendar, period);
    const task = context.effects.progress.start('holding flows against drivers', flows.length);
    const data: DriversAnswerRow[] = [];
    for (const [i, flow] of flows.entries()) {
      context.signal?.throwIfAborted();
      data.push(...(await studyDrivers(view, flow, all, factors, { resamples, seed })));
      task.advance(i + 1, `${flow.contract ?? flow.sector ?? 'all'} ${flow.class}`);
    }
    task.finish();
    const query = {
      basis,
      week: week ?? null,
      report: basis === 'cot' ? report : null,
      contracts: contracts ?? null,
      classes: classes ?? null,
      sector: sector ?? null,
      resamples,
      seed,
    };
    return makeAnswer('drivers', context, storeOf(view), {
      query,
      data,
      notes: [...NOTES, ...missingNotes(data)],
    });
  });
}
