import { windowsCharacter } from '../text/index.js';

/** Elements whose contents are no text of the document; hidden data of inline XBRL among them. */
const SKIPPED = new Set(['script', 'style', 'ix:header', 'ix:hidden']);

/** Elements that end a line of text. */
const BLOCKS = new Set(
  'address article blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 head header hr html li main ol option p pre section table tbody tfoot thead title tr ul'.split(
    ' ',
  ),
);
const CELLS = new Set(['td', 'th']);

const NAMED_CHARACTERS: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', ensp: '\u2002', emsp: '\u2003' },
  ...{ thinsp: '\u2009', shy: '\u00AD', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚' },
  ...{ ldquo: '“', rdquo: '”', bdquo: '„', bull: '•', middot: '·', hellip: '…', prime: '′', Prime: '″' },
  ...{ copy: '©', reg: '®', trade: '™', sect: '§', para: '¶', dagger: '†', Dagger: '‡', deg: '°' },
  ...{ cent: '¢', pound: '£', yen: '¥', euro: '€', frac14: '¼', frac12: '½', frac34: '¾', times: '×' },
  ...{ divide: '÷', plusmn: '±', minus: '−', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', ntilde: 'ñ', oacute: 'ó', aacute: 'á', iacute: 'í', uacute: 'ú' },
};

function characterOf(code: number): string | null {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  return windowsCharacter(code) ?? (isCharacter ? String.fromCodePoint(code) : null);
}

/** Replaces character references: &#58; &#x3a; &amp; what is none stays as it is. */
export function decodeCharacters(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]\w{1,7}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED_CHARACTERS[name as string] ?? whole;
      return characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)) ?? whole;
    },
  );
}

/** True where a text begins with markup. */
export function isMarkup(text: string): boolean {
  return /^\uFEFF?\s*<(\?xml|!doctype|!--|html|body|div|p|font|table|title|head)/i.test(text.slice(0, 1000));
}

/**
 * The text that a page shows, a block a line and cells apart by a blank. One pass over the markup; what is not closed ends
 * with the document.
 */
export function textOfMarkup(markup: string): string {
  const lower = markup.toLowerCase();
  const parts: string[] = [];
  let position = 0;
  while (position < markup.length) {
    const open = markup.indexOf('<', position);
    if (open < 0) break;
    parts.push(markup.slice(position, open));
    const tag = /^<\/?([a-z][\w:-]*)/.exec(lower.slice(open, open + 64));
    if (tag === null && !/^<[!?]/.test(lower.slice(open, open + 2))) {
      parts.push('<');
      position = open + 1;
      continue;
    }
    position = endOfTag(lower, open, tag?.[1] ?? null);
    if (tag !== null && BLOCKS.has(tag[1]!)) parts.push('\n');
    else if (tag !== null && CELLS.has(tag[1]!)) parts.push(' ');
  }
  parts.push(markup.slice(position));
  return tidyLines(decodeCharacters(parts.join('')));
}

/** Just after a tag, a comment, or an element that is skipped with its contents. */
function endOfTag(lower: string, open: number, name: string | null): number {
  if (lower.startsWith('<!--', open)) return after(lower, '-->', open + 4);
  if (name === null || lower[open + 1] === '/' || !SKIPPED.has(name)) return after(lower, '>', open);
  return after(lower, '>', after(lower, `</${name}`, open) - 1);
}

function after(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index < 0 ? text.length : index + what.length;
}

/** Single blanks within lines, no empty lines. */
export function tidyLines(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\s\u00A0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
