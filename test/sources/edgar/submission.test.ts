import { describe, expect, test } from 'vitest';
import { FormatError, formatInstant, KNOWN_AT_IMPORT } from '../../../src/core/index.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';
import { MAX_XML_DEPTH, MAX_XML_TEXT } from '../../../src/sources/edgar/layout.js';
import { coverXml, entryXml, fileOf, readFile, submissionText, tableXml } from './edgar-support.js';

const withTable = (entries: readonly string[], cover = coverXml({ entries: entries.length }), prefix = '') =>
  fileOf(
    'x.txt',
    submissionText([
      { type: '13F-HR', body: cover },
      { type: 'INFORMATION TABLE', body: tableXml(entries, prefix) },
    ]),
  );
const table = (text: string) => readFile(fileOf('t.xml', text));

describe('submissions', () => {
  test('header, cover and table become one filing and its holdings', () => {
    const read = readFile(withTable([entryXml()]));
    expect(read.rows('filings')[0]).toMatchObject({
      accessionNumber: '0001234567-25-000001',
      cik: '0001234567',
      managerName: 'SOME CAPITAL LP',
      formType: '13F-HR',
      periodOfReport: '2024-12-31',
      filedDate: '2025-02-10',
      reportType: 'holdings',
      reconciled: true,
    });
    expect(read.facts[0]).toMatchObject({
      periodStart: '2024-10-01',
      periodEnd: '2024-12-31',
      knownAtKind: 'published',
    });
    expect(formatInstant(read.facts[0]!.knownAt)).toBe('2025-02-10T21:30:15Z');
    expect(read.rows('holdings')[0]).toMatchObject({
      cusip: '037833100',
      valueUsd: 15_000,
      amount: 100,
      votingSole: 100,
    });
  });

  test.each(['', 'ns1:', 'n1:', 'whatever:'])("the prefix '%s' does not matter", (prefix) => {
    const read = readFile(withTable([entryXml({}, prefix)], coverXml(), prefix));
    expect(read.rows('holdings')).toHaveLength(1);
  });

  test('options are told apart from shares', () => {
    const rows = readFile(
      withTable([entryXml({ putCall: 'Put' }), entryXml({ putCall: 'CALL' }), entryXml()]),
    ).rows('holdings');
    expect(rows.map((row) => row.putCall)).toEqual(['put', 'call', null]);
  });

  test('an amendment keeps its kind and number', () => {
    const amendment =
      '<isAmendment>true</isAmendment><amendmentNo>2</amendmentNo><amendmentInfo><amendmentType>NEW HOLDINGS</amendmentType></amendmentInfo>';
    const filing = readFile(withTable([entryXml()], coverXml({ amendment, form: '13F-HR/A' }))).rows(
      'filings',
    )[0];
    expect(filing).toMatchObject({ amendmentType: 'NEW HOLDINGS', amendmentNumber: 2 });
  });

  test('a notice has a filing and no holdings', () => {
    const cover = coverXml({ form: '13F-NT', report: '13F NOTICE' }).replace(
      /<summaryPage>.*<\/summaryPage>/,
      '',
    );
    const read = readFile(fileOf('n.txt', submissionText([{ type: '13F-NT', body: cover }], '13F-NT')));
    expect(read.rowsRead).toBe(1);
    expect(read.rows('filings')[0]).toMatchObject({
      reportType: 'notice',
      valueUnit: null,
      entriesRead: null,
      reconciled: null,
    });
  });

  test('tables in several documents are one table', () => {
    const read = readFile(
      fileOf(
        'two.txt',
        submissionText([
          { type: '13F-HR', body: coverXml({ entries: 3, value: 45_000 }) },
          { type: 'INFORMATION TABLE', body: tableXml([entryXml(), entryXml()]) },
          { type: 'INFORMATION TABLE', body: tableXml([entryXml()]) },
        ]),
      ),
    );
    expect(read.rows('holdings').map((row) => row.entry)).toEqual([1, 2, 3]);
    expect(read.rows('filings')[0]).toMatchObject({ reconciled: true, entriesRead: 3 });
  });

  test('what does not reconcile is kept and flagged, with the differences', () => {
    const filing = readFile(withTable([entryXml()], coverXml({ entries: 2, value: 20_000 }))).rows(
      'filings',
    )[0];
    expect(filing).toMatchObject({ reconciled: false, entriesDifference: -1, valueDifference: -5000 });
    expect(filing?.reconciliation).toContain('1 entries read, 2 declared');
  });

  test('a total in another unit than its rows is named', () => {
    const filing = readFile(withTable([entryXml({ value: '15000000', amount: '100000' })])).rows(
      'filings',
    )[0];
    expect(filing?.reconciliation).toContain('a thousandth of the rows');
  });

  test('rounding of each row is within the tolerance, more is not', () => {
    const entries = [entryXml({ value: '15001' }), entryXml({ value: '15001' })];
    const reconciledAt = (value: number) =>
      readFile(withTable(entries, coverXml({ entries: 2, value }))).rows('filings')[0]!.reconciled;
    expect(reconciledAt(30_003)).toBe(true);
    expect(reconciledAt(30_004)).toBe(false);
  });

  test('a holdings report whose table is missing does not reconcile', () => {
    const filing = readFile(fileOf('m.txt', submissionText([{ type: '13F-HR', body: coverXml() }]))).rows(
      'filings',
    )[0];
    expect(filing).toMatchObject({ entriesRead: 0, reconciled: false, entriesDifference: -1 });
  });

  test('other forms are left to other readers', () => {
    const text = submissionText([{ type: '10-Q', body: 'x' }], '10-Q');
    expect(edgarReader.detect(fileOf('q.txt', text), {})).toBeNull();
  });

  test('a submission without anything to read is refused in one line', () => {
    const file = fileOf('empty.txt', submissionText([{ type: '13F-HR', body: 'nothing' }]));
    expect(() => readFile(file)).toThrow(FormatError);
    expect(() => readFile(file)).toThrow(/no cover page and no information table/);
  });
});

describe('entries that cannot be read', () => {
  test.each([
    [{ value: '12,34' }, 'value', '12,34'],
    [{ value: '-5' }, 'value', '-5'],
    [{ value: '99999999999999999' }, 'value', '99999999999999999'],
    [{ amount: 'many' }, 'sshPrnamt', 'many'],
    [{ type: 'BONDS' }, 'sshPrnamtType', 'BONDS'],
    [{ putCall: 'Straddle' }, 'putCall', 'Straddle'],
    [{ cusip: '' }, 'cusip', ''],
  ])('%j is set aside with its column', (fields, column, found) => {
    const read = readFile(withTable([entryXml(), entryXml(fields), entryXml()]));
    expect(read.rows('holdings').map((row) => row.entry)).toEqual([1, 3]);
    expect(read.setAside).toEqual([
      expect.objectContaining({ column, found, rowNumber: 3, periodEnd: '2024-12-31' }),
    ]);
    expect(read.rowsRead).toBe(4);
  });

  test('a wrong check digit keeps the row and flags it', () => {
    const read = readFile(withTable([entryXml({ cusip: '037833101' })]));
    expect(read.rows('holdings')[0]).toMatchObject({ cusip: '037833101', cusipValid: false });
  });

  test('lost zeros come back and are flagged', () => {
    const read = readFile(withTable([entryXml({ cusip: '37833100' })]));
    expect(read.rows('holdings')[0]).toMatchObject({ cusip: '037833100', flags: 'cusip-zeros-restored' });
  });

  test('a filing whose values fit no unit is set aside row by row, its cover kept', () => {
    const read = readFile(withTable([entryXml({ value: '90000000', amount: '3' })]));
    expect(read.rows('holdings')).toEqual([]);
    expect(read.rows('filings')[0]).toMatchObject({ valueUnit: 'neither', entriesRead: 1 });
    expect(read.setAside[0]).toMatchObject({ column: 'value', found: '90000000' });
    expect(read.setAside[0]?.reason).toContain('neither');
  });

  test('an undecided unit leaves dollars null and shares as they are', () => {
    const read = table(tableXml([entryXml({ value: '15000000', amount: '10000000' })]));
    expect(read.rows('holdings')[0]).toMatchObject({ valueUsd: null, amount: 10_000_000 });
    expect(read.rows('filings')[0]).toMatchObject({ valueUnit: 'undecided' });
  });
});

describe('XML that is refused', () => {
  test.each([
    [
      'a DOCTYPE with entities',
      '<!DOCTYPE informationTable [<!ENTITY a "b">]><informationTable>&a;</informationTable>',
      'DOCTYPE',
    ],
    [
      'an external entity',
      '<!DOCTYPE informationTable SYSTEM "file:///etc/passwd"><informationTable/>',
      'DOCTYPE',
    ],
    [
      'an undefined entity',
      '<informationTable><infoTable><cusip>&x;</cusip></infoTable></informationTable>',
      'undefined entity',
    ],
    ['a table cut off', tableXml([entryXml()]).slice(0, -40), 'not well-formed'],
    ['nesting without end', `<informationTable>${'<a>'.repeat(MAX_XML_DEPTH)}`, 'nested deeper'],
    [
      'an endless text',
      tableXml([entryXml({ issuer: 'A'.repeat(MAX_XML_TEXT + 1) })]),
      'more than 65536 characters',
    ],
  ])('%s', (_, text, message) => {
    expect(() => table(text)).toThrow(FormatError);
    expect(() => table(text)).toThrow(message);
  });

  test('the five entities of XML itself are read', () =>
    expect(
      table(tableXml([entryXml({ issuer: 'A &amp; B &lt;C&gt;' })])).rows('holdings')[0]?.issuerName,
    ).toBe('A & B <C>'));

  test('a billion laughs inside a submission are refused too', () => {
    const laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>';
    const file = fileOf(
      'l.txt',
      submissionText([
        { type: '13F-HR', body: coverXml() },
        { type: 'INFORMATION TABLE', body: `${laughs}${tableXml([entryXml()])}` },
      ]),
    );
    expect(() => readFile(file)).toThrow(FormatError);
  });
});

describe('what a lone document can tell', () => {
  test('an original cover page is known at its deadline, or its later signature', () => {
    const early = readFile(fileOf('c.xml', coverXml()));
    expect(formatInstant(early.facts[0]!.knownAt)).toBe('2025-02-15T04:59:59Z');
    const late = readFile(fileOf('c.xml', coverXml().replace('02-10-2025', '06-30-2025')));
    expect(formatInstant(late.facts[0]!.knownAt)).toBe('2025-07-01T03:59:59Z');
  });

  test('an amendment without a date is known when it is imported', () => {
    const fact = readFile(fileOf('c.xml', coverXml({ form: '13F-HR/A' }))).facts[0];
    expect(fact).toMatchObject({ knownAt: KNOWN_AT_IMPORT, knownAtKind: 'import' });
  });

  test('parts of one archive are named apart, whatever hash they share', () => {
    const names = [tableXml([entryXml()]), tableXml([entryXml({ value: '15001' })]), coverXml()].map(
      (xml) =>
        readFile({ ...fileOf('a.zip/t.xml', xml), sha256: 'ab'.repeat(32) }).rows('filings')[0]
          ?.accessionNumber,
    );
    expect(new Set(names).size).toBe(3);
  });

  test('a table alone is named by its content', () => {
    const file = fileOf('t.xml', tableXml([entryXml()]));
    expect(readFile(file).rows('holdings')[0]?.accessionNumber).toBe(`file-${file.sha256.slice(0, 16)}`);
  });
});
