import { type LedgerColumn, SIDES } from './layout.js';

/** Patterns of what SQL reads as the reader does, both as SQL and the line automaton read them. */
export const PLAIN = {
  instant:
    '\\d{4}-\\d\\d-\\d\\d[T ]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-](0\\d|1[0-3])(:?[0-5]\\d)?)',
  day: '\\d{4}-\\d\\d-\\d\\d',
  decimal: '[0-9]{1,10}(\\.[0-9]{1,8})?',
  signed: '-?[0-9]{1,10}(\\.[0-9]{1,8})?',
  text: '[!-~]([ -~]*[!-~])?',
  class: '[a-z0-9]+(-[a-z0-9]+)?',
  symbol: '[A-Z0-9][A-Z0-9=-]{0,19}',
  currency: '(USD|usd)',
} as const;

/** Longest texts that are plain, in bytes, which the patterns leave open. */
export const LONGEST_TEXT = 100;
export const LONGEST_CLASS = 99;

/** What a field may hold, without quotes around it and with. */
interface FieldPattern {
  readonly bare: string;
  readonly quoted: string;
  readonly mayBeBlank?: boolean;
}

const same = (pattern: string): FieldPattern => ({ bare: pattern, quoted: pattern });
const orBlank = (pattern: FieldPattern): FieldPattern => ({ ...pattern, mayBeBlank: true });

const TEXT: FieldPattern = {
  bare: '[!#-+\\--~]([ !#-+\\--~]*[!#-+\\--~])?',
  quoted: '[!#-~]([ !#-~]*[!#-~])?',
};
const UNREAD = orBlank({ bare: '[ !#-+\\--~\\x80-\\xff]+', quoted: '[ !#-~\\x80-\\xff]+' });

function patternOf(name: LedgerColumn | null, { columns, isSigned, hasOwnSides }: PlainRows): FieldPattern {
  const hasTime = columns.includes('executed_at');
  switch (name) {
    case 'side':
      return hasOwnSides ? same(SIDES.join('|')) : TEXT;
    case null:
      return UNREAD;
    case 'executed_at':
      return same(PLAIN.instant);
    case 'trade_date':
      return hasTime ? orBlank(same(PLAIN.day)) : same(PLAIN.day);
    case 'quantity':
      return same(isSigned ? PLAIN.signed : PLAIN.decimal);
    case 'price':
      return same(PLAIN.decimal);
    case 'position_before':
      return orBlank(same(PLAIN.signed));
    case 'class':
      return same(PLAIN.class);
    case 'symbol':
      return same(PLAIN.symbol);
    case 'currency':
      return orBlank(same(PLAIN.currency));
    case 'broker':
      return orBlank(TEXT);
    default:
      return TEXT;
  }
}

/** What decides how the rows of a text are plain. */
export interface PlainRows {
  /** The ledger's columns in the order of the file; null for one that is not read. */
  readonly columns: readonly (LedgerColumn | null)[];
  readonly isSigned: boolean;
  /** Sides are written as they are stored, so that none needs to be looked up. */
  readonly hasOwnSides: boolean;
  /** Bare fields may stand between blanks. */
  readonly isPadded: boolean;
  readonly newLine: '\n' | '\r\n';
}

/** The pattern of a line whose fields are all plain, for `lineAutomaton`. */
export function plainRowPattern(rows: PlainRows): string {
  const { columns, isPadded, newLine } = rows;
  const blanks = isPadded ? ' *' : '';
  const fields = columns.map((name) => {
    const { bare, quoted, mayBeBlank } = patternOf(name, rows);
    const optional = mayBeBlank ? '?' : '';
    return `(${blanks}(${bare})${optional}${blanks}|"(${quoted})${optional}")`;
  });
  return `${fields.join(',')}${newLine === '\n' ? '' : '\\r'}`;
}
