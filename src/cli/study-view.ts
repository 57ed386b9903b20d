import type { Column } from './table.js';

interface Placed {
  readonly contract: string | null;
  readonly sector: string | null;
  readonly class: string;
}

/** What a row of a study is about. */
export const PLACE: readonly Column<Placed>[] = [
  { header: 'of', value: (row) => row.contract ?? row.sector ?? 'all', align: 'left' },
  { header: 'class', value: (row) => row.class, align: 'left' },
];

/** Why a row has no figure. */
export const WHY: Column<{ readonly reason: string | null }> = {
  header: 'why not known',
  value: (row) => row.reason ?? '',
  align: 'left',
};

/** The rows of one kind, of an answer that has several. */
export function ofKind<Row extends { readonly kind: string }, Kind extends Row['kind']>(
  data: readonly Row[],
  kind: Kind,
): Extract<Row, { kind: Kind }>[] {
  return data.filter((row): row is Extract<Row, { kind: Kind }> => row.kind === kind);
}
