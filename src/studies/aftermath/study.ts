import {
  type AftermathAnswerRow,
  type AftermathPlace,
  type EventRuleRow,
  HeldBy,
  type Outcome,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';
import { weekAnchors } from './anchors.js';
import { cascadeRows } from './cascade.js';
import { readCash } from './cash.js';
import { type EffectSources, outcomeRows, type Resampling } from './effects.js';
import { episodeRows } from './episodes.js';
import { DECLUSTER_WEEKS, type EventRule, type EventWeeks, FEWEST_EVENTS, findEvents } from './events.js';
import { type Foretold, foretell } from './forecast.js';
import { readLoopRows } from './loop.js';
import { type OutcomeSources, priceOutcomes, returnBetween, type WeeklyOutcomes } from './outcomes.js';
import { weekPaths } from './paths.js';
import { readWatchedPrices, type WatchedPrices } from './price-series.js';
import { earlyMovers } from './profit-taking.js';

export interface AftermathQuestion extends Resampling {
  readonly rule: EventRule;
  /** Events of later periods are not counted. */
  readonly period: number;
}

function placeOf(flow: FlowSeries, rule: EventRule, prices: WatchedPrices | null): AftermathPlace {
  return {
    basis: flow.basis,
    contract: flow.contract,
    sector: flow.sector,
    class: flow.class,
    measure: rule.measure,
    priceSeries: prices?.closes.label ?? 'none',
  };
}

function ruleRow(
  place: AftermathPlace,
  rule: EventRule,
  events: EventWeeks,
  counted: { readonly kept: Uint32Array; readonly found: number },
  reason: string | null,
): EventRuleRow {
  const dates = Array.from(counted.kept, events.dateOf);
  const first = events.values.findIndex((value) => !Number.isNaN(value));
  return {
    kind: 'rule',
    ...place,
    rule: events.rule,
    look: rule.kind === 'records' ? 'expanding' : 'z520',
    threshold: rule.threshold,
    declusterWeeks: DECLUSTER_WEEKS,
    found: counted.found,
    n: dates.length,
    firstWeek: first < 0 ? null : events.dateOf(first),
    lastWeek: first < 0 ? null : events.dateOf(events.values.findLastIndex((value) => !Number.isNaN(value))),
    events: dates,
    reason,
  };
}

async function outcomeSources(
  view: AsOfView,
  flow: FlowSeries,
  prices: WatchedPrices,
  last: number,
): Promise<OutcomeSources> {
  const { closes, market, isMarket } = prices;
  const fund = prices.fund ?? closes;
  const paths = weekPaths(flow, closes, last);
  const cash = isMarket ? await readCash(view) : null;
  return {
    paths,
    floor: {
      paths: fund === closes ? paths : weekPaths(flow, fund, last),
      anchors: weekAnchors(flow, fund, last),
    },
    benchmark: (from, to) =>
      cash !== null ? cash(from, to) : market === null ? Number.NaN : returnBetween(market, from, to),
  };
}

/** What followed each week is of the flow's calendar and the prices alone, whichever leg of the flow is asked about. */
const FOLLOWED = new HeldBy<FlowSeries, Promise<OutcomesByHorizon>>();

interface OutcomesByHorizon {
  readonly sources: OutcomeSources;
  at(horizonWeeks: number): WeeklyOutcomes;
}

async function outcomesByHorizon(
  view: AsOfView,
  flow: FlowSeries,
  prices: WatchedPrices,
  last: number,
): Promise<OutcomesByHorizon> {
  const sources = await outcomeSources(view, flow, prices, last);
  const held = new Map<number, WeeklyOutcomes>();
  return {
    sources,
    at(horizonWeeks) {
      const found = held.get(horizonWeeks) ?? priceOutcomes(sources, horizonWeeks);
      held.set(horizonWeeks, found);
      return found;
    },
  };
}

/** The rows of an answer, and what may be foretold of the week asked about. */
export interface AftermathStudy {
  readonly rows: readonly AftermathAnswerRow[];
  readonly place: AftermathPlace;
  readonly rule: string;
  /** Empty where the week is not the newest, or too little is known. */
  readonly foretold: readonly Foretold[];
}

/**
 * What followed weeks like this one (measures.md section 10). The rule is applied to the flow before any price is read.
 * @param classes all classes of the flow's market, for who takes profits and who goes first
 */
export async function studyAftermath(
  view: AsOfView,
  flow: FlowSeries,
  classes: readonly FlowSeries[],
  question: AftermathQuestion,
): Promise<AftermathStudy> {
  const { rule, period } = question;
  const resampling: Resampling = { resamples: question.resamples, seed: question.seed };
  const last = flow.calendar.periodEnds.length - 1;
  const events = findEvents(flow, rule, last);
  const kept = events.kept.filter((week) => week <= period);
  const counted = { kept, found: events.found.filter((week) => week <= period).length };
  const prices = await readWatchedPrices(view, flow);
  const place = placeOf(flow, rule, prices);
  const loop = await readLoopRows(view, place, flow, prices?.closes ?? null, last, resampling);
  const cascade = cascadeRows(place, classes, last, resampling);
  if (prices === null) {
    const reason = 'no daily close of the index or of a fund on it is known';
    const rows = [ruleRow(place, rule, events, counted, reason), ...cascade, ...loop];
    return { rows, place, rule: events.rule, foretold: [] };
  }
  const reason =
    kept.length < FEWEST_EVENTS ? `fewer than ${FEWEST_EVENTS} events, so figures and no claim` : null;
  const followed = await FOLLOWED.of(flow, String(last), () => outcomesByHorizon(view, flow, prices, last));
  const sourcesOfPrices = followed.sources;
  const movers = earlyMovers(classes, last);
  const held = new Map<number, WeeklyOutcomes>();
  const sources: EffectSources = {
    place,
    found: events.found,
    events: kept,
    paths: sourcesOfPrices.paths,
    flowUnit: movers.unit,
    resampling,
    outcomes(horizon) {
      const found: Partial<Record<Outcome, Float64Array>> = held.get(horizon) ?? {
        ...followed.at(horizon),
        'profit-taking': movers.after(horizon),
      };
      held.set(horizon, found);
      return found;
    },
  };
  const rows = [
    ruleRow(place, rule, events, counted, reason),
    ...outcomeRows(sources),
    ...episodeRows(sources, flow, {
      values: events.values,
      anchors: sourcesOfPrices.floor?.anchors.prices ?? null,
    }),
    ...cascade,
    ...loop,
  ];
  const newest = events.values.findLastIndex((_, week) => flow.has(week));
  const foretold = period === newest ? foretell(sources, period) : [];
  return { rows, place, rule: events.rule, foretold };
}
