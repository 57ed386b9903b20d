import type { Instant, IsoDate } from '../../core/index.js';

/** A row of an information table as it stands in the file, nothing judged yet. */
export interface RawEntry {
  /** 1-based place in the table. */
  readonly entry: number;
  /** Where to find it: a line of a text, or in XML the place among the document's rows, the cover being row 1. */
  readonly rowNumber: number;
  readonly issuerName: string | null;
  readonly titleOfClass: string | null;
  readonly cusip: string | null;
  readonly figi: string | null;
  readonly value: string | null;
  readonly amount: string | null;
  readonly amountType: string | null;
  readonly putCall: string | null;
  readonly discretion: string | null;
  readonly otherManagers: string | null;
  readonly votingSole: string | null;
  readonly votingShared: string | null;
  readonly votingNone: string | null;
  /** What the parser itself had to do, for the row's `flags`. */
  readonly flags: readonly string[];
}

export type RawEntryField = Exclude<keyof RawEntry, 'entry' | 'rowNumber' | 'flags'>;

/** What a filing says of itself, from its header and its cover and summary pages; null where it does not say. */
export interface FilingFacts {
  readonly accessionNumber: string | null;
  readonly cik: string | null;
  readonly managerName: string | null;
  readonly formType: string | null;
  readonly periodOfReport: IsoDate | null;
  readonly filedDate: IsoDate | null;
  readonly acceptedAt: Instant | null;
  readonly signatureDate: IsoDate | null;
  readonly reportType: 'holdings' | 'notice' | 'combination' | null;
  readonly amendmentType: 'RESTATEMENT' | 'NEW HOLDINGS' | null;
  readonly amendmentNumber: number | null;
  readonly form13fFileNumber: string | null;
  /** Managers who report holdings of this one elsewhere: 'cik name', separated by '; '. */
  readonly managersReportingFor: string | null;
  /** Managers whose holdings stand in this table, by the number used in its rows: 'number cik name'. */
  readonly includedManagers: string | null;
  readonly confidentialOmitted: boolean | null;
  readonly declaredEntries: number | null;
  readonly declaredValue: number | null;
}

export const NO_FACTS: FilingFacts = {
  accessionNumber: null,
  cik: null,
  managerName: null,
  formType: null,
  periodOfReport: null,
  filedDate: null,
  acceptedAt: null,
  signatureDate: null,
  reportType: null,
  amendmentType: null,
  amendmentNumber: null,
  form13fFileNumber: null,
  managersReportingFor: null,
  includedManagers: null,
  confidentialOmitted: null,
  declaredEntries: null,
  declaredValue: null,
};

/** A filing as read: `table` is null where the file holds none (a notice, or a cover page alone). */
export interface RawFiling {
  readonly facts: FilingFacts;
  readonly table: readonly RawEntry[] | null;
}

/** The facts of `first`, with what it leaves unsaid taken from `second`. */
export function mergeFacts(first: FilingFacts, second: FilingFacts): FilingFacts {
  const merged: Record<string, unknown> = { ...second };
  for (const [name, value] of Object.entries(first)) if (value !== null) merged[name] = value;
  return merged as unknown as FilingFacts;
}
