import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SourceFile, standingFilings, type TableRow } from '../../src/core/index.js';
import { simulateMarket } from '../../src/simulate/index.js';
import { edgarReader } from '../../src/sources/edgar/index.js';
import { filesOf } from './files-in-memory.js';
import { dataSetsOf } from './thirteen-f-data-sets.js';

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
