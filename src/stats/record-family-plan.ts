import { InvalidRequest } from '../core/index.js';
import { optimalBlockLength } from './block-length.js';
import { LANES } from './record-paths.kernel.js';
import { fitRecordScale, type RecordScale } from './record-scale.js';
import { recordStanding } from './record-standing.js';
import { rollingSums } from './runs.js';

/** Why a cell of the family is or is not a hypothesis; the position in this list is its code. */
export const HYPOTHESIS_STATES = [
  'tested',
  'not in the family',
  'no value for the period',
  'no earlier value above 0',
  'too few earlier values',
] as const;
export type HypothesisState = (typeof HYPOTHESIS_STATES)[number];

/** A family laid out: cells are series-major, then horizon, then look-back. */
export interface FamilyPlan {
  readonly periods: number;
  readonly blockLength: number;
  /** Code of HYPOTHESIS_STATES by cell. */
  readonly states: Uint8Array;
  /** Observed x(t) / old record by cell, NaN where not tested. */
  readonly ratios: Float64Array;
  readonly blocks: readonly PlanBlock[];
}

/** Four series with at least one hypothesis each, interleaved for the kernel. */
export interface PlanBlock {
  readonly residuals: Float32Array;
  readonly scale: Float32Array;
  /** Observed ratio, (horizons x lookbacks) x 4, NaN where there is none. */
  readonly observed: Float64Array;
  /** Cell of each hypothesis, in slot-major, lane-minor order. */
  readonly cells: Int32Array;
}

export interface FamilyShape {
  readonly series: readonly Float64Array[];
  readonly lookbacks: readonly number[];
  readonly horizons: readonly number[];
  readonly include: (series: number, lookback: number, horizon: number) => boolean;
}

interface Member {
  readonly values: Float64Array;
  readonly model: RecordScale;
  /** First cell of the series. */
  readonly first: number;
}

/** Fits every series, forms the observed ratios, and packs the series with hypotheses into blocks of four. */
export function planFamily(shape: FamilyShape): FamilyPlan {
  const { series, lookbacks, horizons } = shape;
  const periods = series[0]?.length ?? 0;
  const slots = horizons.length * lookbacks.length;
  const states = new Uint8Array(series.length * slots);
  const ratios = new Float64Array(series.length * slots).fill(Number.NaN);
  const members: Member[] = [];
  series.forEach((values, s) => {
    requireLength(values, periods, s);
    const first = s * slots;
    const model = fitRecordScale(values.subarray(0, periods - 1));
    observeSeries(shape, s, model !== null, (slot, state, ratio) => {
      states[first + slot] = HYPOTHESIS_STATES.indexOf(state);
      ratios[first + slot] = ratio;
    });
    const tested = ratios.subarray(first, first + slots).some((ratio) => !Number.isNaN(ratio));
    if (model !== null && tested) members.push({ values, model, first });
  });
  const blocks: PlanBlock[] = [];
  for (let from = 0; from < members.length; from += LANES) {
    blocks.push(packBlock(members.slice(from, from + LANES), periods, slots, ratios));
  }
  return { periods, blockLength: commonBlockLength(members), states, ratios, blocks };
}

/** Tells state and ratio of each slot of one series. */
function observeSeries(
  { series, lookbacks, horizons, include }: FamilyShape,
  s: number,
  hasScale: boolean,
  tell: (slot: number, state: HypothesisState, ratio: number) => void,
): void {
  horizons.forEach((horizon, h) => {
    const sums = rollingSums(series[s]!, horizon);
    lookbacks.forEach((lookback, l) => {
      const { rank, margin } = recordStanding(sums, lookback);
      const state = include(s, l, h) ? stateOf(sums, hasScale && rank !== null, margin) : 'not in the family';
      tell(h * lookbacks.length + l, state, state === 'tested' ? margin! + 1 : Number.NaN);
    });
  });
}

function stateOf(sums: Float64Array, hasPast: boolean, margin: number | null): HypothesisState {
  if (Number.isNaN(sums.at(-1)!)) return 'no value for the period';
  if (!hasPast) return 'too few earlier values';
  return margin === null ? 'no earlier value above 0' : 'tested';
}

function commonBlockLength(members: readonly Member[]): number {
  const sum = members.reduce((total, { model }) => total + optimalBlockLength(model.residuals), 0);
  return sum / Math.max(1, members.length);
}

function requireLength(values: Float64Array, periods: number, series: number): void {
  if (values.length === periods) return;
  throw new InvalidRequest(
    `series ${series} has ${values.length} periods, series 0 has ${periods}; align all on one calendar`,
  );
}

function packBlock(
  members: readonly Member[],
  periods: number,
  slots: number,
  ratios: Float64Array,
): PlanBlock {
  const residuals = new Float32Array((periods - 1) * LANES);
  const scale = new Float32Array(periods * LANES).fill(Number.NaN);
  const observed = new Float64Array(slots * LANES).fill(Number.NaN);
  members.forEach(({ model, first, values }, lane) => {
    fillGaps(model.residuals).forEach((residual, k) => {
      residuals[k * LANES + lane] = residual;
    });
    const now = model.scale[periods - 1]!;
    model.scale.forEach((level, k) => {
      scale[k * LANES + lane] = Number.isNaN(values[k]!) ? Number.NaN : level / now;
    });
    for (let slot = 0; slot < slots; slot++) observed[slot * LANES + lane] = ratios[first + slot]!;
  });
  const cells: number[] = [];
  observed.forEach((ratio, slotLane) => {
    const member = members[slotLane % LANES];
    if (member !== undefined && !Number.isNaN(ratio)) cells.push(member.first + Math.floor(slotLane / LANES));
  });
  return { residuals, scale, observed, cells: Int32Array.from(cells) };
}

/**
 * Residuals with every gap filled by the stretch of equal length before it, the end of the series standing before its
 * start; where less than that is there it is repeated. A lone gap takes the residual before it, and the time before a
 * series that starts late is filled with its own residuals in turn, so none of them gets all the weight.
 *
 * @param residuals at least one of them present
 */
export function fillGaps(residuals: Float64Array): Float64Array {
  const n = residuals.length;
  const out = residuals.slice();
  const start = afterLongestGap(residuals);
  const at = (steps: number) => (start + steps) % n;
  for (let step = 1; step < n; step++) {
    if (!Number.isNaN(out[at(step)]!)) continue;
    let gap = 1;
    while (step + gap < n && Number.isNaN(out[at(step + gap)]!)) gap++;
    const stretch = Math.min(gap, step);
    for (let k = 0; k < gap; k++) out[at(step + k)] = out[at(step - stretch + (k % stretch))]!;
    step += gap - 1;
  }
  return out;
}

/** First present position after the longest circular run of missing ones. */
function afterLongestGap(residuals: Float64Array): number {
  const n = residuals.length;
  const present = residuals.findIndex((value) => !Number.isNaN(value));
  let best = present;
  let longest = 0;
  let run = 0;
  for (let step = 1; step <= n; step++) {
    const at = (present + step) % n;
    if (Number.isNaN(residuals[at]!)) {
      run++;
      continue;
    }
    if (run > longest) {
      longest = run;
      best = at;
    }
    run = 0;
  }
  return best;
}
