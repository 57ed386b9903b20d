import {
  type BuyersPlace,
  formatInstant,
  groupBy,
  type Instant,
  type Measure,
  sumUsd,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { buyerRows, type ClassFlow, withOutside } from './shares.js';
import { type BuyersStudy, concluded } from './study.js';

function seriesPlace(flow: FlowSeries, period: number): BuyersPlace {
  const { periodStarts, periodEnds } = flow.calendar;
  return {
    basis: flow.basis,
    periodStart: periodStarts[period]!,
    periodEnd: periodEnds[period]!,
    knownAt: formatInstant(flow.knownAt(period)),
    contract: flow.contract,
    sector: flow.sector,
    sectorIsProxy: flow.sectorIsProxy,
  };
}

function classFlow(flow: FlowSeries, place: BuyersPlace, period: number): ClassFlow {
  const reasons: Record<string, string> = {};
  const dollars = (measure: Measure): number | null => {
    const series = flow.ruler(measure, 'dollars');
    const value = series.values[period];
    if (value !== undefined && !Number.isNaN(value)) return value;
    reasons[measure] = series.reasonAt(period) ?? 'not known';
    return null;
  };
  const net = dollars('net');
  const grossBuy = dollars('grossBuy');
  const grossSell = net === null || grossBuy === null ? null : Math.round((grossBuy - net) * 100) / 100;
  if (grossSell === null) reasons.grossSell = reasons.net ?? reasons.grossBuy!;
  return {
    place,
    class: flow.class,
    unit: 'US dollars',
    grossBuy,
    grossSell,
    net,
    sources: flow.sources(period),
    reasons,
  };
}

/** Flows of one class as one; a figure is known if all have it. */
function summed(place: BuyersPlace, flows: readonly ClassFlow[]): ClassFlow {
  const [first] = flows;
  const total = (field: 'grossBuy' | 'grossSell' | 'net'): number | null => {
    const amounts = flows.map((flow) => flow[field]);
    return amounts.some((amount) => amount === null) ? null : sumUsd(amounts.map((amount) => amount!));
  };
  return {
    ...first!,
    place,
    grossBuy: total('grossBuy'),
    grossSell: total('grossSell'),
    net: total('net'),
    sources: flows.flatMap(({ sources }) => sources),
    reasons: Object.assign({}, ...flows.map(({ reasons }) => reasons)),
  };
}

/**
 * Who bought among the classes of a basis that is not the whole market.
 * @param flows series of one calendar, all with data in the period; those of one class, such as funds, are added up
 * @param sector that the rows are of, null = all
 */
export function seriesBuyers(
  flows: readonly FlowSeries[],
  sector: string | null,
  period: number,
): BuyersStudy {
  const knownAt = formatInstant(Math.max(...flows.map((flow) => flow.knownAt(period))) as Instant);
  const classes = [...groupBy(flows, (flow) => flow.class).values()].map((ofClass) => {
    const sectorIsProxy = ofClass.some((flow) => flow.sectorIsProxy);
    const place = { ...seriesPlace(ofClass[0]!, period), knownAt, sector, sectorIsProxy };
    return summed(
      place,
      ofClass.map((flow) => classFlow(flow, place, period)),
    );
  });
  return concluded(withOutside(buyerRows(classes)));
}
