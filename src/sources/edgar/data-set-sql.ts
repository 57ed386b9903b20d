/** SQL of a column of INFOTABLE as it stands in the file; NULL where it is blank or missing. */
type ColumnSql = (name: string) => string;

/** Trims the few that need it, since trimming costs more than looking. */
const trimmed = (text: string): string =>
  `CASE WHEN starts_with(${text}, ' ') OR ends_with(${text}, ' ') THEN nullif(trim(${text}), '') ELSE ${text} END`;
/** The same, for a column that mostly holds one of the usual words. */
const word = (text: string, usual: readonly string[], other: (text: string) => string): string =>
  `CASE WHEN ${text} IN (${usual.map((one) => `'${one}'`).join(', ')}) THEN ${text} ELSE ${other(trimmed(text))} END`;
const upper = (text: string): string => `upper(${text})`;
const lower = (text: string): string => `lower(${text})`;
const amountTypeSql = (column: ColumnSql): string => word(column('SSHPRNAMTTYPE'), ['SH', 'PRN'], upper);
export const groupSql = (column: ColumnSql): string => trimmed(column('ACCESSION_NUMBER'));

export const labelSql = (column: ColumnSql): string => trimmed(column('CUSIP'));

/** What a filing is judged by. */
export function figuresSql(column: ColumnSql): Record<string, string> {
  return {
    reported: `TRY_CAST(${column('VALUE')} AS BIGINT)`,
    held: `TRY_CAST(${column('SSHPRNAMT')} AS BIGINT)`,
    kind: `CASE WHEN ${column('PUTCALL')} IS NOT NULL THEN 'options'
      WHEN ${amountTypeSql(column)} = 'PRN' THEN 'principal' ELSE 'shares' END`,
  };
}

const TELLS = 'reported > 0 AND held > 0';
const RATIO = 'reported::DOUBLE / held::DOUBLE';

/** The two middle ratios of each kind of row, and sums. */
export const SUMMARIES: Readonly<Record<string, string>> = {
  value: 'sum(reported)::DOUBLE',
  wholeThousands: 'bool_and(reported % 1000 = 0)::INTEGER::DOUBLE',
  total: `coalesce(sum(reported) FILTER (${TELLS}), 0)::DOUBLE`,
  ...Object.fromEntries(
    ['shares', 'options', 'principal'].flatMap((kind) => {
      const rows = `FILTER (kind = '${kind}' AND ${TELLS})`;
      return [
        [`${kind}_rows`, `(count(*) ${rows})::DOUBLE`],
        [`${kind}_low`, `quantile_disc(${RATIO}, 0.5) ${rows}`],
        [`${kind}_high`, `-quantile_disc(-(${RATIO}), 0.5) ${rows}`],
      ];
    }),
  ),
};

/** The holding of a row. */
export function valuesSql(column: ColumnSql): Record<string, string> {
  const text = (name: string): string => trimmed(column(name));
  // Digits are read faster as a whole number, and at most 15 are the same as a double.
  const figure = (name: string): string => `${column(name)}::BIGINT::DOUBLE`;
  const dollars = `${figure('VALUE')} * g."factor"`;
  return {
    accessionNumber: groupSql(column),
    entry: 'place',
    cik: 'g."cik"',
    periodOfReport: 'g."period"',
    cusip: 'l."cusip"',
    cusipValid: 'l."valid"',
    issuerName: text('NAMEOFISSUER'),
    titleOfClass: text('TITLEOFCLASS'),
    figi: text('FIGI'),
    valueReported: figure('VALUE'),
    valueUsd: `CASE WHEN ${dollars} <= ${Number.MAX_SAFE_INTEGER} THEN ${dollars} END`,
    amount: figure('SSHPRNAMT'),
    amountType: amountTypeSql(column),
    putCall: lower(text('PUTCALL')),
    discretion: word(column('INVESTMENTDISCRETION'), ['SOLE', 'DFND', 'OTR'], upper),
    otherManagers: text('OTHERMANAGER'),
    votingSole: figure('VOTING_AUTH_SOLE'),
    votingShared: figure('VOTING_AUTH_SHARED'),
    votingNone: figure('VOTING_AUTH_NONE'),
    flags: `CASE WHEN l."restored" THEN 'cusip-zeros-restored' END`,
    periodStart: 'g."start"',
    periodEnd: 'g."period"',
    knownAt: 'g."known_at"',
    knownAtKind: "'rule'",
  };
}
