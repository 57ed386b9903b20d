import { normalDraw, type Random } from '../../core/index.js';
import { autoregression, lognormalMultiplier } from '../processes.js';
import { randomStream } from '../random-streams.js';
import { LEDGER_CLASS_NAMES, LEDGER_CLASSES, LEDGER_PROCESS, type LedgerClass } from './ledger-classes.js';
import type { LedgerMarket } from './ledger-weeks.js';

export type LedgerSide = 'buy' | 'sell' | 'sell-short' | 'buy-to-cover';

/** One print. Money is exact: whole shares at whole cents. */
export interface Execution {
  /** Place of the week, of the session, of the class and of the stock in their lists. */
  readonly week: number;
  readonly session: number;
  readonly class: number;
  readonly stock: number;
  readonly side: LedgerSide;
  readonly quantity: number;
  readonly priceCents: number;
  /** Seconds after the opening. */
  readonly second: number;
}

/** Executions by week, each in the order of time. */
export type OrderFlow = Execution[][];

/** What is wanted of a print before its time and price are drawn. */
export interface Order {
  readonly week: number;
  readonly class: number;
  readonly stock: number;
  readonly side: LedgerSide;
  readonly dollars: number;
}

/** Everyday trading of all classes, week after week; flows of a class are persistent and partly common to all names. */
export function simulateOrderFlow(seed: number, market: LedgerMarket): OrderFlow {
  const weeks = market.weeks.length;
  const { stocks } = market.stocks;
  const { persistence, volatility } = LEDGER_PROCESS;
  const calm = lognormalMultiplier(randomStream(seed, 'ledger volatility'), weeks, volatility);
  const common = LEDGER_CLASS_NAMES.map((name) =>
    autoregression(randomStream(seed, `ledger ${name}`), weeks, { persistence, deviation: 1 }),
  );
  const random = randomStream(seed, 'ledger executions');
  const isTechnology = stocks.map((_, stock) => market.technology.includes(stock));
  const flow = market.weeks.map((_, week) => {
    const executions: Execution[] = [];
    for (const [c, name] of LEDGER_CLASS_NAMES.entries()) {
      const client = {
        week,
        class: c,
        habits: LEDGER_CLASSES[name],
        common: common[c]![week]! * calm[week]!,
        own: calm[week]!,
      };
      for (let stock = 0; stock < stocks.length; stock++) {
        const { tradedInTechnology, tradedElsewhere } = LEDGER_PROCESS;
        if (random.next() >= (isTechnology[stock] ? tradedInTechnology : tradedElsewhere)) continue;
        if (!isGone(market, week, stock)) addEverydayTrades(executions, random, market, { client, stock });
      }
    }
    return executions;
  });
  keepCoversCovered(market, flow);
  return flow;
}

/** A class in one week: what its trades of all names have in common, and the size of each one's own part. */
interface Client {
  readonly week: number;
  readonly class: number;
  readonly habits: LedgerClass;
  readonly common: number;
  readonly own: number;
}

/** A trade of one name, and now and then a smaller one the other way. */
function addEverydayTrades(
  executions: Execution[],
  random: Random,
  market: LedgerMarket,
  { client, stock }: { readonly client: Client; readonly stock: number },
): void {
  const { week, class: c, habits, common, own } = client;
  const { commonShare, secondTrade, secondSize } = LEDGER_PROCESS;
  const draw = Math.sqrt(commonShare) * common + Math.sqrt(1 - commonShare) * own * normalDraw(random);
  const dollars = draw * habits.size * market.usualVolume[stock]![week]!;
  const trades = random.next() < secondTrade ? 2 : 1;
  for (let i = 0; i < trades; i++) {
    const amount = i === 0 ? dollars : -secondSize * dollars;
    const isShort = random.next() < habits.shortShare;
    const side = amount > 0 ? (isShort ? 'buy-to-cover' : 'buy') : isShort ? 'sell-short' : 'sell';
    executions.push(execute(random, market, { week, class: c, stock, side, dollars: Math.abs(amount) }));
  }
}

function isGone(market: LedgerMarket, week: number, stock: number): boolean {
  return market.stocks.stocks[stock]!.lastSession < market.weeks[week]!.lastSession;
}

/** A print in a session of the week at a price between the day's low and high, as traded. */
export function execute(random: Random, market: LedgerMarket, order: Order): Execution {
  const { week, stock } = order;
  const { firstSession, lastSession } = market.weeks[week]!;
  const session = firstSession + Math.floor(random.next() * (lastSession - firstSession + 1));
  const { bars } = market.stocks.stocks[stock]!;
  const price = bars.low[session]! + random.next() * (bars.high[session]! - bars.low[session]!);
  const priceCents = Math.max(1, Math.round(price * market.factors[stock]!.vendor[session]! * 100));
  const quantity = Math.max(1, Math.round((100 * order.dollars) / priceCents));
  const second = Math.floor(random.next() * market.seconds[session]!);
  return { week, session, class: order.class, stock, side: order.side, quantity, priceCents, second };
}

/**
 * Puts every week in the order of time, and makes a purchase of each cover of what the class has not sold short: nobody
 * buys back more than is short. Purchases and net stay as they are.
 */
export function keepCoversCovered(market: LedgerMarket, flow: OrderFlow): void {
  const open = LEDGER_CLASS_NAMES.map(() => new Float64Array(market.stocks.stocks.length));
  for (const [week, executions] of flow.entries()) {
    executions.sort((a, b) => a.session - b.session || a.second - b.second);
    flow[week] = executions.map((execution) => {
      const { side, stock, quantity, session } = execution;
      const shorts = open[execution.class]!;
      const todays = quantity * market.factors[stock]!.split[session]!;
      if (side === 'sell-short') shorts[stock]! += todays;
      if (side !== 'buy-to-cover') return execution;
      if (shorts[stock]! < todays) return { ...execution, side: 'buy' };
      shorts[stock]! -= todays;
      return execution;
    });
  }
}
