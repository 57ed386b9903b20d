import { readCusip } from '../../core/index.js';
import { readNumber } from './fields.js';
import { rawEntry } from './information-table-xml.js';
import type { RawEntry, RawEntryField } from './model.js';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Columns after the amount, from the marks of the line `<S> <C> <C> ...`; offsets into a line. */
interface Columns {
  /** One offset, or three: sole, shared-defined, shared-other, each marked with an X. */
  readonly discretion: readonly number[];
  readonly managers: number;
  readonly voting: readonly [number, number, number];
}

type Fields = Partial<Record<RawEntryField, string>>;

const CUSIP = /(?<![A-Z0-9])([0-9A-Z]{6}[ -]?[0-9A-Z]{2}[ -]?[0-9])(?![A-Z0-9,.])/gi;
const DISCRETIONS = ['SOLE', 'DFND', 'OTR'] as const;
const RULE = /^[\s=_-]*[=_-]{3,}[\s=_-]*$/;

/**
 * Rows of an information table in plain text, as filed before mid-2013: `<TABLE>` blocks with free spacing. A row is
 * recognised by its CUSIP with or without blanks in it, followed by a value and an amount; a line of a value and an
 * amount alone is a further lot of the security above. Totals, rules and headings are no rows.
 * @param firstLine 1-based line of the file on which the text starts
 */
export function parseAsciiTable(text: string, firstLine: number): RawEntry[] {
  const entries: RawEntry[] = [];
  let inTable = !/<TABLE>/i.test(text);
  let columns: Columns | null = null;
  let afterRule = false;
  let words = '';
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (/<TABLE>/i.test(line)) [inTable, columns, afterRule] = [true, null, false];
    else if (/<\/TABLE>/i.test(line)) inTable = false;
    else if (/<S>/i.test(line)) columns = columnsOf(line);
    else if (inTable && RULE.test(line)) afterRule = true;
    else if (inTable && !/^\s*</.test(line)) {
      const read = readLine(line, columns, words, afterRule ? undefined : entries.at(-1));
      words = /\d/.test(line) ? '' : line.trim();
      if (read === null) continue;
      afterRule = false;
      entries.push(rawEntry(read.fields, entries.length + 1, firstLine + index, read.flags));
    }
  }
  return entries;
}

function readLine(
  line: string,
  columns: Columns | null,
  wordsAbove: string,
  above: RawEntry | undefined,
): { fields: Fields; flags: string[] } | null {
  const cusip = findCusip(line);
  if (cusip !== null) {
    const flags: string[] = [];
    const fields = afterCusip(tokensOf(line, cusip.end), columns, flags);
    const [name, title] = nameAndTitle(line.slice(0, cusip.start));
    const wrapped = /^\s{2,}/.test(line) && wordsAbove !== '';
    if (name !== '') fields.issuerName = wrapped ? `${wordsAbove} ${name}` : name;
    if (title !== '') fields.titleOfClass = title;
    return { fields: { ...fields, cusip: cusip.text }, flags };
  }
  const tokens = tokensOf(line, 0);
  const first = tokens.findIndex(
    (token, at) => isNumber(token) && tokens[at + 1] !== undefined && isNumber(tokens[at + 1]!),
  );
  if (first < 0 || /total/i.test(line)) return null;
  const flags: string[] = [];
  const fields = afterCusip(tokens.slice(first), columns, flags);
  if (first > 0 || above === undefined) {
    return above === undefined && first === 0
      ? null
      : { fields: { ...fields, issuerName: line.trim() }, flags };
  }
  flags.push('security-of-row-above');
  const inherited: Fields = {};
  for (const field of ['issuerName', 'titleOfClass', 'cusip'] as const) {
    if (above[field] !== null) inherited[field] = above[field];
  }
  return { fields: { ...fields, ...inherited }, flags };
}

/** The first text whose check digit fits; else the first that has the shape, with four digits or more. */
function findCusip(line: string): Token | null {
  let shape: Token | null = null;
  for (const match of line.matchAll(CUSIP)) {
    const token = { text: match[1]!, start: match.index, end: match.index + match[1]!.length };
    if (readCusip(token.text).valid) return token;
    if (shape === null && token.text.replace(/\D/g, '').length >= 4 && token.start > 0) shape = token;
  }
  return shape ?? shortCusip(line);
}

/** A CUSIP that lost its leading zeros: a token of six to eight characters that fits once they are back. */
function shortCusip(line: string): Token | null {
  const tokens = tokensOf(line, 0);
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (index === 0 || next === undefined || !isNumber(next)) continue;
    if (/^(?=(?:\D*\d){5})[0-9A-Z]{6,8}$/i.test(token.text) && readCusip(token.text).valid) return token;
  }
  return null;
}

/**
 * Value and amount are the first two figures, whether they can be read or not: where one is damaged or a dash, the figure
 * behind it is none of its.
 */
function afterCusip(tokens: readonly Token[], columns: Columns | null, flags: string[]): Fields {
  const fields: Fields = {};
  const rest: Token[] = [];
  for (const token of tokens) {
    const upper = token.text.toUpperCase();
    const isFigure = /\d|^[-–—]+$/.test(token.text);
    const attached = /^([\d,]+)(SH|PRN)$/.exec(upper);
    if (fields.value === undefined && isFigure) fields.value = token.text;
    else if (fields.amount === undefined && attached !== null) {
      [fields.amount, fields.amountType] = [attached[1]!, attached[2]!];
    } else if (fields.amount === undefined && isFigure) fields.amount = token.text;
    else if (upper === 'SH' || upper === 'PRN') fields.amountType = upper;
    else if (upper === 'PUT' || upper === 'CALL') fields.putCall = upper;
    else rest.push(token);
  }
  if (columns === null) withoutColumns(fields, rest, flags);
  else byColumns(fields, rest, columns, flags);
  return fields;
}

const VOTING_FIELDS = ['votingSole', 'votingShared', 'votingNone'] as const;

function byColumns(fields: Fields, rest: readonly Token[], columns: Columns, flags: string[]): void {
  const managers: string[] = [];
  const votes: (string | undefined)[] = [];
  let isTorn = false;
  for (const token of rest) {
    const middle = (token.start + token.end) / 2;
    const vote = columns.voting.findLastIndex((offset) => middle >= offset);
    if (vote >= 0) {
      isTorn ||= votes[vote] !== undefined;
      votes[vote] = token.text;
    } else if (middle >= columns.managers) managers.push(token.text);
    else fields.discretion ??= discretionOf(token, columns.discretion);
  }
  if (managers.length > 0) fields.otherManagers = managers.join(' ');
  if (isTorn) flags.push('voting-unreadable');
  else
    for (const [index, text] of votes.entries()) if (text !== undefined) fields[VOTING_FIELDS[index]!] = text;
}

function discretionOf(token: Token, offsets: readonly number[]): string {
  if (/^X$/i.test(token.text) && offsets.length === 3) {
    const column = offsets.findLastIndex((offset) => (token.start + token.end) / 2 >= offset);
    return DISCRETIONS[Math.max(column, 0)]!;
  }
  return discretionWord(token.text) ?? token.text;
}

function discretionWord(text: string): string | null {
  const upper = text.toUpperCase();
  if (upper === 'SOLE') return 'SOLE';
  if (/^(SHARED-?)?(DEFINED|DFND|DEF)$/.test(upper)) return 'DFND';
  return /^(SHARED-?)?(OTHER|OTR)$/.test(upper) ? 'OTR' : null;
}

/** Without marks only a word of discretion, exactly three last numbers, and numbers of managers before them can be told apart. */
function withoutColumns(fields: Fields, rest: readonly Token[], flags: string[]): void {
  const word = rest.findIndex((token) => discretionWord(token.text) !== null);
  if (word >= 0) fields.discretion = discretionWord(rest[word]!.text)!;
  const after = rest.slice(word + 1);
  const votes = after.slice(-3);
  if (votes.length === 3 && votes.every(isNumber)) {
    for (const [index, name] of VOTING_FIELDS.entries()) fields[name] = votes[index]!.text;
    const managers = after.flatMap(({ text }, index) =>
      index < after.length - 3 && /\d/.test(text) ? [text] : [],
    );
    if (managers.length > 0) fields.otherManagers = managers.join(' ');
  } else if (after.length > 0) flags.push('voting-unreadable');
}

/** Roles from the right: three of voting, the managers, then discretion in one column or three. */
function columnsOf(marks: string): Columns | null {
  const offsets = [...marks.matchAll(/<[SC]>/gi)].map((match) => match.index);
  if (offsets.length < 9) return null;
  const [managers, sole, shared, none] = offsets.slice(-4) as [number, number, number, number];
  const between = offsets.slice(5, -4);
  return {
    discretion: between.length >= 3 ? between.slice(-3) : between.slice(-1),
    managers,
    voting: [sole, shared, none],
  };
}

function nameAndTitle(text: string): readonly [string, string] {
  const parts = text.trim().split(/\s{2,}|\t/);
  const title = parts.length > 1 ? parts.at(-1)! : '';
  return [(parts.length > 1 ? parts.slice(0, -1) : parts).join(' '), title];
}

function tokensOf(line: string, from: number): Token[] {
  return [...line.matchAll(/[^\s$]+/g)]
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter((token) => token.start >= from);
}

function isNumber(token: Token): boolean {
  return readNumber(token.text) !== null;
}
