import type {
  AgreementPoint,
  BuyersPlace,
  BuyersRow,
  CotFlowRow,
  HerdingRow,
  IsoDate,
  ManagerGroupRow,
  ReportBuyers,
  ReportUnison,
  Role,
  RoleConclusion,
  RoleOutcome,
  ShareBounds,
} from '../../src/core/index.js';
import { addDays, seededRandom } from '../../src/core/index.js';
import { type FixtureOptions, LAST } from './fixture-series.js';

const ROLE_OF: Readonly<Record<string, readonly [Role, Role]>> = {
  'asset-manager': ['institution', 'institution'],
  'leveraged-fund': ['institution', 'speculator'],
  'other-reportable': ['institution', 'institution'],
  dealer: ['intermediary', 'intermediary'],
  'non-reportable': ['retail', 'retail'],
};

const share = (part: number | null, whole: number): number | null => (part === null ? null : part / whole);

function buyersRows(flows: readonly CotFlowRow[]): BuyersRow[] {
  const amounts = flows.map((row) => {
    const inDollars = row.net !== null;
    const long = row.deltaLong!;
    const short = row.deltaShort!;
    const grossBuy = inDollars ? row.grossBuy! : Math.max(long, 0) + Math.max(-short, 0);
    const net = inDollars ? row.net! : row.contracts!;
    const unit = inDollars ? ('US dollars' as const) : ('contracts' as const);
    return { row, unit, grossBuy, net, grossSell: grossBuy - net };
  });
  const bought = amounts.reduce((total, { grossBuy }) => total + grossBuy, 0);
  const positive = amounts.reduce((total, { net }) => total + Math.max(net, 0), 0);
  return amounts
    .map(({ row, unit, grossBuy, grossSell, net }): BuyersRow => {
      const [first, second] = ROLE_OF[row.class]!;
      return {
        kind: 'class',
        basis: 'cot',
        periodStart: row.periodStart,
        periodEnd: row.periodEnd,
        knownAt: row.knownAt,
        contract: row.contract,
        sector: row.sector,
        sectorIsProxy: true,
        class: row.class,
        side: net > 0 ? 'buyer' : 'seller',
        unit,
        grossBuy,
        grossSell,
        net,
        grossBuyShare: share(grossBuy, bought),
        netShare: share(Math.max(net, 0), positive),
        roles: { 'funds-as-institutions': first, 'funds-as-speculators': second },
        sources: row.sources,
        reasons: {},
      };
    })
    .sort((a, b) => b.net! - a.net!);
}

/** Nets by role under both mappings; the verdict that both share, or none. */
export function conclude(rows: readonly BuyersRow[]): RoleConclusion {
  const outcomes = (['funds-as-institutions', 'funds-as-speculators'] as const).map(
    (mapping): RoleOutcome => {
      const net = (role: Role): number | null => {
        const own = rows.filter((row) => row.roles[mapping] === role);
        return own.length === 0 ? null : own.reduce((total, row) => total + row.net!, 0);
      };
      const nets = {
        institution: net('institution'),
        speculator: net('speculator'),
        retail: net('retail'),
        intermediary: net('intermediary'),
        unknown: net('unknown'),
      };
      const buyers = (Object.keys(nets) as Role[]).filter((role) => (nets[role] ?? 0) > 0);
      const largestBuyer = buyers.sort((a, b) => nets[b]! - nets[a]!)[0] ?? null;
      return { mapping, ...nets, largestBuyer };
    },
  );
  const same = outcomes.every(({ largestBuyer }) => largestBuyer === 'institution');
  return {
    verdict: same ? 'institutions' : 'not measurable',
    outcomes,
    explanation: same ? 'the same under both mappings' : 'it depends on what leveraged funds are taken for',
  };
}

const QUARTER: BuyersPlace = {
  basis: '13f',
  periodStart: '2025-10-01' as IsoDate,
  periodEnd: '2025-12-31' as IsoDate,
  knownAt: '2026-02-17T22:00:00Z',
  contract: null,
  sector: 'technology',
  sectorIsProxy: false,
};

function groups(): ManagerGroupRow[] {
  const of = (
    kind: ManagerGroupRow['kind'],
    group: ManagerGroupRow['group'],
    net: number,
  ): ManagerGroupRow => ({
    ...QUARTER,
    kind,
    group,
    managers: 412,
    side: net > 0 ? 'buyer' : 'seller',
    grossBuy: 31_000_000_000 + net,
    grossSell: 31_000_000_000,
    net,
    grossBuyShare: 0.28,
    netShare: net > 0 ? 0.61 : 0,
    medianChurn: kind === 'size' || group === 'unclassified' ? null : 0.23,
    churnQuarters: kind === 'size' ? null : 4,
  });
  return [
    of('horizon', 'transient', -2_400_000_000),
    of('horizon', 'quasi-index', 5_100_000_000),
    of('horizon', 'unclassified', 90_000_000),
    of('size', 'largest-tenth', 3_700_000_000),
    of('size', 'others', -910_000_000),
  ];
}

function bounds(): ShareBounds[] {
  const common = {
    ...QUARTER,
    kind: 'bounds',
    level: 0.9,
    quarterEnd: '2026-03-31' as IsoDate,
    total: null,
    totalOf: null,
    amountLow: null,
    amountHigh: null,
    hit: null,
    score: null,
    actual: null,
  } as const;
  return [
    { ...common, class: 'pension', low: 0.021, high: 0.083, quartersUsed: 6, quartersAhead: 1, reason: null },
    {
      ...common,
      class: 'sovereign-wealth',
      low: null,
      high: null,
      quartersUsed: 0,
      quartersAhead: null,
      reason: 'no sovereign fund is among the managers of Form 13F at hand',
    },
  ];
}

export function reportBuyers(flows: readonly CotFlowRow[], options: FixtureOptions): ReportBuyers {
  const rows = buyersRows(flows);
  const managers = options.managers === true ? { groups: groups(), bounds: bounds() } : {};
  return { rows, conclusion: conclude(rows), ...managers };
}

function history(agreement: number, jointTail: number): AgreementPoint[] {
  const random = seededRandom(3);
  const weeks = 640;
  return Array.from({ length: weeks }, (_, index): AgreementPoint => {
    const periodEnd = addDays(LAST, -7 * (weeks - 1 - index));
    if (index === weeks - 1) return { periodEnd, agreement, jointTail, jointTailSold: 0 };
    const draw = random.next();
    return {
      periodEnd,
      agreement: random.next() < 0.3 ? 1 : random.next(),
      jointTail: draw < 0.8 ? 0 : draw < 0.97 ? 1 : 2,
      jointTailSold: draw < 0.05 ? 2 : draw < 0.2 ? 1 : 0,
    };
  });
}

function herding(): HerdingRow[] {
  const row: HerdingRow = {
    kind: 'herding',
    basis: '13f',
    periodStart: '2025-10-01' as IsoDate,
    periodEnd: '2025-12-31' as IsoDate,
    knownAt: '2026-02-17T22:00:00Z',
    sector: 'technology',
    class: null,
    managers: 2_841,
    securities: 76,
    trades: 51_207,
    netBuyerShare: 0.034,
    breadthChange: 0.0021,
    tested: 74,
    lsv: 0.0263,
    lsvStandardError: 0.0031,
    lsvBuy: 0.029,
    lsvSell: 0.024,
    overdispersion: 0.0187,
    overdispersionP: 0.001,
    resamples: 999,
    following: 0.212,
    followingStandardError: 0.04,
    followingOwn: 0.131,
    followingOwnStandardError: 0.03,
    followingOthers: 0.081,
    followingOthersStandardError: 0.02,
    reasons: {},
  };
  const none = {
    lsv: null,
    lsvStandardError: null,
    overdispersion: null,
    overdispersionP: null,
    following: null,
  };
  const reasons = Object.fromEntries(
    Object.keys(none).map((field) => [field, 'no pension is among the managers of Form 13F at hand']),
  );
  return [row, { ...row, class: 'pension', managers: 0, ...none, reasons }];
}

export function reportUnison(flows: readonly CotFlowRow[], options: FixtureOptions): ReportUnison {
  const classes = ['asset-manager', 'leveraged-fund', 'other-reportable'];
  const nets = classes.map((name) => flows.find((row) => row.class === name)!.contracts!);
  const agreement =
    Math.abs(nets.reduce((total, net) => total + net, 0)) /
    nets.reduce((total, net) => total + Math.abs(net), 0);
  return {
    week: {
      kind: 'class-agreement',
      basis: 'cot',
      contract: '20974+',
      sector: 'technology',
      sectorIsProxy: true,
      periodEnd: LAST,
      classes,
      nets,
      unit: 'contracts of the latest multiplier',
      ruler: 'pctOi',
      agreement,
      agreementP: 0.431,
      jointTail: 1,
      jointTailP: 0.262,
      jointTailSold: 0,
      jointTailSoldP: 1,
      direction: 'bought',
      lags: 2,
      draws: 999,
      reason: null,
    },
    history: history(agreement, 1),
    ...(options.managers === true ? { herding: herding() } : {}),
  };
}
