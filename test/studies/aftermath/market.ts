import {
  addDays,
  COT_CLASSES,
  closeKnownAt,
  cotReleaseInstant,
  cotReportDates,
  dateOfDayNumber,
  dayNumber,
  type Instant,
  type IsoDate,
  normalDraw,
  type Random,
  seededRandom,
  tradingDays,
} from '../../../src/core/index.js';
import type { FlowSeries } from '../../../src/flows/index.js';
import type { AsOfView } from '../../../src/store/index.js';
import { firstSessionAfter } from '../../../src/studies/aftermath/paths.js';

export interface MarketPlan {
  readonly seed: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Weeks between the record weeks of the asset managers. */
  readonly recordsEvery: number;
  /** Drift added on days under the anchored price in the 13 weeks after a record, in daily standard deviations. */
  readonly floor: number;
  /** Drift of the 4 weeks after a record, in daily standard deviations. */
  readonly lift: number;
  /** Part of the small traders' net that is the asset managers' two weeks before. */
  readonly cascade: number;
  /** Part of mood made by the week's return, of flow by mood, and of return by flow, each a week later. */
  readonly loop: number;
}

export const QUIET: MarketPlan = {
  seed: 1,
  from: '2010-07-20' as IsoDate,
  to: '2025-12-30' as IsoDate,
  recordsEvery: 45,
  floor: 0,
  lift: 0,
  cascade: 0,
  loop: 0,
};

/** A market of one contract with five classes, the closes under it, mood and cash; all of it known when it would be. */
export interface Market {
  readonly weeks: readonly IsoDate[];
  readonly records: readonly number[];
  flows(asOf: Instant): FlowSeries[];
  view(asOf: Instant): AsOfView;
}

const DAILY = 0.012;
const GROWTH = 1.0015;

interface Drawn {
  readonly nets: Record<string, Float64Array>;
  readonly records: number[];
  readonly days: number[];
  readonly closes: Float64Array;
  readonly mood: Float64Array;
}

function drawMarket(plan: MarketPlan, weeks: readonly IsoDate[]): Drawn {
  const random = seededRandom(plan.seed);
  const days = tradingDays(addDays(plan.from, -200), addDays(plan.to, 40)).map(dayNumber);
  const closes = new Float64Array(days.length);
  const nets = Object.fromEntries(COT_CLASSES.map((name) => [name, new Float64Array(weeks.length)]));
  const mood = new Float64Array(weeks.length);
  const records: number[] = [];
  const release = weeks.map((week) => firstSessionAfter(cotReleaseInstant(week)));
  const step = (drift: number) => Math.exp(DAILY * (drift + normalDraw(random)));
  let [at, largest, last, flowBefore] = [0, 0, 100, 0];
  let anchor = Number.NaN;
  let lastRecord = Number.NEGATIVE_INFINITY;
  weeks.forEach((week, t) => {
    const first = at;
    const start = last;
    for (; at < days.length && days[at]! <= dayNumber(week); at++) {
      const since = lastRecord < 0 ? Number.POSITIVE_INFINITY : (days[at]! - release[lastRecord]!) / 7;
      const isAfter = since > 0;
      const floor = isAfter && since <= 13 && last < anchor ? plan.floor : 0;
      const lift = isAfter && since <= 4 ? plan.lift : 0;
      last *= step(0.03 + floor + lift + plan.loop * flowBefore * 0.45);
      closes[at] = last;
    }
    const weekly = t === 0 || at === first ? 0 : Math.log(last / start) / (DAILY * Math.sqrt(5));
    const moodBefore = mood[t - 1] ?? 0;
    mood[t] = 0.5 * moodBefore + plan.loop * weekly + normalDraw(random);
    flowBefore = 0.3 * flowBefore + plan.loop * moodBefore + normalDraw(random);
    const scale = 1e9 * GROWTH ** t;
    let net = scale * Math.min(2.5, flowBefore);
    if (t >= 160 && (t - 160) % plan.recordsEvery === 0) {
      net = 1.05 * Math.max(largest, 3 * scale);
      records.push(t);
      lastRecord = t;
      anchor = closes[Math.max(0, at - 3)]!;
    } else net = Math.min(net, 0.99 * Math.max(largest, scale));
    largest = Math.max(largest, net);
    fill(nets, t, net, scale, plan, random);
  });
  for (; at < days.length; at++) {
    last *= step(0.03);
    closes[at] = last;
  }
  return { nets, records, days, closes, mood };
}

function fill(
  nets: Record<string, Float64Array>,
  t: number,
  net: number,
  scale: number,
  plan: MarketPlan,
  random: Random,
): void {
  nets['asset-manager']![t] = net;
  nets['leveraged-fund']![t] = scale * normalDraw(random);
  nets['other-reportable']![t] = 0.5 * scale * normalDraw(random);
  const led = t < 2 ? 0 : nets['asset-manager']![t - 2]!;
  nets['non-reportable']![t] = 0.3 * scale * normalDraw(random) + 0.3 * plan.cascade * led;
  nets.dealer![t] = -Object.values(nets).reduce((sum, values) => sum + values[t]!, 0);
}

/** Draws a market; two plans that differ in `to` alone share their past. */
export function drawPlannedMarket(plan: MarketPlan): Market {
  const weeks = cotReportDates(plan.from, plan.to);
  const drawn = drawMarket(plan, weeks);
  return {
    weeks,
    records: drawn.records,
    flows: (asOf) => {
      const known = weeks.filter((week) => cotReleaseInstant(week) <= asOf);
      const calendar: FlowSeries['calendar'] = {
        name: 'cftc-week',
        periodStarts: known.map((week) => addDays(week, -6)),
        periodEnds: known,
        lookbackPeriods: { '1y': 52, '3y': 157, '5y': 261, '10y': 522 },
      };
      return COT_CLASSES.map((name) => flowOf(name, drawn.nets[name]!.slice(0, known.length), calendar));
    },
    view: (asOf) => viewOf(drawn, weeks, asOf),
  };
}

function flowOf(name: string, net: Float64Array, calendar: FlowSeries['calendar']): FlowSeries {
  const scales: Record<string, Float64Array> = {
    dollars: net,
    pctOi: net.map((value, t) => value / (5e10 * GROWTH ** t)),
    volScaled: net.map((value, t) => (t < 52 ? Number.NaN : value / (1e9 * GROWTH ** t))),
  };
  return {
    basis: 'cot',
    class: name,
    sector: 'technology',
    sectorIsProxy: true,
    contract: '20974+',
    symbol: null,
    name: 'a market',
    inFamily: true,
    calendar,
    mainRuler: 'dollars',
    has: (period) => period >= 0 && period < net.length,
    ruler: (_, ruler) => ({ values: scales[ruler]!, unit: ruler, reasonAt: () => null }),
    knownAt: (period) => cotReleaseInstant(calendar.periodEnds[period]!),
    sources: (period) => [{ source: 'drawn', fileName: 'drawn', fileSha256: '00', rowNumber: period + 1 }],
    quality: () => ({ faults: [], remark: '', broughtRows: 0 }),
    breadth: () => null,
  };
}

function viewOf({ days, closes, mood }: Drawn, weeks: readonly IsoDate[], asOf: Instant): AsOfView {
  const known = days.filter((day) => closeKnownAt(dateOfDayNumber(day)) <= asOf);
  const prices = {
    basis: new Int32Array(known.length).fill(1),
    day: Int32Array.from(known),
    close: closes.slice(0, known.length),
    volume: Float64Array.from(known, (day) => 1e6 * (1 + (day % 3))),
  };
  const none = {
    basis: new Int32Array(0),
    day: new Int32Array(0),
    close: new Float64Array(0),
    volume: new Float64Array(0),
  };
  const surveys = weeks.filter((week) => cotReleaseInstant(week) <= asOf).map(dayNumber);
  const sentiment = { day: Int32Array.from(surveys), value: mood.slice(0, surveys.length) };
  return {
    asOf,
    snapshotId: 'drawn',
    rows: 0,
    imports: [],
    query: () => Promise.reject(new Error('this view answers columns alone')),
    columns: async (sql: string, parameters: Record<string, unknown> = {}) => {
      if (sql.includes("survey = 'aaii'")) return sentiment;
      if (sql.includes('FROM sentiment')) return { day: new Int32Array(0), value: new Float64Array(0) };
      if (sql.includes('AS rate')) return { day: new Int32Array(0), rate: new Float64Array(0) };
      return ['NASDAQ-100', 'QQQ'].includes(String(parameters.symbol)) ? prices : none;
    },
    close: () => {},
  } as unknown as AsOfView;
}
