import { CHANGE_IN_OPEN_INTEREST, OPEN_INTEREST, POSITION_COLUMNS } from './layout.js';
import type { Fault, TffRow } from './row.js';

/** Contracts by which the sums of a row may miss its open interest: the CFTC rounds consolidated and combined figures. */
function reconciliationTolerance(row: Pick<TffRow, 'contractCode' | 'report'>): number {
  return row.report === 'combined' || row.contractCode.endsWith('+') ? 4 : 0;
}

/** Longs and spreads, and shorts and spreads, each add up to open interest; the changes do so too, being differences. */
export function reconciliationFault(row: TffRow): Fault | null {
  const tolerance = reconciliationTolerance(row);
  const reason = 'the classes do not add up to open interest';
  const fault = sumFault(OPEN_INTEREST, row.openInterest, row.positions, tolerance);
  if (fault !== null) return { ...fault, reason };
  if (row.changeOpenInterest === null) return null;
  const changes = row.changes as readonly number[];
  const changeFault = sumFault(CHANGE_IN_OPEN_INTEREST, row.changeOpenInterest, changes, 2 * tolerance);
  return changeFault === null ? null : { ...changeFault, reason };
}

function sumFault(
  column: string,
  total: number,
  values: readonly number[],
  tolerance: number,
): Omit<Fault, 'reason'> | null {
  let long = 0;
  let short = 0;
  for (let index = 0; index < values.length; index += 1) {
    const { side } = POSITION_COLUMNS[index]!;
    if (side !== 'Short') long += values[index]!;
    if (side !== 'Long') short += values[index]!;
  }
  if (Math.abs(long - total) <= tolerance && Math.abs(short - total) <= tolerance) return null;
  return {
    column,
    found: `${total}`,
    expected: `longs ${long} and shorts ${short}, spreads included, within ${tolerance}`,
  };
}
