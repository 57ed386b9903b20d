import { FormatError, normalizeCik, type SourceFile } from '../../core/index.js';

/** A fact as the company facts interface writes it. */
export type FiledFact = Readonly<Record<string, unknown>>;

/** Facts of one concept in one unit, in the order of the file. */
export interface ConceptFacts {
  readonly taxonomy: string;
  readonly concept: string;
  readonly unit: string;
  readonly facts: readonly unknown[];
}

export interface CompanyFactsFile {
  readonly cik: string;
  readonly concepts: Iterable<ConceptFacts>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws {FormatError} where the file is no company facts JSON or names no filer */
export function parseCompanyFacts(file: SourceFile): CompanyFactsFile {
  const place = { place: { file: file.name } };
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(file.bytes));
  } catch (cause) {
    throw new FormatError(`${file.name} is no whole JSON document; get it again from the SEC`, {
      cause,
      ...place,
    });
  }
  if (!isObject(parsed) || !isObject(parsed.facts)) {
    throw new FormatError(`${file.name} has no 'facts' of a company; see docs/sources/xbrl.md`, place);
  }
  const cik = normalizeCik(String(parsed.cik ?? ''));
  if (cik === null) {
    throw new FormatError(
      `${file.name}: cik '${String(parsed.cik)}' is no Central Index Key; get it again from the SEC`,
      place,
    );
  }
  return { cik, concepts: conceptsOf(parsed.facts) };
}

function* conceptsOf(facts: Readonly<Record<string, unknown>>): Generator<ConceptFacts> {
  for (const [taxonomy, concepts] of Object.entries(facts)) {
    for (const [concept, described] of Object.entries(isObject(concepts) ? concepts : {})) {
      const units = isObject(described) && isObject(described.units) ? described.units : {};
      for (const [unit, filed] of Object.entries(units))
        yield { taxonomy, concept, unit, facts: Array.isArray(filed) ? filed : [filed] };
    }
  }
}
