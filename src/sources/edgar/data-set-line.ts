/** The reader's own test of figures is wider: what has at most 15 plain digits is the same number to both. */
const DIGITS = '[0-9]{1,15}';
const OPTIONAL_DIGITS = '[0-9]{0,15}';
/** The engine trims the blank alone, so that texts begin and end with a visible character or a blank. */
const TEXT = '[ -~]*';
const UNREAD = '[ -~\\x80-\\xff]*';

/** How the columns of INFOTABLE look where the engine reads them as the reader does. */
const PLAIN_FIELDS: Readonly<Record<string, string>> = {
  ACCESSION_NUMBER: TEXT,
  NAMEOFISSUER: TEXT,
  TITLEOFCLASS: TEXT,
  CUSIP: ' *[!-~][ -~]*',
  FIGI: TEXT,
  VALUE: DIGITS,
  SSHPRNAMT: DIGITS,
  SSHPRNAMTTYPE: ' *([Ss][Hh]|[Pp][Rr][Nn]) *',
  PUTCALL: '( *([Pp][Uu][Tt]|[Cc][Aa][Ll][Ll]) *)?',
  INVESTMENTDISCRETION: TEXT,
  OTHERMANAGER: TEXT,
  VOTING_AUTH_SOLE: OPTIONAL_DIGITS,
  VOTING_AUTH_SHARED: OPTIONAL_DIGITS,
  VOTING_AUTH_NONE: OPTIONAL_DIGITS,
};

/** The pattern of a row of INFOTABLE that the engine reads as the reader does. @param header names of the columns */
export const plainTableLine = (header: readonly string[]): string =>
  header.map((name) => PLAIN_FIELDS[name] ?? UNREAD).join('\\t');
