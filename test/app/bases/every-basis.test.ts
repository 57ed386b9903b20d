import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type DriversAnswerQuestion,
  FLOW_BASES,
  type FlowBasis,
  showDrivers,
} from '../../../src/app/index.js';
import { run } from '../../../src/cli/run.js';
import {
  type DriversAnswerRow,
  dayNumber,
  type IsoDate,
  parseInstant,
  previousTradingDay,
} from '../../../src/core/index.js';
import { simulateMarket } from '../../../src/simulate/index.js';
import { BasisWorld, filesOf, fundShares } from './basis-world.js';

const FUNDS = ['XLK', 'XLE', 'XLF', 'XLI', 'XLB'];
const [FROM, TO] = ['2021-01-04' as IsoDate, '2026-11-06' as IsoDate];
const QUESTION = { report: 'futures-only', resamples: 49, seed: 1 } as const;

const market = simulateMarket({ seed: 5 });
let written: Promise<Map<string, Uint8Array>> | undefined;
const files = () => {
  written ??= filesOf(market);
  return written;
};

const tenYear = market.macro.find(({ id }) => id === 'DGS10')!;
const yieldOn = new Map(tenYear.dates.map((date, i) => [date, tenYear.values[i]]));

/** Creations of technology go with falls of the ten-year yield, day by day. */
function pull(fund: string, date: IsoDate): number {
  const [now, before] = [yieldOn.get(date), yieldOn.get(previousTradingDay(date))];
  return fund === 'XLK' && now != null && before != null ? -12 * (now - before) : 0;
}

const only = <Kind extends DriversAnswerRow['kind']>(rows: readonly DriversAnswerRow[], kind: Kind) =>
  rows.filter((row): row is Extract<DriversAnswerRow, { kind: Kind }> => row.kind === kind);

const STUDIES = ['drivers', 'aftermath', 'unison', 'buyers'] as const;
const DRAWS: Readonly<Record<(typeof STUDIES)[number], readonly string[]>> = {
  drivers: ['--resamples', '20'],
  aftermath: ['--resamples', '20'],
  unison: ['--resamples', '20'],
  buyers: [],
};

/** The basis that a study has no answer on, whatever is in the store. */
const SILENT: Readonly<Partial<Record<(typeof STUDIES)[number], FlowBasis>>> = {
  aftermath: '13f',
  unison: 'etf',
};

/** Filters that a user may put to any study, right or wrong for the basis. */
const FILTERS: readonly (readonly string[])[] = [
  [],
  ['--sector', 'technology'],
  ['--sector', 'utilities', '--class', 'pension'],
  ['--class', 'retail'],
  ['--contract', '20974+'],
  ['--week', '2026-10-17'],
  ['--week', '2001-01-03'],
  ['--as-of', '2012-01-01'],
];

/** What a line to the user must do beside saying no: name the way out. */
const WAY_OUT = /import|ask |leave |one of|shows|'tidemark /;

interface Outcome {
  readonly code: number;
  readonly stderr: string;
  readonly rows: readonly Record<string, unknown>[] | null;
}

describe('every study on every basis, with every filter', () => {
  const outputs = mkdtempSync(join(tmpdir(), 'tidemark-matrix-'));
  let full: BasisWorld;
  let empty: BasisWorld;

  async function ask(store: string, args: readonly string[]): Promise<Outcome> {
    const file = join(outputs, 'answer.json');
    rmSync(file, { force: true });
    let stderr = '';
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      stderr += String(chunk);
      return true;
    });
    const asOf = args.includes('--as-of') ? [] : ['--as-of', '2026-11-20'];
    const code = await run([
      'node',
      'tidemark',
      ...args,
      ...asOf,
      '--store',
      store,
      '--format',
      'json',
      '--out',
      file,
      '--quiet',
    ]).finally(() => spy.mockRestore());
    const rows = code === 0 ? JSON.parse(readFileSync(file, 'utf8')).data : null;
    return { code, stderr, rows };
  }

  function expectAnswer({ code, stderr, rows }: Outcome, what: string): void {
    expect([0, 2, 4], `${what}: ${stderr}`).toContain(code);
    if (rows !== null) {
      expect(rows.length, what).toBeGreaterThan(0);
      return;
    }
    expect(stderr.trim().split('\n'), what).toHaveLength(1);
    expect(stderr, what).toMatch(WAY_OUT);
    expect(stderr, what).not.toMatch(/undefined|NaN|null|\[object/);
  }

  beforeAll(async () => {
    process.setMaxListeners(0);
    process.stdout.setMaxListeners(0);
    full = new BasisWorld(
      await files(),
      /^(cftc\/FinFut2[56]|universe|ledger|thirteen-f\/01(mar|jun)2026|thirteen-f\/cusip)|index-daily/,
    );
    full.keepFrom('market/ledger/executions.csv', '2026-09-01');
    full.write(
      'market/etf/shares.csv',
      fundShares(['XLK', 'XLE', 'XLF', 'SPY'], ['2026-07-06' as IsoDate, '2026-11-06' as IsoDate]),
    );
    await full.import('market');
    await full.importTape('2026-10-05' as IsoDate, '2026-10-16' as IsoDate, ['IT1', 'IT2', 'EN1']);
    empty = new BasisWorld(await files(), /^universe/);
    await empty.import('market');
  });
  afterAll(() => {
    full.remove();
    empty.remove();
    rmSync(outputs, { recursive: true, force: true });
  });

  describe.each(STUDIES)('%s', (study) => {
    test.each(FLOW_BASES)(
      'answers on basis %s, or says in one line why not and what to do',
      async (basis) => {
        for (const filter of FILTERS) {
          const args = [study, '--basis', basis, ...filter, ...DRAWS[study]];
          const outcome = await ask(full.storeDirectory, args);
          expectAnswer(outcome, args.join(' '));
          if (filter.length === 0) expect(outcome.code).toBe(SILENT[study] === basis ? 4 : 0);
        }
      },
    );

    test('says of a store without flows what is missing', async () => {
      for (const basis of FLOW_BASES) {
        const outcome = await ask(empty.storeDirectory, [study, '--basis', basis, ...DRAWS[study]]);
        expect(outcome.code, `${study} ${basis}: ${outcome.stderr}`).toBe(4);
        expectAnswer(outcome, `${study} ${basis}`);
      }
    });
  });
});

describe('drivers on bases other than futures', () => {
  let world: BasisWorld;
  const ask = (question: Partial<DriversAnswerQuestion>, asOf = '2026-11-20') =>
    showDrivers(world.context(parseInstant(asOf)), { ...QUESTION, basis: 'etf', ...question });

  beforeAll(async () => {
    world = new BasisWorld(
      await files(),
      /^(universe|macro|ledger|thirteen-f\/01(mar|jun)2026|thirteen-f\/cusip)|index-daily/,
    );
    world.keepFrom('market/ledger/executions.csv', '2022-01-03');
    world.write('market/etf/shares.csv', fundShares(FUNDS, [FROM, TO], pull));
    await world.import('market');
    await world.importTape('2026-10-05' as IsoDate, '2026-10-16' as IsoDate, ['IT1', 'IT2', 'EN1']);
  });
  afterAll(() => world.remove());

  test('etf: finds that creations went with the ten-year yield, and no rotation', async () => {
    const { data } = await ask({ sector: 'technology' });
    const [model] = only(data, 'model');
    expect(model).toMatchObject({ basis: 'etf', sector: 'technology', reason: null });
    expect(model!.n).toBeGreaterThan(200);
    const ten = only(data, 'coefficient').find(({ factor }) => factor === 'ten-year-yield-change')!;
    expect(ten.t).toBeLessThan(-4);
    const drivers = new Map(only(data, 'driver').map((row) => [row.driver, row]));
    expect(drivers.get('macro')!.r2ShareLow).toBeGreaterThan(0.02);
    expect(drivers.get('rotation')!.verdict).toBe('not shown');
    expect(drivers.get('ai')).toMatchObject({ verdict: null, contribution: null });
  });

  test('ledger: fits each class, and names across the sector', async () => {
    const { data } = await ask({ basis: 'ledger', sector: 'technology', classes: ['hedge-fund', 'retail'] });
    const models = only(data, 'model');
    expect(models.map((row) => row.class).sort()).toEqual(['hedge-fund', 'retail']);
    for (const { n, r2 } of models) {
      expect(n).toBeGreaterThanOrEqual(156);
      expect(r2).toBeGreaterThan(0);
    }
    const size = only(data, 'cross-section').find(({ exposure }) => exposure === 'momentum')!;
    expect(size.reason).not.toMatch(/ledger alone/);
  });

  test('13f: takes factors over the quarter, and says that there are too few quarters for the regression', async () => {
    const { data, notes } = await ask({ basis: '13f', sector: 'technology', week: '2026-05-04' as IsoDate });
    const [model] = only(data, 'model');
    expect(model).toMatchObject({ periodStart: '2026-04-01', periodEnd: '2026-06-30', r2: null, n: 0 });
    expect(model!.declaration).toMatch(/in the quarter and in 80 quarters before/);
    expect(model!.reason).toMatch(/^the flow of the quarter has no volScaled net: .*needs 80 quarters/);
    for (const row of only(data, 'driver')) {
      expect(row).toMatchObject({ verdict: null, falsified: null });
      expect(row.falsifier).not.toMatch(/week/);
    }
    const factor = (name: string) => only(data, 'factor').find((row) => row.factor === name)!;
    const value = (date: IsoDate): number => Number(yieldOn.get(date)!.toFixed(2));
    expect(factor('ten-year-yield-change').value).toBeCloseTo(
      value('2026-06-30' as IsoDate) - value('2026-03-31' as IsoDate),
      10,
    );
    expect(factor('matched-amount').value).not.toBeNull();
    expect(notes.join(' ')).toMatch(/Basis 13f is quarterly/);
    const [policy] = only(data, 'policy');
    expect(policy!.state).not.toBeNull();
  });

  test('tape: tells the factors of a young tape, and why nothing can be fitted', async () => {
    const { data } = await ask({ basis: 'tape' });
    const [model] = only(data, 'model');
    expect(model).toMatchObject({ basis: 'tape', r2: null });
    expect(model!.reason).toMatch(/fewer than 52 earlier weeks .* needs 156 weeks/);
    expect(only(data, 'factor').find((row) => row.factor === 'market-return')!.value).not.toBeNull();
  });

  test('a later fact changes no answer of before', async () => {
    const before = await ask({ week: '2026-05-06' as IsoDate }, '2026-05-20');
    world.write('later/shares.csv', fundShares(FUNDS, ['2026-11-09' as IsoDate, '2026-11-13' as IsoDate]));
    await world.import('later');
    const after = await ask({ week: '2026-05-06' as IsoDate }, '2026-05-20');
    expect(dayNumber(only(after.data, 'model')[0]!.periodEnd)).toBeLessThan(dayNumber(TO));
    expect(after.data).toEqual(before.data);
  });
});
