import {
  AFTERMATH_HORIZONS_WEEKS,
  OUTCOMES,
  type Outcome,
  type OutcomeRow,
} from '../../../src/core/index.js';
import { AFTERMATH_WORLDS, type AftermathPart, type AftermathWorld } from '../../../src/simulate/index.js';
import { ordersTable } from './orders-table.js';
import { count, markdown, share } from './shares.js';
import { APART_RECORDS, type AskedMarket, askMarkets, NO_RECORDS, names, namesPlanted } from './worlds.js';

/** As a user asks by default; of the long horizons single tests alone are told, and Granger's test takes none. */
const RESAMPLES = { spread: 1999, apart: 999, quiet: 20 } as const;
const PLANS = { apart: APART_RECORDS, quiet: NO_RECORDS } as const;
const SEED = 1000;
const MARKETS = { none: 200, planted: 100, orders: 40, apart: 100, apartPlanted: 20, quiet: 200 } as const;

const PARTS = ['prices', 'profit-taking', 'cascade', 'loop'] as const satisfies readonly AftermathPart[];

/** The world in which each outcome is planted. */
const WORLD_OF: Readonly<Partial<Record<Outcome, AftermathWorld>>> = {
  return: 'rise',
  'excess-return': 'rise',
  'maximum-drawdown': 'turbulence',
  'volatility-ratio': 'turbulence',
  'floor-days-above': 'floor',
  'floor-depth-below': 'floor',
  'floor-rebounds': 'floor',
  'downside-quantile-5': 'turbulence',
  'profit-taking': 'profit-taking',
  'drawdown-beyond-5': 'turbulence',
  'drawdown-beyond-10': 'turbulence',
  'time-in-range': 'consolidation',
};

type Asked = Readonly<Partial<Record<AftermathWorld, readonly AskedMarket[]>>>;

/** A row a world: what is named after adjustment, the planted and each part. */
function worldsTable(asked: Asked): string {
  const rows = AFTERMATH_WORLDS.map((world) => {
    const markets = asked[world]!;
    const { nothingIn } = markets[0]!.truth;
    const events = markets.reduce((sum, { truth }) => sum + truth.records.length, 0) / markets.length;
    const planted = world === 'none' ? '' : share(count(markets, namesPlanted), markets.length);
    const parts = PARTS.map((part) => {
      const named = share(
        count(markets, (market) => names(market, part)),
        markets.length,
      );
      return nothingIn.includes(part) ? named : `*${named}*`;
    });
    return [world, String(markets.length), events.toFixed(0), planted, ...parts];
  });
  return markdown(['world', 'markets', 'events', 'planted is named', ...PARTS], rows, 1);
}

interface Tested {
  readonly tested: number;
  readonly rejected: number;
  readonly named: number;
  readonly covered: number;
}

function testsOf(markets: readonly AskedMarket[] | undefined, outcome: Outcome, horizon: number): Tested {
  const rows = (markets ?? []).flatMap(({ outcomes }) =>
    outcomes.filter(
      (row): row is OutcomeRow & { p: number; low: number; high: number } =>
        row.outcome === outcome && row.horizonWeeks === horizon && row.p !== null,
    ),
  );
  return {
    tested: rows.length,
    rejected: count(rows, ({ p }) => p < 0.05),
    named: count(rows, ({ adjustedP }) => adjustedP! < 0.05),
    covered: count(rows, ({ low, high }) => low <= 0 && high >= 0),
  };
}

/** Longest horizon in weeks that records all through the years leave ordinary stretches for. */
const LONGEST_SPREAD = 13;

/** Fewest markets with a test of the outcome that a share is told of. */
const FEWEST_TESTED = 20;

/** A row an outcome and horizon: size, what intervals hold, and power in the outcome's own world. */
function outcomesTable(spread: Asked, apart: Asked): string {
  const rows = OUTCOMES.flatMap((outcome) => {
    const world = WORLD_OF[outcome];
    if (world === undefined) return [];
    return AFTERMATH_HORIZONS_WEEKS.flatMap((horizon) => {
      const asked = horizon > LONGEST_SPREAD ? apart : spread;
      const size = testsOf(asked.none, outcome, horizon);
      const power = testsOf(asked[world], outcome, horizon);
      if (size.tested < FEWEST_TESTED) return [];
      return [
        [
          `\`${outcome}\``,
          String(horizon),
          String(size.tested),
          share(size.rejected, size.tested),
          share(size.covered, size.tested),
          world,
          share(power.rejected, power.tested),
          horizon > LONGEST_SPREAD ? '' : share(power.named, power.tested),
        ],
      ];
    });
  });
  return markdown(
    ['outcome', 'weeks', 'markets', 'size', 'interval holds 0', 'world', 'power', 'after Holm'],
    rows,
    1,
  );
}

/** Medians of the weeks to a drawdown: how often their band holds the median over all markets. */
function timesTable(none: readonly AskedMarket[]): string {
  const rows = (['weeks-to-drawdown-5', 'weeks-to-drawdown-10'] as const).map((outcome) => {
    const found = none.map(({ outcomes }) => outcomes.find((row) => row.outcome === outcome)!);
    const medians = found.map(({ median }) => median ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const middle = medians[medians.length >> 1]!;
    const holds = count(
      found,
      ({ low, high }) => (low ?? 0) <= middle && (high ?? Number.POSITIVE_INFINITY) >= middle,
    );
    return [`\`${outcome}\``, middle.toFixed(1), share(holds, found.length)];
  });
  return markdown(['median', 'over all markets, weeks', 'band holds it'], rows, 1);
}

type Worlds = Record<keyof typeof RESAMPLES, Asked>;

/** Every world that the tables tell of, and how many markets of it. */
export const ASKED_WORLDS: readonly {
  readonly world: AftermathWorld;
  readonly records: keyof Worlds;
  readonly markets: number;
}[] = [
  ...AFTERMATH_WORLDS.map((world) => ({
    world,
    records: 'spread' as const,
    markets:
      MARKETS[world === 'none' ? 'none' : world === 'cascade' || world === 'loop' ? 'orders' : 'planted'],
  })),
  ...(['none', ...new Set(Object.values(WORLD_OF))] as const).map((world) => ({
    world,
    records: 'apart' as const,
    markets: world === 'none' ? MARKETS.apart : MARKETS.apartPlanted,
  })),
  { world: 'none', records: 'quiet', markets: MARKETS.quiet },
];

/** Asks the markets of one world, from number `first` on. */
export function askWorld(
  { world, records }: (typeof ASKED_WORLDS)[number],
  markets: number,
  first = 0,
): Promise<readonly AskedMarket[]> {
  const draws = { markets, resamples: RESAMPLES[records], seed: SEED + first };
  return askMarkets(world, records === 'spread' ? draws : { ...draws, records: PLANS[records] });
}

/** The tables of docs/methods/aftermath.md by name, in markdown, from what was said of each world. */
export function tablesOf({ spread, apart, quiet }: Worlds): Record<string, () => string> {
  const { none, cascade, loop } = spread;
  return {
    'aftermath-worlds': () => worldsTable(spread),
    'aftermath-outcomes': () => outcomesTable(spread, apart),
    'aftermath-orders': () =>
      ordersTable({ none: none!, quiet: quiet.none!, cascade: cascade!, loop: loop! }),
    'aftermath-times': () => timesTable(none!),
  };
}

/** @param effort 1 for the published tables, less for fewer markets */
export async function aftermathTables(effort: number): Promise<Record<string, () => string>> {
  const worlds: Worlds = { spread: {}, apart: {}, quiet: {} };
  for (const asked of ASKED_WORLDS) {
    const { world, records, markets } = asked;
    worlds[records] = { ...worlds[records], [world]: await askWorld(asked, Math.ceil(effort * markets)) };
  }
  return tablesOf(worlds);
}
