import {
  type Answer,
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
import { type FlowBasis, readBasisSeries, type SeriesBasis } from './bases.js';
import { type AppContext, cacheOf, makeAnswer, storeOf, withView } from './context.js';
import { placeQuery } from './place-query.js';
import { requireSector } from './records.js';

export interface DriversAnswerQuestion extends WeekQuestion {
  readonly basis: FlowBasis;
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

async function askedCot(
  _context: AppContext,
  view: AsOfView,
  question: DriversAnswerQuestion,
): Promise<Asked> {
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

/** What a basis is asked about where the question names neither sector nor class. */
const DEFAULTS: Readonly<Record<SeriesBasis, { readonly sector: string | null; readonly class?: string }>> = {
  ledger: { sector: null, class: INSTITUTIONS },
  '13f': { sector: null, class: 'asset-manager' },
  etf: { sector: 'technology' },
  tape: { sector: null },
};

const listed = (values: readonly (string | null)[]): string =>
  [...new Set(values)].map((value) => value ?? 'all sectors').join(', ');

/** Series of the sector and classes asked about. */
function flowsAsked(all: readonly FlowSeries[], basis: SeriesBasis, question: DriversAnswerQuestion) {
  const usual = DEFAULTS[basis];
  const sector = question.sector ?? usual.sector;
  const classes = question.classes ?? (usual.class === undefined ? undefined : [usual.class]);
  const ofSector = all.filter((flow) => flow.sector === sector);
  if (ofSector.length === 0)
    throw new NotCovered(
      `basis ${basis} tells nothing of ${sector ?? 'all sectors together'}; ask with --sector for one of ${listed(all.map((flow) => flow.sector))}`,
    );
  const flows = ofSector.filter((flow) => classes === undefined || classes.includes(flow.class));
  if (flows.length === 0)
    throw new NotCovered(
      `basis ${basis} tells nothing of class ${classes!.join(', ')} in ${sector ?? 'all sectors'}; ask with --class for one of ${listed(ofSector.map((flow) => flow.class))}`,
    );
  return flows;
}

async function askedSeries(
  context: AppContext,
  view: AsOfView,
  question: DriversAnswerQuestion,
): Promise<Asked> {
  const { contracts, week } = question;
  const basis = question.basis as SeriesBasis;
  if (contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  const all = await readBasisSeries(view, basis, { cache: cacheOf(context) });
  const asked = flowsAsked(all, basis, question);
  const period = locatePeriod(asked, week, view);
  return { flows: asked.filter((flow) => flow.has(period)), all, period };
}

const NOTES = [
  'Every figure is an association in the same period; none shows a cause. The four drivers were declared before anything was fitted.',
  "A driver whose interval covers 0 is 'not shown'; 'for' asks that its part has the direction of what was unusual in the period and that its falsifier has not happened; else 'against'.",
  'The regression is fitted on the periods before the one asked about. The falsifier stands beside each driver whether it has happened or not.',
  'The AI basket was picked with hindsight: over the years before it was picked its return is better than anyone could have had.',
];

const QUARTERS_NOTE =
  'Basis 13f is quarterly: factors are taken over the quarter, and the regression is of quarters.';

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

/** Why a class bought or sold in a week or quarter: four declared drivers, what they explain, and what they do not. */
export async function showDrivers(
  context: AppContext,
  question: DriversAnswerQuestion,
): Promise<Answer<DriversAnswerRow>> {
  const { basis, sector, resamples, seed } = question;
  requireSector(sector);
  return withView(context, async (view) => {
    const { flows, all, period } = await (basis === 'cot' ? askedCot : askedSeries)(context, view, question);
    if (flows.length === 0)
      throw new NotCovered(
        `no flow of that class is known for the week asked about; 'tidemark flows --basis ${basis}' shows what is there`,
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
      ...placeQuery(question),
      resamples,
      seed,
    };
    return makeAnswer('drivers', context, storeOf(view), {
      query,
      data,
      notes: [...NOTES, ...(basis === '13f' ? [QUARTERS_NOTE] : []), ...missingNotes(data)],
    });
  });
}
