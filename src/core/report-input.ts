import type { AftermathAnswerRow } from './aftermath-results.js';
import type { BuyersRow, ManagerGroupRow, RoleConclusion, ShareBounds } from './buyers-results.js';
import type { ClaimsAnswerRow } from './claims.js';
import type { DriversAnswerRow } from './drivers-results.js';
import type { FlowRow, LooksLedger, RecordRow, ScreenRow, SourceRef } from './results.js';
import type { ReportTape } from './tape-results.js';
import type { ClassAgreementRow, HerdingRow } from './unison-results.js';
import type { IsoDate } from './units.js';

/** One period of the headline series. Missing weeks are present with null values. */
export interface SeriesPoint {
  readonly periodEnd: IsoDate;
  /** The headline measure in US dollars. */
  readonly dollars: number | null;
  /** The same in today's contracts. */
  readonly contracts: number | null;
  readonly volScaled: number | null;
  readonly pctOi: number | null;
  readonly pctAdv: number | null;
  readonly flags: readonly string[];
  readonly sources: readonly SourceRef[];
}

/** A line of the screen of any basis: positions, the index and the next release are told of futures alone. */
export type ReportScreenRow = Omit<
  ScreenRow,
  'contract' | 'contractName' | 'netPositionContracts' | 'nextRelease'
> & {
  readonly contract: string | null;
  readonly contractName: string | null;
  readonly symbol: string | null;
  readonly netPositionContracts: number | null;
  readonly nextRelease: string | null;
};

/** What the store holds of one source; also the row of `tidemark status`. */
export interface StatusRow {
  readonly source: string;
  readonly kind: string;
  readonly files: number;
  readonly rows: number;
  readonly firstPeriod: IsoDate | null;
  readonly lastPeriod: IsoDate | null;
  readonly lastKnown: string | null;
  /** Days between the last period and asOf. */
  readonly ageDays: number | null;
  readonly setAsideRows: number;
  readonly gaps: readonly { readonly from: IsoDate; readonly to: IsoDate; readonly periods: number }[];
}

/** A file behind the report's figures. */
export interface FileRef {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly source: string;
  readonly kind: string;
  readonly storedAt: string;
  readonly rowsRead: number;
  readonly rowsSetAside: number;
}

/** Who bought in the headline's market and week, who sold to them, and what the classes are taken for. */
export interface ReportBuyers {
  readonly rows: readonly BuyersRow[];
  readonly conclusion: RoleConclusion;
  readonly groups?: readonly ManagerGroupRow[];
  readonly bounds?: readonly ShareBounds[];
}

/** How far the classes went one way in one week, as known at its end; weeks without either figure have no point. */
export interface AgreementPoint {
  readonly periodEnd: IsoDate;
  /** |sum of net| / sum of |net|. */
  readonly agreement: number;
  /** Classes in the top decile of their own past. */
  readonly jointTail: number;
  /** Classes in the bottom decile of their own past. */
  readonly jointTailSold: number;
}

/** Together or each for itself: the week, and the weeks up to it, oldest first, itself the last. */
export interface ReportUnison {
  readonly week: ClassAgreementRow | null;
  readonly history?: readonly AgreementPoint[];
  readonly herding?: readonly HerdingRow[];
}

/** What a study answers about the headline. */
export interface ReportStudy<Row> {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Why there are no rows; null where there are. */
  readonly reason: string | null;
}

/** Verdicts of the sentences of a note, about the headline. */
export interface ReportClaims extends ReportStudy<ClaimsAnswerRow> {
  /** Name of the note or file of claims. */
  readonly note: string;
}

/** Everything the report prints. Report code adds words and pictures, never a figure of its own. */
export interface ReportInput {
  readonly version: string;
  readonly asOf: string;
  readonly store: { readonly id: string; readonly rows: number };
  /** The command that makes the report again. */
  readonly command: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The headline: one measure of one class in one contract, fund or sector, and one week or quarter. */
  readonly record: RecordRow;
  readonly series: readonly SeriesPoint[];
  /** The period's flows of every class in the headline's market: of futures, who was on the other side. */
  readonly flowsOfWeek: readonly FlowRow[];
  /** Absent where nobody asked; the report then leaves the part out. */
  readonly buyers?: ReportBuyers;
  /** Absent where nobody asked; the report then leaves the section out. */
  readonly unison?: ReportUnison;
  /** Absent where the store has no tape; the report then leaves the section out. */
  readonly tape?: ReportTape;
  /** Why now; absent where nobody asked, which the report says. */
  readonly drivers?: ReportStudy<DriversAnswerRow>;
  /** What followed such weeks; absent where nobody asked, which the report says. */
  readonly aftermath?: ReportStudy<AftermathAnswerRow>;
  /** Absent where no note was checked; the report then leaves the section out. */
  readonly claims?: ReportClaims;
  /** Every other market x class of the same period that set a record or nominal record in the same measure. */
  readonly otherRecords: readonly RecordRow[];
  readonly screen: readonly ReportScreenRow[];
  /** Null where no series of the basis has history enough to be tested. */
  readonly looks: LooksLedger | null;
  readonly status: readonly StatusRow[];
  readonly files: readonly FileRef[];
  readonly notes: readonly string[];
}
