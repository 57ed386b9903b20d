import type { Driver, DriverRow, DriversAnswerRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import type { Evidence, Figure, Unit } from '../../model.js';
import { fromStudy, type Placed } from '../study-rows.js';

const DRIVERS_EVIDENCE: Evidence = { anchor: 'why-now', sources: null };

export const DRIVER_WORDS: Readonly<Record<Driver, string>> = {
  ai: 'Artificial intelligence',
  earnings: 'Earnings',
  macro: 'Rates and policy',
  rotation: 'Money leaving cyclicals',
};

export const rowsOf = <Kind extends DriversAnswerRow['kind']>(context: Context, kind: Kind) =>
  fromStudy<DriversAnswerRow, Kind>(context.input.drivers, kind);

export const driverRowsOf = (context: Context): readonly Placed<DriverRow>[] => rowsOf(context, 'driver');

export function at(
  context: Context,
  { index, row }: Placed<{ readonly reason?: string | null }>,
  field: string,
  unit: Unit,
  evidence: Evidence = DRIVERS_EVIDENCE,
): Figure {
  return context.book.at(
    `/drivers/rows/${index}/${field}`,
    unit,
    evidence,
    row.reason ?? 'the regression was not fitted',
  );
}

export const VOLATILITY: Unit = 'times own volatility';
