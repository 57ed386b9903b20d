/** A column of a printed table. */
export interface Column<Row> {
  readonly header: string;
  value(row: Row): unknown;
  readonly align?: 'left' | 'right';
}

/** A cell as text; a missing figure is a dash, a nested one JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Columns of equal width for a terminal. */
export function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => cellText(column.value(row))));
  const widths = columns.map((column, i) =>
    Math.max(column.header.length, ...cells.map((row) => row[i]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => (columns[i]!.align === 'left' ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return `${[columns.map((column) => column.header), ...cells].map(line).join('\n')}\n`;
}

export function markdownOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const rule = columns.map((column) => (column.align === 'left' ? '---' : '---:'));
  return (
    line(columns.map((column) => column.header)) +
    line(rule) +
    rows.map((row) => line(columns.map((column) => cellText(column.value(row))))).join('')
  );
}

/** RFC 4180, all fields of all rows; nested values as JSON. */
export function csvOf(rows: readonly object[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const quote = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : cellText(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) =>
    names.map((name) => quote((row as Record<string, unknown>)[name])).join(','),
  );
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Whole number with thousands separators and a sign that reads. */
export function count(value: number | null | undefined): string | null {
  return value === null || value === undefined
    ? null
    : (value < 0 ? '-' : '') + grouped(Math.abs(Math.round(value)).toFixed(0));
}

/** Dollars as '$9.70 bn', '$551 m' or '$12,300'. */
export function dollars(value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size >= 999.5e6) return `${sign}$${(size / 1e9).toFixed(2)} bn`;
  if (size >= 1e6) return `${sign}$${Math.round(size / 1e6)} m`;
  return `${sign}$${grouped(size.toFixed(0))}`;
}

export function fixed(value: number | null | undefined, digits: number): string | null {
  return value === null || value === undefined ? null : value.toFixed(digits);
}

/** An interval as '0.10 to 0.25'. */
export function within(low: number | null, high: number | null, digits: number): string | null {
  return low === null || high === null ? null : `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
}

export function percent(value: number | null | undefined, digits = 1): string | null {
  return value === null || value === undefined ? null : `${(100 * value).toFixed(digits)} %`;
}
