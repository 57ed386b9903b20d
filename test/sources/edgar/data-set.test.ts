import { describe, expect, test } from 'vitest';
import { FormatError, formatInstant, type MemberBatch } from '../../../src/core/index.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';
import { DATA_SET_MEMBERS } from '../../../src/sources/edgar/layout.js';
import { ACCESSIONS, dataSetFiles, memberText, SAMPLE, type TsvRows } from './data-set-support.js';
import { collect, fileOf } from './edgar-support.js';

function readGroup(rows: TsvRows) {
  const files = dataSetFiles(rows).map((file) => ({ file, detection: edgarReader.detect(file, {})! }));
  const batches: MemberBatch[] = [...edgarReader.readGroup!(files, {})];
  return { ...collect('data-set', batches), batches, files };
}

describe('members', () => {
  test.each(DATA_SET_MEMBERS)('%s is recognised by its columns, as one of a group', (member) => {
    const detection = edgarReader.detect(fileOf('renamed.txt', memberText(member, [])), {});
    expect(detection).toMatchObject({ kind: `sec-13f-data-set:${member}`, group: 'sec-13f-data-set' });
  });

  test('INFOTABLE without FIGI, as before 2023, is recognised too', () => {
    const text = memberText('INFOTABLE', []).replace('FIGI\t', '');
    expect(edgarReader.detect(fileOf('x', text), {})?.kind).toBe('sec-13f-data-set:INFOTABLE');
  });

  test('one part alone is refused with the way out', () => {
    const file = fileOf('INFOTABLE.tsv', memberText('INFOTABLE', SAMPLE.INFOTABLE));
    expect(() => [...edgarReader.read(file, edgarReader.detect(file, {})!, {})]).toThrow(FormatError);
    expect(() => readGroup({ SUBMISSION: SAMPLE.SUBMISSION })).toThrow(/without INFOTABLE.tsv/);
  });
});

describe('a data set', () => {
  const read = readGroup(SAMPLE);
  const filings = read.rows('filings');
  const holdings = read.rows('holdings');

  test('joins a filing from its members', () => {
    expect(filings.map((row) => row.accessionNumber)).toEqual(ACCESSIONS);
    expect(filings[0]).toMatchObject({
      cik: '0000000011',
      managerName: 'FIRST LP',
      formType: '13F-HR',
      periodOfReport: '2023-12-31',
      filedDate: '2024-02-14',
      acceptedAt: null,
      reportType: 'holdings',
      declaredEntries: 4,
      entriesRead: 4,
      valueUnit: 'dollars',
      reconciled: true,
      confidentialOmitted: false,
    });
    expect(filings[1]).toMatchObject({
      managerName: 'SECOND "QUOTED" LP',
      amendmentType: 'RESTATEMENT',
      amendmentNumber: 1,
      reportType: 'combination',
      managersReportingFor: '0000000044 FOURTH LP',
      includedManagers: '1 0000000055 FIFTH LP; 2 SIXTH LP',
      valueUnit: 'thousands',
    });
    expect(filings[2]).toMatchObject({ reportType: 'notice', valueUnit: null, entriesRead: null });
  });

  test('a filing is known at the end of its filing day in New York', () => {
    const facts = read.facts.filter((fact) => fact.table === 'filings');
    expect(formatInstant(facts[0]!.knownAt)).toBe('2024-02-15T04:59:59Z');
    expect(facts[0]).toMatchObject({ knownAtKind: 'rule', periodStart: '2023-10-01', rowNumber: 2 });
  });

  test('entries are numbered within their filing, in the order of the file', () => {
    expect(holdings.map((row) => [row.accessionNumber!.slice(9, 10), row.entry])).toEqual([
      ['1', 1],
      ['1', 2],
      ['2', 1],
      ['1', 3],
      ['2', 2],
      ['1', 4],
    ]);
    expect(holdings[1]).toMatchObject({ issuerName: '"UNCLOSED QUOTE INC', putCall: 'put' });
    expect(holdings[2]).toMatchObject({
      cusip: '037833100',
      valueUsd: 1_850_000,
      cik: '0000000022',
      flags: 'cusip-zeros-restored',
    });
  });

  test('every row of every member is accounted for', () => {
    for (const [member, { file }] of read.files.entries()) {
      const rows = new TextDecoder().decode(file.bytes).trimEnd().split('\n').length - 1;
      const counted = read.batches
        .filter((batch) => batch.member === member)
        .reduce((sum, batch) => sum + batch.rowsRead, 0);
      expect([file.name, counted]).toEqual([file.name, rows]);
    }
    expect(read.setAside.map((row) => [row.column, row.rowNumber])).toEqual([
      ['sshPrnamt', 8],
      ['ACCESSION_NUMBER', 9],
    ]);
  });

  test('rows that cannot be placed are set aside in their own member', () => {
    const broken = readGroup({
      ...SAMPLE,
      SUBMISSION: [
        ...SAMPLE.SUBMISSION,
        SAMPLE.SUBMISSION[0]!,
        { ...SAMPLE.SUBMISSION[0]!, ACCESSION_NUMBER: 'x', FILING_DATE: '31-FEB-2024' },
      ],
      SUMMARYPAGE: [...SAMPLE.SUMMARYPAGE, { ACCESSION_NUMBER: 'unknown' }],
    });
    expect(broken.setAside.map((row) => row.column)).toEqual([
      'ACCESSION_NUMBER',
      'ACCESSION_NUMBER',
      'FILING_DATE',
      'sshPrnamt',
      'ACCESSION_NUMBER',
    ]);
  });

  test('a row with a field too many is set aside whole', () => {
    const files = dataSetFiles(SAMPLE).map((file) =>
      file.name.includes('INFOTABLE')
        ? fileOf(file.name, new TextDecoder().decode(file.bytes).replace('APPLE INC', 'APPLE\tINC'))
        : file,
    );
    const group = files.map((file) => ({ file, detection: edgarReader.detect(file, {})! }));
    const again = collect('data-set', edgarReader.readGroup!(group, {}));
    expect(again.setAside[0]).toMatchObject({
      column: null,
      rowNumber: 2,
      expected: 'as many fields as the header',
    });
    expect(again.rows('filings')[0]).toMatchObject({ entriesRead: 3, reconciled: false });
  });
});
