import type { Basis } from '../../core/index.js';

export function sectorWords(sector: string): string {
  return sector.replaceAll('-', ' ');
}

interface Subject {
  readonly contract: string | null;
  readonly contractName: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly symbol?: string | null;
  readonly basis?: Basis;
}

/** The sector that the subject only stands in for, or null. The NASDAQ-100 is never printed as the sector itself. */
function proxySector(subject: Subject): string | null {
  if (subject.sectorIsProxy && subject.sector !== null) return sectorWords(subject.sector);
  if (/nasdaq[\s-]*(100|mini)/i.test(subject.contractName ?? ''))
    return sectorWords(subject.sector ?? 'technology');
  return null;
}

/** The market in words: 'NASDAQ-100 Consolidated futures (a proxy for technology)'. */
export function marketWords(subject: Subject): string {
  const proxy = proxySector(subject);
  return `${marketName(subject)}${proxy === null ? '' : ` (a proxy for ${proxy})`}`;
}

/** Whose market a basis shows where no contract says it. */
const PARTS: Readonly<Partial<Record<Basis, readonly [of: string, all: string]>>> = {
  '13f': ['shares held by Form 13F managers', 'all shares held by Form 13F managers'],
  ledger: ['shares, by the executions brought', 'all shares, by the executions brought'],
  tape: ['shares, by the prints brought', 'all shares, by the prints brought'],
};

/** The market without its proxy; only beside a place that prints it. */
export function marketName(subject: Subject): string {
  if (subject.contract === null) {
    if (subject.symbol != null) return subject.symbol;
    const part = PARTS[subject.basis ?? 'cot'];
    if (subject.sector === null) return part?.[1] ?? 'the market';
    const sector = sectorWords(subject.sector);
    return part === undefined ? sector : `${sector} ${part[0]}`;
  }
  const name = subject.contractName ?? `contract ${subject.contract}`;
  return /future/i.test(name) ? name : `${name} futures`;
}

/** The sector column of a table: 'technology (proxy)'. */
export function sectorCell(subject: Subject): string {
  const proxy = proxySector(subject);
  if (proxy !== null) return `${proxy} (proxy)`;
  return subject.sector === null ? 'broad market' : sectorWords(subject.sector);
}
