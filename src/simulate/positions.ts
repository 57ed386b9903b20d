import { COT_CLASSES } from '../core/index.js';
import type { ContractSpecification } from './contracts.js';
import { CLASS_PROCESSES, type PositionPath } from './flow-process.js';

/** Weekly positions of one contract in whole contracts of the week's own unit; classes in the order of COT_CLASSES. */
export interface PositionHistory {
  readonly contract: ContractSpecification;
  readonly long: readonly Int32Array[];
  readonly short: readonly Int32Array[];
  readonly spread: readonly Int32Array[];
  /** Sum of longs and spreads, and of shorts and spreads. */
  readonly openInterest: Int32Array;
  /** US dollars an index point. */
  readonly multiplier: Float64Array;
  readonly units: readonly string[];
}

const NON_REPORTABLE = COT_CLASSES.indexOf('non-reportable');
/** Smallest position on a side, as a share of scale: no class is ever wholly on one side. */
const SMALLEST_SIDE = 0.004;

/** Rounds a path to whole contracts; what rounding leaves over goes to the non-reportable side that lacks it. */
export function roundPositions(path: PositionPath): PositionHistory {
  const weeks = path.scale.length;
  const table = (): Int32Array[] => COT_CLASSES.map(() => new Int32Array(weeks));
  const [long, short, spread] = [table(), table(), table()];
  const net = [...path.start];
  for (let t = 0; t < weeks; t++) {
    for (const [c, name] of COT_CLASSES.entries()) {
      net[c] = net[c]! + path.flows[c]![t]!;
      const { longSide } = CLASS_PROCESSES[name];
      const balanced = path.balanced[c]![t]!;
      const sides = [balanced + longSide * net[c]!, balanced - (1 - longSide) * net[c]!] as const;
      const lift = Math.max(0, SMALLEST_SIDE * path.scale[t]! - Math.min(...sides));
      const unit = path.contractsPerFirst[t]!;
      long[c]![t] = Math.round(unit * (sides[0] + lift));
      short[c]![t] = Math.round(unit * (sides[1] + lift));
      spread[c]![t] = Math.round(unit * path.spreads[c]![t]!);
    }
  }
  return closeHistory(path.contract, { long, short, spread }, path.contractsPerFirst);
}

/** The same positions as a share of another contract's, as the E-mini's are of the consolidated series. */
export function sharePositions(
  whole: PositionHistory,
  contract: ContractSpecification,
  share: number,
): PositionHistory {
  const scaled = (sides: readonly Int32Array[]): Int32Array[] =>
    sides.map((values) => values.map((value) => Math.round(share * value)));
  const sides = { long: scaled(whole.long), short: scaled(whole.short), spread: scaled(whole.spread) };
  return closeHistory(contract, sides, new Float64Array(whole.openInterest.length).fill(1));
}

interface Sides {
  readonly long: Int32Array[];
  readonly short: Int32Array[];
  readonly spread: Int32Array[];
}

function closeHistory(
  contract: ContractSpecification,
  sides: Sides,
  contractsPerFirst: Float64Array,
): PositionHistory {
  const total = (values: readonly Int32Array[], t: number): number =>
    values.reduce((sum, value) => sum + value[t]!, 0);
  const openInterest = new Int32Array(contractsPerFirst.length);
  for (let t = 0; t < openInterest.length; t++) {
    const missing = total(sides.long, t) - total(sides.short, t);
    (missing > 0 ? sides.short : sides.long)[NON_REPORTABLE]![t]! += Math.abs(missing);
    openInterest[t] = total(sides.long, t) + total(sides.spread, t);
  }
  const unitOf = (perFirst: number) => (perFirst === 1 ? contract : (contract.laterUnit ?? contract));
  return {
    contract,
    ...sides,
    openInterest,
    multiplier: contractsPerFirst.map((perFirst) => unitOf(perFirst).multiplier),
    units: Array.from(contractsPerFirst, (perFirst) => unitOf(perFirst).units),
  };
}
