import { type ExecutionSide, type Fact, INSTITUTIONS } from '../../core/index.js';
import { type Columns, cellOf, type RowProblem, symbolProblem, yahooSymbol } from '../text/index.js';
import { canonicalDecimal, type ExactDecimal, exactCents, parseExact } from './amounts.js';
import { isSale, QUANTITY_SIGN, SIDE_WORDS } from './layout.js';
import { type TradeDay, TradeDays } from './trade-day.js';

const LONGEST_TEXT = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a damaged byte may be a control character
const NOT_PRINTABLE = /[\u0000-\u001f\u007f\ufffd]/;

/** One execution as its row tells it, checked. */
interface Execution extends TradeDay {
  readonly account: string;
  readonly executionId: string;
  readonly broker: string;
  readonly class: string;
  readonly symbol: string;
  readonly side: ExecutionSide;
  readonly quantity: ExactDecimal;
  readonly price: ExactDecimal;
  readonly amountCents: number;
  readonly positionBefore: ExactDecimal | null;
}

type Problem = { readonly problem: RowProblem };

const bad = (column: string, found: string, expected: string, reason: string): Problem => ({
  problem: { column, found, expected, reason },
});

/** Investor classes are written like core's: 'Hedge Fund' and 'hedge_fund' are 'hedge-fund'. */
function canonicalClass(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '-');
}

export function sideOf(text: string): ExecutionSide | null {
  return SIDE_WORDS.get(text.toUpperCase().replace(/[\s_-]+/g, ' ')) ?? null;
}

/** Judges rows of executions one after the other; counts what it has to know of the file as a whole. */
export class ExecutionReader {
  readonly #cells: Readonly<Record<string, ((fields: readonly string[]) => string) | null>>;
  readonly #isSigned: boolean;
  readonly #days = new TradeDays();
  readonly #repetitions = new Map<string, number>();
  /** Sales with a quantity below zero that were set aside for it. */
  negativeSales = 0;

  constructor(columns: Columns, names: readonly string[]) {
    this.#cells = Object.fromEntries(names.map((name) => [name, cellOf(columns, name)]));
    this.#isSigned = columns.constants.get(QUANTITY_SIGN) === 'signed';
  }

  /** @returns the fact, or what is wrong with the row */
  read(fields: readonly string[], rowNumber: number): Fact<'executions'> | Problem {
    const cell = (name: string): string => this.#cells[name]?.(fields).trim() ?? '';
    const day = this.#days.of(cell('executed_at'), cell('trade_date'));
    const symbol = yahooSymbol(cell('symbol'));
    const subject = symbol === null ? {} : { subject: symbol };
    if ('problem' in day) return { problem: { ...day.problem, ...subject } };
    const execution = this.#execution(cell, day, symbol);
    if ('problem' in execution) {
      const { tradeDate, knownAt } = day;
      return { problem: { ...execution.problem, ...subject, periodEnd: tradeDate, knownAt } };
    }
    return this.#fact(execution, rowNumber);
  }

  #execution(cell: (name: string) => string, day: TradeDay, symbol: string | null): Execution | Problem {
    for (const name of ['account', 'class'])
      if (cell(name) === '' || !isPrintable(cell(name))) return badText(name, cell(name));
    if (canonicalClass(cell('class')) === INSTITUTIONS)
      return bad(
        'class',
        cell('class'),
        'a class of its own for each kind of investor',
        'the sum of all institutions has that name',
      );
    if (symbol === null || symbol.startsWith('^'))
      return { problem: symbolProblem('symbol', cell('symbol')) };
    const side = sideOf(cell('side'));
    if (side === null)
      return bad(
        'side',
        cell('side'),
        'buy, sell, sell-short or buy-to-cover, or a word that the documentation gives for one',
        'the side cannot be read',
      );
    for (const name of ['execution_id', 'broker'])
      if (!isPrintable(cell(name))) return badText(name, cell(name));
    if (!['', 'USD'].includes(cell('currency').toUpperCase()))
      return bad('currency', cell('currency'), 'USD, or a blank', 'only US dollars are read');
    const amounts = this.#amounts(cell, side);
    if ('problem' in amounts) return amounts;
    return {
      ...day,
      account: cell('account'),
      executionId: cell('execution_id'),
      broker: cell('broker'),
      class: canonicalClass(cell('class')),
      symbol,
      side,
      ...amounts,
    };
  }

  #amounts(
    cell: (name: string) => string,
    side: ExecutionSide,
  ): Pick<Execution, 'quantity' | 'price' | 'amountCents' | 'positionBefore'> | Problem {
    const quantity = this.#quantity(cell('quantity'), side);
    if ('problem' in quantity) return quantity;
    const price = parseExact(cell('price'));
    if (price === null || price.units <= 0n)
      return bad(
        'price',
        cell('price'),
        'US dollars a share > 0 as a plain decimal such as 201.25',
        price === null ? 'the price cannot be read' : 'no price is zero or less',
      );
    const amountCents = Number(exactCents(quantity, price));
    if (!Number.isSafeInteger(amountCents))
      return bad(
        'quantity',
        `${cell('quantity')} at ${cell('price')}`,
        'an amount below 90 trillion US dollars',
        'the amount is too large to be kept to the cent',
      );
    const position = positionOf(cell('position_before'), side, quantity);
    return 'problem' in position
      ? position
      : { quantity, price, amountCents, positionBefore: position.before };
  }

  #quantity(text: string, side: ExecutionSide): ExactDecimal | Problem {
    const quantity = parseExact(text);
    if (quantity === null || quantity.units === 0n)
      return bad(
        'quantity',
        text,
        'shares > 0 as a plain decimal such as 1500 or 0.5',
        quantity === null ? 'the quantity cannot be read' : 'nothing was traded',
      );
    if (this.#isSigned) {
      if (quantity.units < 0n === isSale(side)) return magnitudeOf(quantity);
      return bad(
        'quantity',
        `${text} with side ${side}`,
        'sales below zero and purchases above, as the mapping says',
        'sign and side contradict each other',
      );
    }
    if (quantity.units > 0n) return quantity;
    if (isSale(side)) this.negativeSales += 1;
    return bad('quantity', text, 'shares > 0, since the side tells sales', 'the quantity is negative');
  }

  #fact(execution: Execution, rowNumber: number): Fact<'executions'> {
    const { tradeDate, knownAt, executedAt, quantity, price, positionBefore, broker } = execution;
    const { account, symbol, side, amountCents } = execution;
    return {
      table: 'executions',
      row: {
        tradeDate,
        account,
        executionId: execution.executionId === '' ? this.#contentId(execution) : execution.executionId,
        broker: broker === '' ? null : broker,
        executedAt,
        class: execution.class,
        symbol,
        side,
        quantity: quantity.value,
        price: price.value,
        amountCents,
        positionBefore: positionBefore?.value ?? null,
      },
      periodStart: tradeDate,
      periodEnd: tradeDate,
      knownAt,
      knownAtKind: executedAt === null ? 'rule' : 'published',
      rowNumber,
    };
  }

  /** Names a row without an id by its contents and how often they stood in the file, so that a second export repeats it. */
  #contentId(execution: Execution): string {
    const { executedAt, tradeDate, account, broker, symbol, side, quantity, price } = execution;
    const time = executedAt === null ? tradeDate : String(executedAt);
    const contents = [
      time,
      symbol,
      execution.class,
      side,
      canonicalDecimal(quantity),
      canonicalDecimal(price),
    ].join(' ');
    const key = [tradeDate, account, broker, contents].join('\u001f');
    const count = (this.#repetitions.get(key) ?? 0) + 1;
    this.#repetitions.set(key, count);
    return `${contents} #${count}`;
  }
}

const isPrintable = (text: string): boolean => text.length <= LONGEST_TEXT && !NOT_PRINTABLE.test(text);

const badText = (column: string, found: string): Problem =>
  bad(
    column,
    found,
    `printable text of at most ${LONGEST_TEXT} characters`,
    found === '' ? `${column} is missing` : `${column} cannot be read`,
  );

const magnitudeOf = ({ units, value }: ExactDecimal): ExactDecimal => ({
  units: units < 0n ? -units : units,
  value: Math.abs(value),
});

/** A plain sale needs a long position of its size, a cover a short one; the reverse shows a short sale booked as a sale. */
function positionOf(
  text: string,
  side: ExecutionSide,
  quantity: ExactDecimal,
): { readonly before: ExactDecimal | null } | Problem {
  if (text === '') return { before: null };
  const before = parseExact(text);
  if (before === null)
    return bad('position_before', text, 'signed shares, or a blank', 'the position cannot be read');
  const found = `${side} of ${canonicalText(quantity)} with a position of ${canonicalText(before)}`;
  if (side === 'sell' && before.units < quantity.units)
    return bad(
      'side',
      found,
      'sell-short for what is sold beyond a long position',
      'a sale of more than is held is a short sale',
    );
  if (side === 'buy-to-cover' && -before.units < quantity.units)
    return bad(
      'side',
      found,
      'buy for what is bought beyond a short position',
      'covering more than is short is a purchase',
    );
  return { before };
}

const canonicalText = (decimal: ExactDecimal): string => String(decimal.value);
