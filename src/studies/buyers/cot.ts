import { type BuyersPlace, COT_CLASSES, type CotFlowRow } from '../../core/index.js';
import {
  type CotContractSeries,
  cotFlowRows,
  legsOf,
  measureOf,
  type ScaleContext,
} from '../../flows/index.js';
import { buyerRows, type ClassFlow } from './shares.js';
import { type BuyersStudy, concluded } from './study.js';

/** A futures row as purchases, sales and net: in dollars where it has a price, else in contracts. */
function classFlow(row: CotFlowRow, sectorIsProxy: boolean): ClassFlow {
  const place: BuyersPlace = {
    basis: row.basis,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    knownAt: row.knownAt,
    contract: row.contract,
    sector: row.sector,
    sectorIsProxy,
  };
  const common = { place, class: row.class, sources: row.sources, reasons: {} };
  if (row.net !== null) {
    const { grossBuy, grossSell, net } = row;
    return { ...common, unit: 'US dollars', grossBuy, grossSell, net };
  }
  if (row.deltaLong === null || row.deltaShort === null) {
    const reasons = { net: row.reasons.contracts ?? row.reasons.net ?? 'not known' };
    return { ...common, reasons, unit: 'contracts', grossBuy: null, grossSell: null, net: null };
  }
  const legs = legsOf(row.deltaLong, row.deltaShort);
  const grossBuy = measureOf(legs, 'grossBuy');
  const net = measureOf(legs, 'net');
  return { ...common, unit: 'contracts', grossBuy, grossSell: grossBuy - net, net };
}

/** Who bought in one futures contract in one week, and who sold to them; the five classes are the whole market. */
export function cotBuyers(contract: CotContractSeries, scales: ScaleContext, period: number): BuyersStudy {
  const flows = cotFlowRows(contract, scales, { classes: COT_CLASSES, period: (one) => one === period });
  return concluded(buyerRows(flows.map((row) => classFlow(row, contract.entry?.sectorIsProxy ?? false))));
}
