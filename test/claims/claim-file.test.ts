import { describe, expect, test } from 'vitest';
import { readClaimFile } from '../../src/claims/claim-file.js';
import { FormatError } from '../../src/core/index.js';

const file = (...lines: string[]): string => ['version: 1', 'claims:', ...lines, ''].join('\n');

function refusal(text: string): string {
  try {
    readClaimFile(text, 'mine.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    const { message } = error as FormatError;
    expect(message).not.toContain('\n');
    return message;
  }
  throw new Error('was read');
}

describe('a file of claims', () => {
  test('what is left out is filled with what is usual', () => {
    const { claims } = readClaimFile(
      file('  - text: A.', '    measure: record', '  - text: B.', '    measure: floor'),
      'mine.yaml',
    );
    expect(claims).toEqual([
      {
        id: '1',
        text: 'A.',
        line: 3,
        measure: 'record',
        scope: {},
        threshold: { extreme: 'high' },
        horizonWeeks: null,
      },
      { id: '2', text: 'B.', line: 5, measure: 'floor', scope: {}, threshold: { p: 0.05 }, horizonWeeks: 13 },
    ]);
  });

  test.each([
    [
      file('  - text: A.', '    measure: recrd'),
      /line 4, claims\[1\]\.measure 'recrd': is not one of record/,
    ],
    [file('  - measure: record'), /line 3, claims\[1\]\.text: is missing/],
    [
      file('  - text: A.', '    measure: record', '    scope: { class: nobody }'),
      /line 5, .*'nobody': is not one of institutions/,
    ],
    [file('  - text: A.', '    measure: record', '    scope: { klass: retail }'), /not known here: klass/],
    [file('  - text: A.', '    measure: record', '    treshold: { span: 10y }'), /not known here: treshold/],
    [file('  - text: A.', '    measure: record', '    threshold: { span: 10 parsecs }'), /is no span/],
    [
      file('  - text: A.', '    measure: record', '    threshold: { span: 10y, since: "2020" }'),
      /both span and since/,
    ],
    [
      file('  - text: A.', '    measure: floor', '    horizon: 7'),
      /line 5, claims\[1\]\.horizon '7': is no horizon/,
    ],
    [file('  - text: A.', '    measure: record', '    horizon: 13'), /leave it out/],
    [
      file('  - text: A.', '    measure: weeks', '    threshold: { weeks: 9, of: 8, direction: bought }'),
      /more weeks than/,
    ],
    [
      file('  - { id: a, text: A., measure: loop }', '  - { id: a, text: B., measure: loop }'),
      /stands twice/,
    ],
    ['version: 2\nclaims: []\n', /line 1, version '2'/],
    ['claims: [\n', /not readable as YAML/],
    ['', /mine\.yaml: line 1/],
    ['- a\n- b\n', /mine\.yaml: line 1/],
  ])('is refused in one line that names line and field', (text, message) => {
    expect(refusal(text)).toMatch(message);
  });
});
