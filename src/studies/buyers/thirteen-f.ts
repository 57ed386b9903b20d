import { type BuyersPlace, formatInstant, type SourceRef } from '../../core/index.js';
import { type ThirteenFPanel, thirteenFRow } from '../../flows/index.js';
import { dollarsOf, type PanelPart, type QuarterFlows, quarterFlows } from './quarter-flows.js';
import { buyerRows, type ClassFlow, withOutside } from './shares.js';
import { type BuyersStudy, concluded } from './study.js';

/** Rows of filings shown behind a class: so many of its largest purchases, and as many of its largest sales. */
export const LARGEST_TRADES = 5;

export function panelPlace(panel: ThirteenFPanel, part: PanelPart): BuyersPlace {
  return {
    basis: '13f',
    periodStart: panel.periodStart,
    periodEnd: panel.periodEnd,
    knownAt: formatInstant(panel.knownAt!),
    contract: null,
    sector: part.sector ?? null,
    sectorIsProxy: false,
  };
}

function largestTrades(panel: ThirteenFPanel, positions: readonly number[]): SourceRef[] {
  const { netUsd } = panel.positions;
  const bySize = positions.toSorted((a, b) => netUsd[b]! - netUsd[a]!);
  const bought = bySize.slice(0, LARGEST_TRADES).filter((i) => netUsd[i]! > 0);
  const sold = bySize.slice(-LARGEST_TRADES).filter((i) => netUsd[i]! < 0);
  return [...bought, ...sold.toReversed()].flatMap((i) => thirteenFRow(panel, i).sources);
}

function classFlows(panel: ThirteenFPanel, place: BuyersPlace, flows: QuarterFlows): ClassFlow[] {
  const classOf = panel.managers.map((manager) => manager.classification.class);
  const classes = [...new Set(classOf.filter((_, m) => flows.counted[m]))].sort();
  return classes.map((name) => {
    const managers = classOf.flatMap((own, m) => (own === name && flows.counted[m] ? [m] : []));
    const own = new Set(managers);
    const positions = flows.positions.filter((i) => own.has(panel.positions.manager[i]!));
    return {
      place,
      class: name,
      unit: 'US dollars',
      ...dollarsOf(flows, managers),
      sources: largestTrades(panel, positions),
      reasons: {},
    };
  });
}

/** Which managers of a quarter bought, by class. Who sold to them is outside Form 13F, but for what they sold each other. */
export function thirteenFBuyers(panel: ThirteenFPanel, part: PanelPart = {}): BuyersStudy {
  const place = panelPlace(panel, part);
  return concluded(withOutside(buyerRows(classFlows(panel, place, quarterFlows(panel, part)))));
}
