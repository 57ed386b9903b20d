/**
 * Whether a print of a TAQ correction code counts: 00, 01 (the row holds the corrected data) and 02 do; 07 error, 08
 * cancelled, 10 cancel record, 11 error record, 12 old data of a correction, and any other code do not.
 * @param correction as a number or as TAQ text, '00'
 */
export function keepsCorrection(correction: number | string): boolean {
  if (typeof correction === 'string' && correction.trim() === '') return false;
  const code = Number(correction);
  return code === 0 || code === 1 || code === 2;
}
