import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, KNOWN_AT_IMPORT } from '../../../src/core/index.js';
import { countWords } from '../../../src/sources/filings-text/count.js';
import { filingsTextReader } from '../../../src/sources/filings-text/index.js';
import { decodeCharacters, textOfMarkup } from '../../../src/sources/filings-text/markup.js';
import { readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const COVER = `UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
FORM 10-Q
For the quarterly period ended June 28, 2025
Apple Inc.
(Exact name of Registrant as specified in its charter)
Title of each class Trading symbol(s) Name of each exchange on which registered
Common Stock, $0.00001 par value per share AAPL The Nasdaq Stock Market LLC
`;

const submission = (documents: string, type = '8-K') => `<SEC-DOCUMENT>0000885245-24-000102.txt
<SEC-HEADER>
<ACCEPTANCE-DATETIME>20241122065203
ACCESSION NUMBER:		0000885245-24-000102
CONFORMED SUBMISSION TYPE:	${type}
CONFORMED PERIOD OF REPORT:	20241122
FILED AS OF DATE:		20241122
COMPANY CONFORMED NAME:			BUCKLE INC
CENTRAL INDEX KEY:			0000885245
</SEC-HEADER>
${documents}`;
const document = (type: string, body: string) =>
  `<DOCUMENT>\n<TYPE>${type}\n<SEQUENCE>1\n<TEXT>\n${body}\n</TEXT>\n</DOCUMENT>\n`;

describe('words', () => {
  it('count terms of artificial intelligence once each, capitals alone for the short one', () => {
    const text =
      'AI and AI-powered GenAI, artificial\nintelligence; Machine learning. He said: ai, air, MAIN. AI/ML';
    expect(countWords(text)).toMatchObject({ words: 14, aiTerms: 5 });
    expect(countWords('')).toMatchObject({ words: 0, aiTerms: 0, aiTermsPer10000Words: null });
    expect(countWords('AI is here now').aiTermsPer10000Words).toBe(2500);
  });

  it.each([
    ['We are raising our full-year 2025 revenue outlook.', [1, 0, 0]],
    ['The company raised its guidance and lowered its capital spending forecast', [1, 1, 0]],
    ['We reaffirm guidance. Our outlook was cut; guidance remains unchanged', [0, 1, 1]],
    ['Guidance has been withdrawn', [0, 1, 0]],
    ['the forecast is now raised', [1, 0, 0]],
    ['We maintain offices. The outlook for wheat', [0, 0, 0]],
    ['raise capital under terms that the new long and very different guidance', [0, 0, 0]],
  ])('tell guidance raised, lowered and kept: %s', (text, expected) => {
    const { guidanceRaised, guidanceLowered, guidanceMaintained } = countWords(text);
    expect([guidanceRaised, guidanceLowered, guidanceMaintained]).toEqual(expected);
  });
});

describe('markup', () => {
  it('becomes lines of text, blocks apart and words whole', () => {
    const markup =
      '<html><head><title>t</title><style>p {}</style></head><body><!-- no --><ix:header>hid<b>den</b></ix:header>' +
      '<p>A<span>I</span>&#160;chips&#58; <b>x</b>&amp;y</p><table><tr><td>1</td><td>2</td></tr></table>3 < 4<br/>&rsquo;&#x2019;&#146;&unknown;</body></html>';
    expect(textOfMarkup(markup)).toBe('t\nAI chips: x&y\n1 2\n3 < 4\n’’’&unknown;');
  });

  it('reads what is not closed to the end of the document', () => {
    expect(textOfMarkup('<p>a<!-- b')).toBe('a');
    expect(textOfMarkup('<p>a<script>b')).toBe('a');
    expect(textOfMarkup('<p>a<b')).toBe('a');
    expect(decodeCharacters('&#0;&#xD800;&#9999999;&;')).toBe('&#0;&#xD800;&#9999999;&;');
  });

  it('takes time in proportion to its length, whatever it holds', () => {
    for (const part of ['<!--', '<script>', '<', '<ix:header', '</p', '&#', '<a<'])
      expect(textOfMarkup(`<p>${part.repeat(40_000)}`).length).toBeLessThan(200_000);
  });

  it('is read without a fault whatever it is', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<td>',
      '&amp;',
      '&#',
      ';',
      'x ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(textOfMarkup(pieces.join(''))).not.toMatch(/^\s|\s$|\n\n/);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('filings', () => {
  it('saved as text tell who, what and when from their cover and the name of their file', () => {
    const reading = readAll(filingsTextReader, `${COVER}AI`, {}, 'aapl-10-q-2025-08-01.txt');
    expect(reading.detection).toMatchObject({ kind: 'sec-filing-text', evidence: 'the cover of form 10-Q' });
    expect(rowsOf(reading, 'filingTexts')).toMatchObject([
      {
        symbol: 'AAPL',
        companyName: 'Apple Inc.',
        form: '10-Q',
        documentType: '10-Q',
        filedDate: '2025-08-01',
        periodOfReport: '2025-06-28',
        aiTerms: 1,
        termList: 'ai-terms-1',
        guidanceLexicon: 'guidance-1',
      },
    ]);
    expect(reading.facts[0]).toMatchObject({ knownAtKind: 'rule' });
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2025-08-02T03:59:59Z');
  });

  it.each([
    'filing.txt',
    '2025-06-27.txt',
    'aapl-2031-01-01.txt',
    'aapl-2025-13-01.txt',
    'aapl-2025-08-01-draft.txt',
  ])('of which nothing tells the day of filing are known from the import on: %s', (name) => {
    const [fact] = readAll(filingsTextReader, COVER, {}, name).facts;
    expect(fact).toMatchObject({ knownAt: KNOWN_AT_IMPORT, knownAtKind: 'import', row: { filedDate: null } });
  });

  it('as whole submissions give a row for the report and each press release', () => {
    const reading = readAll(
      filingsTextReader,
      submission(
        document('8-K', '<html><body><p>Item 2.02</p></body></html>') +
          document('EX-99.1', '<html><body>We raise our outlook with AI</body></html>') +
          document('GRAPHIC', 'begin 644 x.jpg') +
          document('EX-99.2', '<html><body></body></html>'),
      ),
    );
    expect(reading.detection.kind).toBe('sec-filing-submission');
    expect(reading.rowsRead).toBe(3);
    expect(reading.setAside).toMatchObject([{ reason: 'the document has no words' }]);
    expect(rowsOf(reading, 'filingTexts')).toMatchObject([
      { documentType: '8-K', words: 2, accessionNumber: '0000885245-24-000102', cik: '0000885245' },
      { documentType: 'EX-99.1', form: '8-K', guidanceRaised: 1, aiTerms: 1, filedDate: '2024-11-22' },
    ]);
    expect(reading.facts[0]).toMatchObject({ knownAtKind: 'published' });
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2024-11-22T11:52:03Z');
  });

  it('of other forms, and other texts, are left alone', () => {
    for (const text of [
      submission(document('4', 'x'), '4'),
      document('EX-10.1', 'x'),
      'FORM 10-K is a form',
      '<html><body>SECURITIES AND EXCHANGE COMMISSION FORM S-1</body></html>',
    ])
      expect(filingsTextReader.detect(sourceFile(text), {})).toBeNull();
  });
});

describe.skipIf(!hasSharedData)('real filings (needs ../shared/data)', () => {
  it.each([
    ['nvda-10-k-2025-02-26', 'NVDA', 30.8],
    ['googl-10-k-2025-02-05', 'GOOGL', 22.6],
    ['nvda-10-q-2025-08-27', 'NVDA', 19.4],
    ['hubs-10-q-2025-08-06', 'HUBS', 19.4],
    ['tsla-10-q-2025-07-24', 'TSLA', 7.2],
    ['aapl-10-q-2025-08-01', 'AAPL', 0],
    ['xom-10-q-2025-08-04', 'XOM', 0],
    ['unp-10-q-2025-07-24', 'UNP', 0],
  ])('%s names artificial intelligence %s, %d times in 10,000 words', (name, symbol, rate) => {
    const reading = readAll(filingsTextReader, sharedBytes(`filings/${name}.txt.gz`), {}, `${name}.txt.gz`);
    const [row] = rowsOf(reading, 'filingTexts');
    expect(row).toMatchObject({ symbol, filedDate: name.slice(-10) });
    expect(Math.abs(row!.aiTermsPer10000Words! - rate)).toBeLessThan(0.05);
  });

  it('of Buckle come as inline XBRL and as an exhibit with entities', () => {
    const report = readAll(filingsTextReader, sharedBytes('filings/bke-8-k.html'));
    expect(rowsOf(report, 'filingTexts')).toMatchObject([
      {
        cik: '0000885245',
        symbol: 'BKE',
        companyName: 'BUCKLE, INC',
        form: '8-K',
        periodOfReport: '2024-11-22',
      },
    ]);
    const release = readAll(filingsTextReader, sharedBytes('filings/bke-8-k-ex99-1.html'));
    expect(rowsOf(release, 'filingTexts')).toMatchObject([
      { symbol: 'BKE', documentType: 'EX-99.1', cik: null },
    ]);
    expect(textOfMarkup(new TextDecoder().decode(sharedBytes('filings/bke-8-k-ex99-1.html')))).not.toMatch(
      /&#?\w+;/,
    );
  });
});
