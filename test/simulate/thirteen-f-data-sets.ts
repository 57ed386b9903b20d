import { membersOf } from './files-in-memory.js';

export type Tsv = Readonly<Record<string, string>>;

/** Rows of a member by column, cut at tabs. */
function tsvRows(text: string): Tsv[] {
  const [header, ...lines] = text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
  return lines.map((fields) => {
    if (fields.length !== header!.length) throw new Error(`${fields.length} fields: ${fields.join('|')}`);
    return Object.fromEntries(header!.map((column, i) => [column, fields[i]!]));
  });
}

export interface DataSet {
  readonly path: string;
  readonly members: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly rows: Readonly<Record<string, readonly Tsv[]>>;
}

export async function dataSetsOf(files: ReadonlyMap<string, Uint8Array>): Promise<DataSet[]> {
  const sets: DataSet[] = [];
  for (const [path, bytes] of files) {
    if (!/^thirteen-f\/.*\.zip$/.test(path)) continue;
    const members = await membersOf(bytes);
    const rows = members.map(({ name, bytes: text }) => [name, tsvRows(Buffer.from(text).toString('utf8'))]);
    sets.push({ path, members, rows: Object.fromEntries(rows) });
  }
  return sets;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export function isoDate(text: string): string {
  const [day, month, year] = text.split('-');
  return `${year}-${String(MONTHS.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
}

/** Shares by 'cik period cusip' and the filers of each period, by applying amendments in the order of filing. */
export function positionsOf(sets: readonly DataSet[]): {
  shares: Map<string, number>;
  filers: Map<string, Set<string>>;
} {
  const all = (member: string): Tsv[] => sets.flatMap(({ rows }) => rows[member]!);
  const covers = new Map(all('COVERPAGE.tsv').map((row) => [row.ACCESSION_NUMBER, row]));
  const tables = new Map<string, Tsv[]>();
  for (const row of all('INFOTABLE.tsv')) {
    const table = tables.get(row.ACCESSION_NUMBER!) ?? [];
    tables.set(row.ACCESSION_NUMBER!, table);
    table.push(row);
  }
  const standing = new Map<string, Tsv[]>();
  const inOrder = all('SUBMISSION.tsv').toSorted((a, b) =>
    isoDate(a.FILING_DATE!) < isoDate(b.FILING_DATE!) ? -1 : 1,
  );
  const filers = new Map<string, Set<string>>();
  for (const {
    ACCESSION_NUMBER: accession,
    CIK: cik,
    PERIODOFREPORT: period,
    SUBMISSIONTYPE: form,
  } of inOrder) {
    if (form === '13F-NT') continue;
    const end = isoDate(period!);
    filers.set(end, (filers.get(end) ?? new Set()).add(cik!));
    const key = `${cik} ${end}`;
    const table = tables.get(accession!)!;
    const adds = covers.get(accession!)!.AMENDMENTTYPE === 'NEW HOLDINGS';
    standing.set(key, adds ? [...standing.get(key)!, ...table] : table);
  }
  const shares = new Map<string, number>();
  for (const [key, table] of standing) {
    for (const { CUSIP: cusip, SSHPRNAMT: amount, SSHPRNAMTTYPE: type, PUTCALL: option } of table) {
      if (type !== 'SH' || option !== '') continue;
      shares.set(`${key} ${cusip}`, (shares.get(`${key} ${cusip}`) ?? 0) + Number(amount));
    }
  }
  return { shares, filers };
}
