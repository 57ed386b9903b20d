/** SQL of a column of INFOTABLE as it stands in the file; NULL where it is blank or missing. */
type ColumnSql = (name: string) => string;

/** The reader's own test of figures is wider: what has at most 15 plain digits is the same number to both. */
const DIGITS = '[0-9]{1,15}';
const OPTIONAL_DIGITS = '[0-9]{0,15}';
const TEXTS = ['NAMEOFISSUER', 'TITLEOFCLASS', 'FIGI', 'OTHERMANAGER', 'INVESTMENTDISCRETION'];
const VOTES = ['VOTING_AUTH_SOLE', 'VOTING_AUTH_SHARED', 'VOTING_AUTH_NONE'];

/** Trims the few that need it, since trimming costs more than looking. */
const trimmed = (text: string): string =>
  `CASE WHEN starts_with(${text}, ' ') OR ends_with(${text}, ' ') THEN nullif(trim(${text}), '') ELSE ${text} END`;
/** The same, for a column that mostly holds one of the usual words. */
const word = (text: string, usual: readonly string[], other: (text: string) => string): string =>
  `CASE WHEN ${text} IN (${usual.map((one) => `'${one}'`).join(', ')}) THEN ${text} ELSE ${other(trimmed(text))} END`;
const upper = (text: string): string => `upper(${text})`;
const lower = (text: string): string => `lower(${text})`;
const amountTypeSql = (column: ColumnSql): string => word(column('SSHPRNAMTTYPE'), ['SH', 'PRN'], upper);
const isAscii = (text: string): string => `strlen(${text}) = length(${text})`;

export const groupSql = (column: ColumnSql): string => trimmed(column('ACCESSION_NUMBER'));

export const labelSql = (column: ColumnSql): string => trimmed(column('CUSIP'));

/**
 * Whether the row is read alike by the engine: figures of plain digits, words as the schema has them, and texts of ASCII
 * that begin and end with a visible character or a blank, since only the blank is trimmed alike.
 */
export function isCleanSql(column: ColumnSql): string {
  const figures = [
    [column('VALUE'), DIGITS],
    [column('SSHPRNAMT'), DIGITS],
    ...VOTES.map((name) => [column(name), OPTIONAL_DIGITS]),
  ];
  const together = figures.map(([text]) => `coalesce(${text}, '')`).join(", '|', ");
  const pattern = figures.map(([, digits]) => digits).join('[|]');
  return [
    `regexp_full_match(concat(${together}), '${pattern}')`,
    isAscii(column('ACCESSION_NUMBER')),
    isAscii(column('CUSIP')),
    `(${trimmed(column('CUSIP'))}) IS NOT NULL`,
    `${amountTypeSql(column)} IN ('SH', 'PRN')`,
    `CASE WHEN ${column('PUTCALL')} IS NULL THEN true ELSE lower(trim(${column('PUTCALL')})) IN ('put', 'call') END`,
    ...TEXTS.map((name) => `(${column(name)} IS NULL OR ${isAscii(column(name))})`),
  ].join('\n AND ');
}

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
  const dollars = `${column('VALUE')}::DOUBLE * g."factor"`;
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
    valueReported: column('VALUE'),
    valueUsd: `CASE WHEN ${dollars} <= ${Number.MAX_SAFE_INTEGER} THEN ${dollars} END`,
    amount: column('SSHPRNAMT'),
    amountType: amountTypeSql(column),
    putCall: lower(text('PUTCALL')),
    discretion: word(column('INVESTMENTDISCRETION'), ['SOLE', 'DFND', 'OTR'], upper),
    otherManagers: text('OTHERMANAGER'),
    votingSole: column('VOTING_AUTH_SOLE'),
    votingShared: column('VOTING_AUTH_SHARED'),
    votingNone: column('VOTING_AUTH_NONE'),
    flags: `CASE WHEN l."restored" THEN 'cusip-zeros-restored' END`,
    periodStart: 'g."start"',
    periodEnd: 'g."period"',
    knownAt: 'g."known_at"',
    knownAtKind: "'rule'",
  };
}
