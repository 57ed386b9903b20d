import { INSTITUTIONS, isInstitution } from '../../core/index.js';
import { type FlowSeries, readSecurityRegister } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import type { FactorPeriods } from './factors/period-factor.js';
import { periodOfDay } from './factors/period-factor.js';

/** Net dollars of a class by name and week: element `name * weeks + week`; 0 in weeks without a trade, NaN before the first. */
export interface NamePanel {
  readonly symbols: readonly string[];
  readonly weeks: number;
  readonly net: Float64Array;
}

interface TradeColumns extends Record<string, Int32Array | Float64Array> {
  symbol: Int32Array;
  day: Int32Array;
  net: Float64Array;
}

const CLASSES_SQL = 'SELECT DISTINCT "class" FROM executions ORDER BY ALL';
const SYMBOLS_SQL = `SELECT DISTINCT symbol FROM executions WHERE list_contains($classes, "class") ORDER BY symbol`;
const TRADES_SQL = `SELECT list_position($symbols, symbol)::INTEGER AS symbol, (trade_date - DATE '1970-01-01')::INTEGER AS day,
    (sum(CASE WHEN side IN ('buy', 'buy-to-cover') THEN amount_cents ELSE -amount_cents END) / 100)::DOUBLE AS net
  FROM executions WHERE list_contains($classes, "class") AND list_contains($symbols, symbol)
  GROUP BY symbol, trade_date ORDER BY symbol, day`;

async function classesOf(view: AsOfView, name: string): Promise<string[]> {
  const held = (await view.query<{ class: string }>(CLASSES_SQL)).map((row) => row.class);
  return name === INSTITUTIONS ? held.filter(isInstitution) : held.filter((one) => one === name);
}

/**
 * What the class of a ledger's flow bought on balance in each name of its sector. A name is followed from the first week in which
 * the class traded it on, so that a week does not know which names will be traded later.
 */
export async function readNamePanel(
  view: AsOfView,
  weeks: FactorPeriods,
  { class: name, sector }: FlowSeries,
): Promise<NamePanel> {
  const classes = await classesOf(view, name);
  const traded = await view.query<{ symbol: string }>(SYMBOLS_SQL, { classes });
  const register = await readSecurityRegister(view);
  const last = weeks.ends.at(-1)!;
  const symbols = traded
    .map(({ symbol }) => symbol)
    .filter((symbol) => sector === null || register.sectorOf(symbol, last)?.sector === sector);
  const net = new Float64Array(symbols.length * weeks.count).fill(Number.NaN);
  if (symbols.length === 0) return { symbols, weeks: weeks.count, net };
  const weekOf = periodOfDay(weeks);
  const { symbol, day, net: dollars } = await view.columns<TradeColumns>(TRADES_SQL, { classes, symbols });
  symbol.forEach((number, i) => {
    const week = weekOf(day[i]!);
    if (week < 0) return;
    const row = (number - 1) * weeks.count;
    if (Number.isNaN(net[row + week]!)) net.fill(0, row + week, row + weeks.count);
    net[row + week]! += dollars[i]!;
  });
  return { symbols, weeks: weeks.count, net };
}
