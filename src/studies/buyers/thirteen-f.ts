import { type BuyersPlace, formatInstant, type SourceRef } from '../../core/index.js';
import { type ThirteenFPanel, thirteenFRow } from '../../flows/index.js';
import { dollarsOf, inPart, type PanelPart, quarterFlows } from './quarter-flows.js';
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

/** The positions with the largest values so far, largest first; of equals the earlier one. */
class Largest {
  readonly places: number[] = [];
  readonly #values: number[] = [];

  add(place: number, value: number): void {
    const values = this.#values;
    if (values.length === LARGEST_TRADES && value <= values.at(-1)!) return;
    let at = values.length;
    while (at > 0 && values[at - 1]! < value) at--;
    values.splice(at, 0, value);
    this.places.splice(at, 0, place);
    values.length = Math.min(values.length, LARGEST_TRADES);
    this.places.length = values.length;
  }
}

/** The largest purchases and the largest sales of each class, those of the part asked about. */
function largestTrades(panel: ThirteenFPanel, part: PanelPart): ReadonlyMap<string, SourceRef[]> {
  const { manager, netUsd } = panel.positions;
  const included = inPart(panel, part);
  const trades = new Map<string, { readonly bought: Largest; readonly sold: Largest }>();
  const ofManager = panel.managers.map(({ classification }) => {
    const own = trades.get(classification.class) ?? { bought: new Largest(), sold: new Largest() };
    trades.set(classification.class, own);
    return own;
  });
  for (let i = 0; i < manager.length; i++) {
    const net = netUsd[i]!;
    if (Number.isNaN(net) || net === 0 || !included(i)) continue;
    const { bought, sold } = ofManager[manager[i]!]!;
    if (net > 0) bought.add(i, net);
    else sold.add(i, -net);
  }
  const sourcesOf = (places: readonly number[]): SourceRef[] =>
    places.flatMap((i) => thirteenFRow(panel, i).sources);
  return new Map(
    [...trades].map(([name, { bought, sold }]) => [name, sourcesOf([...bought.places, ...sold.places])]),
  );
}

function classFlows(panel: ThirteenFPanel, place: BuyersPlace, part: PanelPart): ClassFlow[] {
  const flows = quarterFlows(panel, part);
  const trades = largestTrades(panel, part);
  const classOf = panel.managers.map((manager) => manager.classification.class);
  const classes = [...new Set(classOf.filter((_, m) => flows.counted[m]))].sort();
  return classes.map((name) => {
    const managers = classOf.flatMap((own, m) => (own === name && flows.counted[m] ? [m] : []));
    return {
      place,
      class: name,
      unit: 'US dollars',
      ...dollarsOf(flows, managers),
      sources: trades.get(name) ?? [],
      reasons: {},
    };
  });
}

/** Which managers of a quarter bought, by class. Who sold to them is outside Form 13F, but for what they sold each other. */
export function thirteenFBuyers(panel: ThirteenFPanel, part: PanelPart = {}): BuyersStudy {
  const place = panelPlace(panel, part);
  return concluded(withOutside(buyerRows(classFlows(panel, place, part))));
}
