/** SQL of a column of INFOTABLE as it stands in the file; NULL where it is blank or missing. */
export type ColumnSql = (name: string) => string;

/** Columns that the engine reads as whole numbers. */
export const WHOLE_NUMBERS: ReadonlySet<string> = new Set([
  'VALUE',
  'SSHPRNAMT',
  'VOTING_AUTH_SOLE',
  'VOTING_AUTH_SHARED',
  'VOTING_AUTH_NONE',
]);

/** Words of the columns that have few. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  amountType: ['SH', 'PRN'],
  putCall: ['put', 'call'],
  flags: ['cusip-zeros-restored'],
  knownAtKind: ['rule'],
};

/** The holding of a row. @param text SQL of a column without blanks around it @param figure SQL of a whole number */
export function valuesSql(text: ColumnSql, figure: ColumnSql): Record<string, string> {
  const double = (name: string): string => `${figure(name)}::DOUBLE`;
  const dollars = `${double('VALUE')} * g."factor"`;
  // Nearly all rows have one of these as they are stored.
  const discretion = text('INVESTMENTDISCRETION');
  return {
    accessionNumber: 'g."key"',
    entry: 'place',
    cik: 'g."cik"',
    periodOfReport: 'g."period"',
    cusip: 'l."cusip"',
    cusipValid: 'l."valid"',
    issuerName: text('NAMEOFISSUER'),
    titleOfClass: text('TITLEOFCLASS'),
    figi: text('FIGI'),
    valueReported: double('VALUE'),
    valueUsd: `CASE WHEN ${dollars} <= ${Number.MAX_SAFE_INTEGER} THEN ${dollars} END`,
    amount: double('SSHPRNAMT'),
    amountType: `CASE WHEN upper(${text('SSHPRNAMTTYPE')}) = 'PRN' THEN 'PRN' ELSE 'SH' END`,
    putCall: `lower(${text('PUTCALL')})`,
    discretion: `CASE WHEN ${discretion} IN ('SOLE', 'DFND', 'OTR') THEN ${discretion} ELSE upper(${discretion}) END`,
    otherManagers: text('OTHERMANAGER'),
    votingSole: double('VOTING_AUTH_SOLE'),
    votingShared: double('VOTING_AUTH_SHARED'),
    votingNone: double('VOTING_AUTH_NONE'),
    flags: `CASE WHEN l."restored" THEN 'cusip-zeros-restored' END`,
    periodStart: 'g."start"',
    periodEnd: 'g."period"',
    knownAt: 'g."known_at"',
    knownAtKind: "'rule'",
  };
}
