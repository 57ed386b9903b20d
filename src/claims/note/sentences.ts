/** A sentence of a note, as written, with the line that it starts on. */
export interface Sentence {
  readonly text: string;
  readonly line: number;
}

/** A full stop after one of these never ends a sentence; one letter alone is an initial, but for those of amounts. */
const ALWAYS_GOES_ON = /(?:^|[\s(])(?:e\.g|i\.e|vs|mr|mrs|ms|dr|st|[ac-jln-z])$/i;
/** After one of these it ends no sentence if a number follows: 'since Jan. 5', 'No. 3'. */
const GOES_ON_TO_NUMBER = /(?:^|[\s(])(?:approx|no|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$/i;
/** After one of these it ends a sentence if a word follows that notes begin sentences with: 'in the U.S. Retail sold'. */
const MAY_END = /(?:^|[\s(])(?:u\.s|u\.k|inc|corp|co|ltd|plc)$/i;
const STARTER =
  /^\s+["'“‘(]?(?:the|a|an|it|its|this|that|these|those|such|they|their|in|on|at|over|last|but|and|nor|neither|both|while|yet|so|no|not|net|long|short|notional|gross|total|institutions?|institutional|hedge|asset|pensions?|sovereign|endowments|insurers|banks|dealers|speculators|leveraged|retail|smaller|money|prices|rising|volatility|earnings|ai|flows|buying|selling|stocks)\b/i;

/** Whether a full stop after the words before ends no sentence. */
function goesOn(before: string, after: string): boolean {
  if (ALWAYS_GOES_ON.test(before)) return true;
  if (GOES_ON_TO_NUMBER.test(before)) return /^\s+[$\d]/.test(after);
  return MAY_END.test(before) && !STARTER.test(after);
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** A line without the marks of a quotation, of bold or slanted words and of links. */
const withoutMarkup = (line: string): string =>
  line
    .trim()
    .replace(/^(?:>\s*)+/, '')
    .replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])/g, '$2');

/** Lines that belong together; headings, rules and blank lines divide, and each item of a list is its own. */
function paragraphs(text: string): Line[][] {
  const all: Line[][] = [];
  let open: Line[] = [];
  const close = (): void => {
    if (open.length > 0) all.push(open);
    open = [];
  };
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const trimmed = withoutMarkup(raw);
    const divides = trimmed === '' || /^(?:#|={3,}$|-{3,}$|\*{3,}$|<!--)/.test(trimmed);
    const item = /^(?:[-*+•◦▪‣·–—]|\(?(?:\d{1,3}|[a-z])\)|\d{1,3}\.)\s+(.*)$/i.exec(trimmed);
    if (divides || item !== null) close();
    if (!divides) open.push({ text: item === null ? trimmed : item[1]!, number: i + 1 });
  });
  close();
  return all;
}

/** Where sentences end: after . ! or ?, closing quotes included, before a blank, or none, and what may begin a sentence. */
function ends(text: string): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(
    /[.!?]+["'”’)]*(?=\s+["'“‘(]?[A-Z0-9$]|\s*$)|(?<=[a-z]{2})\.(?=[A-Z][a-z])/g,
  )) {
    const before = text.slice(0, match.index);
    const isAbbreviation = match[0] === '.' && goesOn(before, text.slice(match.index + 1));
    if (!isAbbreviation || match.index + match[0].length >= text.trimEnd().length)
      found.push(match.index + match[0].length);
  }
  return found;
}

/** The sentences of a note in plain words or Markdown, in order. Headings are no sentences. */
export function sentencesOf(text: string): Sentence[] {
  return paragraphs(text).flatMap((lines) => {
    const starts: { readonly at: number; readonly line: number }[] = [];
    let joined = '';
    for (const { text: words, number } of lines) {
      if (joined !== '') joined += ' ';
      starts.push({ at: joined.length, line: number });
      joined += words;
    }
    const lineAt = (at: number): number => starts.filter((start) => start.at <= at).at(-1)!.line;
    const sentences: Sentence[] = [];
    let from = 0;
    for (const end of [...ends(joined), joined.length]) {
      const raw = joined.slice(from, end);
      const words = raw.trim();
      if (/[A-Za-z0-9]/.test(words))
        sentences.push({ text: words, line: lineAt(from + (raw.length - raw.trimStart().length)) });
      from = end;
    }
    return sentences;
  });
}

/** Lower case, straight quotes, no possessives, no final stop: what the grammar reads. */
export function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[“”"]/g, '')
    .replace(/[–—]/g, ' - ')
    .replace(/\bu\.s\.?(?=\s|$)/g, 'us')
    .replace(/n't\b/g, ' not')
    .replace(/'s\b/g, '')
    .replace(/s'(?=\s|$)/g, 's')
    .replace(/[.!?\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
