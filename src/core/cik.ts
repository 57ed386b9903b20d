/**
 * The SEC's Central Index Key in the form in which the store keeps it: ten digits, as EDGAR's own headers write it.
 * @returns null for anything but one to ten digits, and for zero
 */
export function normalizeCik(text: string): string | null {
  const digits = text.trim();
  if (!/^\d{1,10}$/.test(digits) || /^0+$/.test(digits)) return null;
  return digits.padStart(10, '0');
}
