import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileNote } from '../../src/claims/index.js';
import { sentencesOf } from '../../src/claims/note/sentences.js';

const split = (text: string): string[] => sentencesOf(text).map((sentence) => sentence.text);

describe('where sentences end', () => {
  test.each([
    ['Net buying was $2 bn. Retail sold.', ['Net buying was $2 bn.', 'Retail sold.']],
    ['Net buying was $2 m. Hedge funds led.', ['Net buying was $2 m.', 'Hedge funds led.']],
    ['Buying rose in the U.S. Retail did not lead.', ['Buying rose in the U.S.', 'Retail did not lead.']],
    ['Hedge funds bought U.S. Treasuries. They led.', ['Hedge funds bought U.S. Treasuries.', 'They led.']],
    ['Alphabet Inc. Class A rose. It led.', ['Alphabet Inc. Class A rose.', 'It led.']],
    ['It was bought by Alphabet Inc. The rest fell.', ['It was bought by Alphabet Inc.', 'The rest fell.']],
    ['The largest since Jan. 5, 2021. It led.', ['The largest since Jan. 5, 2021.', 'It led.']],
    ['Hedge funds bought in Jan. Institutions led.', ['Hedge funds bought in Jan.', 'Institutions led.']],
    ['Hedge funds vs. Retail was the theme. It led.', ['Hedge funds vs. Retail was the theme.', 'It led.']],
    ['Funds, e.g. Citadel, bought. It led.', ['Funds, e.g. Citadel, bought.', 'It led.']],
    ['Mr. J. Powell spoke. It led.', ['Mr. J. Powell spoke.', 'It led.']],
    ['Hedge funds sold 2.4 to 1. It led.', ['Hedge funds sold 2.4 to 1.', 'It led.']],
    ['Hedge funds sold.Institutions led.', ['Hedge funds sold.', 'Institutions led.']],
    ['Since March 2020... Institutions led!', ['Since March 2020...', 'Institutions led!']],
    ['“Institutions led.” Did retail? No.', ['“Institutions led.”', 'Did retail?', 'No.']],
  ])('%s', (text, expected) => expect(split(text)).toEqual(expected));

  test('each item of a list is its own, whatever marks it, and lines that wrap belong together', () => {
    const note =
      '- One led\n  and two followed\n* Two\n• Three\n– Four\n▪ Five\n1. Six\n2) Seven\na) Eight\n(b) Nine';
    expect(split(note)).toEqual([
      'One led and two followed',
      ...['Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'],
    ]);
  });

  test('marks of Markdown are no words', () => {
    expect(split('> **Institutions led.** *Retail* did _not_ lead, see [note](https://x.y/z).')).toEqual([
      'Institutions led.',
      'Retail did not lead, see note.',
    ]);
    expect(split('A floor of 2 * 3 and long_buys_of_tech.')).toEqual([
      'A floor of 2 * 3 and long_buys_of_tech.',
    ]);
  });

  test('no letter is lost, and lines never go back', () => {
    const words = fc.constantFrom(
      'Hedge',
      'funds',
      'U.S.',
      'e.g.',
      'bn.',
      '$2',
      'Inc.',
      'led.',
      'Jan.',
      '5,',
      '\n',
      '\n\n',
      '- ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const text = parts.join(' ');
        const letters = (all: string): string => all.replace(/[^A-Za-z0-9$]/g, '');
        const found = sentencesOf(text);
        expect(letters(found.map((one) => one.text).join(''))).toBe(letters(text));
        found.reduce((before, { line }) => {
          expect(line).toBeGreaterThanOrEqual(before);
          return line;
        }, 1);
      }),
      { seed: 19, numRuns: 300 },
    );
  });
});

/** Sentences that take back, hedge or bound what a form would read. */
const TAKEN_BACK = [
  "Hedge funds' net buying of tech was not the largest in ten years.",
  "Hedge funds' net buying of tech was hardly the largest in ten years.",
  "Hedge funds' net buying of tech was far from the largest in ten years.",
  "Hedge funds' net buying of tech failed to be the largest in ten years.",
  'Hedge funds failed to buy tech in three of the last four weeks.',
  'Hedge funds never bought tech.',
  'Hedge funds did not sell tech on balance.',
  'Hedge funds were no longer net buyers of tech.',
  'Hedge funds stopped buying tech.',
  "Hedge funds' net buying of tech was nearly the largest in ten years.",
  "Hedge funds' net buying of tech was almost a record.",
  "Hedge funds' net buying of tech was arguably the largest in ten years.",
  'Hedge funds reportedly bought tech.',
  'We doubt that institutions led.',
  'It is not clear that institutions led.',
  'Institutions hardly led.',
  'The Fed is not easing.',
  'AI did not explain the buying of tech by hedge funds.',
  'Such buying rarely puts a floor under prices.',
  'Such weeks are seldom followed by losses.',
  'The long-run trend is no longer intact.',
  'Hedge funds and asset managers did not move together.',
  'Retail does not follow institutions.',
  "Hedge funds' net buying of tech was the largest in ten years except 2020.",
  "Hedge funds' net buying of tech excluding short covers was the largest in ten years.",
];

describe('what takes a sentence back', () => {
  test.each(TAKEN_BACK)('is never read past: %s', (note) => {
    const { claims, unread } = compileNote(note);
    expect(claims).toEqual([]);
    expect(unread).toHaveLength(1);
    expect(unread[0]!.text).toBe(note);
    expect(unread[0]!.reason).toMatch(/^a (?:negation|condition|forecast)/);
  });

  test('of two clauses leaves the other as it was', () => {
    const { claims, unread } = compileNote(
      "Tech's notional buying was the largest in ten years, but not on record.",
    );
    expect(claims).toHaveLength(1);
    expect(unread.map(({ text }) => text)).toEqual(['not on record']);
  });
});

describe('numbers, dates and amounts', () => {
  const threshold = (note: string) => compileNote(note).claims.map((claim) => claim.threshold);
  const SINCE = "Hedge funds' net buying of tech was the largest since";

  test.each([
    [`${SINCE} March 17th, 2020.`, '2020-03-17'],
    [`${SINCE} 17th of March 2020.`, '2020-03-17'],
    [`${SINCE} March 17 2020.`, '2020-03-17'],
    [`${SINCE} Sept. 2018.`, '2018-09'],
    [`${SINCE} 2018.`, '2018'],
  ])('%s', (note, since) => expect(threshold(note)).toEqual([{ since, extreme: 'high' }]));

  test.each([`${SINCE} 3/17/2020.`, `${SINCE} February 30, 2020.`, `${SINCE} the pandemic.`])(
    'is not guessed: %s',
    (note) => expect(compileNote(note).unread).toHaveLength(1),
  );

  test('numbers in words go to ninety-nine', () => {
    expect(threshold('Hedge funds bought tech in twenty-one of the last thirty weeks.')).toEqual([
      { weeks: 21, of: 30, direction: 'bought' },
    ]);
    expect(threshold("Hedge funds' net buying of tech was the largest in twenty-five years.")).toEqual([
      { span: '25 years', extreme: 'high' },
    ]);
  });

  test.each([
    ['Hedge funds bought two billion dollars of tech.', 2e9],
    ['Hedge funds bought $1,250,000 of tech.', 1_250_000],
    ['Hedge funds bought $64m of tech.', 64e6],
    ['Hedge funds bought US$1.5 trn of tech.', 1.5e12],
  ])('%s', (note, usd) => expect(threshold(note)).toEqual([{ usd, compare: 'about' }]));

  test.each([
    'Hedge funds bought €2 bn of tech.',
    'Hedge funds bought between $1 bn and $2 bn of tech.',
    'Hedge funds bought $2-3 bn of tech.',
    'Hedge funds bought -$2 bn of tech.',
    'Hedge funds bought $x of tech.',
  ])('is not guessed: %s', (note) => expect(compileNote(note).claims).toEqual([]));

  test('a class in the singular before a leg is that class', () => {
    const [claim] = compileNote('Hedge fund net buying of tech was the largest in ten years.').claims;
    expect(claim).toMatchObject({ scope: { class: 'hedge-fund', leg: 'net', sector: 'technology' } });
  });
});
