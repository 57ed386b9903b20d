/** What became of a file: 'unchanged' = these bytes had been imported before. */
export type ImportStatus = 'imported' | 'unchanged' | 'not-recognised' | 'failed';

/** One file, or one member of an archive. rowsRead = rowsKept + rowsUnchanged + rowsRevised + rowsSetAside. */
export interface ImportedFile {
  readonly fileName: string;
  readonly kind: string | null;
  readonly source: string | null;
  readonly status: ImportStatus;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsUnchanged: number;
  readonly rowsRevised: number;
  readonly rowsSetAside: number;
  /** One line: why it failed, what it looks like, or that it has no rows; null where there is nothing to say. */
  readonly message: string | null;
}

export interface ImportTotals {
  readonly files: Readonly<Record<ImportStatus, number>>;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsUnchanged: number;
  readonly rowsRevised: number;
  readonly rowsSetAside: number;
}

export interface ImportReport {
  readonly files: readonly ImportedFile[];
  readonly totals: ImportTotals;
  /** Stopped by the caller's signal before the last file; running again goes on from there. */
  readonly interrupted: boolean;
}

const NO_ROWS = { rowsRead: 0, rowsKept: 0, rowsUnchanged: 0, rowsRevised: 0, rowsSetAside: 0 };

/** A file of which no row was stored. */
export function fileWithoutRows(
  fileName: string,
  status: ImportStatus,
  message: string | null,
  told: { kind: string; source: string } | null = null,
): ImportedFile {
  return { fileName, kind: told?.kind ?? null, source: told?.source ?? null, status, ...NO_ROWS, message };
}

export function totalsOf(files: readonly ImportedFile[]): ImportTotals {
  const counts = { imported: 0, unchanged: 0, 'not-recognised': 0, failed: 0 };
  const rows = { ...NO_ROWS };
  for (const file of files) {
    counts[file.status] += 1;
    for (const name of Object.keys(rows) as (keyof typeof rows)[]) rows[name] += file[name];
  }
  return { files: counts, ...rows };
}
