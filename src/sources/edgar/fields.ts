import type { FilingFacts } from './model.js';

export function readReportType(text: string): FilingFacts['reportType'] {
  const upper = text.toUpperCase();
  if (upper.includes('COMBINATION')) return 'combination';
  if (upper.includes('NOTICE')) return 'notice';
  return upper.includes('HOLDINGS') ? 'holdings' : null;
}

export function readAmendmentType(text: string): FilingFacts['amendmentType'] {
  const upper = text.trim().toUpperCase();
  if (upper.startsWith('RESTATE')) return 'RESTATEMENT';
  return upper.includes('NEW HOLDINGS') ? 'NEW HOLDINGS' : null;
}

export function readFlag(text: string): boolean | null {
  if (/^(true|y|yes|1)$/i.test(text)) return true;
  return /^(false|n|no|0)$/i.test(text) ? false : null;
}

const NUMBER = /^\$?\s*(\d+|\d{1,3}(?:,\d{3})+)(\.\d*)?$/;

/**
 * A count or an amount as filers write it, with or without a dollar sign and thousands separators.
 * @returns null for anything else (also negative) and beyond 2^53, where a double no longer holds every integer
 */
export function readNumber(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = NUMBER.exec(text.trim());
  if (match === null) return null;
  const value = Number(`${match[1]!.replaceAll(',', '')}${match[2] ?? ''}`);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** '028-04545' of '28- 4545' and '28-4545'; other texts stay as they are. */
export function readFileNumber(text: string): string {
  const match = /^\s*0?(\d{2,3})\s*-\s*(\d+)\s*$/.exec(text);
  return match === null ? text.trim() : `${match[1]!.padStart(3, '0')}-${match[2]!.padStart(5, '0')}`;
}
