import { FormatError } from '../../core/index.js';
import { MAX_TABLE_ENTRIES, TABLE_ELEMENTS } from './layout.js';
import type { RawEntry, RawEntryField } from './model.js';
import { walkXml } from './xml.js';

const FIELDS: Readonly<Record<string, RawEntryField>> = TABLE_ELEMENTS.fields;

/**
 * Rows of an information table in XML, whatever its namespace prefix.
 * @param firstRowNumber row number of the first entry
 * @throws {FormatError} where the XML is refused, or holds more entries than the SEC's schema allows
 */
export function parseInformationTable(xml: string, file: string, firstRowNumber: number): RawEntry[] {
  const entries: RawEntry[] = [];
  let fields: Partial<Record<RawEntryField, string>> | null = null;
  walkXml(xml, file, {
    open(name) {
      if (name !== TABLE_ELEMENTS.entry) return;
      if (entries.length >= MAX_TABLE_ENTRIES) {
        throw new FormatError(
          `${file}: more than ${MAX_TABLE_ENTRIES} entries; the SEC accepts no such table`,
        );
      }
      fields = {};
    },
    close(name, text) {
      if (name === TABLE_ELEMENTS.entry && fields !== null) {
        entries.push(rawEntry(fields, entries.length + 1, firstRowNumber + entries.length));
        fields = null;
        return;
      }
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      if (fields !== null && field !== undefined && text !== '') fields[field] = text;
    },
  });
  return entries;
}

/** A row of the fields that are there; the others are null. */
export function rawEntry(
  fields: Partial<Record<RawEntryField, string>>,
  entry: number,
  rowNumber: number,
  flags: readonly string[] = [],
): RawEntry {
  return {
    entry,
    rowNumber,
    issuerName: fields.issuerName ?? null,
    titleOfClass: fields.titleOfClass ?? null,
    cusip: fields.cusip ?? null,
    figi: fields.figi ?? null,
    value: fields.value ?? null,
    amount: fields.amount ?? null,
    amountType: fields.amountType ?? null,
    putCall: fields.putCall ?? null,
    discretion: fields.discretion ?? null,
    otherManagers: fields.otherManagers ?? null,
    votingSole: fields.votingSole ?? null,
    votingShared: fields.votingShared ?? null,
    votingNone: fields.votingNone ?? null,
    flags,
  };
}
