/** SQL of a column of INFOTABLE as it stands in the file; NULL where it is blank or missing. */
export type ColumnSql = (name: string) => string;

/** Columns of digits in a plain row, which the engine reads as whole numbers. */
export const WHOLE_NUMBERS: ReadonlySet<string> = new Set([
  'VALUE',
  'SSHPRNAMT',
  'VOTING_AUTH_SOLE',
  'VOTING_AUTH_SHARED',
  'VOTING_AUTH_NONE',
]);

/** What all holdings of a filing share, over the answer for it. */
export const FILING_VALUES: Readonly<Record<string, string>> = {
  cik: '"cik"',
  periodOfReport: '"period"',
  periodStart: '"start"',
  periodEnd: '"period"',
  knownAt: '"known_at"',
};

const enumOf = (words: readonly string[]): string => `ENUM(${words.map((word) => `'${word}'`).join(', ')})`;

/** SQL of a text that is one of few words in any case, mostly the first in upper case. */
function upperWord(text: string, words: readonly [string, ...string[]]): string {
  const type = enumOf(words);
  return `CASE WHEN ${text} = '${words[0]}' THEN '${words[0]}'::${type} ELSE upper(${text})::${type} END`;
}

/** The rest of the holding of a row. @param text SQL of a column without blanks around it @param figure SQL of a whole number */
export function valuesSql(text: ColumnSql, figure: ColumnSql): Record<string, string> {
  const double = (name: string): string => `${figure(name)}::DOUBLE`;
  const dollars = `${double('VALUE')} * g."factor"`;
  return {
    accessionNumber: 'g."key"',
    entry: 'place',
    cusip: 'l."cusip"',
    cusipValid: 'l."valid"',
    issuerName: text('NAMEOFISSUER'),
    titleOfClass: text('TITLEOFCLASS'),
    figi: text('FIGI'),
    valueReported: double('VALUE'),
    valueUsd: `CASE WHEN ${dollars} <= ${Number.MAX_SAFE_INTEGER} THEN ${dollars} END`,
    amount: double('SSHPRNAMT'),
    amountType: upperWord(text('SSHPRNAMTTYPE'), ['SH', 'PRN']),
    putCall: `lower(${text('PUTCALL')})::${enumOf(['put', 'call'])}`,
    discretion: upperWord(text('INVESTMENTDISCRETION'), ['SOLE', 'DFND', 'OTR']),
    otherManagers: text('OTHERMANAGER'),
    votingSole: double('VOTING_AUTH_SOLE'),
    votingShared: double('VOTING_AUTH_SHARED'),
    votingNone: double('VOTING_AUTH_NONE'),
    flags: `CASE WHEN l."restored" THEN 'cusip-zeros-restored' END::${enumOf(['cusip-zeros-restored'])}`,
    knownAtKind: `'rule'::${enumOf(['rule'])}`,
  };
}
