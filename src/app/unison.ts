import {
  type Answer,
  type Basis,
  type HerdingRow,
  INSTITUTIONS,
  InvalidRequest,
  NotCovered,
  type UnisonRow,
} from '../core/index.js';
import type { CotReport } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { locatePeriod, locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import {
  AGREEING_CLASSES,
  type AgreementQuestion,
  agreementRow,
  classAgreement,
  FEWEST_ACTIVE,
  FEWEST_SECURITIES,
  ledgerTrades,
} from '../studies/unison/index.js';
import { readBasisSeries } from './bases.js';
import { type AppContext, cacheOf, makeAnswer, storeOf, withView } from './context.js';
import { herdingRows, nameBreadthOf, quarterHerding } from './herding.js';
import { placeQuery } from './place-query.js';
import { coverageNotes, type ManagerQuestion, Quarters } from './quarters.js';
import { requireSector } from './records.js';

/** Bases that tell more than one class or who traded what. */
export const UNISON_BASES = ['cot', '13f', 'ledger', 'tape'] as const satisfies readonly Basis[];
type UnisonBasis = (typeof UNISON_BASES)[number];

export interface UnisonQuestion extends WeekQuestion, AgreementQuestion, ManagerQuestion {
  readonly basis: UnisonBasis;
  readonly report: CotReport;
  readonly classes?: readonly string[];
}

interface Part {
  readonly data: readonly UnisonRow[];
  readonly notes: readonly string[];
}

const HERDING_NOTES = [
  'LSV (Lakonishok, Shleifer and Vishny 1992) is for comparison with the literature: it understates herding by an amount that moves with the number of active managers, so it is never compared across securities or groups.',
  `The test is overdispersion of the buyer counts against chance (beta-binomial, bootstrap p) over securities with ${FEWEST_ACTIVE} active; at least ${FEWEST_SECURITIES} such securities are needed. Common news does the same as herding.`,
  'Following is the correlation of the buyer fraction with that of the period before, split into own trades and those of others (Sias 2004).',
];

function reasonsNote(rows: readonly HerdingRow[]): string[] {
  const small = rows.filter(({ reasons }) => Object.keys(reasons).length > 0).length;
  return small === 0 ? [] : [`${small} of ${rows.length} rows lack a figure; 'reasons' on the row says why.`];
}

async function cotPart(context: AppContext, view: AsOfView, question: UnisonQuestion): Promise<Part> {
  const { report, contracts, resamples, seed } = question;
  const world = await readCotWorld(view, { report, ...(contracts === undefined ? {} : { more: contracts }) });
  const located = locateWeek(world.contracts, question, view);
  const task = context.effects.progress.start(
    'drawing from the fitted autoregressions',
    located.asked.length,
  );
  const data: UnisonRow[] = [];
  for (const contract of located.asked) {
    context.signal?.throwIfAborted();
    data.push(
      classAgreement(contract, (name) => world.flow(contract, name), located.period, { resamples, seed }),
    );
    task.advance(data.length, contract.code);
  }
  task.finish();
  const notes = [
    `Agreement is of ${AGREEING_CLASSES.join(', ')}: over all five classes nets sum to zero and the figure would be empty.`,
    'All three having one sign is common by itself; the joint tail, how many sit in their own top decile at once, is the test that can reject.',
    ...data.flatMap((row) =>
      row.kind === 'class-agreement' && row.reason !== null ? [`${row.contract}: ${row.reason}.`] : [],
    ),
  ];
  return { data, notes };
}

async function thirteenFPart(context: AppContext, view: AsOfView, question: UnisonQuestion): Promise<Part> {
  const quarters = await Quarters.of(view, question, cacheOf(context));
  const end = quarters.locate(question.week);
  const coverage = coverageNotes(await quarters.filledPanel(end), quarters.isComplete(end), question.exclude);
  const data = await quarterHerding(context, quarters, end, question);
  const notes = [...coverage, ...HERDING_NOTES, ...reasonsNote(data)];
  return { data, notes };
}

async function ledgerPart(context: AppContext, view: AsOfView, question: UnisonQuestion): Promise<Part> {
  const all = await readBasisSeries(view, 'ledger');
  const sector = question.sector ?? null;
  const period = locatePeriod(all, question.week, view);
  const { periodStarts, periodEnds } = all[0]!.calendar;
  const flows = all.filter(
    (flow) =>
      flow.sector === sector &&
      flow.class !== INSTITUTIONS &&
      flow.has(period) &&
      (question.classes === undefined || question.classes.includes(flow.class)),
  );
  const agreement = flows.length === 0 ? [] : [agreementRow(flows, 'dollars', period, question)];
  const now = await ledgerTrades(view, { from: periodStarts[period]!, to: periodEnds[period]! });
  const before =
    period === 0
      ? null
      : await ledgerTrades(view, { from: periodStarts[period - 1]!, to: periodEnds[period - 1]! });
  const herding = now === null ? [] : herdingRows(context, now, before, question);
  if (agreement.length + herding.length === 0)
    throw new NotCovered(
      `the ledger has nothing of that class or sector in the week to ${periodEnds[period]}`,
    );
  const notes = [
    'Accounts stand in the place of managers: an account bought a symbol if its purchases of the week exceed its sales.',
    'Agreement is of the classes that the ledger names; it holds a part of the market, so their nets need not cancel.',
    ...HERDING_NOTES,
    ...reasonsNote(herding),
  ];
  return { data: [...agreement, ...herding], notes };
}

async function tapePart(_: AppContext, view: AsOfView, question: UnisonQuestion): Promise<Part> {
  const all = await readBasisSeries(view, 'tape');
  const sector = question.sector ?? null;
  const period = locatePeriod(all, question.week, view);
  const flows = all.filter(
    (flow) =>
      flow.sector === sector &&
      flow.has(period) &&
      (question.classes === undefined || question.classes.includes(flow.class)),
  );
  if (flows.length === 0)
    throw new NotCovered(
      `the tape has nothing of that class or sector in the week to ${all[0]!.calendar.periodEnds[period]} that is signed; 'tidemark flows --basis tape --by class,sector' shows what is there`,
    );
  const agreement = agreementRow(flows, 'dollars', period, question);
  const names = await nameBreadthOf(view, flows[0]!, period, question);
  const notes = [
    'Kinds of prints, not investors: who initiated a trade is inferred, and large prints prove nothing about institutions. Agreement asks whether the kinds leaned one way.',
    'Net buyers of the tape are names: those bought on balance at the initiative of buyers, less those sold, over those traded. Herding of investors is not measurable on a tape.',
    'Following is the correlation over names of the direction with that of the week before.',
    ...(agreement.reason === null ? [] : [`Agreement is not known: ${agreement.reason}.`]),
  ];
  return { data: [agreement, ...names], notes };
}

const PARTS = { cot: cotPart, '13f': thirteenFPart, ledger: ledgerPart, tape: tapePart } as const;

/** Did classes, managers or accounts move together, more than they do by themselves? */
export async function showUnison(context: AppContext, question: UnisonQuestion): Promise<Answer<UnisonRow>> {
  const { basis, contracts, classes, sector, resamples, seed, exclude, overrides } = question;
  requireSector(sector);
  if (basis !== 'cot' && contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  if (basis === 'cot' && classes !== undefined)
    throw new InvalidRequest(
      `agreement on basis cot is of ${AGREEING_CLASSES.join(', ')} together; leave out --class`,
    );
  return withView(context, async (view) => {
    const { data, notes } = await PARTS[basis](context, view, question);
    const query = {
      ...placeQuery(question),
      exclude: exclude ?? null,
      managers: overrides === undefined ? null : [...overrides.values()],
      resamples,
      seed,
    };
    return makeAnswer('unison', context, storeOf(view), { query, data, notes });
  });
}
