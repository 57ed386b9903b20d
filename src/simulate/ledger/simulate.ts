import type { IsoDate } from '../../core/index.js';
import type { StockMarket } from '../stocks.js';
import { type OrderFlow, simulateOrderFlow } from './executions.js';
import { plantExecutions, scheduleLedgerPlants } from './ledger-plants.js';
import { type LedgerTruth, ledgerTruth } from './ledger-truth.js';
import { type LedgerMarket, ledgerMarket } from './ledger-weeks.js';

/** A prime broker's executions over all years with prices. */
export interface Ledger {
  readonly market: LedgerMarket;
  readonly flow: OrderFlow;
  readonly truth: LedgerTruth;
}

/** @param recordDay a day whose week, or the last unflagged one before it, holds the planted record; null = no plants */
export function simulateLedger(seed: number, stocks: StockMarket, recordDay: IsoDate | null): Ledger {
  const market = ledgerMarket(stocks);
  const flow = simulateOrderFlow(seed, market);
  const schedule = recordDay === null ? null : scheduleLedgerPlants(market, recordDay);
  if (schedule !== null) plantExecutions(seed, market, flow, schedule);
  return { market, flow, truth: ledgerTruth(market, flow, schedule) };
}
