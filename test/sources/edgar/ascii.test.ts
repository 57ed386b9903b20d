import { describe, expect, test } from 'vitest';
import { parseAsciiCover } from '../../../src/sources/edgar/ascii-cover.js';
import { parseAsciiTable } from '../../../src/sources/edgar/ascii-table.js';
import { coverXml, entryXml, fileOf, readFile, submissionText, tableXml } from './edgar-support.js';

const BERKSHIRE_STYLE = `<TABLE>
<CAPTION>
   Column 1     Title of     CUSIP          Value      Principal   (a)  Shared -  Shared-    Other      (a)       (b)    (c)
Name of Issuer    Class      Number    (In Thousands)    Amount   Sole   Defined   Other   Managers     Sole    Shared  None
--------------  --------  -----------  --------------  ---------  ----  --------  -------  --------  ---------  ------  ----
<S>             <C>       <C>          <C>             <C>        <C>   <C>       <C>      <C>       <C>        <C>     <C>
American
  Express Co       Com    025816 10 9       401,113    7,794,500            X               4, 5     7,794,500
                                            100,437    1,952,142   X                        17       1,952,142
Coca Cola          Com    191216 10 0     1,612,400   40,000,000                     X      4       40,000,000
                                          =========   ==========
                                          2,113,950   49,746,642
GRAND TOTAL                               2,113,950   49,746,642
</TABLE>`;

const FREE_STYLE = `<TABLE>
NAME OF ISSUER                 TITLE OF CLASS   CUSIP     VALUE   SHARES   SH/PRN PUT/CALL INVSTMT OTHER  SOLE SHARED NONE
ABBOTT LABS                    COM              002824100    1234    23,000 SH          SOLE           23000 0 0
CITIGROUP INC                  PUT              172967 10 1    456     9000SH   PUT     DEFINED  1,2    0 9000 0
FORD MTR CO DEL                NOTE 4.25% 12/1  345370CF5    1000   900000 PRN         OTHER          0 0 900000
SPREADSHEET VICTIM             COM              37833100      500    1000  SH          SOLE           1000 0 0
NO IDENTIFIER CORP             COM                             10     200  SH
TOTAL                                                        3200
</TABLE>`;

describe('tables in plain text', () => {
  test('columns of marks give discretion, managers and votes; lots inherit their security', () => {
    const entries = parseAsciiTable(BERKSHIRE_STYLE, 1);
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({
      issuerName: 'American Express Co',
      titleOfClass: 'Com',
      cusip: '025816 10 9',
      value: '401,113',
      amount: '7,794,500',
      discretion: 'DFND',
      otherManagers: '4, 5',
      votingSole: '7,794,500',
      rowNumber: 8,
    });
    expect(entries[1]).toMatchObject({
      cusip: '025816 10 9',
      value: '100,437',
      discretion: 'SOLE',
      otherManagers: '17',
      flags: ['security-of-row-above'],
    });
    expect(entries[2]).toMatchObject({ issuerName: 'Coca Cola', discretion: 'OTR', amount: '40,000,000' });
  });

  test('free spacing gives the same fields', () => {
    const entries = parseAsciiTable(FREE_STYLE, 1);
    expect(entries.map((entry) => entry.cusip)).toEqual([
      '002824100',
      '172967 10 1',
      '345370CF5',
      '37833100',
      null,
    ]);
    expect(entries[0]).toMatchObject({
      issuerName: 'ABBOTT LABS',
      value: '1234',
      amount: '23,000',
      amountType: 'SH',
      discretion: 'SOLE',
      votingSole: '23000',
      votingNone: '0',
    });
    expect(entries[1]).toMatchObject({
      amount: '9000',
      amountType: 'SH',
      putCall: 'PUT',
      discretion: 'DFND',
      otherManagers: '1,2',
      votingShared: '9000',
    });
    expect(entries[2]).toMatchObject({
      titleOfClass: 'NOTE 4.25% 12/1',
      amountType: 'PRN',
      discretion: 'OTR',
    });
  });

  test.each(['\r\n', '\r'])('lines end in %j as well', (end) => {
    expect(parseAsciiTable(BERKSHIRE_STYLE.replaceAll('\n', end), 1)).toEqual(
      parseAsciiTable(BERKSHIRE_STYLE, 1),
    );
  });

  test.each([
    ['(10)      20', '(10)', '20'],
    ['1,0O0     20', '1,0O0', '20'],
    ['-         20', '-', '20'],
    ['10*       20', '10*', '20'],
    ['10        2O', '10', '2O'],
    ['10        20', '10', '20'],
  ])('a figure that cannot be read does not give its place to the next: %s', (figures, value, amount) => {
    const [entry] = parseAsciiTable(`TIME WARNER    COM   887317303   ${figures} SH SOLE 30 0 0`, 1);
    expect(entry).toMatchObject({ value, amount, votingSole: '30', votingNone: '0' });
  });

  test('managers are numbers, and two votes in one column are none', () => {
    const [marked] = parseAsciiTable(
      'AT&T INC  COM  00206R102  300  10000   X    SHARED  1,2  10000  0  0',
      1,
    );
    expect(marked).toMatchObject({ otherManagers: '1,2', discretion: null, votingSole: '10000' });
    const lines = BERKSHIRE_STYLE.split('\n');
    const torn = lines.map((line) => line.replace('4, 5     7,794,500', '4, 5     7,7 94,500')).join('\n');
    expect(parseAsciiTable(torn, 1)[0]).toMatchObject({ votingSole: null, flags: ['voting-unreadable'] });
  });

  test('a row without an identifier is set aside, not dropped', () => {
    const cover = `FORM 13F COVER PAGE
Report for the Calendar Year or Quarter Ended: March 31, 2009
Check here if Amendment [ ]; Amendment Number:
Institutional Investment Manager Filing this Report:
Name:    OLD SCHOOL CAPITAL
Report Type (Check only one.):
[X] 13F HOLDINGS REPORT.
Form 13F Information Table Entry Total: 5
Form 13F Information Table Value Total: $3,200 (thousands)
`;
    const read = readFile(
      fileOf('old.txt', submissionText([{ type: '13F-HR', body: `${cover}\n${FREE_STYLE}` }])),
    );
    expect(read.rows('filings')[0]).toMatchObject({
      managerName: 'SOME CAPITAL LP',
      reportType: 'holdings',
      valueUnit: 'thousands',
      entriesRead: 5,
      valueRead: 3200,
      reconciled: true,
    });
    expect(read.rows('holdings')).toHaveLength(4);
    expect(read.rows('holdings')[3]).toMatchObject({ cusip: '037833100', flags: 'cusip-zeros-restored' });
    expect(read.setAside).toEqual([expect.objectContaining({ column: 'cusip', found: '' })]);
    expect(read.setAside[0]?.subject).toContain('NO IDENTIFIER CORP');
    expect(read.rowsRead).toBe(6);
  });
});

test.each(['13F-HR', 'EX-99'])('a table in a document of its own, of type %s, is read', (type) => {
  const cover = `FORM 13F COVER PAGE
Report for the Calendar Year or Quarter Ended: March 31, 2009
Institutional Investment Manager Filing this Report:
[X] 13F HOLDINGS REPORT.
Form 13F Information Table Entry Total: 5
Form 13F Information Table Value Total: $3,200 (thousands)
`;
  const documents = [
    { type: '13F-HR', body: cover },
    { type, body: FREE_STYLE },
    { type: 'EX-99', body: 'To whom it may concern: 025816109 is a number of ours.' },
  ];
  const read = readFile(fileOf('old.txt', submissionText(documents)));
  expect(read.rows('filings')[0]).toMatchObject({ entriesRead: 5, valueRead: 3200, reconciled: true });
  expect(read.rows('holdings')).toHaveLength(4);
  expect(read.rowsRead).toBe(6);
});

test('a list beside a table in XML is no second table', () => {
  const documents = [
    { type: '13F-HR', body: coverXml() },
    { type: 'INFORMATION TABLE', body: tableXml([entryXml()]) },
    { type: 'EX-99', body: `\n${FREE_STYLE}` },
  ];
  const read = readFile(fileOf('new.txt', submissionText(documents)));
  expect(read.rows('filings')[0]).toMatchObject({ entriesRead: 1, reconciled: true });
});

test('a list beside a notice is no table', () => {
  const cover =
    'FORM 13F COVER PAGE\nInstitutional Investment Manager Filing this Report:\n[X] 13F NOTICE.\n';
  const documents = [
    { type: '13F-NT', body: cover },
    { type: 'EX-99', body: `\n${FREE_STYLE}` },
  ];
  const read = readFile(fileOf('notice.txt', submissionText(documents, '13F-NT')));
  expect(read.rows('filings')[0]).toMatchObject({ reportType: 'notice', entriesRead: null });
  expect(read.rowsRead).toBe(1);
});

describe('covers in plain text', () => {
  test('boxes are read where they stand before their words', () => {
    const facts = parseAsciiCover(`Form 13F COVER PAGE
Report for the Calendar Year or Quarter Ended: 06/30/2003
Check here if Amendment [X]; Amendment Number: 2
This Amendment (Check only one.): [X] is a restatement.
                                  [ ] adds new holdings entries.
Name: A MANAGER
[ ] 13F HOLDINGS REPORT
[X] 13F NOTICE`);
    expect(facts).toMatchObject({
      formType: '13F-NT/A',
      periodOfReport: '2003-06-30',
      amendmentType: 'RESTATEMENT',
      amendmentNumber: 2,
      reportType: 'notice',
      declaredEntries: null,
    });
  });
});
