import { COT_CLASSES, type CotClass } from '../../core/index.js';
import { CLASS_PROCESSES, intervene, type PositionPath } from '../flow-process.js';
import { INDEXES, type IndexMarket, MARKET_FACTOR, sessionIndexes } from '../indexes.js';
import { normalDraws, randomStream } from '../random-streams.js';
import type { ReportWeek } from '../weeks.js';
import {
  type AftermathLaw,
  CASCADE,
  FIRST_JUDGED_WEEK,
  FOLLOWED_SESSIONS,
  FOLLOWED_WEEKS,
  MOOD,
  RECORD_GROWTH,
  RECORD_MEMORY,
  type RecordPlan,
} from './laws.js';
import { drawRecordWeeks, firstCloseAfter } from './record-weeks.js';

/** The index whose contract is bought. */
export const FOLLOWED_INDEX = '^NDX';
export const BUYER: CotClass = 'asset-manager';
const DEALERS = { dealer: 1 } as const;
/** A week that is no planned record stays this far under the largest before it. */
const UNDER_RECORD = 0.95;
/** No single week of buying moves the next week's prices by more than so many usual weeks do. */
const MOST_FLOW = 3;

const { beta, ownDeviation } = INDEXES[FOLLOWED_INDEX];
const DAILY = Math.sqrt((beta * MARKET_FACTOR.deviation) ** 2 + ownDeviation ** 2);
const WEEKLY = DAILY * Math.sqrt(5);

/** A week that was made a record, and the price its buyers paid: the volume-weighted close of the week. */
export interface RecordWeek {
  readonly week: number;
  readonly anchor: number;
  /** Session of the first close after the report. */
  readonly entry: number;
}

/** What became of the index, of mood and of the record weeks; the flows are in the path that was walked. */
export interface Walk {
  /** Levels of the followed index, one a session. */
  readonly levels: Float64Array;
  /** Mood in deviations of its shocks, one a week. */
  readonly mood: Float64Array;
  readonly records: readonly RecordWeek[];
}

interface WalkInputs {
  readonly seed: number;
  readonly weeks: readonly ReportWeek[];
  readonly indexes: IndexMarket;
  readonly law: AftermathLaw;
  readonly plan: RecordPlan;
}

/**
 * Lives through the weeks in order, each knowing only those before it: prices of the week, mood, flows, and whether it is made a
 * record. Writes flows to the path.
 */
export function walkThrough(path: PositionPath, { seed, weeks, indexes, law, plan }: WalkInputs): Walk {
  const ends = sessionIndexes(
    indexes.sessions,
    weeks.map(({ periodEnd }) => periodEnd),
  );
  const { close, volume } = indexes.bars[FOLLOWED_INDEX];
  const levels = Float64Array.from(close);
  const planned = new Set(drawRecordWeeks(seed, weeks.length, plan));
  const shocks = normalDraws(randomStream(seed, 'mood'), weeks.length);
  const mood = new Float64Array(weeks.length);
  const records: RecordWeek[] = [];
  const flows = new Flows(path, law);
  let largest = 0;
  let [returnBefore, flowBefore] = [0, 0];
  for (let t = 1; t <= weeks.length; t++) {
    const [first, end] = [ends[t - 1]! + 1, ends[t] ?? levels.length - 1];
    const drift = (law.loop * flowBefore * WEEKLY) / Math.max(1, end - first + 1);
    for (let i = first; i <= end; i++) {
      const step = Math.log(close[i]! / close[i - 1]!);
      levels[i] = levels[i - 1]! * Math.exp(followedStep(step, i, levels, records.at(-1), law) + drift);
    }
    if (t === weeks.length) break;
    mood[t] = MOOD.persistence * mood[t - 1]! + law.loop * returnBefore + shocks[t]!;
    flows.follow(t, mood[t - 1]!, records.at(-1)?.week ?? Number.NEGATIVE_INFINITY);
    if (planned.has(t)) {
      flows.buy(t, (RECORD_GROWTH * largest) / levels[end]!);
      const entry = firstCloseAfter(weeks[t]!, indexes.sessions);
      records.push({ week: t, anchor: weightedClose(levels, volume, first, end), entry });
    } else if (t >= FIRST_JUDGED_WEEK && flows.bought(t) * levels[end]! > UNDER_RECORD * largest)
      flows.buy(t, (UNDER_RECORD * largest) / levels[end]!);
    largest = Math.max(largest, flows.bought(t) * levels[end]!);
    returnBefore = Math.log(levels[end]! / levels[first - 1]!) / WEEKLY;
    flowBefore = Math.max(-MOST_FLOW, Math.min(MOST_FLOW, flows.bought(t) / flows.usual(BUYER, t)));
  }
  return { levels: levels.map((level) => Math.round(level * 100) / 100), mood, records };
}

/** A day's log return as the law has it after the last record week. */
function followedStep(
  step: number,
  i: number,
  levels: Float64Array,
  record: RecordWeek | undefined,
  law: AftermathLaw,
): number {
  if (record === undefined || i <= record.entry || i > record.entry + FOLLOWED_SESSIONS.other) return step;
  const before = levels[i - 1]!;
  const floor = before < record.anchor ? law.floor * DAILY : 0;
  const rise = i <= record.entry + FOLLOWED_SESSIONS.rise ? law.rise * DAILY : 0;
  return law.turbulence * step + floor + rise - law.pull * Math.log(before / levels[record.entry]!);
}

function weightedClose(levels: Float64Array, volume: Float64Array, first: number, end: number): number {
  let [money, shares] = [0, 0];
  for (let i = first; i <= end; i++) {
    money += levels[i]! * volume[i]!;
    shares += volume[i]!;
  }
  return money / shares;
}

/** The flows of a path while they are lived through; dealers take the other side. */
class Flows {
  readonly #path: PositionPath;
  readonly #law: AftermathLaw;

  constructor(path: PositionPath, law: AftermathLaw) {
    this.#path = path;
    this.#law = law;
  }

  #of(name: CotClass): Float64Array {
    return this.#path.flows[COT_CLASSES.indexOf(name)]!;
  }

  #add(name: CotClass, week: number, contracts: number, memory?: number): void {
    const net = this.#of(name)[week]! + contracts;
    if (contracts !== 0) intervene(this.#path, { week, class: name, net }, DEALERS, memory);
  }

  /** Usual size of a class's weekly net, in contracts. */
  usual(name: CotClass, week: number): number {
    return CLASS_PROCESSES[name].deviation * this.#path.scale[week]!;
  }

  bought(week: number): number {
    return this.#of(BUYER)[week]!;
  }

  /** Sets the net of the buyers. */
  buy(week: number, contracts: number): void {
    this.#add(BUYER, week, contracts - this.bought(week), RECORD_MEMORY);
  }

  /** What the law adds to a week's flows: what mood drives, what is sold after a record, what followers buy. */
  follow(week: number, moodBefore: number, lastRecord: number): void {
    const { loop, profitTaking, cascade } = this.#law;
    const isAfter = week > lastRecord && week <= lastRecord + FOLLOWED_WEEKS;
    const usual = this.usual(BUYER, week);
    this.#add(BUYER, week, usual * (loop * moodBefore - (isAfter ? profitTaking : 0)));
    if (week < CASCADE.weeks) return;
    for (const { leader, follower, share } of CASCADE.links)
      this.#add(follower, week, cascade * share * this.#of(leader)[week - CASCADE.weeks]!);
  }
}
