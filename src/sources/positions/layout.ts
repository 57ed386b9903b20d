import { COT_CLASSES } from '../../core/index.js';

/** What a column holds. `contracts` are whole and >= 0; an optional one may be blank, which is null. */
export type ColumnKind = 'date' | 'code' | 'report' | 'text' | 'multiplier' | 'contracts' | 'level';

export interface PositionsColumn {
  /** As the header of the file writes it. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** Without it a file is no file of positions; a mapping may give a constant instead where `constant` is true. */
  readonly required: boolean;
  readonly constant: boolean;
  /** Column of the table positions that it fills; null for the level of the index, which is a fact of its own. */
  readonly field: string | null;
}

function column(
  name: string,
  kind: ColumnKind,
  options: { required?: boolean; constant?: boolean; field?: string | null } = {},
): PositionsColumn {
  const { required = false, constant = false, field = camelCase(name) } = options;
  return { name, kind, required, constant, field };
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const CLASS_COLUMNS = COT_CLASSES.flatMap((name) => {
  const prefix = name.replace('-', '_');
  const outright = ['long', 'short'].map((side) =>
    column(`${prefix}_${side}`, 'contracts', { required: true }),
  );
  return name === 'non-reportable' ? outright : [...outright, column(`${prefix}_spread`, 'contracts')];
});

/** The columns of a file of positions, documented in docs/sources/positions.md. */
export const POSITIONS_COLUMNS: readonly PositionsColumn[] = [
  column('report_date', 'date', { required: true }),
  column('contract_code', 'code', { required: true, constant: true }),
  column('report', 'report', { required: true, constant: true }),
  column('contract_name', 'text', { constant: true }),
  column('multiplier', 'multiplier', { constant: true }),
  column('contract_units', 'text', { constant: true }),
  column('open_interest', 'contracts'),
  ...CLASS_COLUMNS,
  column('level', 'level', { field: null }),
  column('level_symbol', 'text', { constant: true, field: null }),
];

const BY_NAME: ReadonlyMap<string, PositionsColumn> = new Map(
  POSITIONS_COLUMNS.map((entry) => [entry.name, entry]),
);

export function positionsColumn(name: string): PositionsColumn | null {
  return BY_NAME.get(name) ?? null;
}

export const LONG_COLUMNS = CLASS_COLUMNS.filter(({ name }) => name.endsWith('_long')).map((c) => c.name);
export const SHORT_COLUMNS = CLASS_COLUMNS.filter(({ name }) => name.endsWith('_short')).map((c) => c.name);
export const SPREAD_COLUMNS = CLASS_COLUMNS.filter(({ name }) => name.endsWith('_spread')).map((c) => c.name);
