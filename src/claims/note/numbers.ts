const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];
const ORDINALS = [
  'zeroth',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A number in words, to ninety-nine; for use in other patterns. */
export const NUMBER_WORDS = `(?:(?:${TENS.join('|')})(?:-(?:${SMALL.slice(1, 10).join('|')}))?|${[...SMALL].reverse().join('|')})`;
/** A number in digits or in words; for use in other patterns. */
export const NUMBER = `(?:\\d[\\d,]*(?:\\.\\d+)?|${NUMBER_WORDS}|a|an)`;
export const ORDINAL = `(?:\\d+(?:st|nd|rd|th)|${ORDINALS.slice(1).join('|')})`;

/** What such a number is worth. */
export function numberOf(text: string): number {
  if (text === 'a' || text === 'an') return 1;
  const word = SMALL.indexOf(text);
  if (word >= 0) return word;
  const [tens, ones] = text.split('-') as [string, string | undefined];
  const ten = TENS.indexOf(tens);
  if (ten >= 0) return 10 * (ten + 2) + (ones === undefined ? 0 : SMALL.indexOf(ones));
  return Number(text.replaceAll(',', ''));
}

export function ordinalOf(text: string): number {
  const word = ORDINALS.indexOf(text);
  return word >= 0 ? word : Number.parseInt(text, 10);
}

/** 'third'; over ten in digits: '11th'. */
export function ordinalWords(value: number): string {
  const word = ORDINALS[value];
  if (word !== undefined) return word;
  const ending =
    value % 100 >= 11 && value % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}
