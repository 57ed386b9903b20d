import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  classifyManager,
  isCusip,
  parseManagerOverrides,
  type SourceFile,
  standingFilings,
  type TableRow,
} from '../../src/core/index.js';
import { type SimulatedMarket, simulateMarket } from '../../src/simulate/index.js';
import { edgarReader } from '../../src/sources/edgar/index.js';
import { filesOf, membersOf } from './files-in-memory.js';

const SEEDS = [1, 8];

type Tsv = Readonly<Record<string, string>>;

/** Rows of a member by column, cut at tabs. */
function tsvRows(text: string): Tsv[] {
  const [header, ...lines] = text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
  return lines.map((fields) => {
    if (fields.length !== header!.length) throw new Error(`${fields.length} fields: ${fields.join('|')}`);
    return Object.fromEntries(header!.map((column, i) => [column, fields[i]!]));
  });
}

interface DataSet {
  readonly path: string;
  readonly members: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly rows: Readonly<Record<string, readonly Tsv[]>>;
}

async function dataSetsOf(files: ReadonlyMap<string, Uint8Array>): Promise<DataSet[]> {
  const sets: DataSet[] = [];
  for (const [path, bytes] of files) {
    if (!/^thirteen-f\/.*\.zip$/.test(path)) continue;
    const members = await membersOf(bytes);
    const rows = members.map(({ name, bytes: text }) => [name, tsvRows(Buffer.from(text).toString('utf8'))]);
    sets.push({ path, members, rows: Object.fromEntries(rows) });
  }
  return sets;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
function isoDate(text: string): string {
  const [day, month, year] = text.split('-');
  return `${year}-${String(MONTHS.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
}

/** Shares by 'cik period cusip' and the filers of each period, by applying amendments in the order of filing. */
function positionsOf(sets: readonly DataSet[]): {
  shares: Map<string, number>;
  filers: Map<string, Set<string>>;
} {
  const all = (member: string): Tsv[] => sets.flatMap(({ rows }) => rows[member]!);
  const covers = new Map(all('COVERPAGE.tsv').map((row) => [row.ACCESSION_NUMBER, row]));
  const tables = new Map<string, Tsv[]>();
  for (const row of all('INFOTABLE.tsv')) {
    const table = tables.get(row.ACCESSION_NUMBER!) ?? [];
    tables.set(row.ACCESSION_NUMBER!, table);
    table.push(row);
  }
  const standing = new Map<string, Tsv[]>();
  const inOrder = all('SUBMISSION.tsv').toSorted((a, b) =>
    isoDate(a.FILING_DATE!) < isoDate(b.FILING_DATE!) ? -1 : 1,
  );
  const filers = new Map<string, Set<string>>();
  for (const {
    ACCESSION_NUMBER: accession,
    CIK: cik,
    PERIODOFREPORT: period,
    SUBMISSIONTYPE: form,
  } of inOrder) {
    if (form === '13F-NT') continue;
    const end = isoDate(period!);
    filers.set(end, (filers.get(end) ?? new Set()).add(cik!));
    const key = `${cik} ${end}`;
    const table = tables.get(accession!)!;
    const adds = covers.get(accession!)!.AMENDMENTTYPE === 'NEW HOLDINGS';
    standing.set(key, adds ? [...standing.get(key)!, ...table] : table);
  }
  const shares = new Map<string, number>();
  for (const [key, table] of standing) {
    for (const { CUSIP: cusip, SSHPRNAMT: amount, SSHPRNAMTTYPE: type, PUTCALL: option } of table) {
      if (type !== 'SH' || option !== '') continue;
      shares.set(`${key} ${cusip}`, (shares.get(`${key} ${cusip}`) ?? 0) + Number(amount));
    }
  }
  return { shares, filers };
}

describe.each(SEEDS)('the Form 13F data sets of seed %i', (seed) => {
  let market: SimulatedMarket;
  let files: Map<string, Uint8Array>;
  let sets: DataSet[];

  beforeAll(async () => {
    market = simulateMarket({ seed });
    files = await filesOf(market);
    sets = await dataSetsOf(files);
  });

  it('are six archives of seven members that belong together', () => {
    expect(sets).toHaveLength(6);
    expect(sets.at(-1)!.path).toBe('thirteen-f/01jun2026-31aug2026_form13f.zip');
    for (const { path, rows } of sets) {
      expect(Object.keys(rows).sort()).toEqual(
        [
          'COVERPAGE',
          'INFOTABLE',
          'OTHERMANAGER',
          'OTHERMANAGER2',
          'SIGNATURE',
          'SUBMISSION',
          'SUMMARYPAGE',
        ].map((name) => `${name}.tsv`),
      );
      const accessions = rows['SUBMISSION.tsv']!.map((row) => row.ACCESSION_NUMBER!);
      expect(new Set(accessions).size).toBe(accessions.length);
      for (const [member, table] of Object.entries(rows)) {
        const strangers = table.filter((row) => !accessions.includes(row.ACCESSION_NUMBER!));
        expect([path, member, strangers]).toEqual([path, member, []]);
      }
      expect(rows['COVERPAGE.tsv']).toHaveLength(accessions.length);
      const keys = rows['INFOTABLE.tsv']!.map((row) => row.INFOTABLE_SK);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { FILING_DATE: filed, PERIODOFREPORT: period } of rows['SUBMISSION.tsv']!)
        expect(isoDate(filed!) > isoDate(period!)).toBe(true);
    }
  });

  it('name invented securities by valid CUSIPs that nobody issues, all in the list', () => {
    const list = Buffer.from(files.get('thirteen-f/cusip-ticker.csv')!)
      .toString('utf8')
      .trimEnd()
      .split('\n');
    expect(list[0]).toBe('cusip,ticker');
    const listed = new Map(list.slice(1).map((line) => line.split(',') as [string, string]));
    const used = new Set(sets.flatMap(({ rows }) => rows['INFOTABLE.tsv']!.map((row) => row.CUSIP!)));
    for (const cusip of used) {
      expect(isCusip(cusip)).toBe(true);
      expect(cusip.startsWith('99')).toBe(true);
    }
    const shares = [...used].filter((cusip) => /^\d+$/.test(cusip));
    expect(shares.every((cusip) => listed.has(cusip))).toBe(true);
    expect(
      listed.get(market.truth.thirteenF.securities.find(({ symbol }) => symbol === 'IT4.B')!.cusip),
    ).toBe('IT4B');
  });

  it('have managers whose class the program tells, by name or by the file beside', () => {
    const json = Buffer.from(files.get('thirteen-f/manager-classes.json')!).toString('utf8');
    const overrides = parseManagerOverrides(json, 'manager-classes.json');
    const { managers } = market.truth.thirteenF;
    expect(new Set(managers.map(({ name }) => name)).size).toBe(managers.length);
    expect(managers.filter((one) => one.class === 'pension').length).toBeGreaterThan(5);
    expect(managers.filter((one) => one.class === 'sovereign-wealth').length).toBeGreaterThan(3);
    const wrong = managers.filter((one) => {
      const found = classifyManager(one, one.classFromNameAlone ? new Map() : overrides);
      return found.class !== one.class || found.passive !== one.passive || found.basis === 'register';
    });
    expect(wrong).toEqual([]);
    expect(managers.every(({ cik }) => Number(cik) > 9_000_000)).toBe(true);
  });

  it('have the true flows in their share counts', () => {
    const { quarters, managers, securities, bySecurity, flows } = market.truth.thirteenF;
    const { shares, filers } = positionsOf(sets);
    const classOf = new Map(managers.map((one) => [one.cik, one.class]));
    const sectorOf = new Map(securities.map((one) => [one.symbol, one.sector]));
    const sums = new Map<string, { buy: number; sell: number; buyers: number; sellers: number }>();
    for (const truth of bySecurity) {
      const before = quarters[quarters.findIndex(({ end }) => end === truth.quarterEnd) - 1]!.end;
      const { cusip } = securities.find(({ symbol }) => symbol === truth.symbol)!;
      const found = { buyers: 0, sellers: 0, deltaShares: 0 };
      for (const cik of filers.get(truth.quarterEnd)!) {
        if (!filers.get(before)!.has(cik)) continue;
        const held = (end: string): number => shares.get(`${cik} ${end} ${cusip}`) ?? 0;
        const delta = held(truth.quarterEnd) - held(before) * truth.splitFactor;
        found.deltaShares += delta;
        if (delta > 0) found.buyers++;
        if (delta < 0) found.sellers++;
        const key = `${truth.quarterEnd} ${classOf.get(cik)} ${sectorOf.get(truth.symbol)}`;
        const sum = sums.get(key) ?? { buy: 0, sell: 0, buyers: 0, sellers: 0 };
        sums.set(key, sum);
        sum.buy += Math.max(delta, 0) * truth.meanPrice!;
        sum.sell += Math.max(-delta, 0) * truth.meanPrice!;
        sum.buyers += Number(delta > 0);
        sum.sellers += Number(delta < 0);
      }
      const { buyers, sellers, deltaShares } = truth;
      expect([truth.symbol, found]).toEqual([truth.symbol, { buyers, sellers, deltaShares }]);
    }
    expect(flows.length).toBeGreaterThan(400);
    for (const { quarterEnd, class: name, sector, longBuyUsd, longSellUsd, buyers, sellers } of flows) {
      const sum = sums.get(`${quarterEnd} ${name} ${sector}`)!;
      expect([sum.buyers, sum.sellers]).toEqual([buyers, sellers]);
      expect(Math.abs(sum.buy - longBuyUsd)).toBeLessThan(0.006 + 1e-9 * longBuyUsd);
      expect(Math.abs(sum.sell - longSellUsd)).toBeLessThan(0.006 + 1e-9 * longSellUsd);
    }
  });

  it('price a quarter by its mean close as traded, in shares of its end', () => {
    const { bySecurity, quarters } = market.truth.thirteenF;
    const { sessions, stocks } = market.stocks;
    const misprint = market.misprints!.price;
    for (const symbol of ['IT6', 'ID5', 'MT5', 'UT2', misprint.symbol]) {
      const { bars, actions, lastSession } = stocks.find((one) => one.symbol === symbol)!;
      for (const truth of bySecurity.filter((one) => one.symbol === symbol)) {
        const { start, end } = quarters.find((quarter) => quarter.end === truth.quarterEnd)!;
        const closes = sessions.flatMap((day, i) => {
          if (day < start || day > end || i > lastSession) return [];
          if (symbol === misprint.symbol && day === misprint.date) return [];
          const ratio = (kinds: readonly string[], from: string): number =>
            actions
              .filter((one) => kinds.includes(one.kind) && one.date > from)
              .reduce((product, { split }) => product * split, 1);
          const asTraded = bars.close[i]! * ratio(['split', 'spin-off'], day);
          return [(asTraded * ratio(['split'], end)) / ratio(['split'], day)];
        });
        const mean = closes.reduce((sum, close) => sum + close, 0) / closes.length;
        expect(truth.meanPrice!).toBeCloseTo(mean, 8);
      }
    }
  });

  it('hold a split that scales every position, a spin-off that leaves them, and a merger that ends them', () => {
    const { bySecurity, events, quarters } = market.truth.thirteenF;
    const { shares } = positionsOf(sets);
    const total = (symbol: string, end: string): number => {
      const { cusip } = market.truth.thirteenF.securities.find((one) => one.symbol === symbol)!;
      return [...shares].reduce(
        (sum, [key, held]) => (key.endsWith(`${end} ${cusip}`) ? sum + held : sum),
        0,
      );
    };
    const growth = (kind: string): number => {
      const { symbol, quarterEnd } = events.find((one) => one.kind === kind)!;
      const q = quarters.findIndex(({ end }) => end === quarterEnd);
      return total(symbol, quarterEnd) / total(symbol, quarters[q - 1]!.end);
    };
    expect(growth('split')).toBeGreaterThan(7);
    expect(growth('split')).toBeLessThan(14);
    expect(growth('spin-off-booked-as-split')).toBeGreaterThan(0.7);
    expect(growth('spin-off-booked-as-split')).toBeLessThan(1.5);
    expect(growth('merger')).toBe(0);
    const factors = bySecurity.filter(({ splitFactor }) => splitFactor !== 1);
    expect(factors.map(({ symbol, splitFactor }) => [symbol, splitFactor])).toEqual([['IT6', 10]]);
    const merger = events.find(({ kind }) => kind === 'merger')!;
    expect(bySecurity.some((one) => one.symbol === 'MT5' && one.quarterEnd >= merger.quarterEnd)).toBe(false);
  });

  it('show technology bought in unison in the last quarter, and sold by the others', () => {
    const { flows, unison } = market.truth.thirteenF;
    const { quarterEnd, buyers, sellers } = unison.planted!;
    const of = (name: string) =>
      flows.find(
        (one) => one.quarterEnd === quarterEnd && one.class === name && one.sector === 'technology',
      )!;
    expect(buyers).toEqual(['hedge-fund', 'asset-manager', 'pension', 'sovereign-wealth']);
    for (const name of buyers) expect(of(name).buyers).toBeGreaterThan(3 * of(name).sellers);
    for (const name of sellers) expect(of(name).sellers).toBeGreaterThan(2 * of(name).buyers);
    expect(buyers.reduce((sum, name) => sum + of(name).netUsd, 0)).toBeGreaterThan(0);
  });
});

describe('the program reads the data sets', () => {
  const market = simulateMarket({ seed: 8 });
  let filings: TableRow<'filings'>[];
  let knownAt: Map<string, number>;
  let holdings: TableRow<'holdings'>[];

  beforeAll(async () => {
    filings = [];
    holdings = [];
    knownAt = new Map();
    for (const { path, members } of await dataSetsOf(await filesOf(market))) {
      const group = members.map(({ name, bytes }) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const file: SourceFile = { name: `${path}/${name}`, sha256, bytes };
        const detection = edgarReader.detect(file, {});
        expect([name, detection?.kind]).toEqual([name, `sec-13f-data-set:${name.replace('.tsv', '')}`]);
        return { file, detection: detection! };
      });
      for (const { facts, setAside } of edgarReader.readGroup!(group, {})) {
        expect(setAside).toEqual([]);
        for (const fact of facts) {
          if (fact.table === 'holdings') holdings.push(fact.row as TableRow<'holdings'>);
          else {
            const filing = fact.row as TableRow<'filings'>;
            filings.push(filing);
            knownAt.set(filing.accessionNumber!, fact.knownAt);
          }
        }
      }
    }
  });

  const oddity = (kind: string) => market.truth.thirteenF.peculiarities.find((one) => one.kind === kind)!;
  const filing = (accession: string) => filings.find((one) => one.accessionNumber === accession)!;

  it('every filing and every row', () => {
    expect(filings).toHaveLength(market.thirteenF.filings.length);
    expect(holdings).toHaveLength(market.thirteenF.filings.reduce((sum, { rows }) => sum + rows.length, 0));
    expect(holdings.filter(({ cusipValid }) => !cusipValid)).toEqual([]);
  });

  it('decides every unit right, and that of the filer in the wrong unit', () => {
    const wrong = new Set(oddity('wrong-unit').accessions);
    expect(wrong.size).toBe(6);
    const misjudged = filings.filter(
      ({ accessionNumber, formType, valueUnit }) =>
        formType !== '13F-NT' && valueUnit !== (wrong.has(accessionNumber!) ? 'thousands' : 'dollars'),
    );
    expect(
      misjudged.map(({ accessionNumber, valueUnitEvidence }) => [accessionNumber, valueUnitEvidence]),
    ).toEqual([]);
  });

  it('finds the one total that does not reconcile', () => {
    const faulty = filings.filter(({ reconciled }) => reconciled === false);
    expect(faulty.map(({ accessionNumber }) => accessionNumber)).toEqual(
      oddity('total-does-not-reconcile').accessions,
    );
  });

  it('applies the restatement and the new holdings', () => {
    const standingOf = (accessions: readonly string[]): string[] =>
      standingFilings(
        accessions.map((accession) => {
          const { amendmentType, amendmentNumber, entriesRead } = filing(accession);
          return {
            accessionNumber: accession,
            amendmentType,
            amendmentNumber,
            entriesRead,
            knownAt: knownAt.get(accession)! as never,
          };
        }),
      );
    const restated = oddity('restatement').accessions;
    expect(restated.map((accession) => filing(accession).amendmentType)).toEqual([null, 'RESTATEMENT']);
    expect(standingOf(restated)).toEqual([restated[1]]);
    const added = oddity('new-holdings').accessions;
    expect(added.map((accession) => filing(accession).entriesRead)[1]).toBe(2);
    expect(standingOf(added)).toEqual(added);
    expect(filing(added[0]!).confidentialOmitted).toBe(true);
  });

  it('tells shares from options and from principal, and the included manager from the filer', () => {
    const kinds = (of: readonly TableRow<'holdings'>[]) =>
      new Set(of.map((row) => `${row.amountType} ${row.putCall}`));
    expect(kinds(holdings)).toEqual(new Set(['SH null', 'SH put', 'SH call', 'PRN null']));
    const [noticed, reporter] = oddity('notice-and-included-manager').ciks;
    expect(holdings.some(({ cik }) => cik === noticed)).toBe(false);
    const theirs = holdings.filter(({ cik, otherManagers }) => cik === reporter && otherManagers !== null);
    expect(theirs.length).toBeGreaterThan(100);
    const notices = filings.filter(({ cik }) => cik === noticed);
    expect(notices.every(({ managersReportingFor }) => managersReportingFor!.includes(reporter!))).toBe(true);
  });
});

describe('the worlds of herding', () => {
  const panels = (['none', 'common-news', 'herding'] as const).map((herding) =>
    [11, 12, 13].map((seed) => simulateMarket({ seed, planted: false, herding }).truth.thirteenF),
  );
  const average = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  /** Pearson's dispersion of the share of buyers over names: 1 where every trade is an independent draw. */
  function dispersion({ bySecurity, quarters }: (typeof panels)[0][0]): number {
    return average(
      quarters.slice(1).map(({ end }) => {
        const names = bySecurity.filter((one) => one.quarterEnd === end);
        const traded = names.map(({ buyers, sellers }) => buyers + sellers);
        const share =
          names.reduce((sum, { buyers }) => sum + buyers, 0) / traded.reduce((sum, count) => sum + count, 0);
        const squares = names.map(
          ({ buyers }, j) => (buyers - share * traded[j]!) ** 2 / (traded[j]! * share * (1 - share)),
        );
        return squares.reduce((sum, square) => sum + square, 0) / (names.length - 1);
      }),
    );
  }

  /** Correlation over names of the share of buyers with that of the quarter before, pooled over quarters. */
  function following({ bySecurity, quarters }: (typeof panels)[0][0]): number {
    const shares = (end: string) =>
      new Map(
        bySecurity
          .filter((one) => one.quarterEnd === end)
          .map(({ symbol, buyers, sellers }) => [symbol, buyers / (buyers + sellers)]),
      );
    return average(
      quarters.slice(2).map(({ end }, i) => {
        const [now, before] = [shares(end), shares(quarters[i + 1]!.end)];
        const pairs = [...now].map(([symbol, share]) => [share, before.get(symbol)!] as const);
        const [meanNow, meanBefore] = [0, 1].map((side) => average(pairs.map((pair) => pair[side as 0]!)));
        const product = (a: 0 | 1, b: 0 | 1): number =>
          average(
            pairs.map(
              (pair) => (pair[a] - [meanNow!, meanBefore!][a]!) * (pair[b] - [meanNow!, meanBefore!][b]!),
            ),
          );
        return product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
      }),
    );
  }

  it('are coin tosses, tosses of the coins of one quarter, and tosses that remember', () => {
    const [none, news, herding] = panels.map((panel) => average(panel.map(dispersion)));
    expect(none!).toBeGreaterThan(0.75);
    expect(none!).toBeLessThan(1.15);
    expect(news!).toBeGreaterThan(2);
    expect(herding!).toBeGreaterThan(2);
    const [alone, forgotten, followed] = panels.map((panel) => average(panel.map(following)));
    expect(Math.abs(alone!)).toBeLessThan(0.12);
    expect(Math.abs(forgotten!)).toBeLessThan(0.12);
    expect(followed!).toBeGreaterThan(0.4);
  });

  it('differ in nothing that a filing day shows', () => {
    const [none, news] = [panels[0]![0]!, panels[1]![0]!];
    expect(news.quarters).toEqual(none.quarters);
    expect(news.managers).toEqual(none.managers);
    expect(none.unison).toEqual({
      world: 'none',
      parameters: { base: 0, news: 0, following: 0 },
      planted: null,
    });
  });
});
