import { COT_CLASSES, type CotClass } from '../core/index.js';
import type { ContractSpecification } from './contracts.js';
import { DRIVER_LOADING } from './driver-world.js';
import { autoregression, lognormalMultiplier } from './processes.js';
import { normalDraws, randomStream } from './random-streams.js';
import { isExpiryWeek, isRollPeak, type ReportWeek } from './weeks.js';

interface ClassProcess {
  /** Net position the class returns to, as a share of the contract's scale; the five sum to 0. */
  readonly target: number;
  /** Standard deviation of the week's own shock to net, as a share of scale. */
  readonly deviation: number;
  /** Share of the other classes' imbalance that this class takes; the five sum to 1. */
  readonly absorbs: number;
  /** Longs (and as many shorts) held at a net of 0, as a share of scale. */
  readonly balanced: number;
  /** Share of a change in net that is made on the long side; the rest is made on the short side. */
  readonly longSide: number;
  /** Spreads, as a share of scale. */
  readonly spreads: number;
}

/** The five trader classes. Asset managers never absorb: dealers and leveraged funds stand on the other side. */
export const CLASS_PROCESSES = {
  dealer: {
    target: -0.3,
    deviation: 0.008,
    absorbs: 0.55,
    balanced: 0.26,
    longSide: 0.5,
    spreads: 0.02,
  },
  'asset-manager': {
    target: 0.3,
    deviation: 0.015,
    absorbs: 0,
    balanced: 0.22,
    longSide: 0.7,
    spreads: 0.025,
  },
  'leveraged-fund': {
    target: -0.12,
    deviation: 0.011,
    absorbs: 0.35,
    balanced: 0.22,
    longSide: 0.5,
    spreads: 0.03,
  },
  'other-reportable': {
    target: 0.05,
    deviation: 0.004,
    absorbs: 0.05,
    balanced: 0.06,
    longSide: 0.5,
    spreads: 0.003,
  },
  'non-reportable': {
    target: 0.07,
    deviation: 0.004,
    absorbs: 0.05,
    balanced: 0.12,
    longSide: 0.5,
    spreads: 0,
  },
} as const satisfies Record<CotClass, ClassProcess>;

export const FLOW_PROCESS = {
  /** Weight of last week's flow in this week's. */
  persistence: 0.25,
  /** Share of the distance to its target that a net position closes in a week. */
  reversion: 0.04,
  volatility: { persistence: 0.94, deviation: 0.28 },
  /** How much larger flows are in the week of a quarterly expiry. */
  expiryMultiplier: 1.7,
  rollPeakGross: 1.1,
  rollPeakSpreads: 2.2,
  grossNoise: { persistence: 0.92, deviation: 0.06 },
  scaleNoise: { persistence: 0.98, deviation: 0.05 },
  /** Share of the variance of asset-manager shocks that is common to all contracts. */
  commonShare: 0.2,
  /** Loading of asset-manager shocks on the week's standardised market return. */
  returnLoading: 0.25,
  /** Share of an intervention that is still held a week later. */
  interventionMemory: 0.97,
} as const;

/**
 * The positions of one contract before they are rounded: net flows by class in contracts of the first multiplier, and
 * the balanced and spread positions around them. Classes stand in the order of COT_CLASSES. Only `intervene` writes to it.
 */
export interface PositionPath {
  readonly contract: ContractSpecification;
  /** The contract's scale, near its open interest. */
  readonly scale: Float64Array;
  /** Net position in week 0. */
  readonly start: readonly number[];
  /** Change in net on the week; 0 in week 0. */
  readonly flows: readonly Float64Array[];
  readonly balanced: readonly Float64Array[];
  readonly spreads: readonly Float64Array[];
  /** 1, or from a planted change of unit on how many new contracts make one old. */
  readonly contractsPerFirst: Float64Array;
}

const processes = COT_CLASSES.map((name) => CLASS_PROCESSES[name]);
const ASSET_MANAGER = COT_CLASSES.indexOf('asset-manager');

/** Shocks shared by the contracts of a market, one a week, standard normal each. */
export interface CommonShocks {
  readonly assetManagers: Float64Array;
  readonly marketReturns: Float64Array;
  /** Shocks of a planted driver; null in a world without one. */
  readonly driven: Float64Array | null;
}

/** Draws the undisturbed path of a contract: growth, clustered volatility, persistence, reversion, expiry effects. */
export function drawPositionPath(
  contract: ContractSpecification,
  weeks: readonly ReportWeek[],
  common: CommonShocks,
  seed: number,
): PositionPath {
  const stream = (label: string) => randomStream(seed, `${contract.code} ${label}`);
  const scale = autoregression(stream('scale'), weeks.length, FLOW_PROCESS.scaleNoise).map(
    (noise, t) => contract.openInterest * Math.exp((contract.annualGrowth * t) / 52.18 + noise),
  );
  const gross = (name: CotClass, parameters: { peak: number; level: number; label: string }) =>
    autoregression(stream(`${name} ${parameters.label}`), weeks.length, FLOW_PROCESS.grossNoise).map(
      (noise, t) =>
        parameters.level * scale[t]! * Math.exp(noise) * (isRollPeak(weeks[t]!) ? parameters.peak : 1),
    );
  const { rollPeakGross, rollPeakSpreads } = FLOW_PROCESS;
  return {
    contract,
    scale,
    start: processes.map(({ target }) => target * scale[0]!),
    flows: drawFlows({ weeks, scale, common, stream }),
    balanced: COT_CLASSES.map((name) =>
      gross(name, { peak: rollPeakGross, level: CLASS_PROCESSES[name].balanced, label: 'balanced' }),
    ),
    spreads: COT_CLASSES.map((name) =>
      gross(name, { peak: rollPeakSpreads, level: CLASS_PROCESSES[name].spreads, label: 'spreads' }),
    ),
    contractsPerFirst: new Float64Array(weeks.length).fill(1),
  };
}

interface FlowInputs {
  readonly weeks: readonly ReportWeek[];
  readonly scale: Float64Array;
  readonly common: CommonShocks;
  readonly stream: (label: string) => ReturnType<typeof randomStream>;
}

/** Weekly net flows by class: an AR(1) with reversion and stochastic volatility, closed so that they sum to 0. */
function drawFlows({ weeks, scale, common, stream }: FlowInputs): Float64Array[] {
  const { persistence, reversion, expiryMultiplier } = FLOW_PROCESS;
  const shocks = COT_CLASSES.map((name) => normalDraws(stream(`${name} shocks`), weeks.length));
  shocks[ASSET_MANAGER] = assetManagerShocks(shocks[ASSET_MANAGER]!, common);
  const volatility = lognormalMultiplier(stream('volatility'), weeks.length, FLOW_PROCESS.volatility);
  const flows = COT_CLASSES.map(() => new Float64Array(weeks.length));
  const net = processes.map(({ target }) => target * scale[0]!);
  for (let t = 1; t < weeks.length; t++) {
    const size = scale[t]! * volatility[t]! * (isExpiryWeek(weeks[t]!) ? expiryMultiplier : 1);
    const wanted = processes.map(
      ({ target, deviation }, c) =>
        persistence * flows[c]![t - 1]! +
        reversion * (target * scale[t]! - net[c]!) +
        deviation * size * shocks[c]![t]!,
    );
    const imbalance = wanted.reduce((sum, flow) => sum + flow, 0);
    for (const [c, { absorbs }] of processes.entries()) {
      flows[c]![t] = wanted[c]! - absorbs * imbalance;
      net[c] = net[c]! + flows[c]![t]!;
    }
  }
  return flows;
}

function assetManagerShocks(own: Float64Array, common: CommonShocks): Float64Array {
  const { commonShare, returnLoading } = FLOW_PROCESS;
  const { driven } = common;
  const driverLoading = driven === null ? 0 : DRIVER_LOADING;
  const rest = Math.sqrt(1 - commonShare - returnLoading ** 2 - driverLoading ** 2);
  return own.map(
    (draw, t) =>
      rest * draw +
      Math.sqrt(commonShare) * common.assetManagers[t]! +
      returnLoading * common.marketReturns[t]! +
      (driven === null ? 0 : driverLoading * driven[t]!),
  );
}

/**
 * Sets the net flow of a class in a week; `counterparties` take the other side in the given shares (summing to 1).
 * What is added is unwound slowly afterwards, so that later flows are nearly as before.
 * @param memory share of it that is still held a week later
 */
export function intervene(
  path: PositionPath,
  at: { readonly week: number; readonly class: CotClass; readonly net: number },
  counterparties: Partial<Record<CotClass, number>>,
  memory: number = FLOW_PROCESS.interventionMemory,
): void {
  const buyer = COT_CLASSES.indexOf(at.class);
  const added = at.net - path.flows[buyer]![at.week]!;
  addWithUnwinding(path.flows[buyer]!, at.week, added, memory);
  for (const [name, share] of Object.entries(counterparties)) {
    const flow = path.flows[COT_CLASSES.indexOf(name as CotClass)]!;
    addWithUnwinding(flow, at.week, -share * added, memory);
  }
}

function addWithUnwinding(flow: Float64Array, week: number, added: number, memory: number): void {
  flow[week]! += added;
  let held = added;
  for (let t = week + 1; t < flow.length; t++) {
    flow[t]! -= (1 - memory) * held;
    held *= memory;
  }
}
