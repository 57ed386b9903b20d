import { InvalidRequest, seededRandom } from '../core/index.js';
import type { PathSummary } from './path-summary.kernel.js';
import {
  type FamilyPlan,
  HYPOTHESIS_STATES,
  type HypothesisState,
  planFamily,
} from './record-family-plan.js';
import type { KernelShape } from './record-paths.kernel.js';
import { buildWasmKernel } from './record-paths.wasm.js';
import { stationaryBootstrapIndices } from './stationary-bootstrap.js';
import { stepDownMinP } from './step-down.js';
import { type BlockJob, KERNEL_TOOLS, summariseBlocks } from './summarise-blocks.js';

export interface RecordFamilyRequest {
  /** All on one period calendar, oldest first, the last element the period in question, NaN = missing. */
  readonly series: readonly Float64Array[];
  /** Periods before the last one; Infinity = all. */
  readonly lookbacks: readonly number[];
  /** Periods summed, 1 = the period alone. */
  readonly horizons: readonly number[];
  /** Resampled paths B. */
  readonly resamples: number;
  readonly seed: number;
  /** Whether a cell belongs to the family, by positions in the request; all do by default. */
  readonly include?: (series: number, lookback: number, horizon: number) => boolean;
  /** Worker threads; the result does not depend on them. */
  readonly threads?: number;
}

/** Figures of one tested cell. */
export interface HypothesisFigures {
  /** Observed x(t) / old record. */
  readonly ratio: number;
  /** (1 + paths with a ratio as large) / (B + 1). */
  readonly dependent: number;
  /** Share of paths whose last value is a record by itself. */
  readonly recordRate: number;
  /** Family-wise adjusted p, step-down minP. */
  readonly adjusted: number;
}

/** A family of record hypotheses and their p-values. A cell is a series x look-back x horizon. */
export interface RecordFamilyResult {
  /** Hypotheses: cells that are tested. */
  readonly m: number;
  readonly resamples: number;
  /** Mean block length of the stationary bootstrap in periods: mean over the tested series' own. */
  readonly blockLength: number;
  /** Smallest adjusted p that this number of paths could have shown in this family. */
  readonly adjustedFloor: number;
  state(series: number, lookback: number, horizon: number): HypothesisState;
  /** Null where the cell is not tested; `state` says why. */
  figures(series: number, lookback: number, horizon: number): HypothesisFigures | null;
}

/** A family of fewer looks keeps every path's rank, a larger one only this share, the best. */
const KEEP_ALL_BELOW = 200;
const KEPT_SHARE = 0.05;
/** Best ranks that are graded by size, so that a large family is not bound to the resolution of its ranks. */
const GRADED_SHARE = 0.01;
const GRADED_AT_LEAST = 20;
const MOST_RESAMPLES = 100_000;
/** Below, starting a thread costs more than it saves. */
const STEPS_WORTH_A_THREAD = 2e7;

/**
 * Are the last values records beyond what such series do by themselves? measures.md 5.2 and 5.4: scale model fitted on
 * the earlier values (`fitRecordScale`), whole paths of residuals by the stationary bootstrap with ONE set of index
 * paths for all series, and step-down minP over every cell.
 *
 * @throws {InvalidRequest} for series of unequal length, a look-back or horizon that is not a positive whole number, a
 *         horizon as long as the series, or resamples outside 1 .. 100,000
 */
export async function resampleRecordFamily(request: RecordFamilyRequest): Promise<RecordFamilyResult> {
  const { series, horizons, resamples } = request;
  requireSound(request);
  const lookbackOrder = [...request.lookbacks.keys()].sort(
    (a, b) => request.lookbacks[a]! - request.lookbacks[b]!,
  );
  const lookbacks = lookbackOrder.map((position) => request.lookbacks[position]!);
  const { include = () => true } = request;
  const plan = planFamily({
    series,
    lookbacks,
    horizons,
    include: (s, lookback, horizon) => include(s, lookbackOrder[lookback]!, horizon),
  });
  const m = plan.blocks.reduce((sum, block) => sum + block.cells.length, 0);
  const graded = gradedRanks(resamples);
  const keep = m < KEEP_ALL_BELOW ? resamples : Math.max(graded + 1, Math.ceil(KEPT_SHARE * resamples));
  const job = m === 0 ? null : { ...drawJob(plan, request, lookbacks), keep, graded };
  const summaries = job === null ? [] : await runJob(job, request.threads ?? 1);
  const { adjusted, floor } = stepDownMinP(summaries, resamples, keep);
  const cell = (s: number, lookback: number, horizon: number) =>
    (s * horizons.length + horizon) * lookbacks.length + lookbackOrder.indexOf(lookback);
  const figures = figuresByCell(plan, summaries, adjusted, resamples);
  return {
    m,
    resamples,
    blockLength: plan.blockLength,
    adjustedFloor: floor,
    state: (...at) => HYPOTHESIS_STATES[plan.states[cell(...at)]!]!,
    figures: (...at) => figures.get(cell(...at)) ?? null,
  };
}

function requireSound({ series, lookbacks, horizons, resamples }: RecordFamilyRequest): void {
  const isCount = (value: number) => Number.isInteger(value) && value > 0;
  const lookback = lookbacks.find((value) => !isCount(value) && value !== Number.POSITIVE_INFINITY);
  const horizon = horizons.find((value) => !isCount(value));
  if (lookback !== undefined)
    throw new InvalidRequest(`look-back ${lookback} is not a positive whole number of periods`);
  if (horizon !== undefined)
    throw new InvalidRequest(`horizon ${horizon} is not a positive whole number of periods`);
  if (!isCount(resamples) || resamples > MOST_RESAMPLES) {
    throw new InvalidRequest(`${resamples} resamples cannot be drawn; give 1 to ${MOST_RESAMPLES}`);
  }
  const periods = series[0]?.length ?? Number.POSITIVE_INFINITY;
  const tooLong = horizons.find((value) => value >= periods);
  if (tooLong !== undefined) {
    throw new InvalidRequest(`horizon ${tooLong} has no past in ${periods} periods; give a shorter one`);
  }
}

/** None where so few paths have no tail to speak of. */
function gradedRanks(paths: number): number {
  return paths < 10 * GRADED_AT_LEAST ? 0 : Math.max(GRADED_AT_LEAST, Math.round(GRADED_SHARE * paths));
}

function drawJob(
  plan: FamilyPlan,
  request: RecordFamilyRequest,
  lookbacks: readonly number[],
): Omit<BlockJob, 'keep' | 'graded'> {
  const { periods, blocks, blockLength } = plan;
  const { resamples: paths, horizons, seed } = request;
  const shape: KernelShape = {
    periods,
    paths,
    horizons,
    lookbacks: lookbacks.map((lookback) => Math.min(lookback, periods - 1)),
  };
  const indices = stationaryBootstrapIndices({
    sourceLength: periods - 1,
    pathLength: periods,
    paths,
    meanBlockLength: blockLength,
    random: seededRandom(seed),
  });
  return { shape, wasm: buildWasmKernel(shape), indices, blocks };
}

async function runJob(job: BlockJob, threads: number): Promise<PathSummary[]> {
  const steps = job.blocks.length * job.shape.paths * job.shape.periods;
  if (threads < 2 || steps < STEPS_WORTH_A_THREAD) return summariseBlocks(job, KERNEL_TOOLS);
  const { summariseInWorkers } = await import('./summarise-in-workers.node.js');
  return summariseInWorkers(job, threads);
}

function figuresByCell(
  plan: FamilyPlan,
  summaries: readonly PathSummary[],
  adjusted: Float64Array,
  resamples: number,
): Map<number, HypothesisFigures> {
  const figures = new Map<number, HypothesisFigures>();
  plan.blocks.forEach(({ cells }, block) => {
    const summary = summaries[block]!;
    cells.forEach((cell, position) => {
      figures.set(cell, {
        ratio: plan.ratios[cell]!,
        dependent: (1 + summary.atLeast[position]!) / (resamples + 1),
        recordRate: summary.records[position]! / resamples,
        adjusted: adjusted[figures.size]!,
      });
    });
  });
  return figures;
}
