import { type Fact, type IsoDate, readCusip, type SetAsideRow, type TableRow } from '../../core/index.js';
import { readNumber } from './fields.js';
import type { RawEntry } from './model.js';
import type { ValuePair, ValueUnit } from './value-unit.js';

/** An entry that could be read, its value still in the filer's unit. */
export interface ReadEntry {
  readonly ok: true;
  readonly raw: RawEntry;
  readonly cusip: string;
  readonly cusipValid: boolean;
  readonly value: number;
  readonly amount: number;
  /** Null where the table leaves it unsaid. */
  readonly amountType: 'SH' | 'PRN' | null;
  readonly putCall: 'put' | 'call' | null;
  readonly votingSole: number | null;
  readonly votingShared: number | null;
  readonly votingNone: number | null;
  readonly flags: readonly string[];
}

/** An entry that could not. */
export interface UnreadEntry {
  readonly ok: false;
  readonly raw: RawEntry;
  /** The reported value where that much could be read. */
  readonly value: number | null;
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}

/** Reads one entry's fields; the first that makes it unusable is named. */
export function readEntry(raw: RawEntry): ReadEntry | UnreadEntry {
  const value = raw.value === null ? null : readNumber(raw.value);
  const unread = (column: string, found: string | null, expected: string): UnreadEntry => ({
    ok: false,
    raw,
    value,
    column,
    found: found ?? '',
    expected,
  });
  if (raw.cusip === null) return unread('cusip', null, 'nine characters');
  if (value === null) return unread('value', raw.value, 'a number, not negative');
  const amount = raw.amount === null ? null : readNumber(raw.amount);
  if (amount === null) return unread('sshPrnamt', raw.amount, 'a number, not negative');
  const amountType = raw.amountType === null ? null : raw.amountType.toUpperCase();
  if (amountType !== null && amountType !== 'SH' && amountType !== 'PRN') {
    return unread('sshPrnamtType', raw.amountType, 'SH or PRN');
  }
  const putCall = raw.putCall === null ? null : raw.putCall.toLowerCase();
  if (putCall !== null && putCall !== 'put' && putCall !== 'call') {
    return unread('putCall', raw.putCall, 'Put or Call');
  }
  const { cusip, valid, zerosRestored } = readCusip(raw.cusip);
  const votingSole = optionalNumber(raw.votingSole);
  const votingShared = optionalNumber(raw.votingShared);
  const votingNone = optionalNumber(raw.votingNone);
  const isUnreadable = [votingSole, votingShared, votingNone].includes(undefined);
  const flags =
    zerosRestored || isUnreadable
      ? [
          ...raw.flags,
          ...(zerosRestored ? ['cusip-zeros-restored'] : []),
          ...(isUnreadable ? ['voting-unreadable'] : []),
        ]
      : raw.flags;
  return {
    ok: true,
    raw,
    cusip,
    cusipValid: valid,
    value,
    amount,
    amountType,
    putCall,
    votingSole: votingSole ?? null,
    votingShared: votingShared ?? null,
    votingNone: votingNone ?? null,
    flags,
  };
}

/** Null where nothing stands, undefined where something stands that is no number. */
function optionalNumber(text: string | null): number | null | undefined {
  return text === null ? null : (readNumber(text) ?? undefined);
}

/** What the entry says of the unit of value; an unsaid amount type counts as shares there. */
export function valuePair({ value, amount, amountType, putCall, cusip }: ReadEntry): ValuePair {
  return { value, amount, amountType: amountType ?? 'SH', isOption: putCall !== null, cusip };
}

export interface FilingOfRow {
  readonly accessionNumber: string;
  readonly cik: string | null;
  readonly periodOfReport: IsoDate | null;
  readonly unit: ValueUnit;
  readonly stamp: Pick<Fact, 'periodStart' | 'periodEnd' | 'knownAt' | 'knownAtKind'>;
}

/**
 * Below this, value / amount in dollars could be the price of a bond against its par; an amount of unsaid type is then not
 * taken for shares.
 */
const LOWEST_PRICE_OF_SHARES = 2;

/** The row of the store, or the reason why an amount of unsaid type cannot be told. */
export function holdingFact(entry: ReadEntry, filing: FilingOfRow): Fact<'holdings'> | UnreadEntry {
  const { raw, value, amount } = entry;
  const factor = filing.unit === 'dollars' ? 1 : filing.unit === 'thousands' ? 1000 : null;
  const flags = [...entry.flags];
  let amountType = entry.amountType;
  if (amountType === null) {
    if (factor === null || amount === 0 || (value * factor) / amount < LOWEST_PRICE_OF_SHARES) {
      return { ok: false, raw, value, column: 'sshPrnamtType', found: '', expected: 'SH or PRN' };
    }
    amountType = 'SH';
    flags.push('amount-type-inferred');
  }
  const row: TableRow<'holdings'> = {
    accessionNumber: filing.accessionNumber,
    entry: raw.entry,
    cik: filing.cik,
    periodOfReport: filing.periodOfReport,
    cusip: entry.cusip,
    cusipValid: entry.cusipValid,
    issuerName: raw.issuerName,
    titleOfClass: raw.titleOfClass,
    figi: raw.figi,
    valueReported: value,
    valueUsd: factor === null ? null : wholeDollars(value * factor),
    amount,
    amountType,
    putCall: entry.putCall,
    discretion: raw.discretion?.toUpperCase() ?? null,
    otherManagers: raw.otherManagers,
    votingSole: entry.votingSole,
    votingShared: entry.votingShared,
    votingNone: entry.votingNone,
    flags: flags.length === 0 ? null : flags.join(','),
  };
  return { table: 'holdings', row, rowNumber: raw.rowNumber, ...filing.stamp };
}

/** Null beyond 2^53, where a double no longer holds every integer. */
function wholeDollars(value: number): number | null {
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

export function setAsideEntry(entry: UnreadEntry, filing: FilingOfRow): SetAsideRow {
  const { raw, column, found, expected } = entry;
  return setAside(raw, filing, {
    column,
    found,
    expected,
    reason: `${column} is ${found === '' ? 'missing' : `'${found}'`}`,
  });
}

export function setAside(
  raw: RawEntry,
  filing: FilingOfRow,
  what: Pick<SetAsideRow, 'column' | 'found' | 'expected' | 'reason'>,
): SetAsideRow {
  const { periodEnd, knownAt, knownAtKind } = filing.stamp;
  return {
    ...what,
    rowNumber: raw.rowNumber,
    subject: [filing.accessionNumber, `entry ${raw.entry}`, raw.cusip ?? raw.issuerName ?? '']
      .join(' ')
      .trim(),
    ...(periodEnd === null ? {} : { periodEnd }),
    ...(knownAtKind === 'import' ? {} : { knownAt }),
  };
}
