import type { OrderFlow } from './executions.js';
import { LEDGER_CLASS_NAMES, LEDGER_CLASSES } from './ledger-classes.js';
import type { LedgerMarket } from './ledger-weeks.js';

const HEADER = 'executed_at,account,class,symbol,side,quantity,price,currency,execution_id';

/** A prime broker's executions as CSV, in the order of time: times in UTC, whole shares, prices as traded. */
export function executionsCsv(market: LedgerMarket, flow: OrderFlow): string {
  const accounts = LEDGER_CLASS_NAMES.map((name) => {
    const { prefix, accounts: count } = LEDGER_CLASSES[name];
    return Array.from({ length: count }, (_, i) => `${prefix}-${String(i + 1).padStart(2, '0')}`);
  });
  const lines = [HEADER];
  for (const executions of flow) {
    for (const { session, second, class: c, stock, side, quantity, priceCents } of executions) {
      const executedAt = new Date(market.opens[session]! + 1000 * second).toISOString().replace('.000Z', 'Z');
      const account = accounts[c]![(5 * stock + c) % accounts[c]!.length]!;
      const { symbol } = market.stocks.stocks[stock]!;
      const price = `${Math.floor(priceCents / 100)}.${String(priceCents % 100).padStart(2, '0')}`;
      const id = `X${String(lines.length).padStart(7, '0')}`;
      lines.push(
        `${executedAt},${account},${LEDGER_CLASS_NAMES[c]},${symbol},${side},${quantity},${price},USD,${id}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
