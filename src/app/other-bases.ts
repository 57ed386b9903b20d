import { CONTRACT_REGISTER, INSTITUTIONS, type IsoDate, roundToCent } from '../core/index.js';
import {
  type CotReport,
  type FlowSeries,
  type PeriodCalendar,
  quarterGroups,
  readEtfFlows,
  readLedgerFlows,
  readTapeFlows,
} from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import {
  type CotWorld,
  FEWEST_QUARTERS,
  hasLooks,
  netsOf,
  type OtherNets,
  readCotWorld,
  type StudyCompany,
} from '../studies/records/index.js';
import { FLOW_BASES, type FlowBasis } from './bases.js';
import { type AppContext, cacheOf } from './context.js';
import { Quarters, quarterOf } from './quarters.js';

/** The contract that stands for the whole market. */
const WHOLE_MARKET = '13874+';

/** Consolidated contracts that stand for a sector, and the one that stands for the market. */
const PROXIES = new Set(
  CONTRACT_REGISTER.filter(
    ({ code, sector, consolidatedInto }) =>
      code === WHOLE_MARKET || (sector !== null && consolidatedInto === null),
  ).map(({ code }) => code),
);

function cotNets(world: CotWorld): OtherNets[] {
  return world.contracts
    .filter(({ code }) => PROXIES.has(code))
    .map((contract) => netsOf(world.flow(contract, 'asset-manager')));
}

const NO_LOOKBACK: PeriodCalendar['lookbackPeriods'] = { '1y': 0, '3y': 0, '5y': 0, '10y': 0 };

/** Net by sector and class in the one quarter that contains a day; empty where the view does not know it. */
async function quarterNets(quarters: Quarters, day: IsoDate): Promise<OtherNets[]> {
  const end = quarterOf(day);
  if (!quarters.ends.includes(end)) return [];
  const summary = await quarters.summary(end);
  const calendar: PeriodCalendar = {
    name: 'quarter',
    periodStarts: [summary.periodStart],
    periodEnds: [summary.periodEnd],
    lookbackPeriods: NO_LOOKBACK,
  };
  return quarterGroups(summary).map((group) => ({
    basis: '13f',
    class: group.class,
    sector: group.sector,
    calendar,
    net: Float64Array.of(roundToCent(group.longBuy - group.longSell)),
  }));
}

/** What the questions to one view share, each read when first needed. */
interface Shared {
  readonly view: AsOfView;
  readonly report: CotReport;
  world(): Promise<CotWorld>;
  ledger(): Promise<readonly FlowSeries[]>;
  tape(): Promise<readonly FlowSeries[]>;
  quarters(): Promise<Quarters>;
}

/** Looks at either report of the CFTC: whether they count must not depend on which one is asked about. */
async function hasCotLooks({ view, report, world }: Shared): Promise<boolean> {
  if (hasLooks((await world()).flows)) return true;
  const other = report === 'combined' ? 'futures-only' : 'combined';
  return hasLooks((await readCotWorld(view, { report: other })).flows);
}

/** Whether the view supports looks at a basis. Quarters of Form 13F are counted, not read: that is never too few. */
const HAS_LOOKS: Readonly<Record<FlowBasis, (shared: Shared) => Promise<boolean>>> = {
  cot: hasCotLooks,
  ledger: async ({ ledger }) => hasLooks(await ledger()),
  etf: async ({ view }) => hasLooks(await readEtfFlows(view)),
  tape: async ({ tape }) => hasLooks(await tape()),
  '13f': async ({ quarters }) => (await quarters()).ends.length >= FEWEST_QUARTERS,
};

async function calendarsOf(shared: Shared): Promise<FlowBasis[]> {
  const found: FlowBasis[] = [];
  for (const basis of FLOW_BASES) if (await HAS_LOOKS[basis](shared)) found.push(basis);
  return found;
}

/** Makes a value when first asked for, and keeps it. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let held: Promise<Value> | undefined;
  return () => {
    held ??= make();
    return held;
  };
}

/**
 * What a study of a view stands beside: what institutions did on every basis around a period, and the calendars that
 * adjusted p is over. Both are the view's, whatever is asked; every basis is read once.
 * @param prepared the view's contracts, where the caller has read them already
 */
export function companyOf(
  context: AppContext,
  view: AsOfView,
  report: CotReport,
  prepared?: CotWorld,
): StudyCompany {
  const quarters = once(() => Quarters.of(view, {}, cacheOf(context)));
  const world = once(async () => prepared ?? readCotWorld(view, { report }));
  const ledger = once(() => readLedgerFlows(view));
  const tape = once(() => readTapeFlows(view));
  const weekly = once(async () => [
    ...cotNets(await world()),
    ...(await ledger()).filter((flow) => flow.class === INSTITUTIONS).map(netsOf),
    ...(await tape()).map(netsOf),
  ]);
  const quarterly = new Map<IsoDate, Promise<OtherNets[]>>();
  return {
    async others(periodEnd) {
      const end = quarterOf(periodEnd);
      const held = quarterly.get(end) ?? quarters().then((all) => quarterNets(all, end));
      quarterly.set(end, held);
      return [...(await weekly()), ...(await held)];
    },
    calendars: once(() => calendarsOf({ view, report, world, ledger, tape, quarters })),
  };
}
