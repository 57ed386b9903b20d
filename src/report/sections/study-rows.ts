import type { ReportStudy } from '../../core/index.js';

/** A row of a study with its place in the input. */
export interface Placed<Row> {
  readonly row: Row;
  readonly index: number;
}

/** Rows of one kind of a study, with their places. */
export function fromStudy<Row extends { readonly kind: string }, Kind extends Row['kind']>(
  study: ReportStudy<Row> | undefined,
  kind: Kind,
): readonly Placed<Extract<Row, { readonly kind: Kind }>>[] {
  return (study?.rows ?? []).flatMap((row, index) =>
    row.kind === kind ? [{ row: row as Extract<Row, { readonly kind: Kind }>, index }] : [],
  );
}
