import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  EXCHANGE_CALENDAR_YEARS,
  INSTITUTIONS,
  type IsoDate,
  isHalfDay,
  isTradingDay,
  newYorkInstant,
} from '../../core/index.js';
import { type LedgerColumn, SIDE_WORDS, SIDES } from './layout.js';
import { LONGEST_CLASS, LONGEST_TEXT, PLAIN } from './plain-row.js';

/** What the SQL has to know of a file. */
export interface LedgerSqlQuestion {
  readonly isSigned: boolean;
  readonly has: ReadonlySet<LedgerColumn>;
  /** True where every text of the column is known to have its plain form, or to be NULL. */
  isPlain(name: LedgerColumn): boolean;
  /** SQL of a column's trimmed text, blank = NULL. */
  column(name: LedgerColumn): string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Decimals of at most 15 digits differ as doubles where they differ. */
const EXACT_LENGTH = 15;
/** Amounts in cents whose double is off by far less than a thousandth. */
const SAFE_CENTS = 1e12;

const isBlankOr = (text: string, condition: string): string => `(${text} IS NULL OR ${condition})`;

/** SQL condition that a column's text has its plain form; NULL where it is blank. */
function matches(question: LedgerSqlQuestion, name: LedgerColumn, pattern: string): string {
  const text = question.column(name);
  return question.isPlain(name) ? `${text} IS NOT NULL` : `regexp_full_match(${text}, '${pattern}')`;
}

/** SQL of a column's value where its text has the plain form, else NULL. */
const valueSql = (question: LedgerSqlQuestion, name: LedgerColumn, pattern: string, value: string): string =>
  question.isPlain(name) ? value : `CASE WHEN ${matches(question, name, pattern)} THEN ${value} END`;

/** Layers of values that the conditions and the fact are made of; NULL where a row is not plainly in order. */
export function stepsSql(question: LedgerSqlQuestion): Record<string, string>[] {
  const { has, isSigned } = question;
  const value = (name: LedgerColumn, pattern: string, sql: (text: string) => string): string =>
    valueSql(question, name, pattern, sql(question.column(name)));
  const double = (text: string): string => `${text}::DOUBLE`;
  return [
    {
      executed_ms: has.has('executed_at')
        ? value('executed_at', PLAIN.instant, (text) => `epoch_ms(TRY_CAST(${text} AS TIMESTAMPTZ))`)
        : 'NULL::BIGINT',
      stated_day: has.has('trade_date')
        ? value('trade_date', PLAIN.day, (text) => `(TRY_CAST(${text} AS DATE) - DATE '1970-01-01')`)
        : 'NULL::BIGINT',
      shares: isSigned
        ? value('quantity', PLAIN.signed, (text) => `abs(${text}::DOUBLE)`)
        : value('quantity', PLAIN.decimal, double),
      dollars: value('price', PLAIN.decimal, double),
      before: has.has('position_before') ? value('position_before', PLAIN.signed, double) : 'NULL::DOUBLE',
      known_side: question.isPlain('side') ? question.column('side') : sideSql(question.column('side')),
    },
    {
      day: `CASE WHEN executed_ms IS NULL THEN stated_day
        WHEN executed_ms % ${DAY_MS} >= ${HOUR_MS} THEN executed_ms // ${DAY_MS} END`,
      cents: 'shares * dollars * 100',
    },
  ];
}

function sideSql(text: string): string {
  const sides = SIDES.map((side) => `'${side}'`).join(', ');
  const words = [...SIDE_WORDS].map(([word, side]) => `WHEN '${word}' THEN '${side}'`).join(' ');
  return `CASE WHEN ${text} IN (${sides}) THEN ${text} ELSE CASE translate(upper(${text}), '_-', '  ') ${words} END END`;
}

/**
 * Whether the row is plainly in order, by conditions that are stricter than the reader's: what they turn down may still be
 * in order. In the hour from 00:00 UTC the day in New York hangs on summer time; such rows are turned down.
 */
export function cleanSql(question: LedgerSqlQuestion): string {
  const { has, isSigned } = question;
  const column = (name: LedgerColumn): string => question.column(name);
  const { closed, halfDays } = calendarDays();
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  const text = (name: LedgerColumn): string =>
    `${matches(question, name, PLAIN.text)} AND strlen(${column(name)}) <= ${LONGEST_TEXT}`;
  const conditions = [
    `day BETWEEN ${dayNumber(`${first}-01-01` as IsoDate)} AND ${dayNumber(`${last}-12-31` as IsoDate)}`,
    `(day + 3) % 7 < 5 AND day NOT IN (${closed.join(', ')})`,
    text('account'),
    `${matches(question, 'class', PLAIN.class)} AND strlen(${column('class')}) <= ${LONGEST_CLASS} AND ${column('class')} <> '${INSTITUTIONS}'`,
    matches(question, 'symbol', PLAIN.symbol),
    'known_side IS NOT NULL AND shares > 0 AND dollars > 0',
    `cents < ${SAFE_CENTS} AND abs(cents - floor(cents) - 0.5) > 0.001`,
  ];
  if (!has.has('executed_at')) conditions.push(`day NOT IN (${halfDays.join(', ')})`);
  else {
    conditions.push('executed_ms IS NOT NULL');
    if (has.has('trade_date')) conditions.push(isBlankOr(column('trade_date'), 'stated_day = day'));
  }
  if (isSigned)
    conditions.push(`starts_with(${column('quantity')}, '-') = (known_side IN ('sell', 'sell-short'))`);
  if (has.has('currency'))
    conditions.push(isBlankOr(column('currency'), matches(question, 'currency', PLAIN.currency)));
  if (has.has('execution_id')) conditions.push(text('execution_id'));
  if (has.has('broker')) conditions.push(isBlankOr(column('broker'), text('broker')));
  if (has.has('position_before'))
    conditions.push(isBlankOr(column('position_before'), positionSql(question)));
  return conditions.join('\n AND ');
}

function positionSql({ column }: LedgerSqlQuestion): string {
  return `(length(${column('position_before')}) <= ${EXACT_LENGTH} AND length(${column('quantity')}) <= ${EXACT_LENGTH}
    AND CASE known_side WHEN 'sell' THEN before >= shares WHEN 'buy-to-cover' THEN -before >= shares ELSE before IS NOT NULL END)`;
}

/** The fact of a clean row, with its stamps. */
export function factSql(question: LedgerSqlQuestion): Record<string, string> {
  const { has } = question;
  const column = (name: LedgerColumn): string => question.column(name);
  const hasTime = has.has('executed_at');
  return {
    tradeDate: 'day',
    account: column('account'),
    executionId: has.has('execution_id') ? column('execution_id') : contentsSql(hasTime, column),
    broker: column('broker'),
    executedAt: hasTime ? 'executed_ms' : 'NULL::BIGINT',
    class: column('class'),
    symbol: column('symbol'),
    side: 'known_side',
    quantity: 'shares',
    price: 'dollars',
    amountCents: 'floor(cents + 0.5)',
    positionBefore: 'before',
    periodStart: 'day',
    periodEnd: 'day',
    knownAt: hasTime ? 'executed_ms' : closeKnownSql(),
    knownAtKind: hasTime ? "'published'" : "'rule'",
  };
}

/** The same text that names a row without an id when it is read by itself. */
function contentsSql(hasTime: boolean, column: (name: LedgerColumn) => string): string {
  const decimal = (text: string): string => `rtrim(rtrim((${text})::DECIMAL(18, 8)::VARCHAR, '0'), '.')`;
  const time = hasTime ? 'executed_ms::VARCHAR' : column('trade_date');
  const quantity = decimal(`ltrim(${column('quantity')}, '-')`);
  const parts = [time, column('symbol'), column('class'), 'known_side', quantity, decimal(column('price'))];
  return `concat_ws(' ', ${parts.join(', ')})`;
}

/** A quarter past four in New York of `day`: half days are no clean rows where this counts. */
function closeKnownSql(): string {
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  const cases: string[] = [];
  let from = `${first}-01-01` as IsoDate;
  for (let day = from; day <= `${last}-12-31`; day = addDays(day, 1)) {
    const next = addDays(day, 1);
    if (hourOfClose(next) === hourOfClose(day)) continue;
    cases.push(`WHEN day < ${dayNumber(next)} THEN ${hourOfClose(from)}`);
    from = next;
  }
  return `day * ${DAY_MS} + (CASE ${cases.join(' ')} ELSE ${hourOfClose(from)} END)`;
}

/** Milliseconds from midnight UTC to a quarter past four in New York. */
const hourOfClose = (date: IsoDate): number => newYorkInstant(date, 16, 15) - dayNumber(date) * DAY_MS;

let known: { closed: number[]; halfDays: number[] } | null = null;

/** Weekdays without a session and sessions that end early, as days since 1970. */
function calendarDays(): { closed: number[]; halfDays: number[] } {
  if (known !== null) return known;
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  known = { closed: [], halfDays: [] };
  const end = dayNumber(`${last}-12-31` as IsoDate);
  for (let day = dayNumber(`${first}-01-01` as IsoDate); day <= end; day += 1) {
    if ((day + 3) % 7 >= 5) continue;
    const date = dateOfDayNumber(day);
    if (!isTradingDay(date)) known.closed.push(day);
    else if (isHalfDay(date)) known.halfDays.push(day);
  }
  return known;
}
