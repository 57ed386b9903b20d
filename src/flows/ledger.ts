import { type FlowRow, formatInstant } from '../core/index.js';
import type { LedgerFlowSeries } from './ledger-flow-series.js';
import { scalesOf } from './series-scales.js';

/** A flow row of basis ledger. */
export interface LedgerFlowRow extends FlowRow {
  readonly basis: 'ledger';
  /** What makes the row less than clean; empty where nothing does. */
  readonly flags: readonly string[];
}

/**
 * The weeks of one series as rows of the ledger of flows, oldest first. Dollars are exact to the cent: sums of whole cents.
 * @param keep which periods of the calendar; all if left out
 */
export function ledgerFlowRows(
  series: LedgerFlowSeries,
  keep: { period?(period: number): boolean } = {},
): LedgerFlowRow[] {
  const scales = scalesOf(series);
  const { periodStarts, periodEnds } = series.calendar;
  const rows: LedgerFlowRow[] = [];
  for (let period = 0; period < periodEnds.length; period++) {
    const legs = series.legs(period);
    if (legs === null || !(keep.period?.(period) ?? true)) continue;
    const { longBuy, longSell, shortSell, shortCover } = legs;
    const { figures, reasons, ...coverage } = scales(period);
    if (shortCover === 0) reasons.buyRatio = 'no shorts were covered';
    rows.push({
      basis: 'ledger',
      periodStart: periodStarts[period]!,
      periodEnd: periodEnds[period]!,
      knownAt: formatInstant(series.knownAt(period)),
      sector: series.sector,
      contract: null,
      symbol: null,
      manager: null,
      class: series.class,
      sides: 'four-way',
      longBuy: longBuy / 100,
      longSell: longSell / 100,
      shortSell: shortSell / 100,
      shortCover: shortCover / 100,
      grossBuy: (longBuy + shortCover) / 100,
      grossSell: (longSell + shortSell) / 100,
      net: (longBuy + shortCover - longSell - shortSell) / 100,
      gross: (longBuy + shortCover + longSell + shortSell) / 100,
      grossing: (longBuy + shortSell - longSell - shortCover) / 100,
      buyRatio: shortCover === 0 ? null : longBuy / shortCover,
      ...figures,
      ...coverage,
      flags: series.quality(period).faults,
      sources: series.sources(period),
      reasons,
    });
  }
  return rows;
}
