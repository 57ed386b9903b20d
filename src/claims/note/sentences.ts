/** A sentence of a note, as written, with the line that it starts on. */
export interface Sentence {
  readonly text: string;
  readonly line: number;
}

/** A full stop after one of these does not end a sentence. */
const ABBREVIATIONS =
  /(?:^|[\s(])(?:u\.s|e\.g|i\.e|vs|approx|no|mr|ms|dr|st|inc|corp|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|bn|mn)$/i;

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Lines that belong together; headings, rules and blank lines divide, and each item of a list is its own. */
function paragraphs(text: string): Line[][] {
  const all: Line[][] = [];
  let open: Line[] = [];
  const close = (): void => {
    if (open.length > 0) all.push(open);
    open = [];
  };
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const trimmed = raw.trim();
    const divides = trimmed === '' || /^(?:#|={3,}$|-{3,}$|\*{3,}$|<!--)/.test(trimmed);
    const item = /^(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/.exec(trimmed);
    if (divides || item !== null) close();
    if (!divides) open.push({ text: item === null ? trimmed : item[1]!, number: i + 1 });
  });
  close();
  return all;
}

/** Where sentences end: after . ! or ?, closing quotes included, before a blank and what may begin a sentence. */
function ends(text: string): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(/[.!?]+["'”’)]*(?=\s+["'“‘(]?[A-Z0-9$]|\s*$)/g)) {
    const before = text.slice(0, match.index);
    const isAbbreviation = match[0] === '.' && ABBREVIATIONS.test(before);
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
