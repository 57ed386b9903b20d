import {
  classifyManager,
  type FilingVersion,
  groupBy,
  type Instant,
  type IsoDate,
  type ManagerClassification,
  type ManagerOverride,
  type SourceRef,
  standingFilings,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** Where a manager's holdings of both quarters come from. */
export type HoldingsGrade = 'published' | 'brought';

/** A manager that counts: its holdings of both quarters are known. */
export interface PanelManager {
  readonly cik: string | null;
  readonly name: string;
  readonly classification: ManagerClassification;
  readonly grade: HoldingsGrade;
  /** When the last of its filings counted here was accepted. */
  readonly knownAt: Instant;
  readonly flags: readonly string[];
  /** The cover of each filing counted, or the first row of the manager's holdings in a brought list. */
  readonly sources: readonly SourceRef[];
}

/** A manager that does not, and why. */
export interface ExcludedManager {
  readonly cik: string | null;
  readonly name: string;
  readonly reason: string;
  /** Its holdings of the quarter before are known, so that it is missing from this one. */
  readonly isMissed: boolean;
}

/** A filing whose table counts. */
export interface CountedFiling {
  readonly accessionNumber: string;
  /** Index into the managers. */
  readonly manager: number;
  readonly isNow: boolean;
  /** Rows of its table. */
  readonly entries: number;
  readonly source: SourceRef;
}

/** A manager's rows in a brought list. */
export interface CountedFund {
  readonly fund: string;
  readonly manager: number;
}

export interface ManagerSelection {
  readonly managers: readonly PanelManager[];
  readonly excluded: readonly ExcludedManager[];
  readonly filings: readonly CountedFiling[];
  readonly funds: readonly CountedFund[];
}

interface FilingRow extends FilingVersion {
  readonly cik: string;
  readonly managerName: string | null;
  readonly periodOfReport: IsoDate;
  readonly reportType: string | null;
  readonly includedManagers: string | null;
  readonly confidentialOmitted: boolean | null;
  readonly valueUnit: string | null;
  readonly reconciled: boolean | null;
  readonly reconciliation: string | null;
  readonly knownAtKind: string;
  readonly source: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowNumber: number;
}

const FILINGS_SQL = `
SELECT accession_number, cik, manager_name, period_of_report, report_type, amendment_type, amendment_number, included_managers,
  confidential_omitted, entries_read, value_unit, reconciled, reconciliation, known_at, known_at_kind, source, file_name,
  file_sha256, row_number
FROM filings WHERE cik IS NOT NULL AND period_of_report IN (CAST($now AS DATE), CAST($before AS DATE))
ORDER BY cik, period_of_report, known_at, accession_number`;

interface FundRow {
  readonly fund: string;
  readonly cik: string | null;
  readonly legalName: string | null;
  readonly nowKnownAt: Instant | null;
  readonly beforeKnownAt: Instant | null;
  readonly source: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowNumber: number;
}

const FUNDS_SQL = `
SELECT h.fund, any_value(m.cik) AS cik, any_value(m.legal_name) AS legal_name,
  max(h.known_at) FILTER (h.quarter_end = CAST($now AS DATE)) AS now_known_at,
  max(h.known_at) FILTER (h.quarter_end = CAST($before AS DATE)) AS before_known_at,
  arg_max(h.source, h.quarter_end) AS source, arg_max(h.file_name, h.quarter_end) AS file_name,
  arg_max(h.file_sha256, h.quarter_end) AS file_sha256,
  min(h.row_number) FILTER (h.quarter_end = CAST($now AS DATE)) AS row_number
FROM fund_holdings h LEFT JOIN (SELECT fund, min(cik) AS cik, min(legal_name) AS legal_name FROM fund_managers GROUP BY fund) m
  ON m.fund = h.fund
WHERE h.quarter_end IN (CAST($now AS DATE), CAST($before AS DATE)) GROUP BY h.fund ORDER BY h.fund`;

/** The filings of one manager and quarter that stand, and what is to be said of them. */
interface Quarter {
  readonly standing: readonly FilingRow[];
  readonly hasNotice: boolean;
  readonly included: ReadonlySet<string>;
}

const sourceRef = ({ source, fileName, fileSha256, rowNumber }: SourceRef): SourceRef => ({
  source,
  fileName,
  fileSha256,
  rowNumber,
});

function quarterOf(filings: readonly FilingRow[]): Quarter {
  const byAccession = new Map(filings.map((filing) => [filing.accessionNumber, filing]));
  const standing = standingFilings(filings).map((accession) => byAccession.get(accession)!);
  const included = new Set(standing.flatMap((filing) => filing.includedManagers?.match(/\b\d{10}\b/g) ?? []));
  return { standing, hasNotice: filings.some(({ reportType }) => reportType === 'notice'), included };
}

function flagsOf(now: Quarter, before: Quarter, ends: readonly [IsoDate, IsoDate]): string[] {
  const flags: string[] = [];
  for (const [quarter, end] of [
    [now, ends[0]],
    [before, ends[1]],
  ] as const) {
    for (const filing of quarter.standing) {
      const name = `${filing.accessionNumber} of ${end}`;
      if (filing.reconciled === false)
        flags.push(`unreconciled: ${name} (${filing.reconciliation ?? 'differs from its cover'})`);
      if (filing.valueUnit === 'undecided') flags.push(`value unit undecided: ${name}`);
      if (filing.confidentialOmitted === true) flags.push(`confidential holdings left out: ${name}`);
      if (filing.amendmentType !== null)
        flags.push(`amended: ${name} (${filing.amendmentType.toLowerCase()})`);
      if (filing.knownAtKind === 'import') flags.push(`revised: ${name}`);
    }
  }
  const moved = symmetricDifference(now.included, before.included);
  if (moved.size > 0) flags.push(`managers included in its report changed: ${[...moved].sort().join(', ')}`);
  return flags;
}

function symmetricDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...[...a].filter((item) => !b.has(item)), ...[...b].filter((item) => !a.has(item))]);
}

/** Why a manager's two quarters do not compare; null where they do. */
function exclusion(
  now: Quarter,
  before: Quarter,
  ends: readonly [IsoDate, IsoDate],
  hasOwnTable: (cik: string, end: 'now' | 'before') => boolean,
): string | null {
  for (const [quarter, end] of [
    [now, ends[0]],
    [before, ends[1]],
  ] as const) {
    if (quarter.standing.length === 0)
      return quarter.hasNotice
        ? `filed a notice for ${end}: its holdings stand in another manager's report`
        : `no report for ${end}: a first filing is not buying, a missing one not selling`;
    if (quarter.standing.some(({ valueUnit }) => valueUnit === 'neither'))
      return `the report for ${end} is set aside: its values are in no unit`;
  }
  for (const cik of symmetricDifference(now.included, before.included)) {
    if (hasOwnTable(cik, now.included.has(cik) ? 'before' : 'now'))
      return `holdings of CIK ${cik} moved between its report and their own`;
  }
  return null;
}

/**
 * The managers whose holdings of both quarters are known to the view: those with standing Form 13F tables for both, and
 * of a brought list those with rows for both. Where a manager has both kinds, its own filings count.
 */
export async function selectManagers(
  view: AsOfView,
  ends: { readonly now: IsoDate; readonly before: IsoDate },
  overrides: ReadonlyMap<string, ManagerOverride>,
): Promise<ManagerSelection> {
  const filed = selectFiled(await view.query<FilingRow>(FILINGS_SQL, ends), ends, overrides);
  const taken = new Set(filed.managers.map(({ cik }) => cik));
  const managers: PanelManager[] = [...filed.managers];
  const excluded: ExcludedManager[] = [...filed.excluded];
  const funds: CountedFund[] = [];
  for (const row of await view.query<FundRow>(FUNDS_SQL, ends)) {
    const { fund, cik, legalName, nowKnownAt, beforeKnownAt } = row;
    if (cik !== null && taken.has(cik)) continue;
    if (nowKnownAt === null || beforeKnownAt === null) {
      const missing = nowKnownAt === null ? ends.now : ends.before;
      excluded.push({
        cik,
        name: fund,
        reason: `the brought list has no row of it for ${missing}`,
        isMissed: beforeKnownAt !== null,
      });
      continue;
    }
    funds.push({ fund, manager: managers.length });
    managers.push({
      cik,
      name: fund,
      classification: classifyManager({ cik, name: legalName ?? fund.replaceAll('_', ' ') }, overrides),
      grade: 'brought',
      knownAt: Math.max(nowKnownAt, beforeKnownAt) as Instant,
      flags: ['brought: summed from filings by a third party'],
      sources: [sourceRef(row)],
    });
  }
  return { managers, excluded, filings: filed.filings, funds };
}

function selectFiled(
  rows: readonly FilingRow[],
  ends: { readonly now: IsoDate; readonly before: IsoDate },
  overrides: ReadonlyMap<string, ManagerOverride>,
): Omit<ManagerSelection, 'funds'> {
  const managers: PanelManager[] = [];
  const excluded: ExcludedManager[] = [];
  const filings: CountedFiling[] = [];
  const pair = [ends.now, ends.before] as const;
  const quarters = new Map(
    [...groupBy(rows, ({ cik }) => cik)].map(([cik, own]) => [
      cik,
      {
        now: quarterOf(own.filter(({ periodOfReport }) => periodOfReport === ends.now)),
        before: quarterOf(own.filter(({ periodOfReport }) => periodOfReport === ends.before)),
        name: own.findLast(({ managerName }) => managerName !== null)?.managerName ?? cik,
      },
    ]),
  );
  const hasOwnTable = (cik: string, end: 'now' | 'before'): boolean =>
    (quarters.get(cik)?.[end].standing.length ?? 0) > 0;
  for (const [cik, { now, before, name }] of quarters) {
    const reason = exclusion(now, before, pair, hasOwnTable);
    if (reason !== null) {
      excluded.push({ cik, name, reason, isMissed: before.standing.length > 0 });
      continue;
    }
    const counted = [...now.standing, ...before.standing];
    for (const [quarter, isNow] of [
      [now, true],
      [before, false],
    ] as const)
      for (const filing of quarter.standing)
        filings.push({
          accessionNumber: filing.accessionNumber,
          manager: managers.length,
          isNow,
          entries: filing.entriesRead ?? 0,
          source: sourceRef(filing),
        });
    managers.push({
      cik,
      name,
      classification: classifyManager({ cik, name }, overrides),
      grade: 'published',
      knownAt: Math.max(...counted.map(({ knownAt }) => knownAt)) as Instant,
      flags: flagsOf(now, before, pair),
      sources: counted.map(sourceRef),
    });
  }
  return { managers, excluded, filings };
}
