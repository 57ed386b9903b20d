import type { IsoDate } from '../core/index.js';
import { type FiledValues, readFiledValues } from '../flows/index.js';
import { WHOLE_DOLLARS_FROM } from '../sources/edgar/index.js';
import type { AsOfView } from '../store/index.js';

/**
 * Why a filing is worth a look. `unit-against-rule`: its values are not in the unit that its filing date calls for;
 * `unit-not-of-period`: nor in the one in force when its quarter was due, as of a late filing or one without a date;
 * `unit-undecided`: either unit could be; `unit-neither`: no unit fits, its rows are set aside; `unreconciled`: its table
 * is not what its cover declares; `set-aside`: some rows could not be read; `amendment`.
 */
export type FilingRemark =
  | 'unit-against-rule'
  | 'unit-not-of-period'
  | 'unit-undecided'
  | 'unit-neither'
  | 'unreconciled'
  | 'set-aside'
  | 'amendment';

/** A Form 13F filing that is worth a look. */
export interface FilingStatusRow {
  readonly accessionNumber: string;
  readonly managerName: string | null;
  readonly periodOfReport: IsoDate | null;
  readonly filedDate: IsoDate | null;
  readonly amendmentType: string | null;
  readonly remarks: readonly FilingRemark[];
  /** Null for a notice, which has no values. */
  readonly valueUnit: string | null;
  /** One sentence with the figures that decided the unit. */
  readonly evidence: string | null;
  /** What closes of the store say of the unit; null where they price none of its rows. */
  readonly againstCloses: FiledValues | null;
  /** One sentence: what was read against what is declared. */
  readonly reconciliation: string | null;
  readonly setAsideRows: number;
}

/** How many filings were decided to be in a unit; null counts notices. */
export interface UnitCount {
  readonly valueUnit: string | null;
  readonly filings: number;
}

export interface FilingsStatus {
  readonly filings: number;
  readonly units: readonly UnitCount[];
  /** Filings with a remark, by period and accession number. */
  readonly remarked: readonly FilingStatusRow[];
}

interface FilingFigures extends Omit<FilingStatusRow, 'remarks' | 'againstCloses'> {
  readonly isAgainstRule: boolean;
  readonly isNotOfPeriod: boolean;
  readonly isAmendment: boolean;
  readonly reconciled: boolean | null;
}

const REMARKED_SQL = `
  WITH aside AS (
    SELECT split_part(subject, ' ', 1) AS accession_number, count(*) AS set_aside_rows FROM set_aside
    WHERE source = 'edgar' AND subject IS NOT NULL GROUP BY 1),
  judged AS (
    SELECT f.accession_number, manager_name, period_of_report, filed_date, amendment_type, value_unit,
      value_unit_evidence AS evidence, reconciliation, reconciled, coalesce(set_aside_rows, 0) AS set_aside_rows,
      coalesce(contains(value_unit_evidence, 'AGAINST the rule'), false) AS is_against_rule,
      coalesce(value_unit IN ('dollars', 'thousands') AND value_unit <>
        CASE WHEN period_of_report + 45 < $changed::DATE THEN 'thousands' ELSE 'dollars' END, false) AS is_not_of_period,
      coalesce(amendment_type IS NOT NULL OR ends_with(form_type, '/A'), false) AS is_amendment
    FROM filings f LEFT JOIN aside USING (accession_number))
  SELECT * FROM judged
  WHERE is_against_rule OR is_not_of_period OR is_amendment OR value_unit IN ('undecided', 'neither') OR NOT reconciled
    OR set_aside_rows > 0
  ORDER BY period_of_report NULLS FIRST, accession_number`;

function remarksOf(filing: FilingFigures): FilingRemark[] {
  const { valueUnit, isAgainstRule, isNotOfPeriod, isAmendment, reconciled, setAsideRows } = filing;
  const told: [boolean, FilingRemark][] = [
    [isAgainstRule, 'unit-against-rule'],
    [isNotOfPeriod, 'unit-not-of-period'],
    [valueUnit === 'undecided', 'unit-undecided'],
    [valueUnit === 'neither', 'unit-neither'],
    [reconciled === false, 'unreconciled'],
    [setAsideRows > 0, 'set-aside'],
    [isAmendment, 'amendment'],
  ];
  return told.filter(([applies]) => applies).map(([, remark]) => remark);
}

/** What the view holds of Form 13F, filing by filing. @returns null where it holds none */
export async function readFilingsStatus(view: AsOfView): Promise<FilingsStatus | null> {
  const units = await view.query<UnitCount & Record<string, unknown>>(
    'SELECT value_unit, count(*) AS filings FROM filings GROUP BY 1 ORDER BY 2 DESC, 1',
  );
  if (units.length === 0) return null;
  const remarked = await view.query<FilingFigures & Record<string, unknown>>(REMARKED_SQL, {
    changed: WHOLE_DOLLARS_FROM,
  });
  const priced = await readFiledValues(
    view,
    remarked.map(({ accessionNumber }) => accessionNumber),
  );
  return {
    filings: units.reduce((sum, { filings }) => sum + filings, 0),
    units,
    remarked: remarked.map((filing) => {
      const { isAgainstRule: _, isNotOfPeriod: __, isAmendment: ___, reconciled: ____, ...row } = filing;
      const againstCloses = priced.get(row.accessionNumber) ?? null;
      return { ...row, againstCloses, remarks: remarksOf(filing) };
    }),
  };
}

/** One line that counts units and remarks. */
export function filingsNote({ filings, units, remarked }: FilingsStatus): string {
  const counted = units.map((unit) => `${unit.filings} ${unit.valueUnit ?? 'notices'}`).join(', ');
  const counts = new Map<string, number>();
  for (const { remarks } of remarked)
    for (const remark of remarks) counts.set(remark, (counts.get(remark) ?? 0) + 1);
  const remarks = [...counts].map(([remark, count]) => `${count} ${remark}`).join(', ');
  return `Form 13F: ${filings} filings, values in ${counted}; ${remarks === '' ? 'none with a remark' : remarks}`;
}
