/** TAQ exchange letters by the venue names that AlgoSeek has used, in upper case without blanks and underscores. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['NYSE', 'N'],
  ['NASDAQ', 'Q'],
  ['ARCA', 'P'],
  ['NYSEARCA', 'P'],
  ['AMEX', 'A'],
  ['NYSEMKT', 'A'],
  ['NYSEAMERICAN', 'A'],
  ['BATS', 'Z'],
  ['BATSZ', 'Z'],
  ['BZX', 'Z'],
  ['BATSY', 'Y'],
  ['BYX', 'Y'],
  ['EDGA', 'J'],
  ['EDGX', 'K'],
  ['BOSTON', 'B'],
  ['NASDAQBX', 'B'],
  ['BX', 'B'],
  ['PHILADELPHIA', 'X'],
  ['NASDAQPSX', 'X'],
  ['PSX', 'X'],
  ['PHLX', 'X'],
  ['CHICAGO', 'M'],
  ['CHX', 'M'],
  ['CSE', 'M'],
  ['NYSECHICAGO', 'M'],
  ['NSX', 'C'],
  ['NSE', 'C'],
  ['NATIONAL', 'C'],
  ['NYSENATIONAL', 'C'],
  ['ISE', 'I'],
  ['CBOE', 'W'],
  ['CBSX', 'W'],
  ['IEX', 'V'],
  ['LTSE', 'L'],
  ['MEMX', 'U'],
  ['MIAX', 'H'],
  ['MIAXPEARL', 'H'],
]);

/** Character code of the TAQ letter of a venue; all FINRA facilities are 'D'; 0 for a name that is not known. */
export function venueLetter(name: string): number {
  const key = name.toUpperCase().replace(/[ _]/g, '');
  if (key.startsWith('FINRA') || key === 'TRF' || key === 'ADF') return 68;
  if (/^[A-Z]$/.test(key)) return key.charCodeAt(0);
  return LETTERS.get(key)?.charCodeAt(0) ?? 0;
}
