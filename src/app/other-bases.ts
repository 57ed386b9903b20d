import { CONTRACT_REGISTER, INSTITUTIONS, type IsoDate } from '../core/index.js';
import { type CotReport, type PeriodCalendar, readLedgerFlows, thirteenFFlowRows } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import { netsOf, type OtherNets, readCotWorld } from '../studies/records/index.js';
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

async function cotNets(view: AsOfView, report: CotReport): Promise<OtherNets[]> {
  const world = await readCotWorld(view, { report });
  return world.contracts
    .filter(({ code }) => PROXIES.has(code))
    .map((contract) => netsOf(world.flow(contract, 'asset-manager')));
}

const NO_LOOKBACK: PeriodCalendar['lookbackPeriods'] = { '1y': 0, '3y': 0, '5y': 0, '10y': 0 };

/** Net by sector and class in the one quarter that contains a day; empty where the view does not know it. */
async function quarterNets(view: AsOfView, day: IsoDate): Promise<OtherNets[]> {
  const quarters = await Quarters.of(view, {});
  const end = quarterOf(day);
  if (!quarters.ends.includes(end)) return [];
  const panel = await quarters.panel(end);
  const calendar: PeriodCalendar = {
    name: 'quarter',
    periodStarts: [panel.periodStart],
    periodEnds: [panel.periodEnd],
    lookbackPeriods: NO_LOOKBACK,
  };
  const bySector = thirteenFFlowRows(panel, ['sector', 'class']).filter((row) => row.sector !== null);
  const rows = [...bySector, ...thirteenFFlowRows(panel, ['class'])];
  return rows.map((row) => ({
    basis: '13f',
    class: row.class,
    sector: row.sector,
    calendar,
    net: Float64Array.of(row.net ?? Number.NaN),
  }));
}

/** What institutions did on every basis of the view around a period, read once. */
export function institutionNets(
  view: AsOfView,
  report: CotReport,
): (periodEnd: IsoDate) => Promise<readonly OtherNets[]> {
  let weekly: Promise<OtherNets[]> | undefined;
  const readWeekly = async (): Promise<OtherNets[]> => {
    const ledger = await readLedgerFlows(view);
    return [
      ...(await cotNets(view, report)),
      ...ledger.filter((flow) => flow.class === INSTITUTIONS).map(netsOf),
    ];
  };
  const quarterly = new Map<IsoDate, Promise<OtherNets[]>>();
  return async (periodEnd) => {
    weekly ??= readWeekly();
    const held = quarterly.get(quarterOf(periodEnd)) ?? quarterNets(view, periodEnd);
    quarterly.set(quarterOf(periodEnd), held);
    return [...(await weekly), ...(await held)];
  };
}
