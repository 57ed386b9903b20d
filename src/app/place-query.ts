import type { Basis, IsoDate } from '../core/index.js';
import type { CotReport } from '../flows/index.js';

interface PlaceQuestion {
  readonly basis: Basis;
  readonly week?: IsoDate;
  readonly report: CotReport;
  readonly contracts?: readonly string[];
  readonly classes?: readonly string[];
  readonly sector?: string;
}

/** The part of an answer's query that says which market, classes and week were asked about; what was not asked is null. */
export const placeQuery = ({ basis, week, report, contracts, classes, sector }: PlaceQuestion) => ({
  basis,
  week: week ?? null,
  report: basis === 'cot' ? report : null,
  contracts: contracts ?? null,
  classes: classes ?? null,
  sector: sector ?? null,
});
