import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Fact,
  SECTORS,
  type SetAsideRow,
  type SourceFile,
  type SourceReader,
} from '../../src/core/index.js';
import { type PlantTruth, simulateMarket } from '../../src/simulate/index.js';
import { cftcReader } from '../../src/sources/cftc/index.js';
import { fredReader } from '../../src/sources/fred/index.js';
import { levelsReader, pricesReader } from '../../src/sources/prices/index.js';
import { universeReader } from '../../src/sources/universe/index.js';
import { filesOf, onlyMember } from './files-in-memory.js';

const market = simulateMarket({ seed: 5 });
const files = await filesOf(market);

/** Columns of the positions table, by class in the order of the simulated histories. */
const CLASS_COLUMNS = ['dealer', 'assetManager', 'leveragedFund', 'otherReportable', 'nonReportable'];

interface ReadBack {
  readonly facts: Fact[];
  readonly setAside: (SetAsideRow & { readonly path: string })[];
  readonly rowsRead: number;
}

async function sourceFile(path: string): Promise<SourceFile> {
  const bytes = files.get(path)!;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!path.endsWith('.zip')) return { name: path, sha256, bytes };
  const member = await onlyMember(bytes);
  return { name: `${path}/${member.name}`, sha256, bytes: member.bytes };
}

async function readBack(reader: SourceReader, paths: readonly string[]): Promise<ReadBack> {
  const result: ReadBack = { facts: [], setAside: [], rowsRead: 0 };
  let rowsRead = 0;
  for (const path of paths) {
    const file = await sourceFile(path);
    const detection = reader.detect(file, {});
    expect(detection, path).not.toBeNull();
    for (const batch of reader.read(file, detection!, {})) {
      result.facts.push(...batch.facts);
      result.setAside.push(...batch.setAside.map((row) => ({ ...row, path })));
      rowsRead += batch.rowsRead;
    }
  }
  return { ...result, rowsRead };
}

const linesOf = (path: string): number =>
  Buffer.from(files.get(path)!).toString('utf8').trimEnd().split('\n').length - 1;

describe('the program reads back what was simulated', () => {
  it('every position row, and sets aside the misprinted one alone', async () => {
    const paths = [...files.keys()].filter((path) => path.startsWith('cftc/'));
    const { facts, setAside, rowsRead } = await readBack(cftcReader, paths);
    const [misprint] = market.truth.misprints;
    expect(setAside.map(({ path, subject, periodEnd }) => [path, subject, periodEnd])).toEqual([
      [misprint!.file, misprint!.subject, misprint!.date],
    ]);
    const published = market.futures.published.flatMap(({ history, published: weeks }) =>
      market.weeks.flatMap(({ periodEnd }, t) => (weeks[t]! ? [{ history, t, periodEnd }] : [])),
    );
    expect(rowsRead).toBe(published.length);
    const byKey = new Map(
      facts.map(({ row }) => {
        const position = row as Readonly<Record<string, unknown>>;
        return [`${position.contractCode} ${position.reportDate}`, position];
      }),
    );
    const differing = published.filter(({ history, t, periodEnd }) => {
      const row = byKey.get(`${history.contract.code} ${periodEnd}`);
      const printed = ['Long', 'Short'].flatMap((side) => CLASS_COLUMNS.map((name) => row?.[name + side]));
      const known = [row?.openInterest, row?.multiplier, row?.report, row?.grade, ...printed];
      const simulated = [
        history.openInterest[t],
        history.multiplier[t],
        'futures-only',
        'published',
        ...[history.long, history.short].flatMap((sides) => sides.map((side) => side[t])),
      ];
      return simulated.some((value, i) => value !== known[i]);
    });
    expect(differing.map(({ history, periodEnd }) => [history.contract.code, periodEnd])).toEqual([
      [misprint!.subject, misprint!.date],
    ]);
    expect(byKey.size).toBe(published.length - 1);
  });

  it('every index level, those that price the plants among them', async () => {
    const { facts } = await readBack(levelsReader, ['prices/index-daily.csv']);
    const closes = new Map(
      facts.map(({ row }) => {
        const level = row as Fact<'levels'>['row'];
        return [`${level.symbol} ${level.date}`, level.close];
      }),
    );
    for (const { priceSymbol, periodEnd, price } of market.truth.plants as readonly PlantTruth[]) {
      expect(closes.get(`${priceSymbol} ${periodEnd}`)).toBe(price);
    }
    expect(facts).toHaveLength(linesOf('prices/index-daily.csv'));
  });

  it('every price row, and sets aside the misprinted close alone', async () => {
    const { facts, setAside, rowsRead } = await readBack(pricesReader, ['prices/stocks-daily.csv']);
    const misprint = market.truth.misprints[1]!;
    expect(
      setAside.map(({ path, subject, periodEnd, column }) => [path, subject, periodEnd, column]),
    ).toEqual([[misprint.file, misprint.subject, misprint.date, misprint.column]]);
    expect(rowsRead).toBe(linesOf('prices/stocks-daily.csv'));
    expect(facts).toHaveLength(rowsRead - 1);
  });

  it('every corporate action', async () => {
    const { facts, setAside } = await readBack(pricesReader, ['prices/corporate-actions.csv']);
    expect(setAside).toEqual([]);
    expect(facts).toHaveLength(linesOf('prices/corporate-actions.csv'));
  });

  it('every name of the universe, every membership, and both sectors of the name that moved', async () => {
    const { facts, setAside } = await readBack(universeReader, [
      'universe/constituents.csv',
      'universe/sector-history.csv',
      'universe/membership-intervals.csv',
    ]);
    expect(setAside).toEqual([]);
    const rows = (table: string) =>
      facts.filter((fact) => fact.table === table).map(({ row }) => row as Readonly<Record<string, unknown>>);
    expect(rows('memberships')).toHaveLength(58);
    const sectors = rows('constituents').map(({ sector }) => sector);
    expect(new Set(sectors)).toEqual(new Set(SECTORS));
    const moved = rows('constituents').filter(({ symbol }) => symbol === 'CS1');
    expect(new Set(moved.map(({ sector }) => sector))).toEqual(
      new Set(['technology', 'communication-services']),
    );
  });

  it('every observation of the economic series, missing ones as missing', async () => {
    const paths = [...files.keys()].filter((path) => path.startsWith('macro/'));
    const { facts, setAside } = await readBack(fredReader, paths);
    expect(setAside).toEqual([]);
    const values = new Map(
      facts.map(({ row }) => {
        const { seriesId, date, value } = row as Fact<'macro'>['row'];
        return [`${seriesId} ${date}`, value];
      }),
    );
    const differing = market.macro.flatMap(({ id, dates, values: simulated, decimals }) =>
      dates.filter((date, i) => {
        const value = simulated[i]!;
        const expected = value === null ? null : Number(value.toFixed(decimals));
        return values.get(`${id} ${date}`) !== expected;
      }),
    );
    expect(differing).toEqual([]);
  });
});
