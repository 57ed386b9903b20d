/** How a table compares with the totals its cover declares. */
export interface Reconciliation {
  /** Null where no total is declared. */
  readonly reconciled: boolean | null;
  /** Read minus declared. */
  readonly entriesDifference: number | null;
  /** Read minus declared, in the unit reported. */
  readonly valueDifference: number | null;
  /** One sentence. */
  readonly text: string;
}

export interface TableTotals {
  readonly entries: number;
  readonly value: number;
  /** Rows whose value could not be read. */
  readonly unreadable: number;
  /** Every value is a multiple of 1000: rounded to thousands, whatever the unit. */
  readonly wholeThousands: boolean;
}

/**
 * Compares a table with its cover. Entries must be equal. Values may differ by half a unit of rounding a row, since filers
 * round each row and the total apart: half the number of entries, times 1000 where every value is a whole thousand.
 */
export function reconcile(
  read: TableTotals,
  declaredEntries: number | null,
  declaredValue: number | null,
): Reconciliation {
  if (declaredEntries === null && declaredValue === null) {
    return { reconciled: null, entriesDifference: null, valueDifference: null, text: 'no totals declared' };
  }
  const entriesDifference = declaredEntries === null ? null : read.entries - declaredEntries;
  const valueDifference = declaredValue === null ? null : read.value - declaredValue;
  const tolerance = Math.max(1, read.entries / 2) * (read.wholeThousands && read.entries > 0 ? 1000 : 1);
  const faults: string[] = [];
  if (entriesDifference !== null && entriesDifference !== 0) {
    faults.push(`${read.entries} entries read, ${declaredEntries} declared`);
  }
  if (valueDifference !== null && Math.abs(valueDifference) > tolerance) {
    faults.push(
      `values add up to ${read.value}, ${declaredValue} declared${factorText(read.value, declaredValue!)}`,
    );
  }
  if (read.unreadable > 0) faults.push(`${read.unreadable} values could not be read`);
  return {
    reconciled: faults.length === 0,
    entriesDifference,
    valueDifference,
    text:
      faults.length === 0
        ? `${read.entries} entries, ${read.value} in the unit reported, as declared`
        : faults.join('; '),
  };
}

/** A total in another unit than the rows is the common fault, and worth its name. */
function factorText(read: number, declared: number): string {
  if (read > 0 && Math.abs(declared / read / 1000 - 1) < 0.01) return ' (a thousand times the rows)';
  if (declared > 0 && Math.abs(read / declared / 1000 - 1) < 0.01) return ' (a thousandth of the rows)';
  return '';
}
