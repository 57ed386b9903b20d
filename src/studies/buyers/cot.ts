import { type BuyersRow, COT_CLASSES, type CotFlowRow, type RoleConclusion } from '../../core/index.js';
import {
  type CotContractSeries,
  cotFlowRows,
  legsOf,
  measureOf,
  type ScaleContext,
} from '../../flows/index.js';
import { concludeRoles } from './conclusion.js';
import { buyerRows, type ClassFlow } from './shares.js';

export interface BuyersStudy {
  readonly rows: readonly BuyersRow[];
  readonly conclusion: RoleConclusion;
}

/** A futures row as purchases, sales and net: in dollars where it has a price, else in contracts. */
function classFlow(row: CotFlowRow, sectorIsProxy: boolean): ClassFlow {
  if (row.net !== null) {
    const { grossBuy, grossSell, net } = row;
    return { row, sectorIsProxy, unit: 'US dollars', grossBuy, grossSell, net };
  }
  if (row.deltaLong === null || row.deltaShort === null)
    return { row, sectorIsProxy, unit: 'contracts', grossBuy: null, grossSell: null, net: null };
  const legs = legsOf(row.deltaLong, row.deltaShort);
  const grossBuy = measureOf(legs, 'grossBuy');
  const net = measureOf(legs, 'net');
  return { row, sectorIsProxy, unit: 'contracts', grossBuy, grossSell: grossBuy - net, net };
}

/** Who bought in one futures contract in one week, and who sold to them. */
export function cotBuyers(contract: CotContractSeries, scales: ScaleContext, period: number): BuyersStudy {
  const flows = cotFlowRows(contract, scales, { classes: COT_CLASSES, period: (one) => one === period });
  const rows = buyerRows(flows.map((row) => classFlow(row, contract.entry?.sectorIsProxy ?? false)));
  return { rows, conclusion: concludeRoles(rows) };
}
