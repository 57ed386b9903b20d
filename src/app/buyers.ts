import {
  type Answer,
  type BuyersAnswerRow,
  type BuyersPlace,
  COT_CLASSES,
  INSTITUTIONS,
  InvalidRequest,
  NotCovered,
  type RoleConclusion,
} from '../core/index.js';
import type { CotContractSeries, CotReport, FlowSeries } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import {
  type BoundsTotal,
  type BuyersStudy,
  CHURN_QUARTERS,
  cotBuyers,
  horizonRows,
  LARGEST_TRADES,
  placeOf,
  seriesBuyers,
  sizeRows,
  thirteenFBuyers,
} from '../studies/buyers/index.js';
import { locatePeriod, locateWeek, readCotWorld, type WeekQuestion } from '../studies/records/index.js';
import { type FlowBasis, readBasisSeries } from './bases.js';
import { type AppContext, cacheOf, makeAnswer, storeOf, withView } from './context.js';
import { placeQuery } from './place-query.js';
import { coverageNotes, type ManagerQuestion, managerCounts, Quarters } from './quarters.js';
import { requireSector } from './records.js';
import { boundsRows } from './share-bounds.js';

export interface BuyersQuestion extends WeekQuestion, ManagerQuestion {
  readonly basis: FlowBasis;
  readonly report: CotReport;
  /** Classes to show; shares and the conclusion are of all. */
  readonly classes?: readonly string[];
  /** Whether to bound the classes that only Form 13F names, from all quarters of it in the store. */
  readonly bounds: boolean;
}

interface Part {
  readonly data: readonly BuyersAnswerRow[];
  readonly notes: readonly string[];
}

const ROLES_NOTE =
  'Leveraged and hedge funds are taken once as institutions and once as speculators; small traders stand in for retail.';
const BOUNDS_NOTE =
  'Bounds take the part of pensions and sovereign funds in the purchases of Form 13F managers over, as if it held for the purchases of the period: no weekly source names them.';

function conclusionNote(where: string, { verdict, explanation }: RoleConclusion): string {
  return `${where}: who bought on balance: ${verdict} (${explanation}).`;
}

function shown(study: BuyersStudy, classes: readonly string[] | undefined): BuyersAnswerRow[] {
  const rows = classes === undefined ? study.rows : study.rows.filter((row) => classes.includes(row.class));
  return [...rows, ...study.roles];
}

async function bounded(
  context: AppContext,
  quarters: Quarters,
  question: BuyersQuestion,
  about: { readonly place: BuyersPlace; readonly total: BoundsTotal },
): Promise<Part> {
  if (!question.bounds) return { data: [], notes: [] };
  const { rows, notes } = await boundsRows(context, quarters, about.place, about.total, question);
  return { data: rows, notes: [BOUNDS_NOTE, ...notes] };
}

/** Purchases of asset managers over the contracts asked about, components of a consolidated one left out. */
export function cotTotal(
  studies: readonly { readonly contract: CotContractSeries; readonly study: BuyersStudy }[],
): BoundsTotal {
  const codes = new Set(studies.map(({ contract }) => contract.code));
  const whole = studies.filter(({ contract }) => !codes.has(contract.entry?.consolidatedInto ?? ''));
  const amounts = whole.flatMap(({ study }) =>
    study.rows.flatMap((row) =>
      row.class === 'asset-manager' && row.unit === 'US dollars' && row.grossBuy !== null
        ? [row.grossBuy]
        : [],
    ),
  );
  const of = `purchases of cot asset managers in ${whole.map(({ contract }) => contract.code).join(', ')}`;
  return { amount: amounts.length === 0 ? null : amounts.reduce((sum, one) => sum + one, 0), of };
}

async function cotPart(context: AppContext, view: AsOfView, question: BuyersQuestion): Promise<Part> {
  const { report, contracts, classes, sector } = question;
  const world = await readCotWorld(view, { report, ...(contracts === undefined ? {} : { more: contracts }) });
  const located = locateWeek(world.contracts, question, view);
  const studies = located.asked.map((contract) => ({
    contract,
    study: cotBuyers(contract, world.scales, located.period),
  }));
  const first = studies[0]!;
  const sectors = new Set(studies.map(({ contract }) => contract.entry?.sector ?? null));
  const place: BuyersPlace = {
    ...placeOf(first.study.rows[0]!),
    contract: studies.length === 1 ? first.contract.code : null,
    sector: sector ?? (sectors.size === 1 ? [...sectors][0]! : null),
  };
  const about = { place, total: cotTotal(studies) };
  const bounds = await bounded(context, await Quarters.of(view, question, cacheOf(context)), question, about);
  return {
    data: [...studies.flatMap(({ study }) => shown(study, classes ?? COT_CLASSES)), ...bounds.data],
    notes: [
      'Every buyer has a seller: net over the five classes is zero but for rounding and spreads, and all of them are shown.',
      ROLES_NOTE,
      'Amounts of basis cot are lower bounds of what was traded, since only week ends are seen.',
      ...studies.map(({ contract, study }) => conclusionNote(contract.code, study.conclusion)),
      ...bounds.notes,
    ],
  };
}

async function thirteenFPart(context: AppContext, view: AsOfView, question: BuyersQuestion): Promise<Part> {
  const { sector, exclude, classes } = question;
  const quarters = await Quarters.of(view, question, cacheOf(context));
  const end = quarters.locate(question.week);
  const part = { counts: managerCounts(exclude), ...(sector === undefined ? {} : { sector }) };
  const panel = await quarters.filledPanel(end, { hold: true });
  const earlier = await quarters.summariesBefore(end, CHURN_QUARTERS - 1);
  const churn = earlier.map((summary) => new Map(Object.entries(summary.churn)));
  const study = thirteenFBuyers(panel, part);
  if (study.rows.length === 0)
    throw new NotCovered(`no manager is left after --exclude ${exclude?.join(',')}; leave one of them in`);
  const place = placeOf(study.rows[0]!);
  const bought = study.rows.reduce((sum, row) => sum + (row.grossBuy ?? 0), 0);
  const about = { place, total: { amount: bought, of: 'purchases of all managers counted in the quarter' } };
  const bounds = await bounded(context, quarters, question, about);
  return {
    data: [
      ...shown(study, classes),
      ...horizonRows(panel, churn, part),
      ...sizeRows(panel, part),
      ...bounds.data,
    ],
    notes: [
      'Form 13F shows long positions of large managers at quarter ends: the other side is everyone not in this data.',
      ...coverageNotes(panel, quarters.isComplete(end), exclude),
      ROLES_NOTE,
      conclusionNote(sector ?? 'all sectors', study.conclusion),
      `Horizon: mean churn ratio of ${churn.length + 1} ${churn.length === 0 ? 'quarter' : 'quarters'} (Gaspar, Massa and Matos 2005) and concentration, by terciles; size: the tenth that held most at the start.`,
      `Sources of a class are the rows behind its ${LARGEST_TRADES} largest purchases and sales.`,
      ...bounds.notes,
    ],
  };
}

/** What the balance of a basis that is not the whole market means. */
function seriesNotes(basis: FlowBasis, held: readonly FlowSeries[]): string[] {
  if (basis === 'tape')
    return [
      'Purchases and sales of the tape are those that a buyer or a seller initiated: the other side of their balance is whoever rested in the book, and shares are of signed prints.',
      'Kinds of prints are no investors: identified retail is about a third of retail, and large prints prove nothing about institutions.',
    ];
  const part = `Basis ${basis} is a part of the market: the other side of its balance is everyone not in this data, and shares are of its own classes.`;
  if (basis !== 'etf') return [part];
  const funds = held.map((flow) => flow.symbol).join(', ');
  return [
    `${held.length} funds have a known week: ${funds}; creations and redemptions tell net alone.`,
    part,
  ];
}

/** One class's weekly series: a basis that is not the whole market. */
async function seriesPart(
  context: AppContext,
  view: AsOfView,
  question: BuyersQuestion,
  all: readonly FlowSeries[],
): Promise<Part> {
  const { classes, basis } = question;
  const sector = question.sector ?? null;
  const flows = all.filter((flow) => flow.sector === sector || (basis === 'etf' && sector === null));
  if (flows.length === 0)
    throw new NotCovered(`basis ${basis} has nothing of sector '${sector}'; leave out --sector to see all`);
  const period = locatePeriod(flows, question.week, view);

  const held = flows.filter((flow) => flow.has(period));
  const study = seriesBuyers(
    held.filter((flow) => flow.class !== INSTITUTIONS),
    sector,
    period,
  );
  const sums = held.filter((flow) => flow.class === INSTITUTIONS);
  const bought = sums.length === 0 ? null : (seriesBuyers(sums, sector, period).rows[0]?.grossBuy ?? null);
  const total = {
    amount: bought,
    of: bought === null ? null : `purchases of institutions on basis ${basis}`,
  };
  const about = { place: placeOf(study.rows[0]!), total };
  const bounds = await bounded(context, await Quarters.of(view, question, cacheOf(context)), question, about);
  return {
    data: [...shown(study, classes), ...bounds.data],
    notes: [
      ...seriesNotes(basis, held),
      ROLES_NOTE,
      conclusionNote(sector ?? 'all sectors', study.conclusion),
      ...bounds.notes,
    ],
  };
}

async function partOf(context: AppContext, view: AsOfView, question: BuyersQuestion): Promise<Part> {
  switch (question.basis) {
    case 'cot':
      return cotPart(context, view, question);
    case '13f':
      return thirteenFPart(context, view, question);
    case 'ledger':
    case 'etf':
    case 'tape':
      return seriesPart(context, view, question, await readBasisSeries(view, question.basis));
  }
}

/** Who bought in a week or quarter, and who sold to them. */
export async function showBuyers(
  context: AppContext,
  question: BuyersQuestion,
): Promise<Answer<BuyersAnswerRow>> {
  const { basis, contracts, sector, exclude, overrides, bounds } = question;
  requireSector(sector);
  if (basis !== 'cot' && contracts !== undefined)
    throw new InvalidRequest(`basis ${basis} has no contracts; leave out --contract ${contracts.join(',')}`);
  return withView(context, async (view) => {
    const { data, notes } = await partOf(context, view, question);
    const query = {
      ...placeQuery(question),
      exclude: exclude ?? null,
      managers: overrides === undefined ? null : [...overrides.values()],
      bounds,
    };
    return makeAnswer('buyers', context, storeOf(view), { query, data, notes });
  });
}
