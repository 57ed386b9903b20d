import { formatInstant, type Instant, type IsoDate } from '../../core/index.js';
import { readSecurityRegister } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import type { PeriodTrades, TradingManager } from './period-trades.js';

interface AccountRow {
  readonly account: string;
  readonly class: string;
  readonly symbol: string;
  readonly net: number;
  readonly knownAt: Instant;
}

/** Fractions of shares are added as doubles: what is left of 0.1 + 0.2 - 0.3 is no purchase. */
const ACCOUNTS_SQL = `
SELECT account, "class", symbol, max(known_at) AS known_at,
  round(sum(CASE WHEN side IN ('buy', 'buy-to-cover') THEN quantity ELSE -quantity END), 6) AS net
FROM executions WHERE trade_date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
GROUP BY account, "class", symbol ORDER BY account, "class", symbol`;

/**
 * What the accounts of a ledger bought and sold on balance in shares between two days, both inclusive, accounts in the place of
 * managers. An account that trades for two classes counts as two.
 * @returns null where nothing was executed
 */
export async function ledgerTrades(
  view: AsOfView,
  days: { readonly from: IsoDate; readonly to: IsoDate },
): Promise<PeriodTrades | null> {
  const rows = await view.query<AccountRow>(ACCOUNTS_SQL, days);
  if (rows.length === 0) return null;
  const register = await readSecurityRegister(view);
  const managers = new Map<string, { readonly index: number; readonly manager: TradingManager }>();
  const securities = new Map<string, number>();
  const manager = new Uint32Array(rows.length);
  const security = new Uint32Array(rows.length);
  rows.forEach((row, i) => {
    const key = `${row.account} ${row.class}`;
    const held = managers.get(key) ?? {
      index: managers.size,
      manager: { key, class: row.class, counts: true },
    };
    managers.set(key, held);
    if (!securities.has(row.symbol)) securities.set(row.symbol, securities.size);
    manager[i] = held.index;
    security[i] = securities.get(row.symbol)!;
  });
  return {
    basis: 'ledger',
    periodStart: days.from,
    periodEnd: days.to,
    knownAt: formatInstant(
      rows.reduce((last, { knownAt }) => (knownAt > last ? knownAt : last), rows[0]!.knownAt),
    ),
    managers: [...managers.values()].map((entry) => entry.manager),
    securities: [...securities.keys()].map((key) => ({
      key,
      sector: register.sectorOf(key, days.to)?.sector ?? null,
    })),
    manager,
    security,
    direction: Int8Array.from(rows, ({ net }) => Math.sign(net)),
    heldNow: null,
    heldBefore: null,
  };
}
