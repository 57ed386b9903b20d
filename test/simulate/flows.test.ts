import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Effects,
  endOfDayInNewYork,
  INSTITUTIONS,
  type ManagerOverride,
  parseManagerOverrides,
  silentLog,
  silentProgress,
} from '../../src/core/index.js';
import {
  type LedgerFlowSeries,
  ledgerFlowRows,
  readLedgerFlows,
  readThirteenFPanel,
  type ThirteenFPanel,
} from '../../src/flows/index.js';
import { importPaths } from '../../src/ingest/index.js';
import { simulateMarket, writeMarket } from '../../src/simulate/index.js';
import { READERS } from '../../src/sources/index.js';
import { type AsOfView, openStore } from '../../src/store/index.js';

const market = simulateMarket({ seed: 11 });
const { thirteenF, ledger } = market.truth;
const asOf = endOfDayInNewYork(market.truth.endDate);
const effects: Effects = { clock: { now: () => asOf }, progress: silentProgress, log: silentLog };
let folder: string;
let view: AsOfView;
let overrides: Map<string, ManagerOverride>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-simulated-flows-'));
  await writeMarket(market, {
    async write(path, bytes) {
      const file = join(folder, 'market', path);
      if (path === 'thirteen-f/manager-classes.json')
        overrides = parseManagerOverrides(Buffer.from(bytes).toString('utf8'), path);
      else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      }
    },
  });
  const store = await openStore(join(folder, 'store'), { clock: effects.clock, create: true });
  const paths = ['prices', 'universe', 'thirteen-f', 'ledger'].map((name) => join(folder, 'market', name));
  const report = await importPaths(paths, { store, effects, readers: READERS, command: 'test' });
  expect(report.files.filter(({ status }) => status !== 'imported')).toEqual([]);
  view = await store.view(asOf);
});

afterAll(async () => {
  view.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the program finds in the simulated filings', () => {
  const panels = new Map<string, ThirteenFPanel>();
  beforeAll(async () => {
    for (const { end } of thirteenF.quarters.slice(1))
      panels.set(end, await readThirteenFPanel(view, end, { overrides }));
  });

  const securityOf = (panel: ThirteenFPanel, symbol: string) => {
    const { cusip } = thirteenF.securities.find((one) => one.symbol === symbol)!;
    return panel.securities.findIndex((one) => one.cusip === cusip);
  };

  /** Purchases and sales by class and sector, sectors as the truth has them; positions without dollars left out. */
  function sumsOf(
    panel: ThirteenFPanel,
  ): Map<string, { buy: number; sell: number; buyers: number; sellers: number }> {
    const sectorOf = new Map(thirteenF.securities.map(({ cusip, sector }) => [cusip, sector]));
    const sums = new Map<string, { buy: number; sell: number; buyers: number; sellers: number }>();
    const prices = thirteenF.bySecurity.filter(({ quarterEnd }) => quarterEnd === panel.periodEnd);
    // The list writes 'IT4B' where prices have 'IT4-B': who cannot join them prices the name by its filings.
    const unjoined = securityOf(panel, 'IT4.B');
    const itsPrice = prices.find(({ symbol }) => symbol === 'IT4.B')!.meanPrice!;
    for (const [i, figure] of panel.positions.netUsd.entries()) {
      const isUnjoined = panel.positions.security[i] === unjoined;
      const net = isUnjoined ? panel.positions.deltaShares[i]! * itsPrice : figure;
      if (Number.isNaN(net)) continue;
      const { classification } = panel.managers[panel.positions.manager[i]!]!;
      const { cusip } = panel.securities[panel.positions.security[i]!]!;
      const key = `${classification.class} ${sectorOf.get(cusip)}`;
      const sum = sums.get(key) ?? { buy: 0, sell: 0, buyers: 0, sellers: 0 };
      sums.set(key, sum);
      if (net > 0) {
        sum.buy += net;
        sum.buyers++;
      } else if (net < 0) {
        sum.sell -= net;
        sum.sellers++;
      }
    }
    return sums;
  }

  it('the shares that every name gained and lost, and by how many managers', () => {
    const unlisted = thirteenF.events.filter(({ kind }) => kind !== 'merger');
    for (const truth of thirteenF.bySecurity) {
      const { quarterEnd, symbol, buyers, sellers, deltaShares } = truth;
      if (unlisted.some((one) => one.symbol === symbol && one.quarterEnd === quarterEnd)) continue;
      const panel = panels.get(quarterEnd)!;
      const security = securityOf(panel, symbol);
      const deltas = [...panel.positions.deltaShares].filter(
        (_, i) => panel.positions.security[i] === security,
      );
      const found = [
        deltas.filter((delta) => delta > 0).length,
        deltas.filter((delta) => delta < 0).length,
        deltas.reduce((sum, delta) => sum + delta, 0),
      ];
      expect([quarterEnd, symbol, ...found]).toEqual([quarterEnd, symbol, buyers, sellers, deltaShares]);
    }
  });

  it('the dollars of every class and sector', () => {
    const without = thirteenF.flowsWithoutUnlistedRatios;
    expect(without.length).toBeGreaterThan(10);
    for (const flow of thirteenF.flows) {
      const { quarterEnd, class: name, sector } = flow;
      const same = (one: typeof flow) =>
        one.quarterEnd === quarterEnd && one.class === name && one.sector === sector;
      const truth = without.find(same) ?? flow;
      const sum = sumsOf(panels.get(quarterEnd)!).get(`${name} ${sector}`)!;
      expect([sum.buyers, sum.sellers]).toEqual([truth.buyers, truth.sellers]);
      expect(Math.abs(sum.buy - truth.longBuyUsd)).toBeLessThan(0.01 * (sum.buyers + 1));
      expect(Math.abs(sum.sell - truth.longSellUsd)).toBeLessThan(0.01 * (sum.sellers + 1));
    }
  });

  it('no buying in the split, the spin-off and the merger', () => {
    for (const { symbol, quarterEnd } of thirteenF.events) {
      const panel = panels.get(quarterEnd)!;
      const security = securityOf(panel, symbol);
      const { factor, reason } = panel.securities[security]!;
      expect([symbol, factor]).toEqual([symbol, null]);
      expect(reason).not.toBeNull();
      const nets = [...panel.positions.netUsd].filter((_, i) => panel.positions.security[i] === security);
      expect(nets.every(Number.isNaN)).toBe(true);
    }
  });

  it('who files for the first time and who only files a notice', () => {
    const ciksOf = (kind: string) => thirteenF.peculiarities.find((one) => one.kind === kind)!.ciks;
    const [notice] = ciksOf('notice-and-included-manager');
    for (const panel of panels.values()) expect(panel.excluded.map(({ cik }) => cik)).toContain(notice);
    const [first] = ciksOf('first-filing');
    const excludedIn = [...panels].filter(([, { excluded }]) => excluded.some(({ cik }) => cik === first));
    expect(excludedIn.map(([end]) => end)).toEqual([thirteenF.quarters[3]!.end]);
  });
});

describe('the program finds in the simulated ledger', () => {
  let series: LedgerFlowSeries[];
  beforeAll(async () => {
    series = await readLedgerFlows(view);
  });

  it('the four legs of every class and of institutions in the planted weeks and the last 60, to the cent', () => {
    for (const name of [...Object.keys(ledger.plants[0]!.classes), INSTITUTIONS]) {
      const own = series.find((one) => one.class === name && one.sector === 'technology')!;
      const rows = new Map(ledgerFlowRows(own).map((row) => [row.periodEnd as string, row]));
      for (const week of [...ledger.plants, ...ledger.weeklyFlows]) {
        const truth = name === INSTITUTIONS ? week.nonRetail : week.classes[name as 'pension'];
        const row = rows.get(week.periodEnd)!;
        expect({
          longBuyUsd: row.longBuy,
          longSellUsd: row.longSell,
          shortSellUsd: row.shortSell,
          shortCoverUsd: row.shortCover,
          grossBuyUsd: row.grossBuy,
          grossSellUsd: row.grossSell,
          netUsd: row.net,
        }).toEqual(truth);
      }
    }
  });
});
